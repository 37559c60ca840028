using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>What one template needs, arranged and escaped; templates decide nothing.</summary>
internal abstract record Plan(NamespaceName Namespace);

/// <summary>What stands above the parts of a file, for <c>file.sbn-cs</c>; the catalog is of one part and has its own.</summary>
internal sealed record FilePlan(NamespaceName Namespace) : Plan(Namespace);

/// <summary>Classes and enums, for <c>model.sbn-cs</c>.</summary>
internal sealed record ModelPlan(NamespaceName Namespace, CSharpExpression Access, EquatableArray<ClassPlan> Classes, EquatableArray<EnumPlan> Enums) : Plan(Namespace);

internal sealed record ClassPlan(Identifier Name, CSharpExpression Base, DocText Summary, EquatableArray<MemberPlan> Members);

internal sealed record MemberPlan(Identifier Name, Identifier Field, TypeName Type, bool IsCollection, CSharpLiteral? Initial, DocText Summary, DocText? Remarks);

internal sealed record EnumPlan(Identifier Name, DocText Summary, EquatableArray<EnumValuePlan> Values, CSharpExpression Known);

internal sealed record EnumValuePlan(Identifier Name, CSharpLiteral Text, DocText Summary);

/// <summary>Node tables and readers, for <c>reader.sbn-cs</c>.</summary>
internal sealed record ReadPlan(NamespaceName Namespace, bool Reads, EquatableArray<ReadShapePlan> Shapes) : Plan(Namespace);

internal sealed record ReadShapePlan(
    Identifier Name, CSharpExpression Interfaces, CSharpLiteral? Root, CSharpExpression Nodes, CSharpExpression Created, TypeName? Job,
    EquatableArray<CSharpExpression> Statements);

/// <summary>Writers, for <c>writer.sbn-cs</c>.</summary>
internal sealed record WritePlan(NamespaceName Namespace, EquatableArray<StatementsPlan> Shapes) : Plan(Namespace);

/// <summary>Validators, for <c>validator.sbn-cs</c>.</summary>
internal sealed record ValidationPlan(NamespaceName Namespace, EquatableArray<ValidatorPlan> Shapes) : Plan(Namespace);

internal sealed record ValidatorPlan(Identifier Name, EquatableArray<CSharpExpression> Fields, EquatableArray<CSharpExpression> Statements);

internal sealed record StatementsPlan(Identifier Name, EquatableArray<CSharpExpression> Statements);

/// <summary>The wiring of one Tag, for <c>operation.sbn-cs</c>, or of its templates, for <c>template.sbn-cs</c>.</summary>
internal sealed record OperationPlan(NamespaceName Namespace, TypeName Request, TypeName Response, TypeName Item, Identifier RequestName, Identifier ResponseName, Identifier ItemName, CSharpExpression Tag)
    : Plan(Namespace);

/// <summary>An operation as a class, for <c>call.sbn-cs</c>.</summary>
internal sealed record CallPlan(NamespaceName Namespace, CSharpExpression Access, Identifier Name, TypeName? Parameters, TypeName? Request, TypeName Response, CSharpExpression Created, DocText Summary)
    : Plan(Namespace);

/// <summary>All Tags of a compilation, for <c>catalog.sbn-cs</c>.</summary>
internal sealed record CatalogPlan(NamespaceName Namespace, CSharpExpression Access, EquatableArray<CSharpExpression> Bindings, EquatableArray<CSharpExpression> Templates) : Plan(Namespace);

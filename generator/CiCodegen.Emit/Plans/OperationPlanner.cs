using System.Globalization;
using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides the wiring of a Tag, of its templates and of operations, and the catalog of a compilation.</summary>
internal static class OperationPlanner
{
    public static OperationPlan Plan(NamespaceName space, TagModel tag)
    {
        string request = tag.Request.Shape!;
        string response = tag.Response.Shape!;
        string item = ItemOf(tag).Shape!;
        TypeName verbs = TypeName.Runtime("CiVerbs");
        CSharpExpression all = CSharpExpression.Join(
            " | ", tag.Verbs.Select(v => CSharpExpression.Of($"{verbs}.{new Identifier(char.ToUpper(v[0], CultureInfo.InvariantCulture) + v.Substring(1))}")));
        CSharpExpression created = CSharpExpression.Of(
            $"new({new CSharpLiteral(tag.Tag)}, {new CSharpLiteral(tag.Family)}, {new CSharpLiteral(tag.Method)}, {new CSharpLiteral(tag.Path)}, {all})");
        return new OperationPlan(
            space, TypeName.Own(request), TypeName.Own(response), TypeName.Own(item),
            new Identifier(request), new Identifier(response), new Identifier(item), tag.Unit == SchemaUnit.Template ? CSharpExpression.Of($"{new CSharpLiteral(tag.Tag)}") : created);
    }

    /// <summary>The node that responses are about: the job, or the template.</summary>
    public static NodeModel ItemOf(TagModel tag) => tag.Response.Child(tag.Unit == SchemaUnit.Template ? "Template" : "JobsDetail")!;

    public static CallPlan Call(NamespaceName space, bool isInternal, TagModel operation)
    {
        TypeName? TypeOf(NodeModel? root) => root?.Shape is { } shape ? TypeName.Own(shape) : null;
        CSharpExpression created = CSharpExpression.Of($"new({new CSharpLiteral(operation.Tag)}, {new CSharpLiteral(operation.Method)}, {new CSharpLiteral(operation.Path)})");
        return new CallPlan(
            space, ModelPlanner.Access(isInternal), new Identifier(operation.Tag), TypeOf(operation.Parameters), TypeOf(operation.Request), TypeOf(operation.Response) ?? TypeName.Runtime("CiEmptyResponse"),
            created, DocText.WithCode($"The call `{operation.Method} {operation.Path}`."));
    }

    public static CatalogPlan Catalog(NamespaceName space, bool isInternal, IEnumerable<CatalogEntry> entries)
    {
        CatalogEntry[] ordered = [.. entries.OrderBy(e => e.Tag, StringComparer.Ordinal)];
        EquatableArray<CSharpExpression> Bindings(SchemaUnit unit) => ordered.Where(e => e.Unit == unit).Select(e => Binding(e)).ToEquatableArray();
        return new(space, ModelPlanner.Access(isInternal), Bindings(SchemaUnit.Job), Bindings(SchemaUnit.Template));
    }

    private static CSharpExpression Binding(CatalogEntry entry)
    {
        TypeName item = TypeName.Own(entry.Item);
        TypeName request = TypeName.Own(entry.Request);
        TypeName response = TypeName.Own(entry.Response);
        return entry.Unit == SchemaUnit.Template
            ? CSharpExpression.Of($"new {TypeName.Runtime("CiTemplateBinding")}<{request}, {response}, {item}>()")
            : CSharpExpression.Of($"new {TypeName.Runtime("CiTagBinding")}<{request}, {response}, {item}>({item}.JobTag)");
    }
}

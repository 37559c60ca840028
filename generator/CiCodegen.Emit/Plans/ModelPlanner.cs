using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides classes, members and enums.</summary>
internal static class ModelPlanner
{
    public static ModelPlan Plan(NamespaceName space, bool isInternal, IReadOnlyList<Shape> shapes, IReadOnlyList<EnumModel> enums)
        => new(space, Access(isInternal), shapes.Select(s => Class(s)).ToEquatableArray(), enums.Select(Enum).ToEquatableArray());

    /// <summary>Who sees the types.</summary>
    public static CSharpExpression Access(bool isInternal) => isInternal ? CSharpExpression.Of($"internal") : CSharpExpression.Of($"public");

    /// <summary>The C# type of a node's value, of one item for nodes that repeat.</summary>
    public static TypeName TypeOf(NodeModel node) => node.Type switch
    {
        LogicalType.Container => TypeName.Own(node.Shape!),
        LogicalType.Enum => EnumType(node.Enum!),
        _ => WireTypeTable.Get(node.Type).CSharpType,
    };

    /// <summary>The C# type of a node's member: a list where it repeats, a dictionary where it stands for many names.</summary>
    private static TypeName MemberTypeOf(NodeModel node)
    {
        TypeName type = node.IsMany ? TypeName.List(TypeOf(node)) : TypeOf(node);
        return node.IsMap ? TypeName.Dictionary(type) : type;
    }

    public static TypeName EnumType(EnumModel model)
        => model.IsRuntime ? TypeName.Runtime(model.Name) : TypeName.Own(model.Name);

    private static ClassPlan Class(Shape shape)
    {
        CSharpExpression baseType = CSharpExpression.Of($" : {TypeName.Runtime(!shape.Node.IsRuntime ? "CiContainer" : shape.Node.Name == "JobsDetail" ? "CiJob" : "CiTemplate")}");
        return new ClassPlan(
            new Identifier(shape.Node.Shape!), baseType, Docs.Class(shape),
            shape.Node.Children.Where(c => !c.IsRuntime || c.Type == LogicalType.Container).Select(c => Member(c, shape.IsRequest)).ToEquatableArray());
    }

    private static MemberPlan Member(NodeModel node, bool isRequest)
    {
        CSharpLiteral? initial = isRequest && IsPreset(node) ? new CSharpLiteral(node.Const!) : null;
        return new MemberPlan(new Identifier(node.Member), Identifier.Field(node.Member), MemberTypeOf(node), node.IsCollection(), initial, Docs.Member(node), Docs.Remarks(node));
    }

    /// <summary>Whether a new request has the node's only value already: where there is no request without it.</summary>
    public static bool IsPreset(NodeModel node)
        => node is { Const: not null, Type: LogicalType.String, IsMany: false, IsMap: false, IsRequired: true, ValidWhen: null };

    private static EnumPlan Enum(EnumModel model)
    {
        CSharpExpression known = CSharpExpression.Join(", ", model.Values.Select(v => CSharpExpression.Of($"{new CSharpLiteral(v.Text)}")));
        string openness = model.IsOpen ? "Other values pass too." : "A request with another value is refused; a response keeps it.";
        return new EnumPlan(
            new Identifier(model.Name), DocText.Plain($"Values of enum nodes. {openness}"),
            model.Values.Map(static v => new EnumValuePlan(new Identifier(v.Member), new CSharpLiteral(v.Text), DocText.WithCode($"Wire text `{v.Text}`."))),
            known);
    }
}

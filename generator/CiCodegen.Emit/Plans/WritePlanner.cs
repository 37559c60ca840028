using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides how each child is written.</summary>
internal static class WritePlanner
{
    private static readonly TypeName s_loops = TypeName.Runtime("CiShapeWriter");

    public static WritePlan Plan(NamespaceName space, IReadOnlyList<Shape> shapes)
        => new(space, shapes.Select(s => new StatementsPlan(new Identifier(s.Node.Shape!), s.Node.Children.Select(Statement).ToEquatableArray())).ToEquatableArray());

    private static CSharpExpression Statement(NodeModel node, int index)
    {
        Identifier member = new(node.Member);
        Identifier field = Identifier.Field(node.Member);
        CSharpExpression ciNode = CSharpExpression.Of($"s_nodes[{index}]");
        if (node.IsMap)
        {
            return Map(node, field, ciNode);
        }

        if (node.Type == LogicalType.Container)
        {
            // Each writes itself: a call through its interface would be looked up anew for each of them.
            return node.IsMany
                ? CSharpExpression.Of($"foreach (var item in {s_loops}.Each(ref writer, {ciNode}, {field})) {{ item.Write(ref writer); }}")
                : CSharpExpression.Of($"writer.Begin({ciNode}, {member})?.Write(ref writer);");
        }

        if (node is { Type: LogicalType.String, IsMany: true })
        {
            return CSharpExpression.Of($"{s_loops}.Many(ref writer, {ciNode}, {field});");
        }

        Identifier write = node.Type == LogicalType.Enum ? new Identifier("WriteString") : WireTypeTable.Get(node.Type).WriteMethod;
        if (node.IsMany)
        {
            CSharpExpression item = node.Type == LogicalType.Enum ? CSharpExpression.Of($"item.Text") : CSharpExpression.Of($"item");
            return CSharpExpression.Of(
                $"if ({field} is {{ Count: > 0 }}) {{ writer.BeginMany({ciNode}); foreach (var item in {field}) {{ writer.{write}({ciNode}, {item}); }} writer.EndMany({ciNode}); }}");
        }

        return node.Type == LogicalType.Enum
            ? CSharpExpression.Of($"writer.{write}({ciNode}, {member}?.Text);")
            : CSharpExpression.Of($"writer.{write}({ciNode}, {member});");
    }

    private static CSharpExpression Map(NodeModel node, Identifier field, CSharpExpression ciNode)
    {
        if (node.Type == LogicalType.Container)
        {
            return CSharpExpression.Of($"{s_loops}.Map(ref writer, {ciNode}, {field});");
        }

        Identifier write = node.Type == LogicalType.Enum ? new Identifier("WriteString") : WireTypeTable.Get(node.Type).WriteMethod;
        CSharpExpression text = node.Type == LogicalType.Enum ? CSharpExpression.Of($".Text") : CSharpExpression.Of($"");
        CSharpExpression entry = node.IsMany
            ? CSharpExpression.Of($"if (pair.Value is {{ Count: > 0 }}) {{ writer.BeginMany(entry); foreach (var item in pair.Value) {{ writer.{write}(entry, item{text}); }} writer.EndMany(entry); }}")
            : CSharpExpression.Of($"writer.{write}(entry, pair.Value{text});");
        return CSharpExpression.Of($"if ({field} is not null) {{ foreach (var pair in {field}) {{ var entry = writer.Key({ciNode}, pair.Key); {entry} }} }}");
    }
}

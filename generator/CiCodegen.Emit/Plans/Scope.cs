using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>A container whose members a check can name, and the one around it.</summary>
/// <param name="Container">The container.</param>
/// <param name="Prefix">What stands before a member of it; nothing for the class at work.</param>
/// <param name="Outer">The container around it, as far as the check can see.</param>
internal sealed record Scope(NodeModel Container, CSharpExpression Prefix, Scope? Outer)
{
    private static readonly CSharpExpression s_nothing = CSharpExpression.Of($"");

    /// <summary>The class at work.</summary>
    public static Scope Of(NodeModel shape) => new(shape, s_nothing, null);

    /// <summary>A container below, which a variable holds.</summary>
    public Scope Inside(NodeModel container, Identifier variable) => new(container, CSharpExpression.Of($"{variable}."), this);

    /// <summary>A container below, which may be absent.</summary>
    public Scope Below(NodeModel container) => new(container, CSharpExpression.Of($"{Prefix}{new Identifier(container.Member)}?."), this);

    /// <summary>How many levels up a condition may reach.</summary>
    public int Height => Outer is null ? 0 : Outer.Height + 1;

    public Scope Up(int levels) => levels == 0 ? this : (Outer ?? throw new InvalidOperationException($"'{Container.Name}' has no container {levels} levels up.")).Up(levels - 1);

    /// <summary>A node's value: its property, or the field behind it where asking the property would make a collection.</summary>
    public CSharpExpression Value(NodeModel node)
        => CSharpExpression.Of($"{Prefix}{(node.IsCollection() ? Identifier.Field(node.Member) : new Identifier(node.Member))}");

    /// <summary>Whether a node is there: an empty text and an empty collection are not.</summary>
    public CSharpExpression Present(NodeModel node)
        => node.IsCollection() ? CSharpExpression.Of($"{Value(node)} is {{ Count: > 0 }}")
            : node.Type == LogicalType.String ? CSharpExpression.Of($"{Value(node)} is {{ Length: > 0 }}")
            : CSharpExpression.Of($"{Value(node)} is not null");
}

/// <summary>What plans ask of nodes.</summary>
internal static class NodeShape
{
    /// <summary>Whether the member is a list or a dictionary.</summary>
    public static bool IsCollection(this NodeModel node) => node.IsMany || node.IsMap;

    /// <summary>Whether the type is of numbers.</summary>
    public static bool IsNumber(this NodeModel node) => node.Type is LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal;

    /// <summary>Whether the node is a number, or a word in its place.</summary>
    public static bool IsNumberOrWord(this NodeModel node)
        => node.Type == LogicalType.String && node.Special.Count > 0 && (node.Range is not null || node.MultipleOf is not null || node.RangeWhen.Count > 0);
}

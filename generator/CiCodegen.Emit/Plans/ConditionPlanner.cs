using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides how conditions are asked.</summary>
internal static class ConditionPlanner
{
    /// <summary>Whether a condition holds.</summary>
    /// <param name="condition">The condition.</param>
    /// <param name="siblings">The container with the siblings that it speaks of.</param>
    public static CSharpExpression Holds(ConditionModel condition, Scope siblings) => Holds(condition, siblings, followDefaults: true);

    /// <summary>One check after the other, of which the first whose condition holds counts.</summary>
    public static CSharpExpression FirstOf(IEnumerable<(ConditionModel When, CSharpExpression Check)> clauses, Scope siblings)
        => CSharpExpression.Join(" else ", clauses.Select(c => CSharpExpression.Of($"if ({Holds(c.When, siblings)}) {{ {c.Check} }}")));

    private static CSharpExpression Holds(ConditionModel condition, Scope siblings, bool followDefaults)
    {
        if (condition is CombinedModel combined)
        {
            return CSharpExpression.Of($"({CSharpExpression.Join(combined.IsAll ? " && " : " || ", combined.Parts.Select(p => Holds(p, siblings, followDefaults)))})");
        }

        ComparisonModel comparison = (ComparisonModel)condition;
        Scope scope = siblings.Up(comparison.Up);
        string[] segments = comparison.Path.Split('.');
        for (int i = 0; i < segments.Length - 1; i++)
        {
            scope = scope.Below(Child(scope, segments[i], condition));
        }

        NodeModel node = Child(scope, segments[segments.Length - 1], condition);
        if (comparison.Kind is ComparisonKind.Present or ComparisonKind.Absent)
        {
            CSharpExpression present = scope.Present(node);
            return comparison.Kind == ComparisonKind.Absent ? CSharpExpression.Of($"!({present})") : present;
        }

        CSharpExpression value = Effective(node, scope, followDefaults);
        CSharpExpression sign = CSharpTokens.Sign(comparison.Kind);
        CSharpExpression several = CSharpExpression.Join(
            comparison.Kind == ComparisonKind.NotIn ? " && " : " || ", comparison.Values.Select(v => CSharpExpression.Of($"{value} {sign} {Compared(node, v)}")));
        return comparison.Values.Count == 1 ? several : CSharpExpression.Of($"({several})");
    }

    private static NodeModel Child(Scope scope, string name, ConditionModel condition)
        => scope.Container.Child(name) ?? throw new InvalidOperationException($"The condition '{condition}' was not bound.");

    /// <summary>A number that the node's type cannot hold is compared as a decimal, which the compiler makes of the other side.</summary>
    private static CSharpExpression Compared(NodeModel node, string value)
        => CSharpTokens.Constant(node.IsNumber() && !CSharpTokens.Fits(value, node.Type) ? LogicalType.Decimal : node.Type, value);

    /// <summary>A node's value; one that is absent counts as its default.</summary>
    public static CSharpExpression Effective(NodeModel node, Scope scope) => Effective(node, scope, followDefaults: false);

    private static CSharpExpression Effective(NodeModel node, Scope scope, bool followDefaults)
    {
        CSharpExpression read = node.Type == LogicalType.Enum ? CSharpExpression.Of($"{scope.Value(node)}?.Text") : scope.Value(node);
        CSharpExpression? assumed = node.Default is null ? null : CSharpTokens.Constant(node.Type, node.Default);

        // A default under conditions is asked one step deep: two nodes may well name one another.
        if (followDefaults && node.DefaultWhen.Count > 0 && node.DefaultWhen.All(c => c.When.Reach <= scope.Height))
        {
            assumed ??= Null(node.Type);
            foreach (ClauseModel<string> clause in node.DefaultWhen.Reverse())
            {
                assumed = CSharpExpression.Of($"({Holds(clause.When, scope, followDefaults: false)} ? {CSharpTokens.Constant(node.Type, clause.Then)} : {assumed})");
            }
        }

        return assumed is null ? read : CSharpExpression.Of($"({read} ?? {assumed})");
    }

    private static CSharpExpression Null(LogicalType type) => type switch
    {
        LogicalType.Boolean => CSharpExpression.Of($"(bool?)null"),
        LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal => CSharpExpression.Of($"({WireTypeTable.Get(type).CSharpType}?)null"),
        _ => CSharpExpression.Of($"null"),
    };
}

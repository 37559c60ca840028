namespace CiCodegen.Schema;

/// <summary>A node that is absent counts as its default, which may depend on nodes further up than the condition that asks: the condition then reaches as far.</summary>
internal sealed class DefaultReach
{
    // The containers around the node at work, from the root.
    private readonly List<NodeModel> _around = [];

    /// <summary>A bound tree, its conditions with the reach of the defaults that they ask for.</summary>
    public static NodeModel Of(NodeModel root) => HasFarDefault(root) ? new DefaultReach().Container(root) : root;

    private static bool HasFarDefault(NodeModel node)
        => node.Children.Any(c => c.DefaultWhen.Any(w => w.When.Reach > 0) || HasFarDefault(c));

    private NodeModel Container(NodeModel container)
    {
        if (container.Type != LogicalType.Container)
        {
            return container;
        }

        _around.Add(container);
        NodeModel result = container with
        {
            Children = container.Children.Map(c => Container(Facts(c))),
            Rules = container.Rules.Map(r => r with { When = With(r.When) }),
        };
        _around.RemoveAt(_around.Count - 1);
        return result;
    }

    // Not the conditions of defaults: a default is asked one step deep.
    private NodeModel Facts(NodeModel node) => node is { RequiredWhen: null, ValidWhen: null } && node.EnumWhen.Count + node.RangeWhen.Count + node.LengthWhen.Count == 0 ? node : node with
    {
        RequiredWhen = With(node.RequiredWhen),
        ValidWhen = With(node.ValidWhen),
        EnumWhen = With(node.EnumWhen),
        RangeWhen = With(node.RangeWhen),
        LengthWhen = With(node.LengthWhen),
    };

    private EquatableArray<ClauseModel<T>> With<T>(EquatableArray<ClauseModel<T>> clauses)
        where T : IEquatable<T>
        => clauses.Map(c => c with { When = With(c.When)! });

    private ConditionModel? With(ConditionModel? condition) => condition?.Map(comparison =>
    {
        string[] segments = comparison.Path.Split('.');
        NodeModel? node = comparison.Up < _around.Count ? _around[_around.Count - 1 - comparison.Up] : null;
        foreach (string segment in segments)
        {
            node = node?.Child(segment);
        }

        // The default's conditions stand where the node does, which may be further down than where the path begins.
        bool asksForDefault = comparison.Kind is not (ComparisonKind.Present or ComparisonKind.Absent) && node?.DefaultWhen.Count > 0;
        return asksForDefault ? comparison with { DefaultUp = Math.Max(0, comparison.Up - (segments.Length - 1) + node!.DefaultWhen.Max(c => c.When.Reach)) } : comparison;
    });
}

namespace CiCodegen.Schema;

/// <summary>Which container has which C# type; one name for two structures is a problem.</summary>
internal sealed class ShapeRegistry(IReadOnlyDictionary<string, NodeDocument> sources, ProblemList problems)
{
    private readonly Dictionary<string, (NodeModel Node, Lazy<NodeModel> Structure, string Path)> _shapes = new(StringComparer.Ordinal);

    /// <summary>Takes a tree in, children before their parents.</summary>
    public void Add(NodeModel node, string path)
    {
        foreach (NodeModel child in node.Children.Items)
        {
            if (child.Type == LogicalType.Container)
            {
                Add(child, $"{path}.{child.Name}");
            }
        }

        if (node.Shape is null)
        {
            return;
        }

        // Most names are met once, and need no comparing.
        Lazy<NodeModel> structure = new(() => Structure(node), LazyThreadSafetyMode.None);
        if (!_shapes.TryGetValue(node.Shape, out (NodeModel Node, Lazy<NodeModel> Structure, string Path) first))
        {
            _shapes.Add(node.Shape, (node, structure, path));
        }
        else if (!IsSame(first.Node, node) && first.Structure.Value != structure.Value && sources.TryGetValue(path, out NodeDocument? source))
        {
            problems.AddIn(source.Path, ProblemDescriptors.TypeNameClash, source.Name.Span, node.Shape, first.Path, path, FactKeys.Shape);
        }
    }

    /// <summary>Where the container stands that has a C# type of this name; null when none has.</summary>
    public string? PathOf(string name) => _shapes.TryGetValue(name, out (NodeModel Node, Lazy<NodeModel> Structure, string Path) shape) ? shape.Path : null;

    /// <summary>Whether two containers hold the same nodes, which a structure that is used twice mostly does.</summary>
    private static bool IsSame(NodeModel one, NodeModel other)
        => one.IsShared == other.IsShared && one.IsRuntime == other.IsRuntime && one.Children == other.Children && one.Rules == other.Rules;

    private static NodeModel Structure(NodeModel node)
    {
        NodeModel within = node.Within(0);
        return Structure(within, isInside: false, AsksForValues(within));
    }

    /// <summary>Whether a check asks for the value of a node, so that defaults reach the emitted code.</summary>
    private static bool AsksForValues(NodeModel node)
        => node.Rules.Any(r => r.Kind == "notAllFalse" || r.When is not null)
            || node.Children.Any(c => c.RequiredWhen is not null || c.ValidWhen is not null || c.EnumWhen.Count + c.RangeWhen.Count + c.LengthWhen.Count > 0 || AsksForValues(c));

    /// <summary>A container without what does not reach its emitted code: prose, and how the docs type a node.</summary>
    private static NodeModel Structure(NodeModel node, bool isInside, bool keepsDefaults)
    {
        NodeModel bare = !isInside
            ? new NodeModel("", "", node.Type, "", IsMany: false) { Shape = node.Shape, IsShared = node.IsShared, IsRuntime = node.IsRuntime, Rules = node.Rules }
            : node with
            {
                WireType = "",
                Summary = null,
                MeaningfulWhen = null,
                PresentWhen = null,
                EffectiveWhen = null,
                IneffectiveWhen = null,
                UnsupportedWhen = null,
                Overrides = null,
                Unit = null,
                Default = keepsDefaults ? node.Default : null,
                DefaultText = null,
                DefaultWhen = keepsDefaults ? node.DefaultWhen : default,
                Wildcards = default,
                Written = null,
            };
        return bare with { Children = node.Children.Map(c => Structure(c, isInside: true, keepsDefaults)) };
    }
}

namespace CiCodegen.Schema;

/// <summary>Which container has which C# type; one name for two structures is a problem.</summary>
internal sealed class ShapeRegistry(IReadOnlyDictionary<string, NodeDocument> sources, ProblemList problems)
{
    private readonly Dictionary<string, (NodeModel Structure, string Path)> _shapes = new(StringComparer.Ordinal);

    /// <summary>Takes a tree in, children before their parents.</summary>
    public void Add(NodeModel node, string path)
    {
        foreach (NodeModel child in node.Children)
        {
            Add(child, $"{path}.{child.Name}");
        }

        if (node.Shape is null)
        {
            return;
        }

        NodeModel structure = Structure(node.Within(0), isInside: false);
        if (!_shapes.TryGetValue(node.Shape, out (NodeModel Structure, string Path) first))
        {
            _shapes.Add(node.Shape, (structure, path));
        }
        else if (first.Structure != structure && sources.TryGetValue(path, out NodeDocument? source))
        {
            problems.AddIn(source.Path, ProblemDescriptors.TypeNameClash, source.Name.Span, node.Shape, first.Path, path, FactKeys.Shape);
        }
    }

    /// <summary>A container without what does not reach its emitted code: prose, and how the docs type a node.</summary>
    private static NodeModel Structure(NodeModel node, bool isInside)
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
                Default = null,
                DefaultText = null,
                DefaultWhen = default,
                Wildcards = default,
                Written = null,
            };
        return bare with { Children = node.Children.Select(c => Structure(c, isInside: true)).ToEquatableArray() };
    }
}

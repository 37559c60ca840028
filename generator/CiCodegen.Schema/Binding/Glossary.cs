namespace CiCodegen.Schema;

/// <summary>What nodes mean, by the ends of their paths: for those that say nothing of it themselves.</summary>
internal sealed class Glossary
{
    private readonly Dictionary<string, Fact> _summaries = new(StringComparer.Ordinal);

    // The names that the ends end in: most nodes have another, and need no looking up.
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Collects the summaries of shared files; the first of an end counts.</summary>
    public Glossary(IEnumerable<SharedDocument> documents)
    {
        foreach (SharedDocument document in documents)
        {
            foreach (SummaryDocument summary in document.Summaries)
            {
                if (!_summaries.ContainsKey(summary.End.Value))
                {
                    _names.Add(summary.End.Value.Substring(summary.End.Value.LastIndexOf('.') + 1));
                    _summaries.Add(summary.End.Value, new Fact(FactKeys.Summary, summary.End.Span, document.Path, EquatableArray.Of(new FactValue(summary.Text.Value, null, summary.Text.Span))));
                }
            }
        }
    }

    /// <summary>The roots of a file, with the summaries that they lack.</summary>
    public RootSet Over(RootSet roots) => new(Over(roots.Parameters), Over(roots.Request), Over(roots.Response));

    /// <summary>A tree with the summaries that it lacks.</summary>
    public NodeDocument? Over(NodeDocument? root) => root is null || _summaries.Count == 0 ? root : Over(root, root.Name.Value);

    private NodeDocument Over(NodeDocument node, string path)
    {
        EquatableArray<NodeDocument> children = node.Children.Count == 0 ? default : node.Children.Map(c => c.Children.Count == 0 && !Lacks(c) ? c : Over(c, $"{path}.{c.Name.Value}"));
        return Lacks(node) && Find(path) is { } summary
            ? node with { Facts = node.Facts.Append(summary).ToEquatableArray(), Children = children }
            : children.Count == 0 ? node : node with { Children = children };
    }

    private bool Lacks(NodeDocument node) => _names.Contains(node.Name.Value) && node.Find(FactKeys.Summary) is null;

    // The longest end counts.
    private Fact? Find(string path)
    {
        for (int at = 0; at >= 0; at = path.IndexOf('.', at) is var dot and >= 0 ? dot + 1 : -1)
        {
            if (_summaries.TryGetValue(path.Substring(at), out Fact? summary))
            {
                return summary;
            }
        }

        return null;
    }
}

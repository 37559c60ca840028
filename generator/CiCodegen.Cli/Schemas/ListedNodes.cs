using CiCodegen.Schema;

namespace CiCodegen.Cli.Schemas;

/// <summary>The nodes that a Tag's own file and its corrections list: what the Tag has beyond the envelope around every Tag.</summary>
internal sealed class ListedNodes
{
    private readonly HashSet<string> _paths = new(StringComparer.Ordinal);
    private readonly HashSet<string> _references = new(StringComparer.Ordinal);

    /// <summary>What the files say of a Tag.</summary>
    public static ListedNodes Of(string tag, IEnumerable<SchemaText> texts)
    {
        ListedNodes listed = new();
        SchemaDocument[] documents = [.. texts.Select(t => SchemaParser.Parse(t, default).Document).OfType<SchemaDocument>()];
        TagDocument? own = documents.OfType<TagDocument>().Where(t => t.Tag.Value == tag).OrderBy(t => t.IsBundled).FirstOrDefault();
        listed.Add(own?.Request, "Request");
        listed.Add(own?.Response, "Response");
        foreach (Located<string> path in own?.OptIn ?? default)
        {
            listed._paths.Add(path.Value);
        }

        foreach (CorrectionEntry entry in documents.OfType<CorrectionDocument>().Where(c => c.Tag?.Value == tag && (own is not { IsBundled: false } || !c.IsBundled)).SelectMany(c => c.Entries))
        {
            listed.Add(entry);
        }

        return listed;
    }

    /// <summary>A tree without the nodes that only the envelope brings.</summary>
    /// <param name="root">The root.</param>
    public NodeModel Prune(NodeModel root) => Prune(root, root.Name);

    private NodeModel Prune(NodeModel node, string path)
        => _references.Contains(path) ? node : node with { Children = node.Children.Where(c => IsListed($"{path}.{c.Name}")).Select(c => Prune(c, $"{path}.{c.Name}")).ToEquatableArray() };

    private bool IsListed(string path) => _paths.Contains(path) || _paths.Any(p => p.StartsWith(path + ".", StringComparison.Ordinal));

    private void Add(NodeDocument? node, string path)
    {
        if (node is null)
        {
            return;
        }

        _paths.Add(path);
        if (node.Facts.Any(f => f.Key is FactKeys.Use or FactKeys.SameAs))
        {
            _references.Add(path);
        }

        foreach (NodeDocument child in node.Children)
        {
            Add(child, $"{path}.{child.Name.Value}");
        }
    }

    private void Add(CorrectionEntry entry)
    {
        foreach (Located<string> path in entry.Paths)
        {
            string parent = path.Value.Contains('.') ? path.Value[..path.Value.LastIndexOf('.')] : path.Value;
            string target = entry switch
            {
                { Kind: CorrectionKind.Rename, To: { } to } => $"{parent}.{to.Value}",
                { Kind: CorrectionKind.Move, To: { } to } => $"{to.Value}.{path.Value[(path.Value.LastIndexOf('.') + 1)..]}",
                _ => path.Value,
            };
            _paths.Add(target);
            if (entry.Set.Any(f => f.Key is FactKeys.Use or FactKeys.SameAs) || (entry.Kind is CorrectionKind.Rename or CorrectionKind.Move))
            {
                _references.Add(target);
            }

            foreach (NodeDocument node in entry.Nodes)
            {
                Add(node, $"{target}.{node.Name.Value}");
            }
        }
    }
}

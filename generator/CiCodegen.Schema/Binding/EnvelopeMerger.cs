namespace CiCodegen.Schema;

/// <summary>Lays a Tag's tree over a shared one: what the Tag says wins, what it leaves out comes from the shared tree.</summary>
internal static class EnvelopeMerger
{
    /// <summary>Merges two nodes of one name.</summary>
    /// <param name="own">The Tag's node, or null when the Tag does not list it.</param>
    /// <param name="shared">The shared node.</param>
    /// <param name="path">The node's path from the root.</param>
    /// <param name="wanted">Whether an opt-in node that the Tag does not list is wanted.</param>
    /// <param name="unwanted">Whether the Tag does without a node.</param>
    public static NodeDocument Merge(NodeDocument? own, NodeDocument shared, string path, Func<string, bool> wanted, Func<string, bool> unwanted)
    {
        List<NodeDocument> children = [];
        foreach (NodeDocument child in own?.Children ?? default)
        {
            string childPath = path + "." + child.Name.Value;
            children.Add(shared.Child(child.Name.Value) is { } twin ? Merge(child, twin, childPath, wanted, unwanted) : child);
        }

        foreach (NodeDocument child in shared.Children)
        {
            string childPath = path + "." + child.Name.Value;
            bool listed = own?.Child(child.Name.Value) is not null;
            bool optIn = child.Find(FactKeys.OptIn)?.Text == "true";
            if (!listed && !unwanted(childPath) && (!optIn || wanted(childPath)))
            {
                children.Add(Merge(null, child, childPath, wanted, unwanted));
            }
        }

        return new NodeDocument(
            own?.Name ?? shared.Name,
            own?.Path ?? shared.Path,
            Facts(own, shared.Find(FactKeys.OptIn) is null ? shared.Facts : shared.Facts.Where(f => f.Key != FactKeys.OptIn)),
            children.ToEquatableArray(),
            Rules(own?.Rules ?? default, shared.Rules));
    }

    /// <summary>A node over the structure it refers to: requiredness, cardinality and name stay the node's own, the structure gives the order.</summary>
    public static NodeDocument Lay(NodeDocument node, NodeDocument structure)
    {
        NodeDocument bare = structure with
        {
            Facts = structure.Facts.Where(f => f.Key is not (FactKeys.Required or FactKeys.Many or FactKeys.Shape or FactKeys.Use or FactKeys.SameAs or FactKeys.Except or FactKeys.Member)).ToEquatableArray(),
        };
        return Over(node, bare);
    }

    private static NodeDocument Over(NodeDocument own, NodeDocument shared) => new(
        own.Name,
        own.Path,
        Facts(own, shared.Facts),
        shared.Children.Select(c => own.Child(c.Name.Value) is { } twin ? Over(twin, c) : c)
            .Concat(own.Children.Where(c => shared.Child(c.Name.Value) is null)).ToEquatableArray(),
        Rules(own.Rules, shared.Rules));

    private static EquatableArray<Fact> Facts(NodeDocument? own, IEnumerable<Fact> shared)
    {
        // A reference of one's own takes the place of the shared one, of whatever kind.
        if (own is null)
        {
            return shared.ToEquatableArray();
        }

        bool refers = ReferenceExpander.Refers(own);
        return own.Facts
            .Concat(shared.Where(f => own.Find(f.Key) is null && !(refers && f.Key is (FactKeys.Use or FactKeys.SameAs or FactKeys.Except))))
            .ToEquatableArray();
    }

    /// <summary>A rule of one's own takes the place of the shared one about the same nodes.</summary>
    private static EquatableArray<RuleDocument> Rules(EquatableArray<RuleDocument> own, EquatableArray<RuleDocument> shared)
        => own.Concat(shared.Where(s => !own.Any(o => o.Kind.Value == s.Kind.Value && o.Nodes.Select(n => n.Value).SequenceEqual(s.Nodes.Select(n => n.Value))))).ToEquatableArray();
}

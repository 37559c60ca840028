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

        IEnumerable<Fact> facts = (own?.Facts ?? default).Concat(shared.Facts.Where(f => f.Key != FactKeys.OptIn && own?.Find(f.Key) is null));
        return new NodeDocument(
            own?.Name ?? shared.Name,
            own?.Path ?? shared.Path,
            facts.ToEquatableArray(),
            children.ToEquatableArray(),
            (own?.Rules ?? default).Concat(shared.Rules).ToEquatableArray());
    }
}

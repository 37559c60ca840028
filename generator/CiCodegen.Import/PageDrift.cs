using CiCodegen.Schema;

namespace CiCodegen.Import;

/// <summary>A page as drift compares it with another version of itself: types and requiredness are those of its cells, whatever the words beside them say.</summary>
public static class PageDrift
{
    /// <summary>The roots of a page.</summary>
    /// <param name="page">The page.</param>
    public static IReadOnlyList<DriftNode> Read(ImportedPage page)
    {
        string? tag = page.Kind == PageKind.Tag ? page.Tag : null;
        return [.. page.Tree.Roots.Concat(page.Tree.Shapes).Select(r => Node(r, null, r.Name == "Request" && tag is not null ? tag + "Request" : null, tag))];
    }

    /// <summary>Where a page has its nodes, by path, where a file imported from it does not say it: under which heading and caption.</summary>
    /// <param name="page">The page.</param>
    public static IReadOnlyDictionary<string, string> Places(ImportedPage page)
    {
        Dictionary<string, string> places = new(StringComparer.Ordinal);
        foreach (PageNode node in page.Tree.Shapes.SelectMany(s => s.All()))
        {
            if (node.Place is { } place)
            {
                places.TryAdd(node.Path, place);
            }
        }

        return places;
    }

    private static DriftNode Node(PageNode node, DriftNode? parent, string? member, string? tag)
    {
        DriftNode read = new(node.Name, parent)
        {
            IsDeclared = node.IsDeclared && (node.Parent is not null || node.Name is "Request" or "Response"),
            Written = node.Place ?? node.WrittenPath,
            Type = node.TypeCell,
            Required = Required(node),
            Facts = node.Facts.All.Where(f => f.Key is not ("type" or "wire" or "shape" or "open") && !f.Key.StartsWith("hint:", StringComparison.Ordinal)).ToDictionary(f => f.Key, f => Text(f.Value)),
            Rules = [.. node.Rules.Select(r => new DriftRule(r.Kind, r.Nodes.ToEquatableArray()))],
            Member = member,
        };
        foreach (PageNode child in node.Children)
        {
            string? own = node.Path == "Response" && child.Name == "JobsDetail" && tag is not null ? tag + "Job"
                : member is null ? null
                : $"{member}.{Names.ToMember(child.Name.TrimEnd('*'))}";
            read.Children.Add(Node(child, read, own, tag));
        }

        return read;
    }

    // A condition in the words beside a "No" asks for the node as one in the cell does.
    private static string? Required(PageNode node)
        => node.RequiredWhen is { } when && node.RequiredCell is null or "No" && node.IsRequest ? $"Yes if {when}" : node.RequiredCell;

    private static string Text(FactValue value)
        => value.Text ?? (value.List is { } list ? string.Join(", ", list) : string.Join("; ", value.Cases!.Select(c => $"{Text(c.Value)} when {c.When}")));
}

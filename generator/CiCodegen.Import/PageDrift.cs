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

    private static DriftNode Node(PageNode node, DriftNode? parent, string? member, string? tag)
    {
        DriftNode read = new(node.Name, parent)
        {
            IsDeclared = node.IsDeclared && (node.Parent is not null || node.Name is "Request" or "Response"),
            Written = node.Place ?? node.WrittenPath,
            Type = node.TypeCell,
            Required = node.RequiredCell,
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

    private static string Text(FactValue value)
        => value.Text ?? (value.List is { } list ? string.Join(", ", list) : string.Join("; ", value.Cases!.Select(c => $"{Text(c.Value)} when {c.When}")));
}

namespace CiCodegen.Import;

/// <summary>Finds the node that a parent cell means.</summary>
/// <remarks>
/// In this order: the declared node of that path; another case or a slip of one letter; a path that left out a segment; the majority of the table, for one row
/// that differs from it; the node that the caption names. What none of them finds becomes a node of its own, as written.
/// </remarks>
internal sealed class ParentResolver
{
    private readonly PageTree _tree;
    private readonly FindingList _findings;
    private readonly HashSet<string> _written;
    private readonly Dictionary<string, PageNode> _resolved = new(StringComparer.Ordinal);

    public ParentResolver(PageTree tree, FindingList findings, IReadOnlyList<NodeTable> tables)
    {
        _tree = tree;
        _findings = findings;
        _written = [.. tables.Where(t => t.HasParents).SelectMany(t => t.Rows).Select(r => r.WrittenPath)];
    }

    /// <summary>The parent that most rows of a table have.</summary>
    public static string MajorityOf(NodeTable table)
        => table.Rows.Where(r => r.Parent is not null).GroupBy(r => r.Parent!, StringComparer.Ordinal).OrderByDescending(g => g.Count()).FirstOrDefault()?.Key ?? "";

    /// <summary>Whether some row names this node as its parent.</summary>
    public bool IsDeclaredParent(string name) => _written.Any(w => w.StartsWith(name + ".", StringComparison.Ordinal));

    public PageNode? ByCaption(string caption)
    {
        PageNode[] found = [.. _tree.All().Where(n => n.Path == caption || n.Path.EndsWith("." + caption, StringComparison.Ordinal))];
        return found.LastOrDefault(n => n.Children.Count == 0 && n.Wire == "Container") ?? found.LastOrDefault();
    }

    public PageNode Resolve(NodeRow row, NodeTable table, IReadOnlySet<string> slips)
    {
        string path = row.Parent!;
        if (slips.Contains(path) && Similar(path) is null)
        {
            string majority = MajorityOf(table);
            _findings.Add(FindingClass.ForeignParent, row.Line, $"{row.Name} stands under {path} in the table of {majority}", $"read under {majority}");
            path = majority;
        }

        // What begins further down means another node in another part of the page.
        string key = IsRoot(RootOf(path)) ? path : $"{table.Context.Section}:{path}";
        return _resolved.TryGetValue(key, out PageNode? known) ? known : _resolved[key] = Find(path, row, table);
    }

    /// <summary>Parents that a table of one parent has by a slip: for one row each, where most rows or the caption have another. A table of several parents has none.</summary>
    public IReadOnlySet<string> SlipsOf(NodeTable table)
    {
        string majority = MajorityOf(table);
        ILookup<string, NodeRow> rows = table.Rows.ToLookup(r => r.Parent!, StringComparer.Ordinal);
        HashSet<string> slips = [.. rows.Where(g => g.Key != majority && g.Count() == 1 && IsForeign(g.Key, majority)).Select(g => g.Key)];
        bool isOfOne = rows[majority].Count() * 2 > table.Rows.Count
            || (rows.Count == slips.Count + 1 && table.Context.Caption is { } caption && Captions.NodeOf(caption.Text.OneLine) is { } named && majority.EndsWith(named, StringComparison.Ordinal));
        return isOfOne ? slips : new HashSet<string>();
    }

    // One row of a table with another parent: a slip, unless some row declares that parent and it is of the same message.
    private bool IsForeign(string path, string majority)
    {
        if (majority.Length == 0 || path.Length == 0)
        {
            return false;
        }

        return !_written.Contains(path) || RootOf(path) != RootOf(majority);
    }

    private static string RootOf(string path) => path.Split('.', 2)[0];

    private PageNode Find(string path, NodeRow row, NodeTable table)
    {
        if (_tree.Find(path) is { } exact)
        {
            return exact;
        }

        if (!IsRoot(RootOf(path)))
        {
            return WithoutRoot(path, row, table) ?? Elsewhere(path, row, table);
        }

        if (!path.Contains('.'))
        {
            return _tree.GetRoot(path, row.Line);
        }

        // "Response.Operation.MediaResult.OutputFile": what its parent turned out to be decides first.
        int dot = path.LastIndexOf('.');
        string above = path[..dot];
        if (!_written.Contains(path) && Similar(path) is { } similar)
        {
            _findings.Add(FindingClass.BrokenName, row.Line, $"no row declares {path}", $"read as {similar.Path}");
            return similar;
        }

        if (_written.Contains(path) && _resolved.TryGetValue(above, out PageNode? parent) && parent.Child(path[(dot + 1)..]) is { } child)
        {
            return child;
        }

        return _written.Contains(path) && _tree.Find(above) is null && _resolved.GetValueOrDefault(above) is null && Skipping(path) is { } skipped
            ? Repaired(path, skipped, row, "a segment is missing")
            : Elsewhere(path, row, table);
    }

    private static bool IsRoot(string name) => name is "Request" or "Response" or "Error" or "Parameters";

    // A path that begins further down: the one container of that name, of the message that the part of the page is about.
    private PageNode? WithoutRoot(string path, NodeRow row, NodeTable table)
    {
        string? root = RootOf(table.Context.Section);
        string[] segments = path.Split('.');
        PageNode[] found = [.. _tree.All().Where(n => n.Wire == "Container" && n.Depth >= segments.Length && n.Upward().Zip(segments.Reverse()).All(p => p.First.Name == p.Second) && (root is null || n.Root.Name == root))];
        PageNode[] open = [.. found.Where(n => n.Children.Count == 0)];
        return found.Length == 1 ? Repaired(path, found[0], row, "what it begins with is missing") : open.Length == 1 ? Repaired(path, open[0], row, "what it begins with is missing") : null;
    }

    private static string? RootOf(PageSection section) => section switch
    {
        PageSection.Request => "Request",
        PageSection.Response or PageSection.Callback => "Response",
        _ => null,
    };

    private PageNode Elsewhere(string path, NodeRow row, NodeTable table)
    {
        if (Skipping(path) is { } skipped)
        {
            return Repaired(path, skipped, row, "a segment is missing");
        }

        string? caption = table.Context.Caption is { } text ? Captions.NodeOf(text.Text.OneLine) : null;
        string last = path[(path.LastIndexOf('.') + 1)..];
        if (caption is not null && !last.Equals(caption, StringComparison.Ordinal) && ByCaption(caption) is { Children.Count: 0, Wire: "Container" } named
            && named.Root.Name == RootOf(path))
        {
            return Repaired(path, named, row, $"no row declares it and the caption names {caption}");
        }

        if (Case(path) is { } other)
        {
            return Repaired(path, other, row, "no row declares it in this spelling");
        }

        return Declare(path, row, RootOf(table.Context.Section) ?? "Response");
    }

    private PageNode Repaired(string path, PageNode node, NodeRow row, string why)
    {
        _findings.Add(FindingClass.UndeclaredParent, row.Line, $"{path}: {why}", $"read as {node.Path}");
        return node;
    }

    // A path whose segments stand in this order on the way to one declared container, with others between.
    private PageNode? Skipping(string path)
    {
        string[] segments = path.Split('.');
        PageNode[] found = [.. _tree.All().Where(n => n.Name == segments[^1] && n.Root.Name == segments[0] && Contains(n, segments))];
        PageNode[] open = [.. found.Where(n => n.Children.Count == 0)];
        return found.Length == 1 ? found[0] : open.Length == 1 ? open[0] : null;
    }

    private static bool Contains(PageNode node, string[] part)
    {
        int left = part.Length;
        foreach (PageNode at in node.Upward())
        {
            if (left > 0 && at.Name == part[left - 1])
            {
                left--;
            }
        }

        return left == 0 && node.Depth >= part.Length;
    }

    private PageNode? Case(string path)
    {
        PageNode[] found = [.. _tree.All().Where(n => n.Path.Equals(path, StringComparison.OrdinalIgnoreCase))];
        return found.Length == 1 ? found[0] : null;
    }

    // A slip of a letter or two in one segment, where just one declared container is that near.
    private PageNode? Similar(string path)
    {
        string[] segments = path.Split('.');
        PageNode[] found = [.. _tree.All().Where(n => n.Wire == "Container" && n.Depth + 1 == segments.Length && IsSlip(n, segments)).Take(2)];
        return found.Length == 1 ? found[0] : null;
    }

    private static bool IsSlip(PageNode node, string[] segments)
    {
        string? slip = null;
        string meant = "";
        foreach (PageNode at in node.Upward())
        {
            string segment = segments[at.Depth];
            if (at.Name == segment)
            {
                continue;
            }

            // The root is none, and two are no slip.
            if (slip is not null || at.Depth == 0)
            {
                return false;
            }

            slip = segment;
            meant = at.Name;
        }

        if (slip is null)
        {
            return false;
        }

        int near = Math.Max(1, Math.Min(2, meant.Length / 4));
        return slip.Equals(meant, StringComparison.OrdinalIgnoreCase) || (Math.Abs(slip.Length - meant.Length) <= near && Distance(meant, slip) <= near);
    }

    // Edit distance with exchanged neighbours as one step.
    private static int Distance(string a, string b)
    {
        int[,] d = new int[a.Length + 1, b.Length + 1];
        for (int i = 0; i <= a.Length; i++)
        {
            for (int j = 0; j <= b.Length; j++)
            {
                if (i == 0 || j == 0)
                {
                    d[i, j] = i + j;
                    continue;
                }

                int cost = a[i - 1] == b[j - 1] ? 0 : 1;
                d[i, j] = Math.Min(Math.Min(d[i - 1, j] + 1, d[i, j - 1] + 1), d[i - 1, j - 1] + cost);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    d[i, j] = Math.Min(d[i, j], d[i - 2, j - 2] + 1);
                }
            }
        }

        return d[a.Length, b.Length];
    }

    // Nothing fits: the path is taken at its word, and its undeclared nodes become containers.
    private PageNode Declare(string path, NodeRow row, string root)
    {
        string[] segments = path.Split('.');
        PageNode node = _tree.GetRoot(IsRoot(segments[0]) ? segments[0] : root, row.Line);
        foreach (string segment in IsRoot(segments[0]) ? segments.Skip(1) : segments)
        {
            PageNode? child = node.Child(segment);
            if (child is null)
            {
                child = new PageNode(segment, node, row.Line) { Wire = "Container" };
                node.Children.Add(child);
                if (!_written.Contains(child.Path))
                {
                    _findings.Add(FindingClass.UndeclaredParent, row.Line, $"no row declares {child.Path}", "added as a container");
                }
            }

            node = child;
        }

        return node;
    }
}

namespace CiCodegen.Import;

/// <summary>Hangs the rows of a page's tables into trees.</summary>
/// <remarks>
/// A node is where its parent column says, never where its caption says. Where the parent is declared by no row, general rules find the node that is meant
/// (see <see cref="ParentResolver"/>); what was written stays with the node.
/// </remarks>
internal sealed class TreeBuilder(FindingList findings)
{
    /// <summary>A schema file has 64 levels, two for each node, and a few for what is said of it; the deepest known node stands in the ninth.</summary>
    private const int MaxDepth = 28;

    private readonly PageTree _tree = new();
    private readonly List<(NodeTable Table, PageNode Parent)> _notes = [];
    private ParentResolver _parents = null!;

    public PageTree Build(IReadOnlyList<NodeTable> tables)
    {
        NodeTable[] nodes = [.. tables.Where(t => !t.IsHeaders)];
        _parents = new ParentResolver(_tree, findings, nodes);
        bool hasParents = nodes.Any(t => t.HasParents);
        foreach (NodeTable table in nodes)
        {
            if (table.HasParents)
            {
                AddRows(table);
            }
            else
            {
                AddWithoutParents(table, hasParents);
            }
        }

        CheckCaptions(nodes);
        foreach ((NodeTable table, PageNode parent) in _notes)
        {
            ReadNotes(table, parent);
        }

        foreach (PageNode deep in _tree.All().Where(n => n.Depth == MaxDepth && n.Children.Count > 0).ToArray())
        {
            findings.Add(FindingClass.Unreadable, deep.Line, $"{deep.Name} has nodes beyond {MaxDepth} levels", $"left out: {deep.All().Count() - 1}");
            deep.Children.Clear();
            deep.Rules.Clear();
        }

        _tree.Roots.Sort((a, b) => Order(a).CompareTo(Order(b)));
        return _tree;
    }

    private static int Order(PageNode root) => root.Name switch { "Parameters" => 0, "Request" => 1, "Response" => 2, _ => 3 };

    private void AddRows(NodeTable table)
    {
        IReadOnlySet<string> slips = _parents.SlipsOf(table);
        PageNode? first = null;
        foreach (NodeRow row in table.Rows)
        {
            PageNode node = row.Parent!.Length == 0 ? Rootlike(row, table) : AddChild(row, _parents.Resolve(row, table, slips));
            first ??= node.Parent ?? node;
        }

        if (first is not null)
        {
            _notes.Add((table, first));
        }
    }

    // A row whose parent is "None": a root of its own, or a parameter of the query.
    private PageNode Rootlike(NodeRow row, NodeTable table)
    {
        if (row.Name is "Request" or "Response" or "Error")
        {
            PageNode root = _tree.GetRoot(row.Name, row.Line);
            root.Place ??= "None." + row.Name;
            Read(root, row);
            return root;
        }

        if (table.Context.Section is PageSection.Response or PageSection.Callback)
        {
            return AddChild(row, _tree.GetRoot("Response", row.Line));
        }

        bool isBody = table.Columns.Contains(ColumnKind.Parent) && table.Rows.Any(r => _parents.IsDeclaredParent(r.Name));
        return AddChild(row, _tree.GetRoot(isBody ? "Request" : "Parameters", row.Line));
    }

    private void AddWithoutParents(NodeTable table, bool pageHasParents)
    {
        string? caption = table.Context.Caption is { } text ? Captions.NodeOf(text.Text.OneLine) : null;
        PageNode parent = (caption is null ? null : InHeading(table, caption) ?? (IsHeading(table, caption) ? null : _parents.ByCaption(caption))) ?? RootOrShape(table, caption, pageHasParents);
        foreach (NodeRow row in table.Rows)
        {
            PageNode node = AddChild(row, parent);
            if (parent.Root.Name is not ("Request" or "Response" or "Parameters"))
            {
                node.Place ??= $"{table.Context.Heading?.OneLine}{(caption is null ? "" : "/" + Captions.WrittenOf(table.Context.Caption!.Text.OneLine))}.{row.Name}";
            }
        }

        _notes.Add((table, parent));
    }

    // A caption under the heading of a structure speaks of that structure, or of a node in it.
    private PageNode? InHeading(NodeTable table, string caption)
    {
        string heading = ShapeNames.Of(table.Context.Heading?.OneLine ?? "");
        if (_tree.Shapes.Find(s => s.Name == heading) is not { } shape || IsHeading(table, caption))
        {
            return _tree.Shapes.Find(s => s.Name == heading);
        }

        string name = caption[(caption.LastIndexOf('.') + 1)..];
        return shape.All().FirstOrDefault(n => n != shape && n.Name == name && n.Children.Count == 0);
    }

    private static bool IsHeading(NodeTable table, string caption)
        => table.Context.Heading is { } heading && table.Context.Section == PageSection.None && ShapeNames.Of(caption) == ShapeNames.Of(heading.OneLine);

    // A message has its own part of the page; a structure only a heading.
    private PageNode RootOrShape(NodeTable table, string? caption, bool pageHasParents)
    {
        if (table.Context.Section is PageSection.Response or PageSection.Callback)
        {
            return Captioned(_tree.GetRoot("Response", table.Line), caption, table);
        }

        if (pageHasParents || table.Context.Section is PageSection.Parameters or PageSection.Request || table.Context.Heading is null)
        {
            return _tree.GetRoot("Parameters", table.Line);
        }

        string name = ShapeNames.Of(caption ?? table.Context.Heading.OneLine);
        PageNode? shape = _tree.Shapes.Find(s => s.Name == name);
        if (shape is null)
        {
            shape = new PageNode(name, null, table.Line) { Wire = "Container", IsDeclared = true };
            _tree.Shapes.Add(shape);
        }

        shape.Anchors.AddRange(table.Context.Anchors);
        return shape;
    }

    // A caption that names no node so far: one of its own, so that its rows are not lost among others.
    private static PageNode Captioned(PageNode root, string? caption, NodeTable table)
    {
        if (caption is null || caption == root.Name || caption.Contains('.'))
        {
            return root;
        }

        PageNode? node = root.Child(caption);
        if (node is null)
        {
            node = new PageNode(caption, root, table.Line) { Wire = "Container" };
            root.Children.Add(node);
        }

        return node;
    }

    private PageNode AddChild(NodeRow row, PageNode parent)
    {
        PageNode? node = parent.Child(row.Name);
        if (node is { IsDeclared: true })
        {
            if (row.Type is { } type && TypeWords.Read(type.OneLine).Wire is { } wire && node.Wire is { } before && wire != before)
            {
                findings.Add(FindingClass.DuplicateNode, row.Line, $"{node.Path} stands in line {node.Line} already, typed {node.TypeCell ?? before} there and {type.OneLine} here", "the first row stands");
                return node;
            }

            findings.Add(FindingClass.DuplicateNode, row.Line, $"{node.Path} stands in line {node.Line} already", "both rows read as one node");
        }
        else if (node is null)
        {
            node = new PageNode(row.Name, parent, row.Line);
            parent.Children.Add(node);
        }

        if (row.Parent is { } written && written != parent.Path)
        {
            node.WrittenPath ??= row.WrittenPath;
        }

        Read(node, row);
        return node;
    }

    private void Read(PageNode node, NodeRow row)
    {
        node.IsDeclared = true;
        if (row.Type is { } type)
        {
            (string? wire, bool many) = TypeWords.Read(type.OneLine);
            if (wire is null && type.Text.Length > 0)
            {
                findings.Add(FindingClass.TypeContradiction, row.Line, $"'{type.OneLine}' is no type of the docs", "left to the children");
            }

            node.Wire ??= wire;

            // A word that is no type is one all the same where versions are compared.
            node.TypeCell ??= wire is null ? type.Text.Length == 0 ? null : type.OneLine.TrimEnd('.') : many ? wire + " array" : wire;
            node.IsMany |= many;
            if (TypeWords.IsWide(type.OneLine))
            {
                node.Facts.Set("hint:wide", "");
            }
        }

        RowFacts.Read(node, row, findings);
    }

    private void ReadNotes(NodeTable table, PageNode parent)
    {
        foreach (TextBlock note in table.Context.Notes)
        {
            CellMeaning meaning = PhraseReader.Read(note.Text, CellKind.Note);
            parent.Said.AddRange(meaning.Facts.Select(f => f with { Key = "note:" + f.Key }));
            foreach (string text in meaning.Unmapped)
            {
                findings.Add(FindingClass.UnmappedText, note.Line, $"the note says \"{RowFacts.Shorten(text)}\"", "left out");
            }
        }
    }

    private void CheckCaptions(NodeTable[] tables)
    {
        foreach (NodeTable table in tables.Where(t => t.HasParents && t.Context.Caption is not null && t.Rows.Count > 0))
        {
            string majority = ParentResolver.MajorityOf(table);
            if (Captions.NodeOf(table.Context.Caption!.Text.OneLine) is { } caption && majority.Length > 0
                && !majority.EndsWith(caption, StringComparison.Ordinal) && !caption.EndsWith(majority, StringComparison.Ordinal))
            {
                findings.Add(FindingClass.CaptionMismatch, table.Context.Caption.Line, $"the caption names {caption}, the parent column {majority}", "the parent column stands");
            }
        }
    }
}

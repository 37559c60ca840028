namespace CiCodegen.Schema;

/// <summary>A node with what it refers to.</summary>
/// <param name="Document">The node, over the structure.</param>
/// <param name="Target">The structure, as the node it is; null when the reference leads nowhere.</param>
internal sealed record Expanded(NodeDocument Document, NodeDocument? Target)
{
    /// <summary>The name of the shared structure that the node has as it is.</summary>
    public string? Shared { get; init; }

    /// <summary>The path of the node, in the same file, that this one repeats as it is.</summary>
    public string? Original { get; init; }
}

/// <summary>Follows <c>use</c> and <c>sameAs</c>, one node at a time; a reference within what it leads to is circular.</summary>
internal sealed class ReferenceExpander(SharedNames names, PageLibrary pages, ProblemList problems)
{
    // References that are being followed. A structure may come twice in a line; the same reference may not.
    private readonly List<Fact> _open = [];
    private readonly HashSet<Fact> _circular = [];

    /// <summary>The roots of the file at work, where its own paths begin.</summary>
    public RootSet Roots { get; set; } = new(null, null, null);

    /// <summary>How many references are being followed; give it back to <see cref="CloseTo"/>.</summary>
    public int Depth => _open.Count;

    public void CloseTo(int depth) => _open.RemoveRange(depth, _open.Count - depth);

    /// <summary>Whether a node refers to a structure.</summary>
    public static bool Refers(NodeDocument node) => ReferenceOf(node) is not null;

    /// <summary>A node with what it refers to; the references stay open until <see cref="CloseTo"/>.</summary>
    /// <returns>Null when the node refers to itself.</returns>
    public Expanded? Expand(NodeDocument node)
    {
        if (ReferenceOf(node) is not { } reference)
        {
            if (node.Find(FactKeys.Except) is { } lost)
            {
                Contradict(lost, node, "'except' takes nodes away from 'use' or 'sameAs', and neither stands here");
            }

            return new Expanded(node, null);
        }

        if (reference.Key == FactKeys.Use && node.Find(FactKeys.SameAs) is { } second)
        {
            Contradict(second, node, "a node has 'use' or 'sameAs', not both");
        }

        if (_open.Contains(reference))
        {
            if (_circular.Add(reference))
            {
                problems.AddIn(
                    reference.Path, ProblemDescriptors.CircularReference, reference.Values[0].Span, reference.Key == FactKeys.Use ? reference.Text : node.Name.Value,
                    string.Join(" > ", _open.SkipWhile(f => f != reference).Select(f => f.Text)));
            }

            return null;
        }

        _open.Add(reference);
        if (Follow(reference, node) is not { } found)
        {
            return new Expanded(node, null);
        }

        // The structure may itself refer to another.
        if (Expand(found.Target) is not { } target)
        {
            return null;
        }

        Fact? except = node.Find(FactKeys.Except);
        NodeDocument structure = target.Document;
        foreach (FactValue path in except?.Values ?? default)
        {
            structure = Without(structure, path.Text.Split('.'), 0, except!, path);
        }

        // Its type is that of the structure where the node adds nothing to it and takes nothing away.
        bool isTargets = !Refers(found.Target) || target is { Shared: null, Original: null };
        (NodeDocument end, string? shared, string? original) = isTargets ? found : (target.Target!, target.Shared, target.Original);
        bool asItIs = node.Children.Count == 0 && node.Rules.Count == 0 && except is null && node.Find(FactKeys.Shape) is null;
        return new Expanded(EnvelopeMerger.Lay(node, structure), end) { Shared = asItIs ? shared : null, Original = asItIs ? original : null };
    }

    /// <summary>The node at a path from a root, by way of whatever structures; null when there is none.</summary>
    /// <param name="page">The page, or null for the file at work.</param>
    /// <param name="path">The path.</param>
    /// <param name="from">The file that asks.</param>
    /// <param name="isDirect">Whether each node on the way stands in the file itself.</param>
    public NodeDocument? Find(string? page, string path, string from, out bool isDirect)
    {
        isDirect = true;
        string[] segments = path.Split('.');
        NodeDocument? node = page is null ? Roots.Find(segments[0]) : pages.Root(page, segments[0], from);
        foreach (string segment in segments.Skip(1))
        {
            if (node is null)
            {
                return null;
            }

            NodeDocument? child = node.Child(segment);
            if (child is null && Refers(node))
            {
                isDirect = false;
                child = Expand(node)?.Document.Child(segment);
            }

            node = child;
        }

        return node;
    }

    private static Fact? ReferenceOf(NodeDocument node) => node.Find(FactKeys.Use) ?? node.Find(FactKeys.SameAs);

    private (NodeDocument Target, string? Shared, string? Original)? Follow(Fact reference, NodeDocument node)
    {
        if (reference.Key == FactKeys.Use)
        {
            if (names.Shape(reference.Text) is { } shape)
            {
                return (shape, reference.Text, null);
            }

            return Lost(reference, node, Suggestion.Sentence(reference.Text, names.ShapeNames));
        }

        (string? page, string path) = PageLibrary.Split(reference.Text);
        if (page is not null && !pages.Has(page))
        {
            return Lost(reference, node, $" No file has the page '{page}'.{Suggestion.Sentence(page, pages.PageIds)}");
        }

        // The way to the target is not part of what the node repeats.
        int depth = Depth;
        NodeDocument? target = Find(page, path, reference.Path, out bool isDirect);
        CloseTo(depth);
        return target is null
            ? Lost(reference, node, Nearest(page, path, reference.Path))
            : (target, null, page is null && isDirect ? path : null);
    }

    private (NodeDocument, string?, string?)? Lost(Fact reference, NodeDocument node, string hint)
    {
        problems.AddIn(reference.Path, ProblemDescriptors.BadReference, reference.Values[0].Span, node.Name.Value, reference.Text, hint);
        return null;
    }

    private string Nearest(string? page, string path, string from)
    {
        int depth = Depth;
        int dot = path.LastIndexOf('.');
        NodeDocument? parent = dot < 0 ? null : Find(page, path.Substring(0, dot), from, out _);
        NodeDocument? whole = parent is null ? null : Expand(parent)?.Document;
        CloseTo(depth);
        return whole is null ? " A path begins with 'Request', 'Response' or 'Parameters'." : Suggestion.Sentence(path.Substring(dot + 1), whole.Children.Select(c => c.Name.Value));
    }

    private NodeDocument Without(NodeDocument node, string[] segments, int at, Fact except, FactValue path)
    {
        if (node.Child(segments[at]) is not { } child)
        {
            if (at > 0 && Refers(node))
            {
                // What the node takes over is not here yet: it takes over less.
                return WithExcept(node, path with { Text = string.Join(".", segments.Skip(at)) }, except);
            }

            problems.AddIn(
                except.Path, ProblemDescriptors.BadReference, path.Span, FactKeys.Except, path.Text, Suggestion.Sentence(segments[at], node.Children.Select(c => c.Name.Value)));
            return node;
        }

        if (at < segments.Length - 1)
        {
            NodeDocument less = Without(child, segments, at + 1, except, path);
            return node with { Children = node.Children.Map(c => ReferenceEquals(c, child) ? less : c) };
        }

        // A rule goes on about the nodes that are left.
        IEnumerable<RuleDocument> rules = node.Rules.Select(r => r with { Nodes = r.Nodes.Where(n => n.Value != segments[at]).ToEquatableArray() });
        return node with
        {
            Children = node.Children.Where(c => !ReferenceEquals(c, child)).ToEquatableArray(),
            Rules = rules.Where(r => r.Nodes.Count > 1).ToEquatableArray(),
        };
    }

    private static NodeDocument WithExcept(NodeDocument node, FactValue path, Fact except)
    {
        Fact more = node.Find(FactKeys.Except) is { } some ? some with { Values = some.Values.Append(path).ToEquatableArray() } : except with { Values = EquatableArray.Of(path) };
        return node with { Facts = node.Facts.Where(f => f.Key != FactKeys.Except).Append(more).ToEquatableArray() };
    }

    private void Contradict(Fact fact, NodeDocument node, string what)
        => problems.AddIn(fact.Path, ProblemDescriptors.Contradiction, fact.Values[0].Span, node.Name.Value, what);
}

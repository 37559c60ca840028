namespace CiCodegen.Schema;

/// <summary>Applies corrections to a file's trees: first to what the file says itself, then, once it is surrounded, to what others bring.</summary>
internal sealed class CorrectionApplier(ReferenceExpander references)
{
    // Corrections of nodes that the file does not have itself: they wait for the envelope.
    private readonly List<(string File, CorrectionEntry Entry, Located<string> Path)> _waiting = [];

    /// <summary>Applies what the file's own trees take.</summary>
    public RootSet Apply(RootSet roots, IEnumerable<CorrectionDocument> corrections)
    {
        foreach (CorrectionDocument document in corrections)
        {
            foreach (CorrectionEntry entry in document.Entries)
            {
                foreach (Located<string> path in entry.Paths)
                {
                    ProblemList tried = new(document.Path);
                    RootSet changed = Apply(roots, document.Path, entry, path, tried);
                    if (tried.HasErrors)
                    {
                        _waiting.Add((document.Path, entry, path));
                    }
                    else
                    {
                        roots = changed;
                    }
                }
            }
        }

        return roots;
    }

    /// <summary>Applies the others; one that matches nothing now is a problem.</summary>
    public RootSet ApplyWaiting(RootSet roots, ProblemList problems)
    {
        foreach ((string file, CorrectionEntry entry, Located<string> path) in _waiting)
        {
            roots = Apply(roots, file, entry, path, problems);
        }

        return roots;
    }

    private RootSet Apply(RootSet roots, string file, CorrectionEntry entry, Located<string> path, ProblemList problems)
    {
        references.Roots = roots;
        string[] segments = path.Value.Split('.');
        if (roots.Find(segments[0]) is not { } root)
        {
            string why = RootSet.IsRoot(segments[0]) ? $"but there is no '{segments[0]}'" : "but a path begins with 'Request', 'Response' or 'Parameters'";
            problems.AddIn(file, ProblemDescriptors.StaleCorrection, path.Span, Verb(entry.Kind), path.Value, why, "");
            return roots;
        }

        if (segments.Length == 1 && !entry.IsAboutRules && entry.Kind is (CorrectionKind.Remove or CorrectionKind.Rename or CorrectionKind.Move))
        {
            problems.AddIn(file, ProblemDescriptors.StaleCorrection, path.Span, Verb(entry.Kind), path.Value, "but a root stays where it is", "");
            return roots;
        }

        NodeDocument? moved = null;
        if (Rewrite(root, segments, 1, file, entry, path, problems, ref moved) is not { } changed)
        {
            return roots;
        }

        RootSet result = roots.With(segments[0], changed);
        if (entry.Kind == CorrectionKind.Move && moved is not null && entry.To is { } to)
        {
            // The target is looked up in the tree that no longer has the node.
            CorrectionEntry hang = entry with { Kind = CorrectionKind.Add, Nodes = EquatableArray.Of(moved), Rules = default };
            return Apply(result, file, hang, to, problems);
        }

        return result;
    }

    private NodeDocument? Rewrite(NodeDocument node, string[] segments, int depth, string file, CorrectionEntry entry, Located<string> path, ProblemList problems, ref NodeDocument? moved)
    {
        if (depth == segments.Length)
        {
            return Change(node, file, entry, path, problems);
        }

        string name = segments[depth];
        if (node.Child(name) is null)
        {
            node = Materialized(node);
        }

        NodeDocument? child = node.Child(name);
        if (child is null)
        {
            string parent = string.Join(".", segments.Take(depth));
            problems.AddIn(
                file, ProblemDescriptors.StaleCorrection, path.Span, Verb(entry.Kind), path.Value, $"but '{parent}' has no node '{name}'",
                Suggestion.Sentence(name, node.Children.Select(c => c.Name.Value)));
            return null;
        }

        bool isTarget = depth == segments.Length - 1;
        if (isTarget && !entry.IsAboutRules && entry.Kind is (CorrectionKind.Remove or CorrectionKind.Move))
        {
            moved = child;
            return node with { Children = node.Children.Where(c => c.Name.Value != name).ToEquatableArray() };
        }

        if (isTarget && entry.Kind == CorrectionKind.Rename && entry.To is { } to)
        {
            if (!Names.IsWireName(to.Value))
            {
                problems.AddIn(file, ProblemDescriptors.BadWireName, to.Span, to.Value);
                return null;
            }

            if (node.Child(to.Value) is not null)
            {
                problems.AddIn(file, ProblemDescriptors.StaleCorrection, to.Span, Verb(entry.Kind), path.Value, $"but a node '{to.Value}' stands beside it", "");
                return null;
            }

            return Renamed(Replace(node, name, child with { Name = to }), name, to.Value);
        }

        return Rewrite(child, segments, depth + 1, file, entry, path, problems, ref moved) is { } changed ? Replace(node, name, changed) : null;
    }

    /// <summary>A node with what it refers to written out, so that a part of it can be corrected; it no longer has the type of the structure.</summary>
    private NodeDocument Materialized(NodeDocument node)
    {
        if (!ReferenceExpander.Refers(node))
        {
            return node;
        }

        int depth = references.Depth;
        NodeDocument? whole = references.Expand(node) is { Target: not null } expanded ? expanded.Document : null;
        references.CloseTo(depth);
        return whole is null
            ? node
            : whole with { Facts = whole.Facts.Where(f => f.Key is not (FactKeys.Use or FactKeys.SameAs or FactKeys.Except)).ToEquatableArray() };
    }

    private NodeDocument? Change(NodeDocument node, string file, CorrectionEntry entry, Located<string> path, ProblemList problems)
    {
        if (entry.Kind == CorrectionKind.Add)
        {
            foreach (NodeDocument added in entry.Nodes)
            {
                if (node.Child(added.Name.Value) is not null)
                {
                    problems.AddIn(file, ProblemDescriptors.StaleCorrection, added.Name.Span, "adds", path.Value + "." + added.Name.Value, "but the page has that node by now; write 'change', or leave it out", "");
                    return null;
                }
            }

            return node with
            {
                Children = node.Children.Concat(entry.Nodes).ToEquatableArray(),
                Rules = node.Rules.Concat(entry.Rules).ToEquatableArray(),
            };
        }

        if (entry.Kind == CorrectionKind.Remove)
        {
            return WithoutRules(node, file, entry, path, problems);
        }

        List<Fact> facts = [.. node.Facts];
        foreach (Located<string> key in entry.Unset)
        {
            if (facts.RemoveAll(f => f.Key == key.Value) == 0)
            {
                problems.AddIn(file, ProblemDescriptors.StaleCorrection, key.Span, "takes away", $"{key.Value}' of '{path.Value}", "but the node has no such fact", Suggestion.Sentence(key.Value, node.Facts.Select(f => f.Key)));
                return null;
            }
        }

        foreach (Fact set in entry.Set)
        {
            if (node.Find(set.Key) is { } old && old.Values.Select(v => v.Text).SequenceEqual(set.Values.Select(v => v.Text)))
            {
                problems.AddIn(file, ProblemDescriptors.StaleCorrection, set.KeySpan, "sets", $"{set.Key}' of '{path.Value}", "but the page says the same by now", "");
                return null;
            }

            // What the docs call the type stays on record when people settle what it means.
            if (set.Key == FactKeys.Type && node.Find(FactKeys.Wire) is null && !entry.Set.Any(f => f.Key == FactKeys.Wire))
            {
                string wire = TypeBinder.WireTypeOf(node.Find(FactKeys.Type)?.Text ?? "string");
                facts.Add(new Fact(FactKeys.Wire, set.KeySpan, file, EquatableArray.Of(new FactValue(wire, null, set.KeySpan))));
            }

            facts.RemoveAll(f => f.Key == set.Key);
            facts.Add(set);
        }

        return node with { Facts = facts.ToEquatableArray() };
    }

    private static NodeDocument? WithoutRules(NodeDocument node, string file, CorrectionEntry entry, Located<string> path, ProblemList problems)
    {
        List<RuleDocument> rules = [.. node.Rules];
        foreach (RuleDocument gone in entry.Rules)
        {
            if (rules.RemoveAll(r => r.Kind.Value == gone.Kind.Value && r.Nodes.Select(n => n.Value).SequenceEqual(gone.Nodes.Select(n => n.Value)) && r.When?.Value == gone.When?.Value) == 0)
            {
                problems.AddIn(file, ProblemDescriptors.StaleCorrection, gone.Kind.Span, "takes away", $"{gone.Kind.Value}' of '{path.Value}", "but the node has no such rule", "");
                return null;
            }
        }

        return node with { Rules = rules.ToEquatableArray() };
    }

    /// <summary>Rules that speak of a node go on about it under its new name.</summary>
    private static NodeDocument Renamed(NodeDocument node, string from, string to) => node with
    {
        Rules = node.Rules.Map(r => r with { Nodes = r.Nodes.Map(n => n.Value == from ? n with { Value = to } : n) }),
    };

    private static NodeDocument Replace(NodeDocument node, string name, NodeDocument changed)
        => node with { Children = node.Children.Map(c => c.Name.Value == name ? changed : c) };

    private static string Verb(CorrectionKind kind) => kind switch
    {
        CorrectionKind.Add => "adds to",
        CorrectionKind.Change => "changes",
        CorrectionKind.Remove => "removes",
        CorrectionKind.Rename => "renames",
        _ => "moves",
    };
}

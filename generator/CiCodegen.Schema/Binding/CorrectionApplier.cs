namespace CiCodegen.Schema;

/// <summary>Applies corrections to a Tag's document; one that matches nothing is a problem.</summary>
internal sealed class CorrectionApplier(ProblemList problems)
{
    public TagDocument Apply(TagDocument tag, IEnumerable<CorrectionDocument> corrections)
    {
        foreach (CorrectionDocument document in corrections)
        {
            foreach (CorrectionEntry entry in document.Entries)
            {
                foreach (Located<string> path in entry.Paths)
                {
                    tag = Apply(tag, document.Path, entry, path);
                }
            }
        }

        return tag;
    }

    private TagDocument Apply(TagDocument tag, string file, CorrectionEntry entry, Located<string> path)
    {
        string[] segments = path.Value.Split('.');
        NodeDocument? root = segments[0] switch
        {
            "Request" => tag.Request,
            "Response" => tag.Response,
            _ => null,
        };
        if (root is null)
        {
            problems.AddIn(file, ProblemDescriptors.StaleCorrection, path.Span, Verb(entry.Kind), path.Value, "but a path begins with 'Request' or 'Response'", "");
            return tag;
        }

        if (segments.Length == 1 && entry.Kind is (CorrectionKind.Remove or CorrectionKind.Rename or CorrectionKind.Move))
        {
            problems.AddIn(file, ProblemDescriptors.StaleCorrection, path.Span, Verb(entry.Kind), path.Value, "but a root stays where it is", "");
            return tag;
        }

        NodeDocument? moved = null;
        if (Rewrite(root, segments, 1, file, entry, path, ref moved) is not { } changed)
        {
            return tag;
        }

        if (entry.Kind == CorrectionKind.Move && moved is not null && entry.To is { } to)
        {
            // The target is looked up in the tree that no longer has the node.
            CorrectionEntry hang = entry with { Kind = CorrectionKind.Add, Nodes = EquatableArray.Of(moved), Rules = default };
            return Apply(With(tag, segments[0], changed), file, hang, to);
        }

        return With(tag, segments[0], changed);
    }

    private static TagDocument With(TagDocument tag, string root, NodeDocument changed)
        => root == "Request" ? tag with { Request = changed } : tag with { Response = changed };

    private NodeDocument? Rewrite(NodeDocument node, string[] segments, int depth, string file, CorrectionEntry entry, Located<string> path, ref NodeDocument? moved)
    {
        if (depth == segments.Length)
        {
            return Change(node, file, entry, path);
        }

        string name = segments[depth];
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
        if (isTarget && entry.Kind is CorrectionKind.Remove or CorrectionKind.Move)
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

            return Replace(node, name, child with { Name = to });
        }

        return Rewrite(child, segments, depth + 1, file, entry, path, ref moved) is { } changed ? Replace(node, name, changed) : null;
    }

    private NodeDocument? Change(NodeDocument node, string file, CorrectionEntry entry, Located<string> path)
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
                string wire = NodeBinder.WireTypeOf(node.Find(FactKeys.Type)?.Text ?? "string");
                facts.Add(new Fact(FactKeys.Wire, set.KeySpan, file, EquatableArray.Of(new FactValue(wire, null, set.KeySpan))));
            }

            facts.RemoveAll(f => f.Key == set.Key);
            facts.Add(set);
        }

        return node with { Facts = facts.ToEquatableArray() };
    }

    private static NodeDocument Replace(NodeDocument node, string name, NodeDocument changed)
        => node with { Children = node.Children.Select(c => c.Name.Value == name ? changed : c).ToEquatableArray() };

    private static string Verb(CorrectionKind kind) => kind switch
    {
        CorrectionKind.Add => "adds to",
        CorrectionKind.Change => "changes",
        CorrectionKind.Remove => "removes",
        CorrectionKind.Rename => "renames",
        _ => "moves",
    };
}

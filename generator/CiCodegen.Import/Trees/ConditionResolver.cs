namespace CiCodegen.Import;

/// <summary>Writes conditions in the schema language: the nodes that a page's words name are looked up among siblings, then further up.</summary>
internal sealed class ConditionResolver
{
    /// <summary>A condition in the schema language; null when the words name no node, or a value that the node cannot have.</summary>
    public string? Resolve(PageNode node, string words)
    {
        if (WordCondition.Parse(words) is not { } condition)
        {
            return null;
        }

        List<string> parts = [];
        foreach (WordComparison part in condition.Parts)
        {
            if (Write(node, part) is not { } text)
            {
                return null;
            }

            parts.Add(text);
        }

        return string.Join(condition.IsAll ? " && " : " || ", parts);
    }

    /// <summary>A condition over nodes of other pages, for facts that nothing checks; null when the words are no condition over paths.</summary>
    public string? Unresolved(string words)
        => WordCondition.Parse(words) is { } condition && condition.Parts.All(p => char.IsUpper(p.Name[0]) && !p.Name.Contains(' '))
            ? string.Join(condition.IsAll ? " && " : " || ", condition.Parts.Select(Written))
            : null;

    /// <summary>The opposite of a single comparison.</summary>
    public string? Negate(string condition)
        => condition.Contains("&&", StringComparison.Ordinal) || condition.Contains("||", StringComparison.Ordinal) ? null
            : condition.Contains(" == ", StringComparison.Ordinal) ? condition.Replace(" == ", " != ")
            : condition.Contains(" != ", StringComparison.Ordinal) ? condition.Replace(" != ", " == ")
            : condition.Contains(" in ", StringComparison.Ordinal) ? condition.Replace(" in ", " not in ")
            : condition.StartsWith('!') ? condition[1..] : "!" + condition;

    /// <summary>A condition for values alone: the sibling, or node further up, that has them all.</summary>
    public string? ForValues(PageNode node, IReadOnlyList<string> values, bool isNegated)
    {
        for (PageNode at = node; at.Parent is { } parent; at = parent)
        {
            PageNode[] found = [.. parent.Children.Where(c => c != node && c.Facts["enum"]?.List is { } list && values.All(v => list.Contains(v, StringComparer.OrdinalIgnoreCase)))];
            if (found.Length == 1)
            {
                return Compare(found[0].Name, isNegated ? "!=" : "==", [.. values.Select(v => Spelled(found[0], v)!)]);
            }
        }

        return null;
    }

    private static string? Write(PageNode node, WordComparison comparison)
    {
        if (Lookup(node, comparison.Name) is not var (target, path))
        {
            return null;
        }

        if (comparison.Operator is "" or "!")
        {
            return comparison.Operator + path;
        }

        if (target.IsContainer || target.IsMany)
        {
            return null;
        }

        List<string> values = [];
        foreach (string value in comparison.Values)
        {
            if (Spelled(target, value) is not { } spelled)
            {
                return null;
            }

            values.Add(spelled);
        }

        return comparison.Operator is "==" or "!=" ? Compare(path, comparison.Operator, values) : $"{path} {comparison.Operator} {values[0]}";
    }

    private static string Written(WordComparison part) => part.Operator switch
    {
        "" or "!" => part.Operator + part.Name,
        "==" or "!=" => Compare(part.Name, part.Operator, part.Values),
        _ => $"{part.Name} {part.Operator} {part.Values[0]}",
    };

    private static string Compare(string path, string sign, IReadOnlyList<string> values)
        => values.Count == 1 ? $"{path} {sign} {values[0]}" : $"{path} {(sign == "==" ? "in" : "not in")} {string.Join(", ", values)}";

    // The value as the node's own list spells it; null when the list does not have it.
    private static string? Spelled(PageNode target, string value)
    {
        if (target.Facts.Text("type") == "bool")
        {
            return value is "true" or "false" ? value : null;
        }

        return target.Facts["enum"]?.List is not { } list || target.Facts.Has("open") ? value : list.FirstOrDefault(v => v == value) ?? list.FirstOrDefault(v => v.Equals(value, StringComparison.OrdinalIgnoreCase));
    }

    /// <summary>The node that words name, and how the schema writes it from here.</summary>
    private static (PageNode Target, string Path)? Lookup(PageNode node, string name)
    {
        string path = name.StartsWith("the ", StringComparison.OrdinalIgnoreCase) ? name[4..] : name;
        bool isPath = !path.Contains(' ');
        for (PageNode at = node; at.Parent is { } parent; at = parent)
        {
            if (isPath && Below(parent, path) is { } found && found != node)
            {
                return (found, PathFrom(parent, found));
            }

            if (!isPath && ByWords(parent, path) is { } meant && meant != node)
            {
                return (meant, meant.Name);
            }
        }

        if (!isPath)
        {
            return null;
        }

        // "if format is WebM": one node of the whole message has the name.
        string last = path[(path.LastIndexOf('.') + 1)..];
        PageNode[] all = [.. node.Root.All().Where(n => n != node && n.Name.Equals(last, StringComparison.OrdinalIgnoreCase) && EndsWith(n, path))];
        return all.Length == 1 && Common(node, all[0]) is { } common ? (all[0], PathFrom(common, all[0])) : null;
    }

    private static bool EndsWith(PageNode node, string path)
        => node.Path.Equals(path, StringComparison.OrdinalIgnoreCase) || node.Path.EndsWith("." + path, StringComparison.OrdinalIgnoreCase);

    private static PageNode? Below(PageNode parent, string path)
    {
        string full = path.StartsWith(parent.Path + ".", StringComparison.Ordinal) ? path[(parent.Path.Length + 1)..] : path;
        PageNode? node = parent;
        foreach (string segment in full.Split('.'))
        {
            node = node?.Children.Find(c => c.Name == segment) ?? node?.Children.Find(c => c.Name.Equals(segment, StringComparison.OrdinalIgnoreCase));
        }

        return node;
    }

    // "the callback type" is CallBackType, or the node whose description is "Callback type".
    private static PageNode? ByWords(PageNode parent, string words)
    {
        string joined = words.Replace(" ", "");
        PageNode[] byName = [.. parent.Children.Where(c => c.Name.Equals(joined, StringComparison.OrdinalIgnoreCase))];
        if (byName.Length == 1)
        {
            return byName[0];
        }

        PageNode[] byDescription = [.. parent.Children.Where(c => c.Words.Count > 0 && c.Words[0].Equals(words, StringComparison.OrdinalIgnoreCase))];
        return byDescription.Length == 1 ? byDescription[0] : null;
    }

    private static PageNode? Common(PageNode a, PageNode b)
    {
        for (PageNode? at = a.Parent; at is not null; at = at.Parent)
        {
            if (at.All().Contains(b))
            {
                return at;
            }
        }

        return null;
    }

    private static string PathFrom(PageNode parent, PageNode node) => node.Path[(parent.Path.Length + 1)..];
}

using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Turns what phrases say across nodes into rules of their container.</summary>
internal sealed partial class RuleMapper(FindingList findings)
{
    public void Map(PageNode node)
    {
        foreach (SaidFact said in node.Said)
        {
            // A note below a table speaks of the children; a cell of the siblings.
            bool isNote = said.Key.StartsWith("note:", StringComparison.Ordinal);
            string key = isNote ? said.Key["note:".Length..] : said.Key;
            PageNode? container = isNote ? node : node.Parent;
            if (container is not null && container.IsRequest)
            {
                Map(container, isNote ? null : node, key, said.Text);
            }
        }
    }

    private void Map(PageNode container, PageNode? self, string key, string text)
    {
        switch (key)
        {
            case "atLeastOne" when text == "them":
                if (container.Rules.LastOrDefault(r => r.Kind == "prefer") is { } last)
                {
                    Add(container, "atLeastOne", last.Nodes, self);
                }

                break;
            case "atLeastOne" or "exclusive":
                Add(container, key, Names(text, self), self);
                break;
            case "prefer":
                Add(container, key, Names(text, self), self);
                break;
            case "preferNot":
                // The first named gives way.
                string[] names = Names(text, self);
                Add(container, "prefer", [.. names.Where(n => n != names[0]), names[0]], self);
                break;
            case "preferSelf" when container.Rules.LastOrDefault(r => r.Kind == "atLeastOne" && r.Nodes.Contains(text)) is { } rule:
                Add(container, "prefer", [text, .. rule.Nodes.Where(n => n != text)], self);
                break;
            case "preferSelf" when container.Children.Count == 2:
                Add(container, "prefer", [text, .. container.Children.Select(c => c.Name).Where(n => n != text)], self);
                break;
        }
    }

    private static string[] Names(string text, PageNode? self)
        => [.. Separator().Split(text).Select(n => n.Trim()).Where(n => n.Length > 0).Select(n => n == "self" ? self?.Name ?? n : n).Distinct()];

    private void Add(PageNode container, string kind, IReadOnlyList<string> names, PageNode? self)
    {
        string[] known = [.. names.Select(n => Relative(container, n)).Where(n => n is not null).Select(n => n!).Distinct()];
        if (known.Length < 2 || known.Length < names.Count)
        {
            findings.Add(FindingClass.UnmappedText, self?.Line ?? container.Line, $"the rule {kind} across {string.Join(", ", names)} names nodes that {container.Path} does not have", "left out");
            return;
        }

        PageRule rule = new(kind, kind is "atLeastOne" or "exclusive" ? [.. known.OrderBy(n => container.Children.FindIndex(c => c.Name == n))] : known);
        if (!container.Rules.Contains(rule))
        {
            container.Rules.Add(rule);
        }
    }

    private static string? Relative(PageNode container, string name)
    {
        string path = name.StartsWith(container.Path + ".", StringComparison.Ordinal) ? name[(container.Path.Length + 1)..] : name;
        return container.Child(path)?.Name ?? container.Children.Find(c => c.Name.Equals(path, StringComparison.OrdinalIgnoreCase))?.Name;
    }

    [GeneratedRegex(@"\s*>\s*|\s*,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();
}

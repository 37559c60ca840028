using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>What a piece of HTML inside a line of Markdown means for the text.</summary>
internal static partial class InlineHtml
{
    public static void Apply(string tag, CellTextBuilder text)
    {
        Match match = Tag().Match(tag);
        if (!match.Success)
        {
            // A comment or an instruction.
            return;
        }

        switch (match.Groups["name"].Value.ToLowerInvariant())
        {
            case "br" or "li" or "ul" or "ol" or "p" or "div" or "tr":
                text.Break();
                break;
            case "sup":
                // A mark beside a word, not its end.
                text.Add(" ");
                break;
            case "a" when match.Groups["end"].Length > 0:
                text.EndLink();
                break;
            case "a" when Attribute(tag, "href") is { } href:
                text.BeginLink(href);
                break;
        }

        if (match.Groups["end"].Length == 0 && (Attribute(tag, "id") ?? Attribute(tag, "name")) is { } id)
        {
            text.Anchor(id);
        }
    }

    private static string? Attribute(string tag, string name)
    {
        foreach (Match match in Attributes().Matches(tag))
        {
            if (match.Groups["name"].Value.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return match.Groups["value"].Value.Trim('"', '\'');
            }
        }

        return null;
    }

    [GeneratedRegex(@"^<(?<end>/?)(?<name>[A-Za-z][A-Za-z0-9]*)", RegexOptions.CultureInvariant)]
    private static partial Regex Tag();

    [GeneratedRegex("""\s(?<name>[A-Za-z-]+)\s*=\s*(?<value>"[^"]*"|'[^']*'|[^\s">]+)""", RegexOptions.CultureInvariant | RegexOptions.NonBacktracking)]
    private static partial Regex Attributes();
}

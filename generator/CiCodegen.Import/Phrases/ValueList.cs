using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>A list of values as the docs write it: <c>0 (default), 1, or 2</c>.</summary>
/// <param name="Values">The values, as on the wire.</param>
/// <param name="Default">The one marked as the default.</param>
/// <param name="IsOpen">Whether the list says that there are more.</param>
internal sealed partial record ValueList(IReadOnlyList<string> Values, string? Default, bool IsOpen)
{
    public static ValueList Parse(string text)
    {
        bool open = Etc().IsMatch(text);
        text = Etc().Replace(text, "");
        List<string> values = [];
        string? marked = null;
        foreach (Match match in Item().Matches(text))
        {
            string value = match.Groups["value"].Value;
            if (value is "or" or "and" || values.Contains(value))
            {
                continue;
            }

            values.Add(value);
            if (match.Groups["remark"].Value.StartsWith("default", StringComparison.OrdinalIgnoreCase))
            {
                marked ??= value;
            }
        }

        return new ValueList(values, marked, open);
    }

    [GeneratedRegex(@",?\s+etc\.?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Etc();

    [GeneratedRegex(@"(?<value>[A-Za-z0-9_$%{}+#/.*:-]*[A-Za-z0-9_}%*])(?:\s*\((?<remark>[^()]*)\))?", RegexOptions.CultureInvariant)]
    private static partial Regex Item();
}

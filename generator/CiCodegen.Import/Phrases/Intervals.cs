using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Intervals as the docs write them, in the schema's form.</summary>
internal static partial class Intervals
{
    /// <summary>Normalises an interval: <c>[0-100]</c>, <c>96–600</c> and <c>[1,10]</c> become <c>[0, 100]</c>, <c>[96, 600]</c> and <c>[1, 10]</c>; null when it is none.</summary>
    public static string? Normalise(string text)
    {
        Match match = Dash().Match(text);
        if (match.Success)
        {
            string open = match.Groups["open"].Success ? match.Groups["open"].Value : "[";
            string close = match.Groups["close"].Success ? match.Groups["close"].Value : "]";
            return $"{open}{match.Groups["a"].Value}, {match.Groups["b"].Value}{close}";
        }

        match = Comma().Match(text);
        return match.Success ? $"{match.Groups["open"].Value}{End(match.Groups["a"].Value)}, {End(match.Groups["b"].Value)}{match.Groups["close"].Value}" : null;
    }

    private static string End(string text)
    {
        string end = text.Trim().Replace(",", "");
        return end.Length > 0 && char.IsUpper(end[0]) ? char.ToLowerInvariant(end[0]) + end[1..] : end;
    }

    [GeneratedRegex(@"^(?<open>[\[(])?\s*(?<a>-?\d+(\.\d+)?)\s*[-–~]\s*(?<b>-?\d+(\.\d+)?)\s*(?<close>[\])])?$", RegexOptions.CultureInvariant)]
    private static partial Regex Dash();

    [GeneratedRegex(@"^(?<open>[\[(])(?<a>[^,\[\]()]*),(?<b>[^\[\]()]*)(?<close>[\])])$", RegexOptions.CultureInvariant)]
    private static partial Regex Comma();
}

using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>The words of the required column.</summary>
internal static partial class RequiredWords
{
    public static bool IsRequiredness(string cell) => Word().IsMatch(cell);

    /// <summary>Reads a required cell.</summary>
    /// <returns>True, false, or null when the cell says neither; and what else it says.</returns>
    public static (bool? Required, string Remark) Read(string cell)
    {
        Match match = Word().Match(cell);
        if (!match.Success)
        {
            // In this column only: elsewhere they are values.
            match = Truth().Match(cell);
        }

        if (!match.Success)
        {
            return (null, cell);
        }

        bool yes = match.Groups["yes"].Success;
        string remark = cell[match.Length..].Trim().TrimStart('.', ',', ';', '(').TrimEnd(')', '.').Trim();
        return (yes, remark);
    }

    [GeneratedRegex("^((?<yes>true)|(?<no>false))[.]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Truth();

    [GeneratedRegex(@"^((?<yes>yes|y|required|supported|mandatory|[✓✔√☑]|是)|(?<no>no|n|optional|none|[✗✘×☐]|否))(?![\w-])\.?", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

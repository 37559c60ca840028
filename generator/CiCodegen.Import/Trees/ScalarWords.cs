using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Descriptions that speak of a value, whatever the type cell says: <c>Trees/scalars.tsv</c>.</summary>
internal static class ScalarWords
{
    private static readonly Regex[] s_patterns = [.. DataTable.Read("scalars.tsv").Select(r => new Regex(r[0], RegexOptions.IgnoreCase | RegexOptions.CultureInvariant | RegexOptions.NonBacktracking))];

    /// <summary>Whether a node that is typed a container is described as a value, or has values.</summary>
    public static bool Describe(PageNode node)
        => node.Said.Any(f => f.Key is "enum" or "range" or "default" or "maxLength") || node.Words.Any(w => s_patterns.Any(p => p.IsMatch(w)));
}

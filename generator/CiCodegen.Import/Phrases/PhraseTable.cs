using System.Globalization;
using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>One phrasing of the docs, and the facts that it says.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Seen">How often the corpus has it.</param>
/// <param name="Cells">The cells it is read in, by letter.</param>
/// <param name="Pattern">How it is recognised.</param>
/// <param name="Facts">The facts, as key and template.</param>
internal sealed record Phrase(string Id, int Seen, string Cells, Regex Pattern, IReadOnlyList<(string Key, string Template)> Facts);

/// <summary>A fact as a phrase says it: words of the page are still in it.</summary>
/// <param name="Key">Which fact.</param>
/// <param name="Text">What it says.</param>
/// <param name="Phrase">The phrasing that said it.</param>
internal sealed record SaidFact(string Key, string Text, string Phrase);

/// <summary>The phrase table: <c>Phrases/phrases.tsv</c>.</summary>
internal static partial class PhraseTable
{
    /// <summary>No sentence of a page may hold the importer up.</summary>
    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(1);

    private const string Value = @"[A-Za-z0-9_$%{}+#/.*:-]*[A-Za-z0-9_}%*]";
    private const string Item = Value + @"(?:\s*\([^()]*\))?";
    private const string ListOf = Item + @"(?:(?:\s*[,;]\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+)" + Item + @")*(?:,?\s+etc)?";
    private const string Number = @"\d[\d,]*(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twenty";
    private const string Interval = @"[\[(]\s*-?[\w. ]+,\s*-?[\w. ]+\s*[\])]|[\[(]\s*-?\d+(?:\.\d+)?\s*[-–~]\s*-?\d+(?:\.\d+)?\s*[\])]|\d+\s*[–~]\s*\d+";
    private const string Node = @"[A-Z][\w.]*";

    private static readonly Dictionary<string, string> s_macros = new(StringComparer.Ordinal)
    {
        ["v"] = Value,
        ["list"] = ListOf,
        ["n"] = Number,
        ["interval"] = Interval,
        ["cond"] = "[^;]+?",
        ["node"] = Node,
        ["nodes"] = Node + @"(?:(?:\s*,\s*(?:(?:or|and)\s+)?|\s+(?:or|and)\s+)" + Node + ")+",
        ["path"] = @"(?:Request|Response)(?:\.[\w*-]+)*",
        ["chain"] = Node + @"(?:\s*>\s*" + Node + ")+",
    };

    /// <summary>All phrasings, in the order in which they are tried.</summary>
    public static IReadOnlyList<Phrase> Rows { get; } = [.. DataTable.Read("phrases.tsv").Select(Row)];

    /// <summary>A number as the docs write it: digits with separators, or a word.</summary>
    public static string NumberOf(string text)
    {
        string[] words = ["zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten"];
        int word = Array.FindIndex(words, w => w.Equals(text, StringComparison.OrdinalIgnoreCase));
        return word >= 0 ? word.ToString(CultureInfo.InvariantCulture) : text.Equals("twenty", StringComparison.OrdinalIgnoreCase) ? "20" : text.Replace(",", "");
    }

    private static Phrase Row(string[] cells)
    {
        Regex pattern = new(Expand(cells[3]), RegexOptions.IgnoreCase | RegexOptions.CultureInvariant, s_patience);
        (string, string)[] facts = cells[4].Length == 0 ? [] : [.. cells[4].Split(';').Select(f => f.Split('=', 2)).Select(f => (f[0], f[1]))];
        return new Phrase(cells[0], int.Parse(cells[1], CultureInfo.InvariantCulture), cells[2], pattern, facts);
    }

    // {v} is a group named v; {v2} the same under the name v2; {values:list} a list named values.
    private static string Expand(string pattern) => Macro().Replace(pattern, match =>
    {
        string name = match.Groups["name"].Value;
        string kind = match.Groups["kind"].Success ? match.Groups["kind"].Value : name.TrimEnd('2', '3');
        return s_macros.TryGetValue(kind == "who" ? "list" : kind, out string? body) ? $"(?<{name}>{body})" : match.Value;
    });

    [GeneratedRegex(@"\{(?<name>[a-z]+\d?)(:(?<kind>[a-z]+))?\}", RegexOptions.CultureInvariant)]
    private static partial Regex Macro();
}

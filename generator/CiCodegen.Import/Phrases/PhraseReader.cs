using System.Globalization;
using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Which cell a text stands in.</summary>
internal enum CellKind
{
    Description,
    Constraints,
    Default,
    Required,
    Note,
}

/// <summary>What a cell says: facts, words that only describe, and what says a constraint and no phrase maps.</summary>
/// <param name="Facts">The facts.</param>
/// <param name="Words">What is left: a description.</param>
/// <param name="Unmapped">Sentences that say a constraint and were not understood.</param>
internal sealed record CellMeaning(IReadOnlyList<SaidFact> Facts, IReadOnlyList<string> Words, IReadOnlyList<string> Unmapped);

/// <summary>Reads cells by the phrase table.</summary>
internal static partial class PhraseReader
{
    /// <summary>Counts how often each phrasing was used; null when nobody counts.</summary>
    public static readonly AsyncLocal<Dictionary<string, int>?> Usage = new();

    /// <summary>Reads a cell.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="kind">Which it is.</param>
    /// <param name="wire">The wire type of its row, where it has one: a word is no value of a number.</param>
    public static CellMeaning Read(CellText cell, CellKind kind, string? wire = null)
    {
        List<SaidFact> facts = [];
        List<string> words = [];
        List<string> unmapped = [];
        List<string> lines = Lines(kind == CellKind.Note ? NoteWord().Replace(cell.Text, "") : cell.Text);
        ReadLists(lines, kind, wire is "Int" or "Float" or "Double", facts);
        foreach (string line in lines)
        {
            foreach (string sentence in Sentences(line))
            {
                string rest = Apply(sentence, kind, facts);
                if (rest.Length == 0)
                {
                    continue;
                }

                if (kind is CellKind.Description && !Signal().IsMatch(rest))
                {
                    words.Add(rest);
                }
                else if (kind is not CellKind.Note || Signal().IsMatch(rest))
                {
                    unmapped.Add(rest);
                }
            }
        }

        return new CellMeaning(facts, words, unmapped);
    }

    /// <summary>Whether a text is one value and nothing else.</summary>
    public static bool IsValue(string text) => OneValue().IsMatch(text);

    // A list that is broken behind a comma goes on in the next line.
    private static List<string> Lines(string text)
    {
        List<string> lines = [];
        foreach (string line in text.Replace("**", "").Split('\n').Select(l => Ellipsis().Replace(Numbered().Replace(l.Trim(), "").Trim(), " etc")).Where(l => l.Length > 0))
        {
            if (lines.Count > 0 && lines[^1].EndsWith(','))
            {
                lines[^1] += " " + line;
            }
            else
            {
                lines.Add(line);
            }
        }

        return lines;
    }

    private static IEnumerable<string> Sentences(string line) => SentenceEnd().Split(line).Select(s => s.Trim().TrimEnd('.', ';').Trim()).Where(s => s.Length > 0);

    private static string Apply(string sentence, CellKind kind, List<SaidFact> facts)
    {
        char cell = kind switch { CellKind.Description => 'D', CellKind.Constraints => 'C', CellKind.Default => 'V', CellKind.Required => 'R', _ => 'N' };
        string rest = sentence;
        foreach (Phrase phrase in PhraseTable.Rows)
        {
            if (rest.Length == 0)
            {
                break;
            }

            if (!phrase.Cells.Contains(cell) || !TryMatch(phrase.Pattern, rest, out Match match))
            {
                continue;
            }

            Count(phrase.Id);
            foreach ((string key, string template) in phrase.Facts)
            {
                string text = Group().Replace(template, g => match.Groups[g.Groups[1].Value] is { Success: true } group ? group.Value.Trim() : "");
                facts.Add(new SaidFact(key, text, phrase.Id));
            }

            rest = Tidy(rest[..match.Index] + " " + rest[(match.Index + match.Length)..]);
        }

        return rest;
    }

    private static bool TryMatch(Regex pattern, string text, out Match match)
    {
        try
        {
            match = pattern.Match(text);
            return match.Success;
        }
        catch (RegexMatchTimeoutException)
        {
            // A sentence made to hold us up is not understood, which the caller reports.
            match = Match.Empty;
            return false;
        }
    }

    private static string Tidy(string text) => text.Trim().Trim(',', ';', ':', '：').Trim();

    // "A: meaning" on lines of their own, or values alone on lines of their own.
    private static void ReadLists(List<string> lines, CellKind kind, bool isNumber, List<SaidFact> facts)
    {
        if (kind is CellKind.Note or CellKind.Required)
        {
            return;
        }

        List<string> split = [];
        foreach (string line in lines)
        {
            // "Text: a text. Image: an image." on one line.
            MatchCollection many = MeaningInLine().Matches(line);
            split.AddRange(many.Count > 1 && many[0].Index == 0 ? many.Select(m => m.Value.Trim()) : [line]);
        }

        List<string> values = [];
        List<string> used = [];
        foreach (string line in split)
        {
            string bare = line.TrimEnd('.', ';', ' ');
            Match meaning = Meaning().Match(bare);
            if (meaning.Success && (!NotAValue().IsMatch(meaning.Groups["value"].Value) || IsDefaultMode(bare)))
            {
                values.Add(meaning.Groups["value"].Value);
                used.Add(line);
            }
            else if (kind == CellKind.Constraints && OneValue().IsMatch(bare) && !NotAValue().IsMatch(bare) && !Slashes().IsMatch(bare) && CanBe(bare, isNumber))
            {
                values.Add(bare);
                used.Add(line);
            }
        }

        // One line alone is rather a label than a list; a fixed value may be one alone in the constraints.
        if (values.Count > 1)
        {
            facts.Add(new SaidFact("enum", string.Join(", ", values.Distinct()), "list"));
            Count("list");
            Take(lines, split, used);
        }
        else if (kind == CellKind.Constraints && isNumber && lines is [{ } numbers] && DashRange().IsMatch(numbers))
        {
            facts.Add(new SaidFact("range", numbers.TrimEnd('.'), "range-dash"));
            Count("range-dash");
            lines.Clear();
        }
        else if (values.Count == 1 && kind == CellKind.Constraints && split.Count == 1 && !isNumber && !Meaning().IsMatch(split[0]) && !Form().IsMatch(values[0]))
        {
            facts.Add(new SaidFact("enum", values[0], "list-one"));
            Count("list-one");
            Take(lines, split, used);
        }
        else if (kind == CellKind.Constraints && lines is [{ } slashes] && Slashes().IsMatch(slashes) && slashes.Split('/').Select(v => v.Trim()).All(v => CanBe(v, isNumber) && IsNamed(v)))
        {
            facts.Add(new SaidFact("enum", slashes.Replace("/", ", "), "list-slashes"));
            Count("list-slashes");
            lines.Clear();
        }
        else if (kind == CellKind.Constraints && lines is [{ } list] && BareList().IsMatch(list) && ValueList.Parse(list).Values.All(v => CanBe(v, isNumber)))
        {
            facts.Add(new SaidFact("enum", list, "list-bare"));
            Count("list-bare");
            lines.Clear();
        }
    }

    private static bool CanBe(string value, bool isNumber)
        => !isNumber || decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    // 'On/Off' are two values; 'letters/digits' are words, and 'video/mp4' is one.
    private static bool IsNamed(string value) => value is "true" or "false" || !char.IsLower(value[0]);

    // "Default: Not enabled" names a value where others are named in the same way; "Default: 5" does not.
    private static bool IsDefaultMode(string line) => line.StartsWith("Default: ", StringComparison.Ordinal) && line["Default: ".Length..].Contains(' ');

    private static void Take(List<string> lines, List<string> split, List<string> used)
    {
        lines.Clear();
        lines.AddRange(split.Where(l => !used.Contains(l)));
    }

    private static void Count(string id)
    {
        if (Usage.Value is { } counts)
        {
            counts[id] = counts.GetValueOrDefault(id) + 1;
        }
    }

    [GeneratedRegex(@"\$([a-z]+\d?)", RegexOptions.CultureInvariant)]
    private static partial Regex Group();

    [GeneratedRegex(@"(?<=(?<!\))[.。；]|(?<!\));(?!\s*\d+\s*:)|\)\.)\s+(?=[A-Z0-9$`""'(\[-])", RegexOptions.CultureInvariant)]
    private static partial Regex SentenceEnd();

    // Words that say a constraint: a sentence that has one and is not understood is reported.
    [GeneratedRegex(@"\b(must|valid values?|default|range|only|required?|up to|maximum|minimum|at least|cannot|empty|take[s]? effect|takes? (?:higher )?priority|same as|unit|not supported|optional|invalid)\b|[\[(]\s*-?\d+\s*,", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Signal();

    [GeneratedRegex(@"^\d{1,2}\s*\.\s*(?=\D)|^[-•]\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Numbered();

    // "A, B, C...": there are more.
    [GeneratedRegex(@"(?<=[\w)])\s*,?\s*(\.{3,}|…)(?=\s*$)", RegexOptions.CultureInvariant)]
    private static partial Regex Ellipsis();

    [GeneratedRegex(@"^(Notes?|说明|注意)\s*[:：]\s*", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NoteWord();

    [GeneratedRegex(@"^(?<value>[A-Za-z0-9_][A-Za-z0-9_.+-]*)\s*[:：]\s*\S.*$", RegexOptions.CultureInvariant)]
    private static partial Regex Meaning();

    [GeneratedRegex(@"(?<=^|\. )[A-Za-z0-9_][A-Za-z0-9_+-]*:\s(?:[^.]|\.(?! ))+\.?", RegexOptions.CultureInvariant)]
    private static partial Regex MeaningInLine();

    [GeneratedRegex(@"^-?[A-Za-z0-9_][A-Za-z0-9_.+/-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex OneValue();

    [GeneratedRegex(@"^(Note|Notes|Format|Unit|Example|Default|Priority|Description|None|Range|See|http|https|N/A|Value|Yes|No|Seconds?|-)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NotAValue();

    // What a text looks like, not what it is: no value by itself.
    [GeneratedRegex(@"^(-?\d+(\.\d+)?-\d+(\.\d+)?|[a-z]+/[a-z0-9.+-]+|URLs?|URI|UTF-?\d+|ASCII|GBK|Base-?64|Hex(adecimal)?|MD5|UUID|GUID|ISO-?8601|RFC-?\d+|Any|Unlimited|Unique|Non-?empty|Case-?(in)?sensitive|(positive |even |odd )?(Integers?|Numbers?|Floats?|Letters|Digits|Characters)|Positive|Negative|Even|Odd|px|ms|kbps|fps)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Form();

    [GeneratedRegex(@"^-?\d+(\.\d+)?\s*-\s*-?\d+(\.\d+)?\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex DashRange();

    [GeneratedRegex(@"^[A-Za-z0-9_.]+(\s*/\s*[A-Za-z0-9_.]+)+$", RegexOptions.CultureInvariant)]
    private static partial Regex Slashes();

    [GeneratedRegex(@"^[A-Za-z0-9_.]+(\s*,\s*[A-Za-z0-9_.]+)+(,?\s+etc)?\.?$|^[A-Za-z0-9_.]+ or [A-Za-z0-9_.]+\.?$", RegexOptions.CultureInvariant)]
    private static partial Regex BareList();
}

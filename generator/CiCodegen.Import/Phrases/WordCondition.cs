using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>A condition in the words of a page, taken apart.</summary>
/// <param name="Parts">What is asked, joined by "and" or "or".</param>
/// <param name="IsAll">Whether all parts must hold.</param>
internal sealed partial record WordCondition(IReadOnlyList<WordComparison> Parts, bool IsAll)
{
    /// <summary>Takes words apart; null when they are no condition over nodes.</summary>
    public static WordCondition? Parse(string words)
    {
        // "A is X and B is Y", but not "A is X, Y, and Z".
        string[] parts = Conjunction().Split(words);
        bool all = true;
        if (parts.Length == 1)
        {
            parts = Disjunction().Split(words);
            all = parts.Length == 1;
        }

        List<WordComparison> comparisons = [];
        foreach (string part in parts)
        {
            if (Comparison(part.Trim()) is not { } comparison)
            {
                return null;
            }

            comparisons.Add(comparison);
        }

        return new WordCondition(comparisons, all);
    }

    private static WordComparison? Comparison(string words)
    {
        Match match = Given().Match(words);
        if (match.Success)
        {
            return new WordComparison(Name(match), match.Groups["not"].Success || match.Groups["empty"].Success ? "!" : "", []);
        }

        match = Greater().Match(words);
        if (match.Success)
        {
            return new WordComparison(Name(match), match.Groups["op"].Value is "less than" or "<" ? "<" : match.Groups["op"].Value is ">=" ? ">=" : ">", [match.Groups["value"].Value]);
        }

        match = Is().Match(words);
        if (!match.Success)
        {
            return null;
        }

        ValueList values = ValueList.Parse(match.Groups["values"].Value);
        return values.Values.Count == 0 ? null : new WordComparison(Name(match), match.Groups["not"].Success ? "!=" : "==", values.Values);
    }

    private static string Name(Match match) => match.Groups["name"].Value.Trim();

    [GeneratedRegex(@",?\s+and\s+(?=(?:the\s+)?[A-Za-z][\w. ]*?\s+(?:is|are|has been)\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Conjunction();

    [GeneratedRegex(@",?\s+or\s+(?=(?:the\s+)?[A-Za-z][\w. ]*?\s+(?:is|are|has been)\s)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Disjunction();

    [GeneratedRegex(@"^(?<name>(?:the )?[\w. ]+?)(?: (?:(?:is|are) (?<not>not )?(?:set|specified|configured|passed in|available|present|there)|exists?|(?<empty>is (?:empty|unavailable|left empty))))$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Given();

    [GeneratedRegex(@"^(?<name>(?:the )?[\w. ]+?) (?:is )?(?<op>greater than|less than|>=|>|<)\s*(?<value>-?\d+)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Greater();

    [GeneratedRegex(@"^(?<name>(?:the )?[\w. ]+?) (?:is|equals|=)(?: set to)? (?<not>not )?(?<values>\S.*)$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Is();
}

/// <summary>One question of a condition.</summary>
/// <param name="Name">The node, as the page names it.</param>
/// <param name="Operator"><c>==</c>, <c>!=</c>, <c>&gt;</c>, <c>&lt;</c>, empty for "is there", <c>!</c> for "is not there".</param>
/// <param name="Values">What it is compared with.</param>
internal sealed record WordComparison(string Name, string Operator, IReadOnlyList<string> Values);

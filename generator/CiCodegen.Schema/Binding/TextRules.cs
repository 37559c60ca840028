using System.Globalization;
using System.Text.RegularExpressions;

namespace CiCodegen.Schema;

/// <summary>What <c>charset</c> and <c>pattern</c> may say.</summary>
public static class TextRules
{
    /// <summary>The word for U+0020 to U+007E.</summary>
    public const string PrintableAscii = "printable-ascii";

    /// <summary>The characters of a charset as pairs of first and last: <c>A-Za-z_</c> is <c>AZaz__</c>.</summary>
    /// <param name="charset">A charset that has been checked.</param>
    public static string Ranges(string charset)
        => charset == PrintableAscii ? " ~" : Read(charset, out _) ?? throw new ArgumentException($"'{charset}' is no charset.", nameof(charset));

    internal static string? WhyNoCharset(string charset)
    {
        if (charset == PrintableAscii)
        {
            return null;
        }

        Read(charset, out string? reason);
        return reason;
    }

    internal static string? WhyNoPattern(string pattern)
    {
        if (Unsupported(pattern) is { } construct)
        {
            return $"'{construct}' cannot be matched without going back";
        }

        try
        {
            // As it stands, and as it is matched: whole.
            _ = new Regex(pattern, RegexOptions.CultureInvariant);
            _ = new Regex($@"\A(?:{pattern})\z", RegexOptions.CultureInvariant);
            return IsTooLarge(pattern) ? "matched without going back it is too large; let less be counted: '{1,128}' counts 128 states, '+' none" : null;
        }
        catch (ArgumentException e)
        {
            // Its message begins with the pattern, which stands in ours already.
            int at = e.Message.LastIndexOf("- ", StringComparison.Ordinal);
            return "it is no regular expression of .NET: " + (at < 0 ? e.Message : e.Message.Substring(at + 2)).TrimEnd('.');
        }
    }

    /// <summary>So many states the matcher of the runtime takes for sure.</summary>
    private const double FewStates = 1000;

    // As the runtime makes it, where that may fail: to try takes time. A compiler on the .NET Framework has no such option and cannot tell.
    private static bool IsTooLarge(string pattern)
    {
        if (MostStates(pattern) <= FewStates)
        {
            return false;
        }

        const RegexOptions NonBacktracking = (RegexOptions)0x400;
        try
        {
            _ = new Regex($@"\A(?:{pattern})\z", NonBacktracking | RegexOptions.CultureInvariant);
            return false;
        }
        catch (NotSupportedException)
        {
            return true;
        }
        catch (ArgumentOutOfRangeException)
        {
            return false;
        }
    }

    // As if all counts stood inside one another.
    private static double MostStates(string pattern)
    {
        double states = pattern.Length;
        foreach (Match count in Regex.Matches(pattern, @"\{(?:[0-9]+,)?([0-9]+)", RegexOptions.CultureInvariant))
        {
            states *= Math.Max(1, double.Parse(count.Groups[1].Value, CultureInfo.InvariantCulture));
        }

        return states;
    }

    /// <summary>A class body: characters, <c>a-z</c>, a '-' at an end, and <c>\</c> before what would mean something else.</summary>
    private static string? Read(string body, out string? reason)
    {
        List<char> pairs = [];
        int at = 0;
        while (at < body.Length)
        {
            if (Take(body, ref at) is not { } first)
            {
                reason = $"write '\\{body[at]}' for '{body[at]}' itself";
                return null;
            }

            char last = first;
            if (at + 1 < body.Length && body[at] == '-')
            {
                at++;
                if (Take(body, ref at) is not { } end)
                {
                    reason = $"write '\\{body[at]}' for '{body[at]}' itself";
                    return null;
                }

                last = end;
            }

            if (last < first)
            {
                reason = $"'{first}-{last}' goes backwards";
                return null;
            }

            pairs.Add(first);
            pairs.Add(last);
        }

        reason = pairs.Count == 0 ? "write the characters, as in 'A-Za-z0-9_'" : null;
        return reason is null ? new string([.. pairs]) : null;
    }

    private static char? Take(string body, ref int at)
    {
        if (body[at] is '[' or ']' or '^' || (body[at] == '\\' && at + 1 == body.Length))
        {
            return null;
        }

        if (body[at] == '\\')
        {
            at++;
        }

        return body[at++];
    }

    /// <summary>The first construct that needs a matcher which goes back: such a one may take for ever on what a user types.</summary>
    private static string? Unsupported(string pattern)
    {
        bool inClass = false;
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                char next = pattern[++i];
                if (!inClass && (next is (>= '1' and <= '9') or 'k' or 'G'))
                {
                    return $"\\{next}";
                }
            }
            else if (inClass)
            {
                inClass = c != ']';
            }
            else if (c == '[')
            {
                inClass = true;

                // A ']' that comes first belongs to the class.
                i += i + 1 < pattern.Length && pattern[i + 1] == '^' ? 1 : 0;
                i += i + 1 < pattern.Length && pattern[i + 1] == ']' ? 1 : 0;
            }
            else if (c == '(' && i + 2 < pattern.Length && pattern[i + 1] == '?' && Group(pattern, i) is { } group)
            {
                return group;
            }
        }

        return null;
    }

    private static string? Group(string pattern, int at)
    {
        string[] opening = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?("];
        if (Array.Find(opening, o => string.CompareOrdinal(pattern, at, o, 0, o.Length) == 0) is { } found)
        {
            return found;
        }

        // (?<a-b>…) takes back what another group took.
        int end = pattern[at + 2] is '<' or '\'' ? pattern.IndexOfAny(['>', '\'', ')'], at + 3) : -1;
        int minus = end < 0 ? -1 : pattern.IndexOf('-', at + 3, end - at - 3);
        return minus < 0 ? null : pattern.Substring(at, end - at + 1);
    }
}

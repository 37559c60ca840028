using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>Writes a text that a regular expression may match: what it repeats is read again, and what it says of a character is asked of the matcher.</summary>
/// <remarks>Options within the expression are passed over; callers match what they got.</remarks>
internal sealed partial class PatternSample
{
    /// <summary>How many times more often than it must be a part is repeated at most.</summary>
    private const int MostRepeats = 3;

    private static readonly ConcurrentDictionary<string, string> s_alphabets = new(StringComparer.Ordinal);

    private readonly string _pattern;
    private readonly SeededRandom _random;
    private int _at;

    private PatternSample(string pattern, SeededRandom random) => (_pattern, _random) = (pattern, random);

    /// <param name="pattern">A regular expression that a schema may have.</param>
    /// <param name="random">Chooses.</param>
    public static string Of(string pattern, SeededRandom random) => new PatternSample(pattern, random).Alternatives();

    private string Alternatives()
    {
        List<string> samples = [Sequence()];
        while (_at < _pattern.Length && _pattern[_at] == '|')
        {
            _at++;
            samples.Add(Sequence());
        }

        return _random.Pick(samples);
    }

    private string Sequence()
    {
        StringBuilder text = new();
        while (_at < _pattern.Length && _pattern[_at] is not ('|' or ')'))
        {
            int start = _at;
            string part = Part();
            int end = _at;
            (int least, int most) = Repeats(ref end);
            int count = least + _random.Next(0, Math.Min(most - least, MostRepeats));
            for (int i = 0; i < count; i++)
            {
                if (i > 0)
                {
                    _at = start;
                    part = Part();
                }

                text.Append(part);
            }

            _at = end;
        }

        return text.ToString();
    }

    /// <summary>A group, or what stands for one character; empty for what stands for none, as <c>^</c>.</summary>
    private string Part()
    {
        if (_pattern[_at] == '(')
        {
            return Group();
        }

        Match one = OneCharacter().Match(_pattern, _at);
        _at += one.Length;
        string alphabet = s_alphabets.GetOrAdd(one.Value, AlphabetOf);
        return alphabet.Length == 0 ? "" : _random.Pick(alphabet.ToCharArray()).ToString();
    }

    private string Group()
    {
        Match opening = Opening().Match(_pattern, _at);
        _at += opening.Length;
        if (opening.Value[^1] == ')')
        {
            return "";
        }

        string text = Alternatives();
        _at++;
        return text;
    }

    private (int Least, int Most) Repeats(ref int at)
    {
        Match quantifier = Quantifier().Match(_pattern, at);
        if (!quantifier.Success)
        {
            return (1, 1);
        }

        at += quantifier.Length;
        if (quantifier.Value[0] != '{')
        {
            return quantifier.Value[0] switch { '?' => (0, 1), '*' => (0, int.MaxValue), _ => (1, int.MaxValue) };
        }

        int least = int.Parse(quantifier.Groups["least"].Value, CultureInfo.InvariantCulture);
        string most = quantifier.Groups["most"].Value;
        return (least, most.Length > 0 ? int.Parse(most, CultureInfo.InvariantCulture) : quantifier.Groups["comma"].Success ? int.MaxValue : least);
    }

    /// <summary>The characters that a part of one stands for: those that can be typed, or else the first others.</summary>
    private static string AlphabetOf(string part)
    {
        CiPattern pattern = new(part);
        StringBuilder alphabet = new();
        for (int c = ' '; c < char.MaxValue && (c <= '~' || alphabet.Length == 0); c++)
        {
            if (!char.IsSurrogate((char)c) && pattern.IsMatch(((char)c).ToString()))
            {
                alphabet.Append((char)c);
            }
        }

        return alphabet.ToString();
    }

    // A class, perhaps with another taken away; an escape; or any other character.
    [GeneratedRegex(@"\G(?:\[\^?\]?(?:\\.|-\[(?:\\.|[^\]\\])*\]|[^\]\\])*\]|\\(?:[pP]\{[^}]*\}|x[0-9A-Fa-f]{2}|u[0-9A-Fa-f]{4}|c.|.)|.)", RegexOptions.Singleline | RegexOptions.CultureInvariant)]
    private static partial Regex OneCharacter();

    [GeneratedRegex(@"\G(?:\(\?<[^>]*>|\(\?'[^']*'|\(\?#[^)]*\)|\(\?[a-zA-Z-]*[:)]|\()", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex(@"\G(?:[*+?]|\{(?<least>[0-9]{1,9})(?:(?<comma>,)(?<most>[0-9]{1,9})?)?\})\??", RegexOptions.CultureInvariant)]
    private static partial Regex Quantifier();
}

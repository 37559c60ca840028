using System.Xml;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Emulator;

/// <summary>Brings a text into the form that a node's rules ask for, as little changed as can be.</summary>
/// <remarks>Lengths under conditions and rules between nodes are not heeded, nor a pattern of which a few tries find no text.</remarks>
internal static class SyntheticText
{
    private const int Tries = 20;

    public static string Fitting(string text, NodeModel node, SeededRandom random)
    {
        string? ranges = node.Charset is null ? null : TextRules.Ranges(node.Charset);
        string fitting = OfLength(Allowed(text, ranges, random), node, ranges, random);
        if (node.Pattern is null)
        {
            return fitting;
        }

        CiPattern pattern = new(node.Pattern);
        string candidate = fitting;
        for (int i = 0; i < Tries; i++)
        {
            if (pattern.IsMatch(candidate) && HasLength(candidate, node) && candidate.All(c => IsAllowed(c, ranges)))
            {
                return candidate;
            }

            candidate = PatternSample.Of(node.Pattern, random);
        }

        return fitting;
    }

    /// <summary>What is left of a text where only some characters are allowed; where nothing is, as many of those.</summary>
    private static string Allowed(string text, string? ranges, SeededRandom random)
    {
        if (ranges is null || text.All(c => IsAllowed(c, ranges)))
        {
            return text;
        }

        string left = string.Concat(text.Where(c => IsAllowed(c, ranges)));
        return left.Length > 0 ? left : Padding(text.Length, ranges, random);
    }

    private static string OfLength(string text, NodeModel node, string? ranges, SeededRandom random)
    {
        string ending = node.FileExt.Count == 0 || node.FileExt.Any(e => text.EndsWith("." + e, StringComparison.OrdinalIgnoreCase)) ? "" : "." + node.FileExt[0];
        int least = (node.MinLength ?? 0) - ending.Length;
        text = text.Length < least ? text + Padding(least - text.Length, ranges, random) : text;
        int most = Math.Max(0, (node.MaxLength ?? int.MaxValue) - ending.Length);
        return (text.Length > most ? text[..most] : text) + ending;
    }

    private static bool HasLength(string text, NodeModel node) => text.Length >= (node.MinLength ?? 0) && text.Length <= (node.MaxLength ?? int.MaxValue);

    private static string Padding(int length, string? ranges, SeededRandom random)
    {
        if (IsAllowed('-', ranges))
        {
            return new string('-', length);
        }

        char[] padding = new char[length];
        for (int i = 0; i < length; i++)
        {
            int pair = 2 * random.Next(0, (ranges!.Length / 2) - 1);
            char c = (char)random.Next(ranges[pair], ranges[pair + 1]);

            // Wide intervals have characters that XML cannot carry.
            padding[i] = XmlConvert.IsXmlChar(c) ? c : ranges.FirstOrDefault(XmlConvert.IsXmlChar, '-');
        }

        return new string(padding);
    }

    private static bool IsAllowed(char c, string? ranges)
    {
        if (ranges is null)
        {
            return true;
        }

        for (int i = 0; i < ranges.Length; i += 2)
        {
            if (c >= ranges[i] && c <= ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }
}

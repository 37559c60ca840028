using System.Buffers;
using System.Text;
using System.Xml;

namespace CiCodegen.Runtime;

/// <summary>The character classes of XML 1.0 over UTF-8.</summary>
internal static class XmlChars
{
    /// <summary>ASCII that stands for itself in text: no markup, no reference, no carriage return, no <c>]</c>.</summary>
    public static readonly SearchValues<byte> PlainText = SearchValues.Create(Ascii(c => (c >= 0x20 || c is '\t' or '\n') && c is not ('<' or '&' or ']')));

    /// <summary>Where a run of text with characters beyond ASCII must stop; what <see cref="PlainText"/> lacks.</summary>
    public static readonly SearchValues<byte> TextStops = SearchValues.Create(Ascii(c => !((c >= 0x20 || c is '\t' or '\n') && c is not ('<' or '&' or ']'))));

    /// <summary>Control characters that XML does not allow.</summary>
    public static readonly SearchValues<byte> Illegal = SearchValues.Create(Ascii(c => c < 0x20 && c is not ('\t' or '\n' or '\r')));

    /// <summary>ASCII that XML allows.</summary>
    public static readonly SearchValues<byte> SoundAscii = SearchValues.Create(Ascii(c => c >= 0x20 || c is '\t' or '\n' or '\r'));

    /// <summary>What cannot stand in a value of the XML declaration.</summary>
    public static readonly SearchValues<byte> NoPseudoValue = SearchValues.Create(Ascii(c => c < 0x20 || c is '<' or '>' or '&' or '"' or '\''));

    /// <summary>ASCII name characters without the colon.</summary>
    public static readonly SearchValues<byte> AsciiName = SearchValues.Create(Ascii(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'));

    /// <summary>What a reference is made of before its semicolon.</summary>
    public static readonly SearchValues<byte> Reference = SearchValues.Create(Ascii(c => char.IsAsciiLetterOrDigit(c) || c == '#'));

    /// <summary>UTF-16 that the writer cannot copy: markup, carriage returns, and control characters that XML does not allow.</summary>
    public static readonly SearchValues<char> WriteStops = SearchValues.Create(
        Enumerable.Range(0, 0x20).Select(c => (char)c).Where(c => c is not ('\t' or '\n')).Concat("&<>").ToArray());

    public static bool IsSpace(byte unit) => unit is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    public static bool IsAsciiNameStart(byte unit) => char.IsAsciiLetter((char)unit) || unit == '_';

    /// <summary>Whether a character may start a name without colon.</summary>
    /// <remarks>The name classes of XML 1.0's fourth edition, as <see cref="XmlReader"/> has them: lanes must agree. Nothing beyond the basic plane is among them.</remarks>
    public static bool IsNameStart(Rune rune) => rune.IsBmp && XmlConvert.IsStartNCNameChar((char)rune.Value);

    /// <summary>Whether a character may stand in a name without colon.</summary>
    public static bool IsName(Rune rune) => rune.IsBmp && XmlConvert.IsNCNameChar((char)rune.Value);

    /// <summary>Whether a code point is a Char of XML 1.0.</summary>
    public static bool IsChar(int value)
        => value is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    private static byte[] Ascii(Func<char, bool> keep)
        => Enumerable.Range(0, 128).Where(c => keep((char)c)).Select(c => (byte)c).ToArray();
}

using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;

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
        "&<>\0\u0001\u0002\u0003\u0004\u0005\u0006\u0007\b\v\f\r\u000e\u000f\u0010\u0011\u0012\u0013\u0014\u0015\u0016\u0017\u0018\u0019\u001a\u001b\u001c\u001d\u001e\u001f");

    public static bool IsSpace(byte unit) => unit is (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t';

    public static bool IsAsciiNameStart(byte unit) => char.IsAsciiLetter((char)unit) || unit == '_';

    /// <summary>Whether a character may start a name without colon.</summary>
    /// <remarks>The name classes of XML 1.0's fourth edition, as the framework's readers have them: lanes must agree. Nothing beyond the basic plane is among them.</remarks>
    public static bool IsNameStart(Rune rune) => rune.IsBmp && IsNameStart((char)rune.Value);

    /// <summary>Whether a UTF-16 unit may start a name without colon.</summary>
    public static bool IsNameStart(char unit) => unit < 0x80 ? IsAsciiNameStart((byte)unit) : XmlNames.IsStart(unit);

    /// <summary>Whether a character may stand in a name without colon.</summary>
    public static bool IsName(Rune rune) => rune.IsBmp && IsName((char)rune.Value);

    /// <summary>Whether a UTF-16 unit may stand in a name without colon.</summary>
    public static bool IsName(char unit) => unit < 0x80 ? AsciiName.Contains((byte)unit) : XmlNames.Is(unit);

    /// <summary>Whether a code point is a Char of XML 1.0.</summary>
    public static bool IsChar(int value)
        => value is '\t' or '\n' or '\r' or (>= 0x20 and <= 0xD7FF) or (>= 0xE000 and <= 0xFFFD) or (>= 0x10000 and <= 0x10FFFF);

    private static ReadOnlySpan<byte> Ascii(Func<char, bool> keep)
    {
        List<byte> kept = [];
        for (byte unit = 0; unit < 128; unit++)
        {
            if (keep((char)unit))
            {
                kept.Add(unit);
            }
        }

        return CollectionsMarshal.AsSpan(kept);
    }
}

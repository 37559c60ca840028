using System.Buffers.Binary;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>What the first bytes of a document say about its encoding.</summary>
internal enum CiEncodingKind
{
    Utf8,
    Utf16LittleEndian,
    Utf16BigEndian,
    Unsupported,
}

/// <summary>Finds a document's encoding before a lane starts; shared, so that lanes agree.</summary>
internal static class CiEncoding
{
    /// <summary>Judges XML by its byte order mark, or by how its <c>&lt;</c> is encoded (XML 1.0, appendix F).</summary>
    /// <param name="document">The document.</param>
    /// <param name="mark">The length of the byte order mark.</param>
    public static CiEncodingKind Detect(ReadOnlySpan<byte> document, out int mark)
    {
        mark = 0;
        uint first = document.Length >= 4 ? BinaryPrimitives.ReadUInt32BigEndian(document) : 0xFFFFFFFFu;
        switch (first)
        {
            case 0x0000FEFF or 0xFFFE0000 or 0x0000FFFE or 0xFEFF0000 or 0x0000003C or 0x3C000000 or 0x00003C00 or 0x003C0000:
                return CiEncodingKind.Unsupported;
            case 0x4C6FA794:
                return CiEncodingKind.Unsupported; // EBCDIC
        }

        if (document.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            mark = 3;
            return CiEncodingKind.Utf8;
        }

        if (document.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]))
        {
            mark = 2;
            return CiEncodingKind.Utf16LittleEndian;
        }

        if (document.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]))
        {
            mark = 2;
            return CiEncodingKind.Utf16BigEndian;
        }

        return document.StartsWith((ReadOnlySpan<byte>)[(byte)'<', 0]) ? CiEncodingKind.Utf16LittleEndian
            : document.StartsWith((ReadOnlySpan<byte>)[0, (byte)'<']) ? CiEncodingKind.Utf16BigEndian
            : CiEncodingKind.Utf8;
    }

    /// <summary>Says whether a document is XML or JSON by its first character that is no white space.</summary>
    /// <param name="document">The document.</param>
    public static CiDocumentFormat DetectFormat(ReadOnlySpan<byte> document)
        // Outside ASCII it is another encoding or nothing at all: the XML lanes name it.
        => FirstUnit(document) is '<' or 0 or > 0x7F ? CiDocumentFormat.Xml : CiDocumentFormat.Json;

    /// <summary>The first byte, or unit of UTF-16, that is neither byte order mark nor white space; -1 when there is none.</summary>
    /// <param name="document">The document.</param>
    public static int FirstUnit(ReadOnlySpan<byte> document)
    {
        CiEncodingKind kind = Detect(document, out int mark);
        if (kind == CiEncodingKind.Utf8 && mark == 0)
        {
            // The XML rule looks for '<'; JSON, or white space, has another first unit.
            kind = document is [> 0, 0, ..] ? CiEncodingKind.Utf16LittleEndian : document is [0, > 0, ..] ? CiEncodingKind.Utf16BigEndian : kind;
        }

        int width = kind is CiEncodingKind.Utf16LittleEndian or CiEncodingKind.Utf16BigEndian ? 2 : 1;
        for (ReadOnlySpan<byte> rest = document[mark..]; rest.Length >= width; rest = rest[width..])
        {
            int unit = kind switch
            {
                CiEncodingKind.Utf16LittleEndian => BinaryPrimitives.ReadUInt16LittleEndian(rest),
                CiEncodingKind.Utf16BigEndian => BinaryPrimitives.ReadUInt16BigEndian(rest),
                _ => rest[0],
            };
            if (unit is not (' ' or '\t' or '\r' or '\n'))
            {
                return unit;
            }
        }

        return -1;
    }

    public static CiFormatException Unsupported() => new(CiFormatError.UnsupportedEncoding, "", 1, 1, "the document is neither UTF-8 nor UTF-16");

    /// <summary>Decodes UTF-16; an odd byte or a surrogate without its partner is refused.</summary>
    /// <param name="units">The document without its byte order mark.</param>
    /// <param name="kind">Which of the two.</param>
    /// <param name="error">What refuses it.</param>
    public static string FromUtf16(ReadOnlySpan<byte> units, CiEncodingKind kind, CiFormatError error)
    {
        int length = units.Length / 2;
        char[] text = new char[length];
        for (int i = 0; i < length; i++)
        {
            ReadOnlySpan<byte> unit = units.Slice(i * 2, 2);
            text[i] = (char)(kind == CiEncodingKind.Utf16LittleEndian ? BinaryPrimitives.ReadUInt16LittleEndian(unit) : BinaryPrimitives.ReadUInt16BigEndian(unit));
        }

        int bad = FirstLoneSurrogate(text);
        if (bad >= 0 || units.Length % 2 != 0)
        {
            int at = bad >= 0 ? bad : length;
            (int line, int column) = TextPosition.After(Encoding.UTF8.GetBytes(text, 0, at));
            throw new CiFormatException(error, "", line, column, bad >= 0 ? "a surrogate stands without its partner" : "the document ends inside a UTF-16 unit");
        }

        return new string(text);
    }

    /// <summary>The index of the first surrogate without its partner, or -1.</summary>
    public static int FirstLoneSurrogate(ReadOnlySpan<char> text)
    {
        int from = 0;
        while (true)
        {
            int at = text[from..].IndexOfAnyInRange('\uD800', '\uDFFF');
            if (at < 0)
            {
                return -1;
            }

            from += at;
            if (from + 1 >= text.Length || !char.IsSurrogatePair(text[from], text[from + 1]))
            {
                return from;
            }

            from += 2;
        }
    }

    /// <summary>Whether an XML declaration may name this encoding for bytes of that kind.</summary>
    /// <remarks>A declaration that contradicts the bytes is unsupported: the reader cannot know which of the two lies.</remarks>
    public static bool IsDeclared(string name, CiEncodingKind kind) => kind switch
    {
        CiEncodingKind.Utf8 => Is(name, "utf-8"),
        CiEncodingKind.Utf16LittleEndian => Is(name, "utf-16") || Is(name, "utf-16le"),
        CiEncodingKind.Utf16BigEndian => Is(name, "utf-16") || Is(name, "utf-16be"),
        _ => false,
    };

    /// <summary>Whether the runtime knows an encoding and could go on in it. XmlReader judges a name that it does not know, or UTF-16 without its bytes, where it stands.</summary>
    public static bool IsKnown(string name)
    {
        if (Is(name, "utf-16") || Is(name, "ucs-2") || Is(name, "iso-10646-ucs-2") || Is(name, "ucs-4"))
        {
            return false;
        }

        try
        {
            Encoding.GetEncoding(name);
            return true;
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (NotSupportedException)
        {
            return false;
        }
    }

    private static bool Is(string name, string other) => string.Equals(name, other, StringComparison.OrdinalIgnoreCase);
}

namespace CiCodegen.Runtime;

/// <summary>Turns UTF-16 into UTF-8, piece by piece.</summary>
/// <remarks>What is no UTF-16 (half a surrogate pair, half a unit) becomes bytes that are no UTF-8: the tokenizer refuses it where it stands.</remarks>
/// <param name="kind">Which of the two.</param>
/// <param name="repairs">Whether it becomes U+FFFD instead.</param>
internal struct Utf16Transcoder(CiEncodingKind kind, bool repairs)
{
    private const int Replacement = 0xFFFD;

    private int _odd = -1;
    private int _high;

    /// <summary>The most bytes that a piece of so many can become.</summary>
    public static int MaxLength(int bytes) => checked(((bytes / 2) + 3) * 3);

    /// <summary>Converts a piece; what it breaks off is kept for the next.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Convert(ReadOnlySpan<byte> piece, Span<byte> to)
    {
        int used = 0;
        foreach (byte unit in piece)
        {
            if (_odd < 0)
            {
                _odd = unit;
                continue;
            }

            used += Append(kind == CiEncodingKind.Utf16LittleEndian ? (unit << 8) | _odd : (_odd << 8) | unit, to[used..]);
            _odd = -1;
        }

        return used;
    }

    /// <summary>Ends the document.</summary>
    /// <returns>How many bytes were written.</returns>
    public int Finish(Span<byte> to)
    {
        int used = _high == 0 ? 0 : Encode(Broken(_high), to);
        _high = 0;
        if (_odd >= 0 && repairs)
        {
            used += Encode(Replacement, to[used..]);
        }
        else if (_odd >= 0)
        {
            to[used++] = 0xFF;
        }

        _odd = -1;

        return used;
    }

    private int Append(int unit, Span<byte> to)
    {
        int used = 0;
        if (_high != 0)
        {
            if (unit is >= 0xDC00 and <= 0xDFFF)
            {
                used = Encode(0x10000 + ((_high - 0xD800) << 10) + (unit - 0xDC00), to);
                _high = 0;
                return used;
            }

            used = Encode(Broken(_high), to);
            _high = 0;
        }

        if (unit is >= 0xD800 and <= 0xDBFF)
        {
            _high = unit;
            return used;
        }

        return used + Encode(unit is >= 0xDC00 and <= 0xDFFF ? Broken(unit) : unit, to[used..]);
    }

    private readonly int Broken(int unit) => repairs ? Replacement : unit;

    private static int Encode(int value, Span<byte> to)
    {
        switch (value)
        {
            case < 0x80:
                to[0] = (byte)value;
                return 1;
            case < 0x800:
                to[0] = (byte)(0xC0 | (value >> 6));
                to[1] = (byte)(0x80 | (value & 0x3F));
                return 2;
            case < 0x10000:
                to[0] = (byte)(0xE0 | (value >> 12));
                to[1] = (byte)(0x80 | ((value >> 6) & 0x3F));
                to[2] = (byte)(0x80 | (value & 0x3F));
                return 3;
            default:
                to[0] = (byte)(0xF0 | (value >> 18));
                to[1] = (byte)(0x80 | ((value >> 12) & 0x3F));
                to[2] = (byte)(0x80 | ((value >> 6) & 0x3F));
                to[3] = (byte)(0x80 | (value & 0x3F));
                return 4;
        }
    }
}

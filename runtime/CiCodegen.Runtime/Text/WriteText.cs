namespace CiCodegen.Runtime;

/// <summary>How writers put scalars into text.</summary>
internal static class WriteText
{
    public const int MaxTime = 34;

    /// <summary>Writes <c>2022-06-27T15:23:10+0800</c>, or with a colon in the offset; a fraction only when there is one.</summary>
    public static int Time(DateTimeOffset time, Span<byte> to, bool colon)
    {
        DateTime local = time.DateTime;
        (int year, int month, int day) = local;
        int second = (int)(local.TimeOfDay.Ticks / TimeSpan.TicksPerSecond);
        Two(year / 100, to);
        Two(year % 100, to[2..]);
        to[4] = (byte)'-';
        Two(month, to[5..]);
        to[7] = (byte)'-';
        Two(day, to[8..]);
        to[10] = (byte)'T';
        Two(second / 3600, to[11..]);
        to[13] = (byte)':';
        Two(second / 60 % 60, to[14..]);
        to[16] = (byte)':';
        Two(second % 60, to[17..]);
        int length = 19;
        int fraction = (int)(local.Ticks % TimeSpan.TicksPerSecond);
        if (fraction != 0)
        {
            to[length++] = (byte)'.';
            for (int unit = (int)TimeSpan.TicksPerSecond / 10; fraction != 0; fraction %= unit, unit /= 10)
            {
                to[length++] = (byte)('0' + (fraction / unit));
            }
        }

        int minutes = (int)time.Offset.TotalMinutes;
        to[length++] = (byte)(minutes < 0 ? '-' : '+');
        minutes = Math.Abs(minutes);
        length += Two(minutes / 60, to[length..]);
        if (colon)
        {
            to[length++] = (byte)':';
        }

        return length + Two(minutes % 60, to[length..]);
    }

    public static CiFormatException Illegal(string path, char unit)
        => new(CiFormatError.IllegalCharacter, path, 0, 0, $"U+{(int)unit:X4} cannot be carried");

    /// <summary>Why a name cannot be that of a map's entry; null when it can.</summary>
    public static string? WhyNoKey(CiNode map, string key)
    {
        if (!IsName(key))
        {
            return $"'{key}' cannot be the name of an element";
        }

        return key.AsSpan().StartsWith(map.Prefix, StringComparison.Ordinal) ? null : $"'{key}' does not begin with '{map.Prefix}', as the names of this map do";
    }

    /// <summary>Whether a text is a name without a prefix.</summary>
    public static bool IsName(string text)
    {
        bool isName = text.Length > 0 && XmlChars.IsNameStart(text[0]);
        for (int i = 1; isName && i < text.Length; i++)
        {
            isName = XmlChars.IsName(text[i]);
        }

        return isName;
    }

    /// <summary>Whether a text has no control characters, surrogates or anything behind them.</summary>
    public static bool IsPlain(ReadOnlySpan<char> text) => !text.ContainsAnyExceptInRange(' ', '\uD7FF');

    /// <summary>The index of the first unit that XML cannot carry, or -1.</summary>
    public static int FirstIllegal(ReadOnlySpan<char> text)
    {
        // Most texts need no look at each character.
        if (IsPlain(text))
        {
            return -1;
        }

        for (int i = 0; i < text.Length; i++)
        {
            char unit = text[i];
            if (unit < 0x20 ? unit is not ('\t' or '\n' or '\r') : unit >= 0xFFFE)
            {
                return i;
            }

            if (char.IsSurrogate(unit))
            {
                if (i + 1 >= text.Length || !char.IsSurrogatePair(unit, text[i + 1]))
                {
                    return i;
                }

                i++;
            }
        }

        return -1;
    }

    private static int Two(int value, Span<byte> to)
    {
        to[0] = (byte)('0' + (value / 10));
        to[1] = (byte)('0' + (value % 10));
        return 2;
    }
}

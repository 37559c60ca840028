using System.Buffers.Binary;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>The text of scalars other than strings, the same for every lane: what is allowed, and what it means.</summary>
/// <remarks>Each parser takes trimmed, non-empty text. Nothing depends on a culture; only ASCII digits count.</remarks>
internal static class ScalarText
{
    public const string Int32Form = "an integer from -2147483648 to 2147483647 is due";
    public const string Int64Form = "an integer of 64 bits is due";
    public const string DecimalForm = "a decimal number of at most 28 digits is due";
    public const string BooleanForm = "'true' or 'false' is due";
    public const string TimeForm = "a time with an offset is due, as in 2022-06-27T15:23:10+0800";

    // "0000-00-" and "00T00:00" as words without the T, the bytes in them that are no digits, and what tells digits' values from others.
    private const ulong Date = 0x2D30302D30303030;
    private const ulong DateMarks = 0xFF0000FF00000000;
    private const ulong Time = 0x30303A3030003030;
    private const ulong TimeMarks = 0x0000FF0000000000;
    private const ulong TimeLetter = 0x0000000000FF0000;
    private const ulong NoDigit = 0x7676767676767676;
    private const ulong HighBits = 0x8080808080808080;

    /// <summary>Removes XML white space at both ends.</summary>
    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> text)
        => text.Length > 0 && text[0] > ' ' && text[^1] > ' ' ? text : text.Trim(" \t\r\n"u8);

    /// <summary>Whether trimmed text stands for "no value": empty, or the <c>-</c> that the service writes.</summary>
    public static bool IsAbsent(ReadOnlySpan<byte> trimmed) => trimmed.Length == 0 || (trimmed.Length == 1 && trimmed[0] == '-');

    public static bool TryInt32(ReadOnlySpan<byte> text, out int value)
    {
        bool fits = TryInt64(text, out long wide) && wide is >= int.MinValue and <= int.MaxValue;
        value = fits ? (int)wide : 0;
        return fits;
    }

    /// <summary>One to nine digits and nothing else.</summary>
    public static bool TryDigits(ReadOnlySpan<char> text, out int value)
    {
        value = 0;
        bool isSound = text.Length is > 0 and <= 9;
        for (int i = 0; isSound && i < text.Length; i++)
        {
            int digit = text[i] - '0';
            isSound = (uint)digit <= 9;
            value = (value * 10) + digit;
        }

        return isSound;
    }

    public static bool TryInt64(ReadOnlySpan<byte> text, out long value)
    {
        value = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative)
        {
            text = text[1..];
        }

        if (text.Length == 0)
        {
            return false;
        }

        // Counted below zero, where there is room for one more.
        long sum = 0;
        foreach (byte unit in text)
        {
            int digit = unit - '0';
            if ((uint)digit > 9 || sum < long.MinValue / 10)
            {
                return false;
            }

            sum *= 10;
            if (sum < long.MinValue + digit)
            {
                return false;
            }

            sum -= digit;
        }

        if (!negative && sum == long.MinValue)
        {
            return false;
        }

        value = negative ? sum : -sum;
        return true;
    }

    /// <summary>Only what <see cref="decimal"/> holds exactly, its scale included: rounding would change what is written back.</summary>
    public static bool TryDecimal(ReadOnlySpan<byte> text, out decimal value)
    {
        value = 0;
        bool negative = text.Length > 0 && text[0] == '-';
        if (negative)
        {
            text = text[1..];
        }

        int point = text.IndexOf((byte)'.');
        int scale = point < 0 ? 0 : text.Length - point - 1;
        if (text.Length == 0 || point == 0 || point == text.Length - 1 || scale > 28)
        {
            return false;
        }

        UInt128 sum = 0;
        UInt128 max = (UInt128.One << 96) - 1;
        for (int i = 0; i < text.Length; i++)
        {
            if (i == point)
            {
                continue;
            }

            int digit = text[i] - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            sum = (sum * 10) + (uint)digit;
            if (sum > max)
            {
                return false;
            }
        }

        ulong low = (ulong)(sum & ulong.MaxValue);
        value = new decimal((int)(uint)low, (int)(uint)(low >> 32), (int)(uint)(sum >> 64), negative && sum != 0, (byte)scale);
        return true;
    }

    public static bool TryBoolean(ReadOnlySpan<byte> text, out bool value)
    {
        value = text.SequenceEqual("true"u8);
        return value || text.SequenceEqual("false"u8);
    }

    /// <summary><c>yyyy-MM-ddTHH:mm:ss[.f…](Z|±HHmm|±HH:mm)</c>, also with a space for the T; digits beyond a tick are cut.</summary>
    public static bool TryTime(ReadOnlySpan<byte> text, out DateTimeOffset value)
    {
        value = default;
        if (text.Length < 20 || text[10] is not ((byte)'T' or (byte)' ') || text[16] != ':')
        {
            return false;
        }

        // Eight bytes at once: the digits' values, and nothing where what must stand between them does.
        ulong date = BinaryPrimitives.ReadUInt64LittleEndian(text) ^ Date;
        ulong time = (BinaryPrimitives.ReadUInt64LittleEndian(text[8..]) ^ Time) & ~TimeLetter;
        uint tens = text[17] - (uint)'0';
        uint ones = text[18] - (uint)'0';
        if ((((date + NoDigit) | (time + NoDigit) | date | time) & HighBits) != 0 || (date & DateMarks) != 0 || (time & TimeMarks) != 0 || tens > 5 || ones > 9)
        {
            return false;
        }

        // Each byte becomes the number of two digits that begins there.
        date = (date * 10) + (date >> 8);
        time = (time * 10) + (time >> 8);
        int year = ((int)(date & 0xFF) * 100) + (int)((date >> 16) & 0xFF);
        int month = (int)((date >> 40) & 0xFF);
        int day = (int)(time & 0xFF);
        int hour = (int)((time >> 24) & 0xFF);
        int minute = (int)((time >> 48) & 0xFF);
        int second = (int)((tens * 10) + ones);
        if (year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month) || hour > 23 || minute > 59)
        {
            return false;
        }

        text = text[19..];
        long ticks = 0;
        if (text[0] == '.')
        {
            int end = text[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9') + 1;
            if (end <= 1)
            {
                return false;
            }

            for (int i = 1; i <= 7; i++)
            {
                ticks = (ticks * 10) + (i < end ? text[i] - '0' : 0);
            }

            text = text[end..];
        }

        if (!TryOffset(text, out int offset))
        {
            return false;
        }

        long local = new DateTime(year, month, day, hour, minute, second).Ticks + ticks;
        long utc = local - (offset * TimeSpan.TicksPerMinute);
        if (utc < 0 || utc > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        value = new DateTimeOffset(local, new TimeSpan(offset * TimeSpan.TicksPerMinute));
        return true;
    }

    /// <summary>Quotes a text for a message, cut to a readable length.</summary>
    public static string Quote(ReadOnlySpan<byte> text)
    {
        const int Most = 64;
        if (text.Length <= Most)
        {
            return $"'{Encoding.UTF8.GetString(text)}'";
        }

        int cut = Most;
        while (cut > 0 && (text[cut] & 0xC0) == 0x80)
        {
            cut--;
        }

        return $"'{Encoding.UTF8.GetString(text[..cut])}…'";
    }

    private static bool TryOffset(ReadOnlySpan<byte> text, out int minutes)
    {
        minutes = 0;
        if (text.SequenceEqual("Z"u8))
        {
            return true;
        }

        // ±HHmm or ±HH:mm
        int at = text.Length == 6 && text[3] == ':' ? 4 : 3;
        if (text.Length != at + 2 || text[0] is not ((byte)'+' or (byte)'-')
            || !Digits(text[1..3], out int hours) || !Digits(text[at..], out int rest) || rest > 59)
        {
            return false;
        }

        minutes = (hours * 60) + rest;
        if (minutes > 14 * 60)
        {
            return false;
        }

        minutes = text[0] == '-' ? -minutes : minutes;
        return true;
    }

    private static bool Digits(ReadOnlySpan<byte> text, out int value)
    {
        value = 0;
        foreach (byte unit in text)
        {
            int digit = unit - '0';
            if ((uint)digit > 9)
            {
                return false;
            }

            value = (value * 10) + digit;
        }

        return true;
    }
}

using System.Globalization;

namespace CiCodegen.Runtime;

/// <summary>The span of time in which a signature holds: <c>q-sign-time</c> and <c>q-key-time</c>.</summary>
/// <param name="Start">The first second, as Unix time.</param>
/// <param name="End">The last second, as Unix time.</param>
public readonly record struct CiKeyTime(long Start, long End)
{
    /// <summary>A span from a moment on.</summary>
    /// <param name="start">The first moment; fractions of a second are dropped.</param>
    /// <param name="length">How long; fractions of a second are dropped.</param>
    public static CiKeyTime From(DateTimeOffset start, TimeSpan length)
    {
        long first = start.ToUnixTimeSeconds();
        return new(first, first + (long)length.TotalSeconds);
    }

    /// <summary>Reads the wire text.</summary>
    /// <param name="text">The text, <c>start;end</c>.</param>
    /// <exception cref="FormatException">The text is another.</exception>
    public static CiKeyTime Parse(string text)
        => TryParse(text, out CiKeyTime value)
            ? value
            : throw new FormatException($"'{text}' is no key time; expected are two Unix times in seconds as in 1557989753;1557996953.");

    /// <summary>Reads the wire text.</summary>
    /// <param name="text">The text, <c>start;end</c>.</param>
    /// <param name="value">The span.</param>
    /// <returns>Whether the text is a span.</returns>
    public static bool TryParse(string? text, out CiKeyTime value)
    {
        value = default;
        ReadOnlySpan<char> all = text;
        int separator = all.IndexOf(';');
        if (separator < 0
            || !long.TryParse(all[..separator], NumberStyles.None, CultureInfo.InvariantCulture, out long start)
            || !long.TryParse(all[(separator + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out long end))
        {
            return false;
        }

        value = new(start, end);
        return true;
    }

    /// <summary>The wire text: <c>start;end</c>.</summary>
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Start};{End}");
}

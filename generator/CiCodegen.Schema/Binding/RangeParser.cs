using System.Globalization;

namespace CiCodegen.Schema;

/// <summary>Reads intervals: <c>[0, 100]</c>, <c>(0, 30]</c>, <c>[0, video duration]</c>.</summary>
public static class RangeParser
{
    /// <summary>Reads an interval.</summary>
    /// <param name="text">The interval.</param>
    /// <param name="isWhole">Whether it is of whole numbers.</param>
    /// <returns>Null for what is no interval, or holds nothing.</returns>
    public static RangeModel? Parse(string text, bool isWhole = false)
    {
        string trimmed = text.Trim();
        if (trimmed.Length < 3 || trimmed[0] is not ('[' or '(') || trimmed[trimmed.Length - 1] is not (']' or ')'))
        {
            return null;
        }

        string[] ends = trimmed.Substring(1, trimmed.Length - 2).Split(',');
        if (ends.Length != 2)
        {
            return null;
        }

        string? min = Number(ends[0]);
        string? max = Number(ends[1]);
        RangeModel range = new(trimmed, min, trimmed[0] == '[', max, trimmed[trimmed.Length - 1] == ']');
        return IsExponent(ends[0]) || IsExponent(ends[1]) || IsEmpty(range, isWhole) ? null : range;
    }

    private static bool IsEmpty(RangeModel range, bool isWhole)
    {
        if (range.Min is null || range.Max is null)
        {
            return false;
        }

        decimal min = decimal.Parse(range.Min, CultureInfo.InvariantCulture);
        decimal max = decimal.Parse(range.Max, CultureInfo.InvariantCulture);
        if (!isWhole)
        {
            return min > max || (min == max && !(range.MinInclusive && range.MaxInclusive));
        }

        decimal first = Math.Ceiling(min);
        decimal last = Math.Floor(max);
        return (first == min && !range.MinInclusive ? first + 1 : first) > (last == max && !range.MaxInclusive ? last - 1 : last);
    }

    // '1e3' would be taken for a word that a reader understands, as 'video duration' is, and nothing checked.
    private static bool IsExponent(string end)
        => end.IndexOfAny(['e', 'E']) > 0 && double.TryParse(end.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    /// <summary>Whether a number lies in an interval; an end that is no number limits nothing.</summary>
    /// <param name="range">The interval.</param>
    /// <param name="value">The number.</param>
    public static bool Contains(RangeModel range, decimal value)
    {
        if (range.Min is not null)
        {
            decimal min = decimal.Parse(range.Min, CultureInfo.InvariantCulture);
            if (value < min || (value == min && !range.MinInclusive))
            {
                return false;
            }
        }

        if (range.Max is null)
        {
            return true;
        }

        decimal max = decimal.Parse(range.Max, CultureInfo.InvariantCulture);
        return value < max || (value == max && range.MaxInclusive);
    }

    private static string? Number(string text)
        => decimal.TryParse(text.Trim(), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value)
            ? value.ToString(CultureInfo.InvariantCulture)
            : null;
}

using System.Globalization;

namespace CiCodegen.Schema;

/// <summary>Reads intervals: <c>[0, 100]</c>, <c>(0, 30]</c>, <c>[0, video duration]</c>.</summary>
internal static class RangeParser
{
    public static RangeModel? Parse(string text)
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
        if (min is not null && max is not null
            && decimal.Parse(min, CultureInfo.InvariantCulture) > decimal.Parse(max, CultureInfo.InvariantCulture))
        {
            return null;
        }

        return new RangeModel(trimmed, min, trimmed[0] == '[', max, trimmed[trimmed.Length - 1] == ']');
    }

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

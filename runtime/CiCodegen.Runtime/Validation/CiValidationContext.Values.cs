using System.Buffers;
using System.Globalization;
using System.Text;

namespace CiCodegen.Runtime;

public partial struct CiValidationContext
{
    // Not IndexOfAnyExceptInRange: before the JIT optimises it, each call boxes its bounds.
    private static readonly SearchValues<char> s_printableAscii = SearchValues.Create(
        " !\"#$%&'()*+,-./0123456789:;<=>?@ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_`abcdefghijklmnopqrstuvwxyz{|}~");

    /// <summary>Rule <c>const</c>: the node has one value only.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="expected">The only value.</param>
    public void Const(CiNode node, string? value, string expected)
    {
        if (value is not null && !string.Equals(value, expected, StringComparison.Ordinal))
        {
            Add(node, "const", $"is {Quote(value)}; it must be '{expected}'");
        }
    }

    /// <summary>Rule <c>enum</c>: the value is one of those known.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="allowed">The known values.</param>
    public void Enum(CiNode node, string? value, CiTokenTable allowed)
    {
        if (value is not null && !allowed.Contains(value))
        {
            Add(node, "enum", $"is {Quote(value)}; allowed are {string.Join(", ", allowed.Values)}");
        }
    }

    /// <summary>Rule <c>enumWhen</c>: the value is one of those that a condition leaves.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="allowed">The values.</param>
    /// <param name="condition">The condition, which holds.</param>
    public void EnumWhen(CiNode node, string? value, CiTokenTable allowed, string condition)
    {
        if (!string.IsNullOrEmpty(value) && !allowed.Contains(value))
        {
            Add(node, "enumWhen", $"is {Quote(value)}; when {condition}, allowed are {string.Join(", ", allowed.Values)}");
        }
    }

    /// <summary>Rule <c>const</c> or <c>enumWhen</c>: a number is one of some.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="isAllowed">Whether it is one of them; computed by the caller, who knows the type.</param>
    /// <param name="rule">The rule's name.</param>
    /// <param name="allowed">What is allowed, as the schema states it.</param>
    public void Number(CiNode node, decimal? value, bool isAllowed, string rule, string allowed)
    {
        if (value is { } number && !isAllowed)
        {
            Add(node, rule, $"is {number.ToString(CultureInfo.InvariantCulture)}; {allowed}");
        }
    }

    /// <summary>Rule <c>special</c>: a text is a number or one of some words.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The text; null and empty are not checked.</param>
    /// <param name="words">The words.</param>
    /// <returns>The number; null when there is none to check.</returns>
    public decimal? NumberOr(CiNode node, string? value, CiTokenTable words)
    {
        decimal? number = ToNumber(value, words);
        if (number is null && !string.IsNullOrEmpty(value) && !words.Contains(value))
        {
            Add(node, "special", $"is {Quote(value)}; allowed are a number and {string.Join(", ", words.Values)}");
        }

        return number;
    }

    /// <summary>A text as a number; null when it is none, or one of some words.</summary>
    /// <param name="value">The text.</param>
    /// <param name="words">The words.</param>
    /// <exception cref="ArgumentNullException"><paramref name="words"/> is null.</exception>
    public static decimal? ToNumber(string? value, CiTokenTable words)
    {
        ArgumentNullException.ThrowIfNull(words);
        return value is null || words.Contains(value) || !decimal.TryParse(value, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number)
            ? null
            : number;
    }

    /// <summary>Rule <c>range</c>: a number lies in an interval.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="inside">Whether it lies inside; computed by the caller, who knows the type.</param>
    /// <param name="interval">The interval as the schema states it, as in <c>(0, 30]</c>.</param>
    public void Range(CiNode node, decimal? value, bool inside, string interval)
    {
        if (value is { } number && !inside)
        {
            Add(node, "range", $"is {number.ToString(CultureInfo.InvariantCulture)}; allowed is {interval}");
        }
    }

    /// <summary>Rules <c>minLength</c> and <c>maxLength</c>: how many characters a text has.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The text; null is not checked.</param>
    /// <param name="min">The least length in characters.</param>
    /// <param name="max">The greatest length in characters.</param>
    public void Length(CiNode node, string? value, int min, int max)
    {
        if (value is null)
        {
            return;
        }

        // A character beyond the basic plane is two UTF-16 units, so the exact count is only taken when it can matter.
        if (value.Length / 2 < min && CountRunes(value) is int few && few < min)
        {
            Add(node, "minLength", string.Create(CultureInfo.InvariantCulture, $"has {few} characters; at least {min} are needed"));
        }
        else if (value.Length > max && CountRunes(value) is int count && count > max)
        {
            Add(node, "maxLength", string.Create(CultureInfo.InvariantCulture, $"has {count} characters; at most {max} are allowed"));
        }
    }

    /// <summary>Rule <c>charset: printable-ascii</c>: only U+0020 to U+007E.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The text; null is not checked.</param>
    public void PrintableAscii(CiNode node, string? value)
    {
        int at = value is null ? -1 : value.AsSpan().IndexOfAnyExcept(s_printableAscii);
        if (at >= 0)
        {
            Add(node, "charset", string.Create(CultureInfo.InvariantCulture, $"has U+{(int)value![at]:X4} at character {at + 1}; only printable ASCII (U+0020 to U+007E) is allowed"));
        }
    }

    /// <summary>Rule <c>rangeWhen</c>: a number lies in an interval that a condition sets.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="inside">Whether it lies inside; computed by the caller, who knows the type.</param>
    /// <param name="interval">The interval as the schema states it.</param>
    /// <param name="condition">The condition, which holds.</param>
    public void RangeWhen(CiNode node, decimal? value, bool inside, string interval, string condition)
    {
        if (value is { } number && !inside)
        {
            Add(node, "rangeWhen", $"is {number.ToString(CultureInfo.InvariantCulture)}; when {condition}, allowed is {interval}");
        }
    }

    /// <summary>Rule <c>lengthWhen</c>: how many characters a text has when a condition holds.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The text; null is not checked.</param>
    /// <param name="max">The greatest length in characters.</param>
    /// <param name="condition">The condition, which holds.</param>
    public void LengthWhen(CiNode node, string? value, int max, string condition)
    {
        if (value?.Length > max && CountRunes(value) is int count && count > max)
        {
            Add(node, "lengthWhen", string.Create(CultureInfo.InvariantCulture, $"has {count} characters; when {condition}, at most {max} are allowed"));
        }
    }

    /// <summary>Rule <c>multipleOf</c>: a number is some steps from 0.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null is not checked.</param>
    /// <param name="isMultiple">Whether it is; computed by the caller, who knows the type.</param>
    /// <param name="step">The step as the schema states it.</param>
    public void MultipleOf(CiNode node, decimal? value, bool isMultiple, string step)
    {
        if (value is { } number && !isMultiple)
        {
            Add(node, "multipleOf", $"is {number.ToString(CultureInfo.InvariantCulture)}; multiples of {step} are allowed");
        }
    }

    /// <summary>Rule <c>charset</c>: a text has some characters only.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The text; null is not checked.</param>
    /// <param name="ranges">The characters, as pairs of first and last.</param>
    /// <param name="charset">The characters as the schema states them.</param>
    public void Charset(CiNode node, string? value, string ranges, string charset)
    {
        for (int i = 0; i < value?.Length; i++)
        {
            if (!IsWithin(value[i], ranges))
            {
                Add(node, "charset", string.Create(CultureInfo.InvariantCulture, $"has U+{(int)value[i]:X4} at character {i + 1}; only [{charset}] is allowed"));
                return;
            }
        }
    }

    /// <summary>Rule <c>pattern</c>: a whole text matches a regular expression.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The text; null and empty are not checked.</param>
    /// <param name="pattern">The regular expression.</param>
    /// <exception cref="ArgumentNullException"><paramref name="pattern"/> is null.</exception>
    public void Pattern(CiNode node, string? value, CiPattern pattern)
    {
        ArgumentNullException.ThrowIfNull(pattern);
        if (!string.IsNullOrEmpty(value) && !pattern.IsMatch(value))
        {
            Add(node, "pattern", $"is {Quote(value)}; only what matches {pattern} is allowed");
        }
    }

    /// <summary>Rule <c>fileExt</c>: a file's name ends in one of some ways.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The name; null and empty are not checked.</param>
    /// <param name="endings">The endings without the dot.</param>
    /// <param name="wildcards">Text that the service replaces: what a name ends in then is not known; null for none.</param>
    /// <exception cref="ArgumentNullException"><paramref name="endings"/> is null.</exception>
    public void FileExt(CiNode node, string? value, CiTokenTable endings, CiTokenTable? wildcards = null)
    {
        ArgumentNullException.ThrowIfNull(endings);
        if (string.IsNullOrEmpty(value))
        {
            return;
        }

        foreach (string ending in endings.Table)
        {
            if (value.Length > ending.Length && value[^(ending.Length + 1)] == '.' && value.EndsWith(ending, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        foreach (string wildcard in wildcards?.Table ?? [])
        {
            if (value.EndsWith(wildcard, StringComparison.OrdinalIgnoreCase))
            {
                return;
            }
        }

        Add(node, "fileExt", $"is {Quote(value)}; a name that ends in .{string.Join(", .", endings.Values)} is allowed");
    }

    private static bool IsWithin(char unit, string ranges)
    {
        for (int i = 0; i + 1 < ranges.Length; i += 2)
        {
            if (unit >= ranges[i] && unit <= ranges[i + 1])
            {
                return true;
            }
        }

        return false;
    }

    private static int CountRunes(string text)
    {
        int count = 0;
        foreach (Rune _ in text.EnumerateRunes())
        {
            count++;
        }

        return count;
    }

    private static string Quote(string value) => value.Length <= 64 ? $"'{value}'" : $"'{value.AsSpan(0, 64)}…'";
}

using System.Globalization;
using System.Numerics;
using CiCodegen.Schema;

namespace CiCodegen.Emulator;

/// <summary>Makes up numbers that a node's interval and step allow, of any size: all is counted in whole numbers of a scale.</summary>
/// <remarks>Intervals under conditions are not heeded.</remarks>
internal static class SyntheticNumber
{
    private const int MostDecimals = 28;

    /// <summary>So many of the numbers, from the least one on, are chosen from.</summary>
    private const int Choices = 1_000_000;

    // Where an interval has no end: what a picture's coordinates could be.
    private static readonly BigInteger s_width = 1079;

    /// <summary>A whole number; null where the interval holds none.</summary>
    public static string? Whole(NodeModel node, SeededRandom random)
    {
        (string? min, string? max) = (node.Range?.Min, node.Range?.Max);
        int scale = Math.Max(Math.Max(ScaleOf(min), ScaleOf(max)), ScaleOf(node.MultipleOf));
        BigInteger one = BigInteger.Pow(10, scale);
        BigInteger step = node.MultipleOf is { } of ? Scaled(of, scale) : one;
        step *= one / BigInteger.GreatestCommonDivisor(step, one);
        (BigInteger least, BigInteger greatest) = Ends(node.Range, scale);
        bool withLeast = node.Range?.MinInclusive ?? true;
        bool withGreatest = node.Range?.MaxInclusive ?? true;
        if (node.Type is LogicalType.Int32 or LogicalType.Int64)
        {
            bool isLong = node.Type == LogicalType.Int64;
            Clamp(ref least, ref withLeast, (isLong ? long.MinValue : int.MinValue) * one, isLower: true);
            Clamp(ref greatest, ref withGreatest, (isLong ? long.MaxValue : int.MaxValue) * one, isLower: false);
        }

        return Multiple(least, withLeast, greatest, withGreatest, step, random) is { } value ? Text(value / one, 0) : null;
    }

    /// <summary>A number with decimals, as many as the interval's width asks for and two at least; no end of the interval where there is another one.</summary>
    public static string Fraction(NodeModel node, SeededRandom random)
    {
        int scale = Math.Max(ScaleOf(node.Range?.Min), ScaleOf(node.Range?.Max));
        (BigInteger least, BigInteger greatest) = Ends(node.Range, scale);
        int decimals = node.MultipleOf is { } of ? ScaleOf(of) : Decimals(least, greatest, scale);
        int common = Math.Max(scale, decimals);
        BigInteger shift = BigInteger.Pow(10, common - scale);
        (least, greatest) = (least * shift, greatest * shift);
        BigInteger unit = BigInteger.Pow(10, common - decimals);
        BigInteger step = node.MultipleOf is { } multiple ? Scaled(multiple, common) : unit;
        bool withLeast = node.Range?.MinInclusive ?? true;
        bool withGreatest = node.Range?.MaxInclusive ?? true;
        if ((Multiple(least, false, greatest, false, step, random) ?? Multiple(least, withLeast, greatest, withGreatest, step, random)) is { } value)
        {
            return Text(value / unit, decimals);
        }

        return withLeast ? Text(least, common) : withGreatest ? Text(greatest, common) : Text((least + greatest) * 5, common + 1);
    }

    /// <summary>A hundred numbers shall fit in; a number that is large already has none.</summary>
    private static int Decimals(BigInteger least, BigInteger greatest, int scale)
    {
        BigInteger one = BigInteger.Pow(10, scale);
        if (BigInteger.Max(BigInteger.Abs(least), BigInteger.Abs(greatest)) / one > BigInteger.Pow(10, MostDecimals - 4))
        {
            return 0;
        }

        int decimals = 2;
        while (decimals < MostDecimals && (greatest - least) * BigInteger.Pow(10, decimals) < 100 * one)
        {
            decimals++;
        }

        return greatest == least ? scale : decimals;
    }

    /// <summary>A multiple of a step between two ends; null where there is none.</summary>
    private static BigInteger? Multiple(BigInteger least, bool withLeast, BigInteger greatest, bool withGreatest, BigInteger step, SeededRandom random)
    {
        BigInteger first = -Floor(-least, step);
        first += !withLeast && first * step == least ? 1 : 0;
        BigInteger last = Floor(greatest, step);
        last -= !withGreatest && last * step == greatest ? 1 : 0;
        return first > last ? null : (first + random.Next(0, (int)BigInteger.Min(last - first, Choices))) * step;
    }

    private static BigInteger Floor(BigInteger value, BigInteger step)
    {
        // A division goes towards zero.
        BigInteger quotient = BigInteger.DivRem(value, step, out BigInteger rest);
        return rest.Sign < 0 ? quotient - 1 : quotient;
    }

    private static (BigInteger Least, BigInteger Greatest) Ends(RangeModel? range, int scale)
    {
        BigInteger width = s_width * BigInteger.Pow(10, scale);
        BigInteger? min = range?.Min is { } low ? Scaled(low, scale) : null;
        BigInteger? max = range?.Max is { } high ? Scaled(high, scale) : null;
        BigInteger least = min ?? (max is { Sign: < 0 } below ? below - width : 0);
        return (least, max ?? least + width);
    }

    private static void Clamp(ref BigInteger end, ref bool isInside, BigInteger limit, bool isLower)
    {
        if (isLower ? end < limit : end > limit)
        {
            (end, isInside) = (limit, true);
        }
    }

    private static int ScaleOf(string? number) => number?.IndexOf('.', StringComparison.Ordinal) is int dot and >= 0 ? number.Length - dot - 1 : 0;

    private static BigInteger Scaled(string number, int scale)
        => BigInteger.Parse(number.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) * BigInteger.Pow(10, scale - ScaleOf(number));

    private static string Text(BigInteger value, int scale)
    {
        string digits = BigInteger.Abs(value).ToString(CultureInfo.InvariantCulture).PadLeft(scale + 1, '0');
        string text = scale == 0 ? digits : $"{digits[..^scale]}.{digits[^scale..]}";
        return value.Sign < 0 ? "-" + text : text;
    }
}

using System.Globalization;
using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Signs, numbers and intervals in C#.</summary>
internal static class CSharpTokens
{
    private static readonly CSharpExpression s_true = CSharpExpression.Of($"true");
    private static readonly CSharpExpression s_false = CSharpExpression.Of($"false");

    public static CSharpExpression Sign(ComparisonKind kind) => kind switch
    {
        ComparisonKind.In => CSharpExpression.Of($"=="),
        ComparisonKind.NotIn => CSharpExpression.Of($"!="),
        ComparisonKind.Less => CSharpExpression.Of($"<"),
        ComparisonKind.AtMost => CSharpExpression.Of($"<="),
        ComparisonKind.Greater => CSharpExpression.Of($">"),
        _ => CSharpExpression.Of($">="),
    };

    /// <summary>A wire text as a value of a type.</summary>
    public static CSharpExpression Constant(LogicalType type, string text) => type switch
    {
        LogicalType.Boolean => text == "true" ? s_true : s_false,
        LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal => Number(text, type),
        _ => CSharpExpression.Of($"{new CSharpLiteral(text)}"),
    };

    /// <summary>The narrowest type in which both ends of an interval can be compared; at a type's very ends the compiler would say that the check always holds.</summary>
    public static LogicalType TypeFor(RangeModel range, LogicalType type)
        => new[] { range.Min, range.Max }.OfType<string>().All(e => Fits(e, type)) ? type : LogicalType.Decimal;

    /// <summary>Whether a number lies well within a type.</summary>
    public static bool Fits(string number, LogicalType type) => type switch
    {
        LogicalType.Int32 => int.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int small) && small is not (int.MinValue or int.MaxValue),
        LogicalType.Int64 => long.TryParse(number, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large) && large is not (long.MinValue or long.MaxValue),
        _ => true,
    };

    /// <summary>An interval as a pattern.</summary>
    public static CSharpExpression Interval(RangeModel range, LogicalType type)
    {
        List<CSharpExpression> ends = [];
        if (range.Min is not null)
        {
            ends.Add(CSharpExpression.Of($"{Sign(range.MinInclusive ? ComparisonKind.AtLeast : ComparisonKind.Greater)} {Number(range.Min, type)}"));
        }

        if (range.Max is not null)
        {
            ends.Add(CSharpExpression.Of($"{Sign(range.MaxInclusive ? ComparisonKind.AtMost : ComparisonKind.Less)} {Number(range.Max, type)}"));
        }

        return CSharpExpression.Join(" and ", ends);
    }

    /// <summary>A number as a literal of its type: an interval's end with a fraction is exact in decimal only.</summary>
    public static CSharpExpression Number(string text, LogicalType type)
    {
        decimal value = decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
        return CSharpExpression.Number(value, type switch { LogicalType.Decimal => "m", LogicalType.Int64 => "L", _ => "" });
    }

    /// <summary>A value as a decimal number.</summary>
    public static CSharpExpression AsDecimal(CSharpExpression value, bool isNullable)
        => isNullable ? CSharpExpression.Of($"(decimal?){value}") : CSharpExpression.Of($"(decimal){value}");
}

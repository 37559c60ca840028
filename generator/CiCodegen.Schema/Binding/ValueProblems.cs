using System.Globalization;

namespace CiCodegen.Schema;

/// <summary>Why a wire text cannot be a value of a node.</summary>
internal static class ValueProblems
{
    /// <summary>What is wrong with a text as a value of a node; null when nothing is.</summary>
    public static string? Of(NodeModel model, string text) => model.Type switch
    {
        LogicalType.Container => "cannot be: a container has no value",
        LogicalType.Enum when !model.Enum!.IsOpen && !model.Enum.Values.Any(v => v.Text == text) && !model.Special.Any(s => s.Text == text) => $"'{text}' is none of its values",
        LogicalType.Boolean when text is not ("true" or "false") => $"'{text}' is neither true nor false",
        LogicalType.Int32 when !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => $"'{text}' is no int",
        LogicalType.Int64 when !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => $"'{text}' is no long",
        LogicalType.Decimal when !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) => $"'{text}' is no decimal number",
        _ => null,
    };
}

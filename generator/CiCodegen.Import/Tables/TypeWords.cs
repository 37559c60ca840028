using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>The type column: what the docs call types.</summary>
internal static partial class TypeWords
{
    /// <summary>Whether a line is a type and nothing else.</summary>
    public static bool IsType(string text) => Exact().IsMatch(text);

    /// <summary>Whether a whole number may be beyond 32 bits.</summary>
    public static bool IsWide(string cell) => Wide().IsMatch(cell);

    /// <summary>Reads a type cell.</summary>
    /// <returns>The wire type (null when the cell has none) and whether it is an array.</returns>
    public static (string? Wire, bool IsMany) Read(string cell)
    {
        Match match = Leading().Match(cell);
        if (!match.Success)
        {
            return (null, false);
        }

        string wire = match.Groups["type"].Value.ToLowerInvariant() switch
        {
            "string" or "enum" or "text" or "date" or "datetime" or "time" or "url" => "String",
            "int" or "integer" or "long" or "number" or "int32" or "int64" or "uint" or "uint32" or "uint64" => "Int",
            "float" => "Float",
            "double" => "Double",
            "bool" or "boolean" => "Bool",
            "container" or "object" or "struct" => "Container",
            _ => "Container",
        };
        return (wire, match.Groups["array"].Success);
    }

    [GeneratedRegex("""^(?<of>array\s+of\s+)?(string|enum|int|integer|long|number|float|double|bool|boolean|container|object|uint|uint32|uint64|int32|int64)(\s*(array|\[\]))?\.?$""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Exact();

    [GeneratedRegex("^((array|list)\\s+of\\s+)?(u?int64|uint32|uint|long|number)s?\\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Wide();

    [GeneratedRegex("""^((?<array>array\s+of\s+)(?<type>\w+)|(?<type>string|enum|integer|int32|int64|int|long|number|float|double|boolean|bool|container|object|uint64|uint32|uint|date|datetime|time|text|url|struct)s?\b(\s*(?<array>array|list|\[\]))?)""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Leading();
}

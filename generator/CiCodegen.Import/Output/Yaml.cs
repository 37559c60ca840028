using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Scalars as YAML writes them.</summary>
internal static partial class Yaml
{
    /// <summary>A scalar, quoted where it must be; safe inside <c>{ }</c> and <c>[ ]</c> too.</summary>
    public static string Scalar(string text) => Plain().IsMatch(text) && !text.EndsWith(' ') ? text : $"'{text.Replace("'", "''")}'";

    public static string List(IEnumerable<string> items) => $"[{string.Join(", ", items.Select(Scalar))}]";

    [GeneratedRegex(@"^[A-Za-z0-9_./$(-](?:(?![:][ ]|[ ]#)[A-Za-z0-9_ ./$%+();=<>|&*!-])*$(?<![:\s])(?<!^-)", RegexOptions.CultureInvariant)]
    private static partial Regex Plain();
}

using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Names of structures, as C# types may be named.</summary>
internal static partial class ShapeNames
{
    /// <summary>A heading as a name: <c>MediaWorkflow_Topology_Nodes_***_Operation_Output</c> loses its stars, other signs part words.</summary>
    public static string Of(string heading)
    {
        string[] words = NotName().Split(heading.Replace("*", "").Replace("\\", ""));
        string name = string.Concat(words.Where(w => w.Length > 0).Select(w => char.ToUpperInvariant(w[0]) + w[1..]));
        name = Underscores().Replace(name, "_").Trim('_');
        return name.Length == 0 || char.IsDigit(name[0]) ? "Structure" + name : name;
    }

    [GeneratedRegex("[^A-Za-z0-9_]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotName();

    [GeneratedRegex("_+", RegexOptions.CultureInvariant)]
    private static partial Regex Underscores();
}

using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Reads the node that the caption of a table names.</summary>
internal static partial class Captions
{
    /// <summary>The node's name or path; null when the text is no caption.</summary>
    public static string? NodeOf(string caption)
    {
        string text = Blank().Replace(caption, " ").Trim();
        foreach (Regex pattern in (Regex[])[SubNodes(), Seed(), Content(), Chinese()])
        {
            Match match = pattern.Match(text);
            if (match.Success)
            {
                return NodeTableReader.CleanPath(match.Groups["node"].Value);
            }
        }

        return null;
    }

    /// <summary>What a caption writes before its first wildcard or escape: the name by which a reader finds it.</summary>
    public static string? WrittenOf(string caption) => SubNodes().Match(Blank().Replace(caption, " ").Trim()) is { Success: true } match ? Leading().Match(match.Groups["node"].Value).Value : NodeOf(caption);

    [GeneratedRegex(@"^[\w.-]*", RegexOptions.CultureInvariant)]
    private static partial Regex Leading();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?:^|\s)(?<node>[\w.*\\-]+)\s+(?:has|have|contains?|node has) (?:the )?following (?:sub-?nodes|nodes|parameters|content|fields)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SubNodes();

    [GeneratedRegex(@"specific data description of (?:the )?(?:container )?(?:type )?(?<node>[\w.*-]+)\s+is as follows", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Seed();

    [GeneratedRegex(@"^(?:contents? of (?:the )?)?container (?:node|type)\s+(?<node>[\w.*-]+)(?:\s+node)?(?:\s+contents?)?\s*:?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Content();

    [GeneratedRegex(@"Container\s*(?:类型|节点)\s*(?<node>[\w.*-]+)\s*(?:的具体数据描述如下|的内容)", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Chinese();
}

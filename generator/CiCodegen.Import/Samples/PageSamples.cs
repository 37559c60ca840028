using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>A document in a code block of a page, well-formed or not.</summary>
/// <param name="Line">Its first line in the page.</param>
/// <param name="Text">The document.</param>
/// <param name="IsJson">Whether it is JSON; else it is XML.</param>
public sealed record PageSample(int Line, string Text, bool IsJson);

/// <summary>The documents in a page's code blocks.</summary>
public static partial class PageSamples
{
    /// <summary>Reads the samples of a page, in order.</summary>
    /// <param name="page">The page.</param>
    /// <exception cref="ImportException">The page cannot be read at all.</exception>
    public static IReadOnlyList<PageSample> Read(PageSource page) => [.. Of(PageReader.Read(page, new FindingList(page.Path)))];

    internal static IEnumerable<PageSample> Of(PageOutline page)
    {
        foreach (CodeBlock block in page.Blocks.OfType<CodeBlock>())
        {
            // HTTP headers may stand before the document.
            Match xml = XmlStart().Match(block.Code);
            Match json = JsonStart().Match(block.Code);
            bool isXml = xml.Success && (!json.Success || xml.Index < json.Index);
            if (isXml || json.Success)
            {
                int start = isXml ? xml.Index : json.Index;
                yield return new PageSample(block.Line + block.Code.AsSpan(0, start).Count('\n'), block.Code[start..].Trim(), !isXml);
            }
        }
    }

    // A document begins a line; '<body>' and '<GMT Date>' are what a caller fills in.
    [GeneratedRegex(@"^[ \t]*<(?!body>)(\?xml|[A-Za-z_][\w.-]*\s*/?>)", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex XmlStart();

    [GeneratedRegex(@"^[ \t]*\{", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex JsonStart();
}

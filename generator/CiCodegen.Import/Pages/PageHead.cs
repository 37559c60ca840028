using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>What a page says of itself: the title, the day of its last change, the request line.</summary>
/// <param name="Title">The first heading, or the first line.</param>
/// <param name="Intro">The text before the first table: what the page is about.</param>
/// <param name="Date">The day, as <c>2025-11-19</c>; null when the page has none.</param>
/// <param name="Http">Method and path, as <c>POST /jobs</c>; null when it has none.</param>
/// <param name="Tags">The Tags that its samples name.</param>
internal sealed partial record PageHead(string Title, string Intro, string? Date, string? Http, IReadOnlyList<string> Tags)
{
    public static PageHead Read(PageSource page, PageOutline outline)
    {
        string title = outline.Blocks.OfType<HeadingBlock>().FirstOrDefault(h => h.Text.Text.Length > 0)?.Text.OneLine ?? page.Id;
        List<string> intro = [];
        foreach (PageBlock block in outline.Blocks.TakeWhile(b => b is not TableBlock).Take(12))
        {
            if (block is TextBlock { Text.Text.Length: > 0 } text)
            {
                intro.Add(text.Text.OneLine);
            }
        }

        Match date = Updated().Match(page.Text);
        IEnumerable<string> code = outline.Blocks.OfType<CodeBlock>().Select(c => c.Code).Append(page.Text);
        Match http = code.Select(c => RequestLine().Match(c)).FirstOrDefault(m => m.Success) ?? Match.Empty;
        string[] tags = [.. outline.Blocks.OfType<CodeBlock>().SelectMany(c => TagElement().Matches(c.Code)).Select(m => m.Groups["tag"].Value).Distinct()];
        return new PageHead(
            title, string.Join(' ', intro), date.Success ? date.Groups["date"].Value : PageNames.DateOf(page.Path),
            http.Success ? $"{http.Groups["verb"].Value} {PathOf(http.Groups["path"].Value)}" : null, tags);
    }

    // "/jobs/<jobId>?cancel" and "/template/<TemplateId>": what a caller fills in stands in braces.
    private static string PathOf(string path) => Placeholder().Replace(path, "{$1}");

    [GeneratedRegex(@"(?:Last updated|最近更新时间)\s*[:：]\s*(?<date>20\d\d-\d\d-\d\d)", RegexOptions.CultureInvariant)]
    private static partial Regex Updated();

    [GeneratedRegex(@"^\s*(?<verb>GET|POST|PUT|DELETE|HEAD)\s+(?<path>/\S*)\s+HTTP/1\.1", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex RequestLine();

    [GeneratedRegex(@"<Tag>(?<tag>[A-Za-z0-9_]+)</?Tag>", RegexOptions.CultureInvariant)]
    private static partial Regex TagElement();

    [GeneratedRegex(@"<([A-Za-z0-9_]+)>", RegexOptions.CultureInvariant)]
    private static partial Regex Placeholder();
}

namespace CiCodegen.Import;

/// <summary>Reads a page, whatever carries it: the dialect is found by itself.</summary>
internal static class PageReader
{
    public static PageOutline Read(PageSource page, FindingList findings) => DialectOf(page) switch
    {
        PageDialect.Html => HtmlPageReader.Read(page, findings),
        PageDialect.FlatRows => FlatRowsPageReader.Read(page, findings),
        PageDialect.PlainText => PlainTextPageReader.Read(page),
        _ => MarkdownPageReader.Read(page, findings),
    };

    public static PageDialect DialectOf(PageSource page)
    {
        ReadOnlySpan<char> start = page.Text.AsSpan().TrimStart();
        if (start.StartsWith("<!doctype", StringComparison.OrdinalIgnoreCase) || start.StartsWith("<html", StringComparison.OrdinalIgnoreCase)
            || page.Text.Contains("</html>", StringComparison.OrdinalIgnoreCase) || IsFragment(page.Text))
        {
            return PageDialect.Html;
        }

        if (FlatRowsPageReader.Fits(page.Text))
        {
            return PageDialect.FlatRows;
        }

        return PlainTextPageReader.Fits(page.Text) ? PageDialect.PlainText : PageDialect.Markdown;
    }

    // An article saved without its frame: HTML tables, and nothing that only Markdown has.
    private static bool IsFragment(string text)
        => text.Contains("</table>", StringComparison.OrdinalIgnoreCase) && !text.Contains("```", StringComparison.Ordinal)
            && !text.Contains("\n#", StringComparison.Ordinal) && !text.Contains("|--", StringComparison.Ordinal) && !text.Contains("| --", StringComparison.Ordinal) && !text.Contains("| :--", StringComparison.Ordinal)
            && !text.StartsWith('#');
}

using System.Text;
using Markdig;
using Markdig.Extensions.Tables;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace CiCodegen.Import;

/// <summary>Reads a page in Markdown: pipe tables, HTML tables, fenced samples, notes as quotes.</summary>
internal static class MarkdownPageReader
{
    /// <summary>A line beyond this is no row of a table of nodes; the longest known has 3,000 characters.</summary>
    private const int MaxLine = 32 * 1024;

    /// <summary>A row beyond this is no row of a table of nodes; the widest known table has 14 columns.</summary>
    private const int MaxPipes = 64;

    private static readonly MarkdownPipeline s_pipeline = new MarkdownPipelineBuilder().UsePipeTables().UsePreciseSourceLocation().Build();

    public static PageOutline Read(PageSource page, FindingList findings)
    {
        string text = Bound(page, findings);
        MarkdownDocument document;
        try
        {
            document = Markdown.Parse(text, s_pipeline);
        }
        catch (ArgumentException e)
        {
            // The library refuses what is nested beyond its limit in this way.
            throw new ImportException(page.Path, 1, $"The page cannot be read as Markdown: {e.Message}");
        }

        Reader reader = new(text);
        reader.AddAll(document);
        return new PageOutline(PageDialect.Markdown, reader.Blocks);
    }

    // A hostile line costs the parser more than its length: it is taken out and said.
    private static string Bound(PageSource page, FindingList findings)
    {
        StringBuilder? kept = null;
        string[] lines = page.Text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            int pipes = lines[i].Length > MaxPipes ? lines[i].AsSpan().Count('|') : 0;
            if (lines[i].Length <= MaxLine && pipes <= MaxPipes)
            {
                continue;
            }

            findings.Add(FindingClass.WrongCellCount, i + 1, $"the line has {lines[i].Length:N0} characters and {pipes:N0} cells", "left out");
            lines[i] = "";
            kept ??= new StringBuilder();
        }

        return kept is null ? page.Text : string.Join('\n', lines);
    }

    private sealed class Reader(string source)
    {
        private int _skipUntil;

        public List<PageBlock> Blocks { get; } = [];

        public void AddAll(ContainerBlock container, bool isNote = false)
        {
            foreach (Block block in container)
            {
                if (block.Span.Start < _skipUntil)
                {
                    continue;
                }

                switch (block)
                {
                    case Markdig.Syntax.HeadingBlock heading:
                        Blocks.Add(new HeadingBlock(heading.Line + 1, heading.Level, TextOf(heading.Inline)));
                        break;
                    case Table table:
                        AddTable(table);
                        break;
                    case FencedCodeBlock fenced:
                        Blocks.Add(new CodeBlock(fenced.Line + 2, fenced.Lines.ToString()));
                        break;
                    case Markdig.Syntax.CodeBlock code:
                        Blocks.Add(new CodeBlock(code.Line + 1, code.Lines.ToString()));
                        break;
                    case HtmlBlock html:
                        AddHtml(html);
                        break;
                    case QuoteBlock quote:
                        AddAll(quote, isNote: true);
                        break;
                    case ContainerBlock inner:
                        AddAll(inner, isNote);
                        break;
                    case ParagraphBlock paragraph when !isNote && AddLooseRows(paragraph):
                        break;
                    case LeafBlock { Inline: not null } leaf:
                        AddText(leaf, isNote);
                        break;
                }
            }
        }

        private void AddText(LeafBlock leaf, bool isNote)
        {
            CellText text = TextOf(leaf.Inline);
            if (isNote && text.Text is ['?' or '!', ..])
            {
                text = text with { Text = text.Text[1..].TrimStart() };
            }

            Blocks.Add(new TextBlock(leaf.Line + 1, text, isNote));
        }

        private void AddTable(Table table)
        {
            List<TableLine> rows = [];
            foreach (Block block in table)
            {
                if (block is TableRow row)
                {
                    rows.Add(new TableLine(row.Line + 1, [.. row.OfType<TableCell>().Select(TextOf)]));
                }
            }

            if (rows.Count > 0)
            {
                Blocks.Add(new TableBlock(table.Line + 1, rows[0].Cells, rows[1..]));
            }
        }

        // An empty line ends a table for Markdown and not for a reader: rows behind it belong to the table above, unless they begin with a header of their own.
        private bool AddLooseRows(ParagraphBlock paragraph)
        {
            string text = source[paragraph.Span.Start..Math.Min(paragraph.Span.End + 1, source.Length)];
            if (!text.StartsWith('|') || text.Split('\n').Any(l => !l.StartsWith('|')))
            {
                return false;
            }

            int columns = text.AsSpan(0, text.IndexOf('\n') is var end and >= 0 ? end : text.Length).TrimEnd().TrimEnd('|').Count('|');
            string pieces = string.Concat(Enumerable.Repeat("|x", columns)) + "|\n" + string.Concat(Enumerable.Repeat("|---", columns)) + "|\n";
            if (Markdown.Parse(pieces + text, s_pipeline).OfType<Table>().FirstOrDefault() is not { Count: > 1 } read)
            {
                return false;
            }

            List<TableLine> rows = [.. read.OfType<TableRow>().Skip(1).Select(r => new TableLine(r.Line - 1 + paragraph.Line, [.. r.OfType<TableCell>().Select(TextOf)]))];
            if (ColumnTable.IsNodeTable([.. rows[0].Cells.Select(c => ColumnTable.KindOf(c.OneLine))]))
            {
                Blocks.Add(new TableBlock(rows[0].Line, rows[0].Cells, rows[1..]));
                return true;
            }

            if (Blocks is [.., TableBlock { Rows: List<TableLine> above } table] && table.Header.Count == rows[0].Cells.Count)
            {
                above.AddRange(rows);
                return true;
            }

            return false;
        }

        // An HTML table may have empty lines, which end the block for Markdown and not for a reader.
        private void AddHtml(HtmlBlock html)
        {
            int start = html.Span.Start;
            int end = Math.Min(html.Span.End + 1, source.Length);
            if (source.AsSpan(start, end - start).Contains("<table", StringComparison.OrdinalIgnoreCase))
            {
                int close = source.IndexOf("</table>", start, StringComparison.OrdinalIgnoreCase);
                end = Math.Max(end, close < 0 ? end : close + "</table>".Length);
            }

            _skipUntil = end;
            HtmlPageReader.AddBlocks(source[start..end], html.Line, Blocks);
        }

        private static CellText TextOf(TableCell cell)
        {
            CellTextBuilder text = new();
            foreach (Block block in cell)
            {
                if (block is LeafBlock { Inline: { } inline })
                {
                    Collect(inline, text);
                }
            }

            return text.ToCellText();
        }

        private static CellText TextOf(ContainerInline? inline)
        {
            CellTextBuilder text = new();
            if (inline is not null)
            {
                Collect(inline, text);
            }

            return text.ToCellText();
        }

        private static void Collect(ContainerInline container, CellTextBuilder text)
        {
            foreach (Inline inline in container)
            {
                switch (inline)
                {
                    case LiteralInline literal:
                        text.Add(literal.Content.AsSpan());
                        break;
                    case CodeInline code:
                        text.Add(code.Content);
                        break;
                    case HtmlEntityInline entity:
                        text.Add(entity.Transcoded.AsSpan());
                        break;
                    case HtmlInline html:
                        InlineHtml.Apply(html.Tag, text);
                        break;
                    case LineBreakInline:
                        text.Add(" ");
                        break;
                    case AutolinkInline link:
                        text.Add(link.Url);
                        break;
                    case LinkInline link:
                        text.BeginLink(link.Url ?? "");
                        Collect(link, text);
                        text.EndLink();
                        break;
                    case EmphasisInline { DelimiterChar: '_' } emphasis:
                        // Names have underscores: '_a_' is emphasis only between blanks.
                        text.Add(new string(emphasis.DelimiterChar, emphasis.DelimiterCount));
                        Collect(emphasis, text);
                        text.Add(new string(emphasis.DelimiterChar, emphasis.DelimiterCount));
                        break;
                    case PipeTableDelimiterInline cell:
                        Collect(cell, text);
                        break;
                    case DelimiterInline delimiter:
                        // A bracket or star that opened nothing is text: '[0, 360)'.
                        text.Add(delimiter.ToLiteral());
                        Collect(delimiter, text);
                        break;
                    case ContainerInline inner:
                        Collect(inner, text);
                        break;
                }
            }
        }

    }
}

using System.Globalization;
using AngleSharp.Dom;
using AngleSharp.Html.Dom;
using AngleSharp.Html.Parser;

namespace CiCodegen.Import;

/// <summary>Reads a saved HTML page, and the pieces of HTML in Markdown.</summary>
internal static class HtmlPageReader
{
    /// <summary>Beyond this depth nothing is read: the page is hostile, and the walk must not overflow the stack.</summary>
    private const int MaxDepth = 200;

    private const int MaxCells = 64;

    public static PageOutline Read(PageSource page, FindingList findings)
    {
        List<PageBlock> blocks = [];
        AddBlocks(page.Text, 0, blocks, findings);
        return new PageOutline(PageDialect.Html, blocks);
    }

    /// <summary>Adds the blocks of a piece of HTML.</summary>
    /// <param name="html">The piece.</param>
    /// <param name="linesBefore">The lines before it in the page.</param>
    /// <param name="blocks">Where they go.</param>
    /// <param name="findings">Where defects go.</param>
    public static void AddBlocks(string html, int linesBefore, List<PageBlock> blocks, FindingList? findings = null)
    {
        HtmlParser parser = new(new HtmlParserOptions { IsKeepingSourceReferences = true });
        using IHtmlDocument document = parser.ParseDocument(html);
        Walker walker = new(linesBefore, blocks, findings);
        if (document.Body is { } body)
        {
            walker.Walk(body, 0);
            walker.EndText();
        }
    }

    private sealed class Walker(int linesBefore, List<PageBlock> blocks, FindingList? findings)
    {
        private CellTextBuilder _text = new();
        private int _textLine;
        private int _lastLine;

        public void Walk(INode node, int depth)
        {
            foreach (INode child in node.ChildNodes)
            {
                if (child is IText words)
                {
                    Begin(words);
                    _text.Add(words.Data);
                }
                else if (child is IElement element && depth < MaxDepth)
                {
                    Visit(element, depth);
                }
                else if (child is IElement deep)
                {
                    findings?.Add(FindingClass.Unreadable, LineOf(deep), $"elements are nested beyond {MaxDepth}", "left out");
                }
            }
        }

        public void EndText()
        {
            CellText ended = _text.ToCellText();
            if (ended.Text.Length > 0 || ended.Anchors.Count > 0)
            {
                blocks.Add(new TextBlock(_textLine, ended, ended.Text.StartsWith("Note", StringComparison.OrdinalIgnoreCase)));
            }

            _text = new CellTextBuilder();
            _textLine = 0;
        }

        private void Visit(IElement element, int depth)
        {
            switch (element.LocalName)
            {
                case "script" or "style" or "head" or "nav" or "template":
                    break;
                case "table":
                    EndText();
                    AddTable(element);
                    break;
                case "pre" or "textarea":
                    EndText();
                    blocks.Add(new CodeBlock(LineOf(element), element.TextContent));
                    break;
                case "h1" or "h2" or "h3" or "h4" or "h5" or "h6":
                    EndText();
                    blocks.Add(new HeadingBlock(LineOf(element), element.LocalName[1] - '0', TextOf(element)));
                    break;
                case "br":
                    _text.Break();
                    break;
                case "p" or "div" or "section" or "article" or "main" or "ul" or "ol" or "li" or "blockquote" or "dl" or "dt" or "dd" or "body":
                    EndText();
                    Inside(element, depth);
                    EndText();
                    break;
                default:
                    Inside(element, depth);
                    break;
            }
        }

        private void Inside(IElement element, int depth)
        {
            Begin(element);
            InlineOpen(element, _text);
            Walk(element, depth + 1);
            if (element.LocalName == "a")
            {
                _text.EndLink();
            }
        }

        private void AddTable(IElement table)
        {
            int line = LineOf(table);
            List<TableLine> rows = [];
            MergedCells merged = new();
            CellText[]? header = null;
            foreach (IElement row in Rows(table))
            {
                IElement[] cells = [.. row.Children.Where(c => c.LocalName is "td" or "th")];
                if (cells.Length > MaxCells)
                {
                    findings?.Add(FindingClass.WrongCellCount, LineOf(row), $"the row has {cells.Length:N0} cells", "left out");
                }
                else if (merged.Add(cells.Select(c => (TextOf(c), Span(c, "colspan"), Span(c, "rowspan")))) is { } laid)
                {
                    rows.Add(new TableLine(LineOf(row), laid));
                }
                else if (cells.Length > 0)
                {
                    // One cell over the whole width is a title, above the header or between rows: text, and no row.
                    EndTable();
                    Title(cells[0]);
                    line = LineOf(row);
                }
            }

            EndTable();
            foreach (IElement inner in table.QuerySelectorAll("table").Where(t => t.ParentElement?.Closest("table") == table))
            {
                findings?.Add(FindingClass.Unreadable, LineOf(inner), "a table stands inside a table", "read as a table of its own");
                AddTable(inner);
            }

            // What follows a title goes on under the header that there was.
            void EndTable()
            {
                if (rows.Count > 0)
                {
                    bool isFirst = header is null;
                    header ??= [.. rows[0].Cells];
                    blocks.Add(new TableBlock(line, header, [.. isFirst ? rows[1..] : rows]));
                    rows.Clear();
                }
            }
        }

        private void Title(IElement cell)
        {
            CellText title = TextOf(cell);
            if (title.Text.Length > 0)
            {
                blocks.Add(new TextBlock(LineOf(cell), title, title.Text.StartsWith("Note", StringComparison.OrdinalIgnoreCase)));
            }
        }

        private static int Span(IElement cell, string attribute)
            => int.TryParse(cell.GetAttribute(attribute), NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite, CultureInfo.InvariantCulture, out int span) ? span : 1;

        private static IEnumerable<IElement> Rows(IElement table)
            => table.Children.SelectMany(c => c.LocalName == "tr" ? [c] : c.LocalName is "thead" or "tbody" or "tfoot" ? c.Children.Where(r => r.LocalName == "tr") : []);

        private CellText TextOf(IElement element)
        {
            CellTextBuilder cell = new();
            InlineOpen(element, cell);
            Collect(element, cell, 0);
            return cell.ToCellText();
        }

        private void Collect(INode node, CellTextBuilder cell, int depth)
        {
            foreach (INode child in node.ChildNodes)
            {
                switch (child)
                {
                    case IText words:
                        cell.Add(words.Data);
                        break;
                    case IElement { LocalName: "table" or "script" or "style" }:
                        break;
                    case IElement element when depth < MaxDepth:
                        InlineOpen(element, cell);
                        if (element.LocalName is "br" or "li" or "p" or "ul" or "ol" or "div")
                        {
                            cell.Break();
                        }
                        else if (element.LocalName == "sup")
                        {
                            cell.Add(" ");
                        }

                        Collect(element, cell, depth + 1);
                        if (element.LocalName == "a")
                        {
                            cell.EndLink();
                        }
                        else if (element.LocalName is "li" or "p" or "div")
                        {
                            cell.Break();
                        }

                        break;
                }
            }
        }

        private static void InlineOpen(IElement element, CellTextBuilder to)
        {
            if ((element.Id ?? (element.LocalName == "a" ? element.GetAttribute("name") : null)) is { Length: > 0 } id)
            {
                to.Anchor(id);
            }

            if (element.LocalName == "a" && element.GetAttribute("href") is { } href)
            {
                to.BeginLink(href);
            }
        }

        private void Begin(INode node)
        {
            if (_textLine == 0)
            {
                _textLine = LineOf(node);
            }
        }

        // Only elements have a place; what stands between them takes that of the one before.
        private int LineOf(INode node)
        {
            if ((node as IElement ?? node.ParentElement)?.SourceReference is { } reference)
            {
                _lastLine = reference.Position.Line + linesBefore;
            }

            return Math.Max(1, _lastLine);
        }
    }
}

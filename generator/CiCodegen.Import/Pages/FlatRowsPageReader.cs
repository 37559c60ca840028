namespace CiCodegen.Import;

/// <summary>Reads pages whose tables were flattened to <c>a | b | c |</c>: a header row, no separator line, captions glued to the header.</summary>
internal static class FlatRowsPageReader
{
    private const int MaxCells = 64;

    /// <summary>Whether the page has a flattened header and no Markdown separator line.</summary>
    public static bool Fits(string text)
    {
        bool header = false;
        foreach (ReadOnlySpan<char> line in text.AsSpan().EnumerateLines())
        {
            ReadOnlySpan<char> trimmed = line.Trim();
            if (trimmed.Length > 2 && trimmed.Contains('|') && trimmed.Contains("--", StringComparison.Ordinal) && trimmed.IndexOfAnyExcept("|-: ") < 0)
            {
                return false;
            }

            header |= trimmed.Length is > 20 and < 2000 && trimmed.Count('|') is >= 3 and <= MaxCells && HeaderIn(trimmed.ToString()) is not null;
        }

        return header;
    }

    public static PageOutline Read(PageSource page, FindingList findings)
    {
        List<PageBlock> blocks = [];
        string[] lines = page.Text.Split('\n');
        (int Line, CellText[] Header, List<TableLine> Rows)? table = null;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            int pipes = line.AsSpan().Count('|');
            if (pipes > MaxCells)
            {
                findings.Add(FindingClass.WrongCellCount, i + 1, $"the line has {pipes:N0} cells", "left out");
                continue;
            }

            if (pipes >= 3 && HeaderIn(line) is var (caption, header))
            {
                End();
                if (caption.Length > 0)
                {
                    blocks.Add(new TextBlock(i + 1, CellText.Of(caption)));
                }

                table = (i + 1, header, []);
            }
            else if (table is { } open && pipes > 0)
            {
                open.Rows.Add(new TableLine(i + 1, Cells(line)));
            }
            else
            {
                End();
                AddText(line, i + 1);
            }
        }

        End();
        return new PageOutline(PageDialect.FlatRows, blocks);

        void End()
        {
            if (table is { } ended)
            {
                blocks.Add(new TableBlock(ended.Line, ended.Header, ended.Rows));
                table = null;
            }
        }

        // Samples stand on one line.
        void AddText(string line, int number)
        {
            if (line.StartsWith('<') || line.StartsWith('{'))
            {
                blocks.Add(new CodeBlock(number, line));
            }
            else if (line.StartsWith('#'))
            {
                blocks.Add(new HeadingBlock(number, line.Length - line.TrimStart('#').Length, CellText.Of(line.TrimStart('#').Trim())));
            }
            else if (line.Length > 0)
            {
                blocks.Add(new TextBlock(number, CellText.Of(line.Replace("`", "")), line.StartsWith("Note", StringComparison.OrdinalIgnoreCase)));
            }
        }
    }

    // "Caption: Node Name (Keyword) | Parent Node | …": the first cell ends with a known header.
    private static (string Caption, CellText[] Header)? HeaderIn(string line)
    {
        CellText[] cells = Cells(line);
        string first = cells[0].Text;
        for (int i = 0; i < first.Length; i++)
        {
            if ((i == 0 || first[i - 1] is ' ' or ':' or '：') && ColumnTable.KindOf(first[i..]) == ColumnKind.Name)
            {
                cells[0] = CellText.Of(first[i..]);
                ColumnKind[] kinds = [.. cells.Select(c => ColumnTable.KindOf(c.Text))];
                return ColumnTable.IsNodeTable(kinds) && kinds.Length >= 3 ? (first[..i].Trim(), cells) : null;
            }
        }

        return null;
    }

    private static CellText[] Cells(string line)
    {
        string[] cells = line.Trim().Trim('|').Split('|');
        return [.. cells.Select(c => CellText.Of(c.Replace("`", "").Trim()))];
    }
}

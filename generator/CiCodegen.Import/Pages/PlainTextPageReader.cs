using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Reads the docs site as it is copied: one cell a line, tables without borders.</summary>
/// <remarks>
/// A table begins with its column headers, one a line. A row begins with a name whose next line is a parent path (<c>None.</c> or <c>Request…</c>).
/// Between the parent and the type stands the description, on as many lines as it has; cells may be missing. An empty line or a caption ends the table, and a note
/// behind which no row goes on.
/// </remarks>
internal static partial class PlainTextPageReader
{
    public static PageOutline Read(PageSource page)
    {
        Reader reader = new(page.Text.Split('\n'));
        reader.Run();
        return new PageOutline(PageDialect.PlainText, reader.Blocks);
    }

    /// <summary>Whether the page has a table whose headers stand one a line.</summary>
    public static bool Fits(string text)
    {
        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (HeaderAt(lines, i).Count > 0)
            {
                return true;
            }
        }

        return false;
    }

    private static List<ColumnKind> HeaderAt(string[] lines, int at)
    {
        List<ColumnKind> columns = [];
        while (at + columns.Count < lines.Length && ColumnTable.KindOf(lines[at + columns.Count].Trim()) is var kind and not ColumnKind.Unknown && !columns.Contains(kind))
        {
            columns.Add(kind);
        }

        return columns.Count >= 3 && ColumnTable.IsNodeTable(columns) ? columns : [];
    }

    private sealed class Reader(string[] lines)
    {
        /// <summary>A cell with a note has fewer lines: so far is looked for what follows it.</summary>
        private const int MaxNote = 40;

        private int _at;

        public List<PageBlock> Blocks { get; } = [];

        public void Run()
        {
            List<string> paragraph = [];
            int paragraphLine = 0;
            while (_at < lines.Length)
            {
                string line = lines[_at].Trim();
                List<ColumnKind> columns = HeaderAt(lines, _at);
                if (columns.Count > 0)
                {
                    EndParagraph(paragraph, paragraphLine);
                    AddTable(columns);
                }
                else if (IsSampleStart(line))
                {
                    EndParagraph(paragraph, paragraphLine);
                    AddSample(line);
                }
                else if (line.Length == 0)
                {
                    EndParagraph(paragraph, paragraphLine);
                    _at++;
                }
                else
                {
                    if (paragraph.Count == 0)
                    {
                        paragraphLine = _at + 1;
                    }

                    paragraph.Add(line);
                    _at++;
                }
            }

            EndParagraph(paragraph, paragraphLine);
        }

        private void EndParagraph(List<string> paragraph, int line)
        {
            if (paragraph.Count == 0)
            {
                return;
            }

            // A word alone, between empty lines, is a heading.
            if (paragraph is [{ Length: < 60 } heading] && !heading.EndsWith('.') && !heading.EndsWith(':'))
            {
                Blocks.Add(new HeadingBlock(line, 2, CellText.Of(heading)));
            }
            else
            {
                bool isNote = Note().IsMatch(paragraph[0]);
                IEnumerable<string> text = isNote && Note().Match(paragraph[0]).Length == paragraph[0].Length ? paragraph.Skip(1) : paragraph;
                Blocks.Add(new TextBlock(line, CellText.Of(string.Join('\n', text)), isNote));
            }

            paragraph.Clear();
        }

        private void AddTable(List<ColumnKind> columns)
        {
            int headerLine = _at + 1;
            CellText[] header = [.. lines.Skip(_at).Take(columns.Count).Select(l => CellText.Of(l.Trim()))];
            _at += columns.Count;
            List<TableLine> rows = [];
            bool hasParent = columns is [_, ColumnKind.Parent, ..];
            int tail = columns.Count - 1 - columns.IndexOf(ColumnKind.Type);
            while (_at < lines.Length && IsRowStart(_at, hasParent))
            {
                int start = _at++;
                int typeAt = -1;
                while (_at < lines.Length && (IsTail(_at, typeAt, tail) || !IsRowStart(_at, hasParent)) && (!EndsTable(_at) || IsNoteInside(_at, typeAt, hasParent)))
                {
                    typeAt = _at > start + 1 && TypeWords.IsType(lines[_at].Trim()) ? _at : typeAt;
                    _at++;
                }

                rows.Add(new TableLine(start + 1, Cells(start, _at, columns, hasParent)));
                if (!hasParent && _at < lines.Length && EndsTable(_at))
                {
                    break;
                }
            }

            Blocks.Add(new TableBlock(headerLine, header, rows));
        }

        // "None." behind the type is what a cell holds, and the line before it no name, as long as the row has cells to come.
        private bool IsTail(int index, int typeAt, int tail)
            => typeAt >= 0 && index + 1 <= typeAt + tail && index + 1 < lines.Length && NoParent().IsMatch(lines[index + 1].Trim()) && !Root().IsMatch(lines[index].Trim());

        // A note is a line of a cell where the row's type, or another row, is still to come.
        private bool IsNoteInside(int index, int typeAt, bool hasParent)
        {
            if (!Note().IsMatch(lines[index].Trim()))
            {
                return false;
            }

            for (int i = index + 1; i < Math.Min(index + MaxNote, lines.Length) && !(EndsTable(i) && !Note().IsMatch(lines[i].Trim())); i++)
            {
                if ((typeAt < 0 && TypeWords.IsType(lines[i].Trim())) || IsRowStart(i, hasParent))
                {
                    return true;
                }
            }

            return false;
        }

        private bool IsRowStart(int index, bool hasParent)
        {
            if (EndsTable(index) || !Name().IsMatch(lines[index].Trim()))
            {
                return false;
            }

            if (hasParent)
            {
                return index + 1 < lines.Length && ParentCell().IsMatch(lines[index + 1].Trim());
            }

            // Without a parent column only the type, two or more lines below, tells a name from a word of the text.
            for (int i = index + 2; i < Math.Min(index + 12, lines.Length) && !EndsTable(i); i++)
            {
                if (TypeWords.IsType(lines[i].Trim()))
                {
                    return i == index + 2 || !Name().IsMatch(lines[index + 1].Trim());
                }
            }

            return false;
        }

        private bool EndsTable(int index)
        {
            string line = lines[index].Trim();
            return line.Length == 0 || Note().IsMatch(line) || Caption().IsMatch(line) || line.StartsWith('<') || HeaderAt(lines, index).Count > 0;
        }

        private CellText[] Cells(int start, int end, List<ColumnKind> columns, bool hasParent)
        {
            int first = hasParent ? 2 : 1;
            int typeAt = -1;
            for (int i = end - 1; i >= start + first; i--)
            {
                if (TypeWords.IsType(lines[i].Trim()))
                {
                    typeAt = i;
                    break;
                }
            }

            Dictionary<ColumnKind, string> cells = new() { [ColumnKind.Name] = lines[start].Trim() };
            if (hasParent)
            {
                cells[ColumnKind.Parent] = lines[start + 1].Trim();
            }

            int descriptionEnd = typeAt < 0 ? end : typeAt;
            cells[ColumnKind.Description] = Join(start + first, descriptionEnd);
            if (typeAt >= 0)
            {
                cells[ColumnKind.Type] = lines[typeAt].Trim();
                Tail(typeAt + 1, end, columns, cells);
            }

            return [.. columns.Select(c => CellText.Of(cells.GetValueOrDefault(c, "")))];
        }

        // Behind the type: a word of requiredness where the column is, then the default on one line, then the rest.
        private void Tail(int from, int end, List<ColumnKind> columns, Dictionary<ColumnKind, string> cells)
        {
            ColumnKind[] tail = [.. columns.SkipWhile(c => c != ColumnKind.Type).Skip(1)];
            for (int i = 0; i < tail.Length && from < end; i++)
            {
                bool isLast = i == tail.Length - 1;
                if (tail[i] == ColumnKind.Required && !RequiredWords.IsRequiredness(lines[from].Trim()))
                {
                    continue;
                }

                cells[tail[i]] = isLast ? Join(from, end) : lines[from].Trim();
                from = isLast ? end : from + 1;
            }
        }

        private string Join(int from, int to) => string.Join('\n', lines[Math.Min(from, to)..to].Select(l => l.Trim()).Where(l => l.Length > 0));

        private static bool IsSampleStart(string line) => line is ['<', ..] && SampleStart().IsMatch(line);

        private void AddSample(string first)
        {
            int start = _at;
            string close = $"</{SampleStart().Match(first).Groups["root"].Value}>";
            while (_at < lines.Length && lines[_at].Trim().Length > 0 && HeaderAt(lines, _at).Count == 0)
            {
                bool isEnd = lines[_at].Contains(close, StringComparison.Ordinal);
                _at++;
                if (isEnd)
                {
                    break;
                }
            }

            Blocks.Add(new CodeBlock(start + 1, string.Join('\n', lines[start.._at])));
        }
    }

    [GeneratedRegex(@"^[A-Za-z_$][A-Za-z0-9_.*${}<>\-]*$", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^(None\.?|N/A|-|无|(Request|Response|Parameters|Error)(\s*\.\s*[\w*\-]+)*\.?)$", RegexOptions.CultureInvariant)]
    private static partial Regex ParentCell();

    [GeneratedRegex(@"^(None\.?|N/A|-|无)$", RegexOptions.CultureInvariant)]
    private static partial Regex NoParent();

    [GeneratedRegex("^(Request|Response|Error)$", RegexOptions.CultureInvariant)]
    private static partial Regex Root();

    [GeneratedRegex(@"^(Note|Notes|Description|说明|注意)\s*[:：]", RegexOptions.CultureInvariant)]
    private static partial Regex Note();

    [GeneratedRegex(@"^(The specific data description of|Contents? of|Container node|The data (are|is) described|.* has the following sub-nodes|.*(的具体数据描述如下|的内容))", RegexOptions.CultureInvariant)]
    private static partial Regex Caption();

    [GeneratedRegex(@"^<(?<root>Request|Response|MediaWorkflow\w*|Error)>", RegexOptions.CultureInvariant)]
    private static partial Regex SampleStart();
}

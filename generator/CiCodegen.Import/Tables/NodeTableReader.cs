using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Finds the tables of nodes among a page's blocks.</summary>
internal sealed partial class NodeTableReader(FindingList findings)
{
    private readonly List<NodeTable> _tables = [];
    private readonly List<string> _anchors = [];
    private PageSection _section;
    private CellText? _heading;
    private TextBlock? _caption;

    public IReadOnlyList<NodeTable> Read(PageOutline page)
    {
        bool isNote = false;
        foreach (PageBlock block in page.Blocks)
        {
            switch (block)
            {
                case HeadingBlock h:
                    _heading = h.Text;
                    _section = Sections.Of(h.Text.OneLine) ?? (h.Level <= 2 ? PageSection.None : _section);
                    _caption = null;
                    _anchors.Clear();
                    _anchors.AddRange(h.Text.Anchors);
                    break;
                case TextBlock { IsNote: true } note:
                    _tables.LastOrDefault()?.Context.Notes.Add(note);
                    isNote = note.Text.Text.TrimEnd().EndsWith(':') && !note.Text.Text.Contains(' ');
                    continue;
                case TextBlock { Text.Text.Length: > 0 } text when isNote:
                    // "Note:" stands alone, and what it says in the next paragraph.
                    _tables.LastOrDefault()?.Context.Notes.Add(text);
                    break;
                case TextBlock text:
                    _anchors.AddRange(text.Text.Anchors);
                    _caption = text.Text.Text.Length > 0 ? text : _caption;
                    break;
                case CodeBlock:
                    _caption = null;
                    break;
                case TableBlock table:
                    Add(table);
                    _caption = null;
                    _anchors.Clear();
                    break;
            }

            isNote = false;
        }

        return _tables;
    }

    private void Add(TableBlock table)
    {
        ColumnKind[] columns = [.. table.Header.Select(h => ColumnTable.KindOf(h.OneLine))];
        if (!ColumnTable.IsNodeTable(columns))
        {
            return;
        }

        List<NodeRow> rows = [];
        foreach (TableLine line in table.Rows)
        {
            ColumnKind[] again = [.. line.Cells.Select(c => ColumnTable.KindOf(c.OneLine))];
            if (!again.Contains(ColumnKind.Unknown) && ColumnTable.IsNodeTable(again))
            {
                // A header of two lines, or one that is repeated: the last says what the columns are.
                columns = again;
            }
            else if (Row(line, columns) is { } row)
            {
                rows.Add(row);
            }
        }

        PageSection at = table.Header[Math.Max(0, Array.IndexOf(columns, ColumnKind.Name))].OneLine.Contains("header", StringComparison.OrdinalIgnoreCase) ? PageSection.Headers : _section;
        _tables.Add(new NodeTable(table.Line, columns, rows, new TableContext(at, _heading, _caption, [.. _anchors], [])));
    }

    private NodeRow? Row(TableLine line, ColumnKind[] columns)
    {
        IReadOnlyList<CellText> cells = line.Cells;
        if (cells.All(c => c.Text.Length == 0))
        {
            return null;
        }

        if (cells.Count != columns.Length && !cells.Skip(columns.Length).All(c => c.Text.Length == 0))
        {
            cells = Align(cells, columns);
            findings.Add(FindingClass.WrongCellCount, line.Line, $"the row has {line.Cells.Count} cells, its table {columns.Length}", "aligned by parent and type");
        }

        Dictionary<ColumnKind, CellText> by = [];
        for (int i = 0; i < Math.Min(cells.Count, columns.Length); i++)
        {
            by.TryAdd(columns[i], cells[i]);
        }

        Unswap(by, line.Line);
        string name = CleanName(by.GetValueOrDefault(ColumnKind.Name)?.Text ?? "", line.Line);
        if (name.Length == 0)
        {
            findings.Add(FindingClass.BrokenName, line.Line, $"'{Shorten(by.GetValueOrDefault(ColumnKind.Name)?.OneLine ?? "")}' is no name of a node", "left out");
            return null;
        }

        string? parent = columns.Contains(ColumnKind.Parent) ? ParentOf(by.GetValueOrDefault(ColumnKind.Parent)?.Text ?? "", line.Line) : null;
        return new NodeRow(
            line.Line, name, parent,
            by.GetValueOrDefault(ColumnKind.Description) ?? CellText.Of(""),
            by.GetValueOrDefault(ColumnKind.Type),
            by.GetValueOrDefault(ColumnKind.Required),
            by.GetValueOrDefault(ColumnKind.Default),
            by.GetValueOrDefault(ColumnKind.Constraints));
    }

    // A stray or missing separator: the parent and the type say where the other cells belong.
    private static List<CellText> Align(IReadOnlyList<CellText> cells, ColumnKind[] columns)
    {
        int typeColumn = Array.IndexOf(columns, ColumnKind.Type);
        int typeCell = -1;
        for (int i = cells.Count - 1; i > 0 && typeColumn > 0; i--)
        {
            if (TypeWords.IsType(cells[i].OneLine))
            {
                typeCell = i;
                break;
            }
        }

        List<CellText> aligned = [.. cells];
        if (typeCell > typeColumn)
        {
            // Too many before the type: the description was cut.
            int description = Math.Max(1, Array.IndexOf(columns, ColumnKind.Description));
            int extra = typeCell - typeColumn;
            CellText joined = aligned[description] with { Text = string.Join(' ', aligned.Skip(description).Take(extra + 1).Select(c => c.Text)) };
            aligned.RemoveRange(description, extra + 1);
            aligned.Insert(description, joined);
        }
        else if (typeCell > 0 && typeCell < typeColumn)
        {
            int parent = Array.IndexOf(columns, ColumnKind.Parent);
            int missing = parent >= 0 && parent < aligned.Count && !Path().IsMatch(CleanPath(aligned[parent].Text)) ? parent : Math.Max(1, Array.IndexOf(columns, ColumnKind.Description));
            aligned.InsertRange(Math.Min(missing, aligned.Count), Enumerable.Repeat(CellText.Of(""), typeColumn - typeCell));
        }

        return aligned;
    }

    private void Unswap(Dictionary<ColumnKind, CellText> cells, int line)
    {
        if (cells.TryGetValue(ColumnKind.Required, out CellText? required) && cells.TryGetValue(ColumnKind.Default, out CellText? value)
            && !RequiredWords.IsRequiredness(required.OneLine) && value.OneLine.TrimEnd('.') is "Yes" or "No")
        {
            cells[ColumnKind.Required] = cells[ColumnKind.Default];
            cells[ColumnKind.Default] = required!;
            findings.Add(FindingClass.WrongCellCount, line, "the cells of Required and Default stand in one another's column", "exchanged");
        }
    }

    private string CleanName(string cell, int line)
    {
        // Over several lines stands one name; what follows behind a blank is a remark.
        string whole = cell.Replace("\\", "").Replace("\n", "").Trim();
        string name = Prefix().Replace(Blank().Split(whole)[0], "");
        Match match = Name().Match(name);
        if (!match.Success)
        {
            return "";
        }

        if (match.Length < whole.Length && Footnote().Match(name) is { Success: false })
        {
            findings.Add(FindingClass.BrokenName, line, $"the name '{Shorten(whole)}' has more than a name", $"read as {match.Value}");
        }

        if (cell.Contains('\n'))
        {
            findings.Add(FindingClass.BrokenName, line, $"the name '{cell.Replace('\n', ' ')}' is broken over lines", $"read as {match.Value}");
        }

        if (Footnote().Match(name) is { Success: true } footnote)
        {
            // 'CallBack*': a wildcard has three stars, or one behind '_'.
            findings.Add(FindingClass.BrokenName, line, $"the name {match.Value} ends with the star of a footnote", $"read as {footnote.Groups["name"].Value}");
            return footnote.Groups["name"].Value;
        }

        string wild = Wildcards(match.Value);
        if (wild.IndexOf('*') is var star and >= 0 && star < wild.Length - 1)
        {
            // '***Info': which names are meant is said nowhere; any name is read.
            findings.Add(FindingClass.BrokenName, line, $"the name {wild} has its wildcard in front", "read as *");
            return "*";
        }

        return wild;
    }

    // What cannot stand in a path is left out, and said: 'Request.Operation (new)'.
    private string ParentOf(string cell, int line)
    {
        string path = CleanPath(cell);
        string clean = string.Join('.', path.Split('.').Select(s => Name().Match(s).Value).Where(s => s.Length > 0));
        if (clean != path)
        {
            findings.Add(FindingClass.BrokenName, line, $"the parent '{Shorten(cell.Replace('\n', ' '))}' is no path of names", $"read as {(clean.Length == 0 ? "none" : clean)}");
        }

        return clean;
    }

    /// <summary>A path without blanks and escapes; the roots' parent is empty.</summary>
    public static string CleanPath(string cell)
    {
        string path = FrontStar().Replace(Wildcards(Blank().Replace(cell, "").Replace("\\", "").Replace("<br>", "")), "*").Trim('.');
        return path is "None" or "N/A" or "-" or "无" or "none" ? "" : Separator().Replace(path, ".");
    }

    private static string Wildcards(string text) => Stars().Replace(text, "*");

    private static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant)]
    private static partial Regex Blank();

    [GeneratedRegex(@"(?<=^|\.)[\w-]*\*[\w-]+", RegexOptions.CultureInvariant)]
    private static partial Regex FrontStar();

    // 'Request > Operation' and 'Request/Operation' are paths too.
    [GeneratedRegex(@"-?[>›»→/]", RegexOptions.CultureInvariant)]
    private static partial Regex Separator();

    [GeneratedRegex(@"\*+", RegexOptions.CultureInvariant)]
    private static partial Regex Stars();

    [GeneratedRegex(@"^[A-Za-z_*][A-Za-z0-9_\-*]*", RegexOptions.CultureInvariant)]
    private static partial Regex Name();

    [GeneratedRegex(@"^[A-Za-z_][\w-]*:(?=[A-Za-z_])", RegexOptions.CultureInvariant)]
    private static partial Regex Prefix();

    [GeneratedRegex(@"^(?<name>[A-Za-z_][A-Za-z0-9_-]*[A-Za-z0-9])\*{1,2}$", RegexOptions.CultureInvariant)]
    private static partial Regex Footnote();

    [GeneratedRegex(@"^(Request|Response|Error|Parameters)?(\.?[A-Za-z_*][\w\-*]*)*$", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}

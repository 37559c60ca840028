namespace CiCodegen.Import;

/// <summary>Lays out the rows of an HTML table: a cell that covers several columns or rows stands in each of them.</summary>
internal sealed class MergedCells
{
    /// <summary>Beyond this nothing is laid out: no table of nodes is as wide, and a page must not make much of a few letters.</summary>
    private const int MaxColumns = 64;

    // By column: the cell that reaches down from a row above, and for how many rows more.
    private readonly List<(CellText Text, int Rows)> _below = [];
    private int _columns;

    /// <summary>Adds the next row.</summary>
    /// <param name="cells">Its own cells, with the columns and rows that each covers; 0 rows are all that follow.</param>
    /// <returns>The cells by column; null for a row that is empty, or one cell over the whole width.</returns>
    public IReadOnlyList<CellText>? Add(IEnumerable<(CellText Text, int Columns, int Rows)> cells)
    {
        (CellText Text, int Columns, int Rows)[] own = [.. cells];
        List<CellText> row = [];
        if (own.Length == 0)
        {
            Reach(row);
            return null;
        }

        if (own is [{ Columns: > 1 } only] && only.Columns >= _columns && _below.TrueForAll(b => b.Rows == 0))
        {
            return null;
        }

        foreach ((CellText text, int columns, int rows) in own)
        {
            Reach(row);
            for (int i = 0; i < Math.Clamp(columns, 1, MaxColumns) && row.Count < MaxColumns; i++)
            {
                Hold(row.Count, text, rows <= 0 ? int.MaxValue : rows - 1);
                row.Add(text);
            }
        }

        Reach(row);
        _columns = Math.Max(_columns, row.Count);
        return row;
    }

    // Cells from above that stand here.
    private void Reach(List<CellText> row)
    {
        while (row.Count < _below.Count && _below[row.Count] is { Rows: > 0 } above)
        {
            _below[row.Count] = above with { Rows = above.Rows - 1 };
            row.Add(above.Text);
        }
    }

    private void Hold(int column, CellText text, int rows)
    {
        if (column == _below.Count)
        {
            _below.Add((text, rows));
        }
        else
        {
            _below[column] = (text, rows);
        }
    }
}

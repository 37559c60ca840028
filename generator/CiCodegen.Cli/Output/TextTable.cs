using System.Text;
using Spectre.Console;

namespace CiCodegen.Cli.Output;

/// <summary>Rows under headings: a table on a terminal, aligned text anywhere else.</summary>
internal static class TextTable
{
    public static void Write(CliHost host, IReadOnlyList<string> headings, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (host.IsOutTerminal)
        {
            Table table = new() { Border = TableBorder.Simple };
            foreach (string heading in headings)
            {
                // What the rows are about stays whole.
                table.AddColumn(new TableColumn(Markup.Escape(heading)) { NoWrap = table.Columns.Count == 0 });
            }

            foreach (IReadOnlyList<string> row in rows)
            {
                table.AddRow([.. row.Select(Markup.Escape)]);
            }

            Terminal.For(host, host.Out).Write(table);
            return;
        }

        int[] widths = [.. headings.Select((h, i) => rows.Select(r => r[i].Length).Append(h.Length).Max())];
        WriteRow(host.Out, headings, widths);
        foreach (IReadOnlyList<string> row in rows)
        {
            WriteRow(host.Out, row, widths);
        }
    }

    private static void WriteRow(TextWriter output, IReadOnlyList<string> cells, int[] widths)
    {
        StringBuilder line = new();
        for (int i = 0; i < cells.Count; i++)
        {
            line.Append(cells[i].PadRight(widths[i] + 2));
        }

        output.Write(line.ToString().TrimEnd());
        output.Write('\n');
    }
}

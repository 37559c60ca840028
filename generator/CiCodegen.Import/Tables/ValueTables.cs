using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Reads tables that list the values or wildcards of one node: they are captioned by its path or name.</summary>
internal static partial class ValueTables
{
    public static void Read(PageOutline page, PageTree tree)
    {
        CellText? caption = null;
        PageNode? pending = null;
        foreach (PageBlock block in page.Blocks)
        {
            switch (block)
            {
                case TextBlock { IsNote: false, Text.Text.Length: > 0 } text:
                    caption = text.Text;
                    break;
                case HeadingBlock:
                    caption = null;
                    break;
                case TableBlock { Header.Count: > 0 } table:
                    if (ColumnTable.KindOf(table.Header[0].OneLine) == ColumnKind.Name || ColumnTable.IsNodeTable([.. table.Header.Select(h => ColumnTable.KindOf(h.OneLine))]))
                    {
                        pending = tree.All().FirstOrDefault(n => table.Rows.Any(r => r.Line == n.Line) && n.Said.Any(s => s.Key == "tableBelow")) ?? pending;
                    }
                    else if (pending is not null && !pending.Facts.Has("enum"))
                    {
                        // The node's cell says that its values are in the table below: the first column has them.
                        SetValues(pending, [.. table.Rows.Where(r => r.Cells.Count > 0).SelectMany(r => r.Cells[0].OneLine.Split('/'))]);
                        pending = null;
                    }

                    if (caption is not null)
                    {
                        Apply(tree, caption.OneLine, table);
                        caption = null;
                    }

                    break;
            }
        }
    }

    private static void Apply(PageTree tree, string caption, TableBlock table)
    {
        string header = table.Header[0].OneLine;
        string[] values = [.. table.Rows.Where(r => r.Cells.Count > 0).Select(r => r.Cells[0].OneLine).Where(v => v.Length > 0)];
        if (header.Equals("Wildcard", StringComparison.OrdinalIgnoreCase) || header.Equals("Wildcards", StringComparison.OrdinalIgnoreCase))
        {
            Match path = Path().Match(caption);
            if (path.Success && tree.Find(path.Value) is { } node && values.All(v => v.StartsWith("${", StringComparison.Ordinal)))
            {
                node.Facts.Replace("wildcards", new FactValue(null, [.. (node.Facts["wildcards"]?.List ?? []).Concat(values).Distinct()]));
            }
        }
        else if (Captions.NodeOf(caption) is { } name && ColumnTable.KindOf(header) != ColumnKind.Name && values.Length > 1 && values.All(PhraseReader.IsValue))
        {
            // "FontType has the following sub-nodes" over a list of values.
            PageNode[] found = [.. tree.All().Where(n => n.Name == name && n.Children.Count == 0 && n.IsRequest)];
            if (found.Length == 1)
            {
                SetValues(found[0], values);
            }
        }
    }

    private static void SetValues(PageNode node, string[] values)
    {
        string[] distinct = [.. values.Select(v => v.Trim()).Distinct()];
        if (distinct.Length > 1 && distinct.All(PhraseReader.IsValue))
        {
            node.Facts.Set("enum", distinct);
        }
    }

    [GeneratedRegex(@"(Request|Response)(\.\w+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}

using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Reads tables that list the values or wildcards of one node: they are captioned by its path or name.</summary>
internal static partial class ValueTables
{
    public static void Read(PageOutline page, PageTree tree)
    {
        CellText? caption = null;
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
                case TableBlock { Header.Count: > 0 } table when caption is not null:
                    Apply(tree, caption.OneLine, table);
                    caption = null;
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
                found[0].Facts.Set("enum", [.. values.Distinct()]);
            }
        }
    }

    [GeneratedRegex(@"(Request|Response)(\.\w+)+", RegexOptions.CultureInvariant)]
    private static partial Regex Path();
}

using System.Globalization;

namespace CiCodegen.Import;

/// <summary>Holds the samples of a page against its tables.</summary>
internal static class SampleChecker
{
    public static void Check(ImportedPage page)
    {
        foreach (SampleElement root in page.Samples.Roots)
        {
            if (page.Tree.Root(root.Name) is { } node)
            {
                Check(root, node, page);
            }
        }
    }

    private static void Check(SampleElement element, PageNode node, ImportedPage page)
    {
        if (node.Facts.Text("sameAs") is { } path && !path.Contains('#'))
        {
            node = page.Tree.Find(path) ?? node;
        }

        if (node.Children.Count == 0)
        {
            CheckScalar(element, node, page);
            return;
        }

        foreach (SampleElement child in element.Children)
        {
            PageNode? known = node.Child(child.Name) ?? node.Children.Find(c => c.Name.EndsWith('*') && child.Name.StartsWith(c.Name[..^1], StringComparison.Ordinal));
            if (known is not null)
            {
                Check(child, known, page);
            }
            else
            {
                page.FindingList.Add(FindingClass.UndocumentedElement, child.Line, $"the sample has {node.Path}.{child.Name}, which no table has", "left to a correction");
            }
        }
    }

    private static void CheckScalar(SampleElement element, PageNode node, ImportedPage page)
    {
        string text = element.Text.Trim();
        if (node.IsContainer)
        {
            return;
        }

        if (element.Children.Count > 0)
        {
            page.FindingList.Add(FindingClass.TypeContradiction, element.Line, $"the sample has elements in {node.Path}, which its table types {node.Wire ?? "String"}", "left to a correction");
            return;
        }

        if (text.Length > 0 && text != "-" && WhyNot(node, text) is { } why)
        {
            page.FindingList.Add(FindingClass.ValueContradiction, element.Line, $"the sample has {node.Path} = {RowFacts.Shorten(text)}: {why}", "left to a correction");
        }
    }

    private static string? WhyNot(PageNode node, string text)
    {
        if (node.Facts["enum"]?.List is { } values && !node.Facts.Has("open") && !values.Contains(text))
        {
            return $"its values are {string.Join(", ", values)}";
        }

        if (node.Facts.Text("const") is { } only && only != text)
        {
            return $"its only value is {only}";
        }

        bool isNumber = decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number);
        return node.Facts.Text("type") switch
        {
            "int" or "long" when !isNumber || number != decimal.Truncate(number) || text.Contains('.') => "it is typed a whole number",
            "decimal" when !isNumber => "it is typed a number",
            "bool" when text is not ("true" or "false") => "it is true or false",
            "int" or "long" or "decimal" when node.Facts.Text("range") is { } range && !LogicalTypes.Contains(range, number) => $"its range is {range}",
            _ => null,
        };
    }
}

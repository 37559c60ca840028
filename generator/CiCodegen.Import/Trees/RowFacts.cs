namespace CiCodegen.Import;

/// <summary>Reads what the cells of a row say of its node.</summary>
internal static class RowFacts
{
    private const int MaxProse = 60;

    public static void Read(PageNode node, NodeRow row, FindingList findings)
    {
        ReadRequired(node, row, findings);
        Take(node, row.Description, CellKind.Description, row.Line, findings);
        ReadDefault(node, row, findings);
        if (row.Constraints is { } constraints)
        {
            Take(node, constraints, CellKind.Constraints, row.Line, findings);
        }

        node.Links.AddRange(row.Description.Links);
        node.Links.AddRange(row.Type?.Links ?? []);
        node.Links.AddRange(row.Constraints?.Links ?? []);
        if (row.Type is { Links.Count: > 0 } type)
        {
            // "Container. For more information, see Output": the type cell is the reference.
            node.Said.Add(new SaidFact("structure", type.Links[0].Anchor is { Length: > 0 } anchor ? anchor : type.Links[0].Text, "type-link"));
        }
    }

    public static string Shorten(string text) => text.Length <= 80 ? text : text[..80] + "…";

    private static void Take(PageNode node, CellText cell, CellKind kind, int line, FindingList findings)
    {
        CellMeaning meaning = PhraseReader.Read(cell, kind, node.Wire);
        node.Said.AddRange(meaning.Facts);
        node.Words.AddRange(meaning.Words);
        foreach (string text in meaning.Unmapped)
        {
            findings.Add(FindingClass.UnmappedText, line, $"{node.Path} says \"{Shorten(text)}\"", "left out");
        }
    }

    private static void ReadRequired(PageNode node, NodeRow row, FindingList findings)
    {
        if (row.Required is not { } cell)
        {
            return;
        }

        if (cell.Text.Length == 0)
        {
            // The column is there and asks for nothing.
            node.RequiredCell ??= "No";
            return;
        }

        (bool? required, string remark) = RequiredWords.Read(cell.OneLine);
        node.RequiredCell ??= required is null || remark.Length > 0 ? cell.OneLine.TrimEnd('.') : required == true ? "Yes" : "No";
        if (required is null)
        {
            Take(node, cell, CellKind.Required, row.Line, findings);
            return;
        }

        if (remark.StartsWith("if ", StringComparison.OrdinalIgnoreCase))
        {
            // "Yes if State is On".
            node.Said.Add(new SaidFact("required", remark[3..], "required-cell"));
            node.Required ??= false;
            return;
        }

        node.Required ??= required;
        if (remark.Length > 0)
        {
            Take(node, CellText.Of(remark), CellKind.Required, row.Line, findings);
        }
    }

    private static void ReadDefault(PageNode node, NodeRow row, FindingList findings)
    {
        if (row.Default is not { Text.Length: > 0 } cell)
        {
            return;
        }

        if (cell.Text == "none")
        {
            // In small letters it may be a value: the list of values decides.
            node.Said.Add(new SaidFact("default", "none", "default-none"));
            return;
        }

        CellMeaning meaning = PhraseReader.Read(cell, CellKind.Default);
        node.Said.AddRange(meaning.Facts);
        foreach (string text in meaning.Unmapped)
        {
            if (PhraseReader.IsValue(text))
            {
                node.Said.Add(new SaidFact("default", text, "default-cell"));
            }
            else if (text.Length <= MaxProse && !text.Contains('\n'))
            {
                node.Said.Add(new SaidFact("default", $"({char.ToLowerInvariant(text[0])}{text[1..]})", "default-prose-cell"));
            }
            else
            {
                findings.Add(FindingClass.UnmappedText, row.Line, $"the default of {node.Path} says \"{Shorten(text)}\"", "left out");
            }
        }
    }
}

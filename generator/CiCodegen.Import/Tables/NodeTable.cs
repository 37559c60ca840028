namespace CiCodegen.Import;

/// <summary>A table of nodes as the page has it.</summary>
/// <param name="Line">The line of its header.</param>
/// <param name="Columns">Its columns.</param>
/// <param name="Rows">Its rows.</param>
/// <param name="Context">What stands around it.</param>
internal sealed record NodeTable(int Line, IReadOnlyList<ColumnKind> Columns, IReadOnlyList<NodeRow> Rows, TableContext Context)
{
    public bool HasParents => Columns.Contains(ColumnKind.Parent);

    public bool IsHeaders => Context.Section == PageSection.Headers;
}

/// <summary>What a part of a page speaks about.</summary>
internal enum PageSection
{
    None,
    Headers,
    Parameters,
    Request,
    Response,
    Callback,
}

/// <summary>What stands around a table.</summary>
/// <param name="Section">The part of the page.</param>
/// <param name="Heading">The nearest heading above.</param>
/// <param name="Caption">The text just above; null when it is no caption.</param>
/// <param name="Anchors">The anchors just above.</param>
/// <param name="Notes">The notes below, up to the next table or heading.</param>
internal sealed record TableContext(PageSection Section, CellText? Heading, TextBlock? Caption, IReadOnlyList<string> Anchors, List<TextBlock> Notes);

/// <summary>One row.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Name">The name, cleaned.</param>
/// <param name="Parent">The parent path, cleaned; null without a parent column, empty for none.</param>
/// <param name="Description">What it says.</param>
/// <param name="Type">The type cell; null without that column.</param>
/// <param name="Required">The required cell; null without that column.</param>
/// <param name="Default">The default cell.</param>
/// <param name="Constraints">The constraints cell.</param>
internal sealed record NodeRow(
    int Line, string Name, string? Parent, CellText Description, CellText? Type, CellText? Required, CellText? Default, CellText? Constraints)
{
    /// <summary>The path as the page writes it.</summary>
    public string WrittenPath => string.IsNullOrEmpty(Parent) ? Name : $"{Parent}.{Name}";
}

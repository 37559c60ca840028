namespace CiCodegen.Import;

/// <summary>A page, whatever carried it: its blocks in order.</summary>
/// <param name="Dialect">How the page is written.</param>
/// <param name="Blocks">The blocks.</param>
internal sealed record PageOutline(PageDialect Dialect, IReadOnlyList<PageBlock> Blocks);

/// <summary>How a page is written.</summary>
public enum PageDialect
{
    /// <summary>Markdown with pipe tables and pieces of HTML.</summary>
    Markdown,

    /// <summary>A saved HTML page.</summary>
    Html,

    /// <summary>The docs site copied as text, one cell a line.</summary>
    PlainText,

    /// <summary>Rows flattened to <c>a | b | c |</c>, without a separator line.</summary>
    FlatRows,
}

/// <summary>One block of a page.</summary>
/// <param name="Line">Its first line, from 1.</param>
internal abstract record PageBlock(int Line);

/// <summary>A heading.</summary>
internal sealed record HeadingBlock(int Line, int Level, CellText Text) : PageBlock(Line);

/// <summary>A paragraph, a caption, a list item or a note.</summary>
/// <param name="Line">Its first line.</param>
/// <param name="Text">What it says.</param>
/// <param name="IsNote">Whether the page marks it as a note.</param>
internal sealed record TextBlock(int Line, CellText Text, bool IsNote = false) : PageBlock(Line);

/// <summary>A block of code: a sample.</summary>
/// <param name="Line">The line of its first character.</param>
/// <param name="Code">The code.</param>
internal sealed record CodeBlock(int Line, string Code) : PageBlock(Line);

/// <summary>A table.</summary>
/// <param name="Line">The line of its header.</param>
/// <param name="Header">The column headers.</param>
/// <param name="Rows">The rows.</param>
internal sealed record TableBlock(int Line, IReadOnlyList<CellText> Header, IReadOnlyList<TableLine> Rows) : PageBlock(Line);

/// <summary>One row of a table.</summary>
/// <param name="Line">Its line.</param>
/// <param name="Cells">Its cells.</param>
internal sealed record TableLine(int Line, IReadOnlyList<CellText> Cells);

/// <summary>The text of a cell or paragraph: markup is gone, line breaks and list items are lines of their own.</summary>
/// <param name="Text">The text, without backticks.</param>
/// <param name="Links">What it points to.</param>
/// <param name="Anchors">The names under which the page points to it.</param>
internal sealed record CellText(string Text, IReadOnlyList<CellLink> Links, IReadOnlyList<string> Anchors)
{
    public static CellText Of(string text) => new(text, [], []);

    /// <summary>The text on one line.</summary>
    public string OneLine => Text.Contains('\n') ? string.Join(' ', Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)) : Text;
}

/// <summary>A link.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Target">Where it leads.</param>
internal sealed record CellLink(string Text, string Target)
{
    /// <summary>The anchor in it; empty when it has none.</summary>
    public string Anchor => Target.Split('#', 2) is [_, { Length: > 0 } anchor] ? anchor : "";
}

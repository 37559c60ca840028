namespace CiCodegen.Import;

/// <summary>What kind of defect a page has.</summary>
public enum FindingClass
{
    /// <summary>A part of the page cannot be read.</summary>
    Unreadable,

    /// <summary>A sample is not well-formed.</summary>
    MalformedSample,

    /// <summary>A sample has an element that no table has.</summary>
    UndocumentedElement,

    /// <summary>A sample repeats an element that its table types single.</summary>
    UndeclaredRepetition,

    /// <summary>A sample, default or limit is outside of the enum, range or type, or the values are not those that the runtime has.</summary>
    ValueContradiction,

    /// <summary>A row hangs under a parent that no row declares.</summary>
    UndeclaredParent,

    /// <summary>A container has neither a table of children nor a reference.</summary>
    EmptyContainer,

    /// <summary>A caption names another node than the parent column of its table.</summary>
    CaptionMismatch,

    /// <summary>A node stands twice.</summary>
    DuplicateNode,

    /// <summary>One row of a table has another parent than the rest.</summary>
    ForeignParent,

    /// <summary>A name or path is broken by markup or mistyped.</summary>
    BrokenName,

    /// <summary>A table holds the nodes of another message.</summary>
    ForeignTable,

    /// <summary>A row has more or fewer cells than its table.</summary>
    WrongCellCount,

    /// <summary>A type that is none, or that contradicts the tables or what the runtime has.</summary>
    TypeContradiction,

    /// <summary>A reference leads nowhere.</summary>
    UnresolvedReference,

    /// <summary>Text that says a constraint and that no phrase maps.</summary>
    UnmappedText,
}

/// <summary>A defect of a page, and what was done about it.</summary>
/// <param name="Class">What kind.</param>
/// <param name="Path">The page.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Message">What was found.</param>
/// <param name="Action">What was done.</param>
public sealed record ImportFinding(FindingClass Class, string Path, int Line, string Message, string Action)
{
    /// <summary>The finding on one line.</summary>
    public override string ToString() => $"{Path}({Line}): {Class}: {Message}: {Action}";
}

/// <summary>Collects the findings of one page.</summary>
/// <param name="path">The page.</param>
internal sealed class FindingList(string path)
{
    private readonly List<ImportFinding> _findings = [];
    private readonly HashSet<ImportFinding> _seen = [];

    /// <summary>All, by line.</summary>
    public IReadOnlyList<ImportFinding> Items => [.. _findings.OrderBy(f => f.Line)];

    public void Add(FindingClass kind, int line, string message, string action)
    {
        ImportFinding finding = new(kind, path, line, message, action);
        if (_seen.Add(finding))
        {
            _findings.Add(finding);
        }
    }
}

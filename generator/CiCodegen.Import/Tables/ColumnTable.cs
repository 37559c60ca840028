namespace CiCodegen.Import;

/// <summary>What a column of a table of nodes holds.</summary>
internal enum ColumnKind
{
    Unknown,
    Name,
    Parent,
    Description,
    Type,
    Required,
    Default,
    Constraints,
}

/// <summary>The column headers of the docs: <c>Tables/columns.tsv</c>.</summary>
internal static class ColumnTable
{
    private static readonly Dictionary<string, ColumnKind> s_kinds = DataTable.Read("columns.tsv")
        .ToDictionary(r => r[0], r => Enum.Parse<ColumnKind>(r[1]), StringComparer.OrdinalIgnoreCase);

    public static ColumnKind KindOf(string header) => s_kinds.GetValueOrDefault(header.Replace("*", "").Trim());

    /// <summary>Whether these headers make a table of nodes: names, first or beside their parents, and a type or a parent.</summary>
    public static bool IsNodeTable(IReadOnlyList<ColumnKind> columns)
        => (columns is [ColumnKind.Name, ..] && columns.Contains(ColumnKind.Type)) || (columns.Contains(ColumnKind.Name) && columns.Contains(ColumnKind.Parent));
}

namespace CiCodegen.Import;

/// <summary>A node that an envelope brings: <c>Trees/envelope.tsv</c>.</summary>
/// <param name="Path">Its path.</param>
/// <param name="Kind">What it is, in the table's words.</param>
/// <param name="IsMany">Whether it repeats; null where a page decides.</param>
/// <param name="Values">Its values, where it has a list.</param>
/// <param name="Asked">Those of them that the envelope takes for granted: the default first, where it has one, then what conditions name.</param>
internal sealed record EnvelopeNode(string Path, string Kind, bool? IsMany, IReadOnlyList<string> Values, IReadOnlyList<string> Asked)
{
    private static readonly ILookup<string, EnvelopeNode> s_rows = DataTable.Read("envelope.tsv").ToLookup(
        r => r[0],
        r => new EnvelopeNode(r[1], r[2], r[3].Length == 0 ? null : r[3] == "many", List(r[4]), List(r[5])));

    private static string[] List(string cell) => cell.Length == 0 ? [] : cell.Split(',');

    /// <summary>Its name.</summary>
    public string Name => Path[(Path.LastIndexOf('.') + 1)..];

    /// <summary>The path of the container around it.</summary>
    public string Parent => Path[..Path.LastIndexOf('.')];

    /// <summary>What stands around the nodes of a page that becomes a file of this kind.</summary>
    public static IEnumerable<EnvelopeNode> Around(PageKind kind) => kind switch
    {
        PageKind.Tag => s_rows["jobs"],
        PageKind.Template => s_rows["templates"],
        _ => [],
    };
}

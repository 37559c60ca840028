
namespace CiCodegen.Import;

/// <summary>What a page becomes.</summary>
public enum PageKind
{
    /// <summary>A page without a table of nodes: nothing.</summary>
    None,

    /// <summary>A submission: a file with <c>kind: tag</c>.</summary>
    Tag,

    /// <summary>The making of a template: a file with <c>kind: template</c>.</summary>
    Template,

    /// <summary>Structures: a file with <c>kind: shared</c>.</summary>
    Shared,

    /// <summary>Any other request or answer: a file with <c>kind: page</c>.</summary>
    Page,
}

/// <summary>One page, read.</summary>
/// <param name="Source">The page.</param>
/// <param name="Dialect">How it is written.</param>
public sealed record ImportedPage(PageSource Source, PageDialect Dialect)
{
    /// <summary>What it becomes.</summary>
    public PageKind Kind { get; internal set; }

    /// <summary>Its id.</summary>
    public string PageId => Source.Id;

    /// <summary>The day of its last change; null when it says none.</summary>
    public string? Date { get; internal init; }

    /// <summary>The Tag it speaks of; null when it speaks of none or of several.</summary>
    public string? Tag { get; internal init; }

    /// <summary>The family, by the path of the request.</summary>
    public string Family { get; internal init; } = "media";

    /// <summary>Method and path of the request; null when it has none.</summary>
    public string? Http { get; internal init; }

    /// <summary>How many tables of nodes it has.</summary>
    public int Tables { get; internal init; }

    /// <summary>How many rows they have.</summary>
    public int Rows { get; internal init; }

    /// <summary>The hash of its tables, without what only lays them out.</summary>
    public string TableHash { get; internal init; } = "";

    /// <summary>How many nodes the tree has.</summary>
    public int Nodes => Tree.All().Count(n => n.Parent is not null);

    /// <summary>Its defects, by line.</summary>
    public IReadOnlyList<ImportFinding> Findings => FindingList.Items;

    /// <summary>The file that it becomes.</summary>
    public string FileName => Kind == PageKind.Tag ? $"{Tag}.ci.yaml" : $"{PageId}.ci.yaml";

    /// <summary>The schema file's text.</summary>
    /// <param name="keepSummaries">Whether the page's own words become summaries.</param>
    public string ToYaml(bool keepSummaries = false) => SchemaWriter.Write(this, keepSummaries);

    /// <summary>What a lock keeps of the page.</summary>
    /// <param name="file">The schema file, from the lock's folder on, with <c>/</c>.</param>
    public PageLockEntry ToLockEntry(string file) => new(PageId, file, Date, TableHash, PageLock.ImporterVersion);

    /// <summary>Writes the page as the kind of file that there is for it already.</summary>
    /// <param name="kind">The kind.</param>
    public void WriteAs(PageKind kind)
    {
        if (Kind != kind && kind != PageKind.Shared && Kind != PageKind.Shared)
        {
            Kind = kind;
            EnvelopeFit.Fit(this);
            MemberNames.Part(this);
        }
    }

    internal string? Envelope { get; init; }

    internal SampleSet Samples { get; init; } = null!;

    internal PageTree Tree { get; init; } = new();

    internal PageHead Head { get; init; } = null!;

    internal FindingList FindingList { get; init; } = null!;
}

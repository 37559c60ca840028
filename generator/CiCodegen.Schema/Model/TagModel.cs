namespace CiCodegen.Schema;

/// <summary>What a Tag's schema means, or that of its templates or of an operation, once corrections, envelope and references are in place.</summary>
/// <remarks>Pipeline value: immutable, compared by value, holds no position, no path of a file and no Roslyn type.</remarks>
/// <param name="Tag">The Tag; the name of an operation.</param>
/// <param name="Family">The family: media, ai, pic, asr, doc or file.</param>
/// <param name="Method">The HTTP method of a submission.</param>
/// <param name="Path">The path of a submission.</param>
/// <param name="Verbs">The verbs that exist.</param>
/// <param name="PageId">The page's id, or null.</param>
/// <param name="PageDate">The day on which the page says it was updated, or null.</param>
/// <param name="Request">The root <c>Request</c>; without a shape for an operation that sends no document.</param>
/// <param name="Response">The root <c>Response</c>; that of jobs has a child <c>JobsDetail</c>, that of templates <c>Template</c>. Without a shape for an operation that is answered with nothing.</param>
public sealed record TagModel(
    string Tag,
    string Family,
    string Method,
    string Path,
    EquatableArray<string> Verbs,
    string? PageId,
    string? PageDate,
    NodeModel Request,
    NodeModel Response)
{
    /// <summary>What is described: jobs of a Tag, its templates, or a call with a name of its own.</summary>
    public SchemaUnit Unit { get; init; }

    /// <summary>What goes into path and query; null when the unit is no operation, or takes none.</summary>
    public NodeModel? Parameters { get; init; }

    /// <summary>The name that the unit's types and files begin with.</summary>
    public string Name => NameOf(Unit, Tag);

    /// <summary>The roots that are there.</summary>
    public IEnumerable<NodeModel> Roots => new[] { Parameters, Request, Response }.OfType<NodeModel>().Where(r => r.Shape is not null);

    /// <summary>The name that a unit's types and files begin with.</summary>
    /// <param name="unit">The kind of unit.</param>
    /// <param name="tag">The Tag or the operation.</param>
    public static string NameOf(SchemaUnit unit, string tag) => unit == SchemaUnit.Template ? tag + "Template" : tag;
}

/// <summary>What the schema of a page means that is no Tag's own: it is checked and referred to, never compiled.</summary>
/// <remarks>Pipeline value, as <see cref="TagModel"/>.</remarks>
/// <param name="PageId">The page's id.</param>
/// <param name="PageDate">The day on which the page says it was updated, or null.</param>
/// <param name="Tag">The Tag that the page is about, or null.</param>
/// <param name="Operation">The operation that the page is about, or null.</param>
/// <param name="Http">HTTP method and path, or null.</param>
/// <param name="Parameters">The query parameters, or null.</param>
/// <param name="Request">The root <c>Request</c>, or null.</param>
/// <param name="Response">The root <c>Response</c>, or null.</param>
public sealed record PageModel(
    string PageId, string? PageDate, string? Tag, string? Operation, string? Http, NodeModel? Parameters, NodeModel? Request, NodeModel? Response);

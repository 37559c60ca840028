namespace CiCodegen.Schema;

/// <summary>What a Tag's schema means, once corrections, envelope and references are in place.</summary>
/// <remarks>Pipeline value: immutable, compared by value, holds no position, no path of a file and no Roslyn type.</remarks>
/// <param name="Tag">The Tag.</param>
/// <param name="Family">The family: media, ai, pic, asr, doc or file.</param>
/// <param name="Method">The HTTP method of a submission.</param>
/// <param name="Path">The path of a submission.</param>
/// <param name="Verbs">The verbs that exist.</param>
/// <param name="PageId">The page's id, or null.</param>
/// <param name="PageDate">The day on which the page says it was updated, or null.</param>
/// <param name="Request">The root <c>Request</c>.</param>
/// <param name="Response">The root <c>Response</c>; one of its children is <c>JobsDetail</c>.</param>
public sealed record TagModel(
    string Tag,
    string Family,
    string Method,
    string Path,
    EquatableArray<string> Verbs,
    string? PageId,
    string? PageDate,
    NodeModel Request,
    NodeModel Response);

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

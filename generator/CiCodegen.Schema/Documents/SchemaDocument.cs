using System.Runtime.CompilerServices;

namespace CiCodegen.Schema;

/// <summary>What one schema file says, with the place of everything it says.</summary>
/// <param name="Path">The file.</param>
/// <param name="IsBundled">Whether it came with the package.</param>
public abstract record SchemaDocument(string Path, bool IsBundled)
{
    /// <summary>Whether the file has an error, so that this is what could be read of it.</summary>
    public bool IsDraft { get; init; }
}

/// <summary>What a compiled file is about.</summary>
public enum SchemaUnit
{
    /// <summary><c>kind: tag</c>: the jobs of a Tag.</summary>
    Job,

    /// <summary><c>kind: template</c>: the templates of a Tag.</summary>
    Template,

    /// <summary><c>kind: operation</c>: any other call of the service.</summary>
    Operation,
}

/// <summary>A file that is compiled, as its page has it: <c>kind: tag</c>, <c>kind: template</c> or <c>kind: operation</c>.</summary>
public sealed record TagDocument(string Path, bool IsBundled) : SchemaDocument(Path, IsBundled)
{
    /// <summary>What it is about.</summary>
    public SchemaUnit Unit { get; init; }

    /// <summary>The Tag; the operation's name for <see cref="SchemaUnit.Operation"/>.</summary>
    public required Located<string> Tag { get; init; }

    /// <summary>The family: media, ai, pic, asr, doc or file.</summary>
    public Located<string>? Family { get; init; }

    /// <summary>HTTP method and path of a submission, as in <c>POST /jobs</c>.</summary>
    public Located<string>? Http { get; init; }

    /// <summary>The verbs that exist.</summary>
    public EquatableArray<Located<string>> Verbs { get; init; }

    /// <summary>The page's id.</summary>
    public Located<string>? PageId { get; init; }

    /// <summary>The day on which the page says it was updated.</summary>
    public Located<string>? PageDate { get; init; }

    /// <summary>The shared envelope that surrounds the Tag's own nodes.</summary>
    public Located<string>? Envelope { get; init; }

    /// <summary>Where the file comes from when no page exists: <c>wire</c>.</summary>
    public Located<string>? Source { get; init; }

    /// <summary>Envelope nodes that this Tag has although they are opt-in.</summary>
    public EquatableArray<Located<string>> OptIn { get; init; }

    /// <summary>Envelope nodes that this Tag does not have.</summary>
    public EquatableArray<Located<string>> Without { get; init; }

    /// <summary>What goes into path and query, under a root <c>Parameters</c>; only an operation has any.</summary>
    public NodeDocument? Parameters { get; init; }

    /// <summary>The root <c>Request</c>.</summary>
    public NodeDocument? Request { get; init; }

    /// <summary>The root <c>Response</c>.</summary>
    public NodeDocument? Response { get; init; }
}

/// <summary>A file with <c>kind: page</c>: a page that others refer to; it is bound and checked, and never compiled.</summary>
public sealed record PageDocument(string Path, bool IsBundled) : SchemaDocument(Path, IsBundled)
{
    /// <summary>The page's id.</summary>
    public required Located<string> PageId { get; init; }

    /// <summary>The day on which the page says it was updated.</summary>
    public Located<string>? PageDate { get; init; }

    /// <summary>The Tag that the page is about, when it is about one.</summary>
    public Located<string>? Tag { get; init; }

    /// <summary>The operation that the page is about, as in <c>CreateTemplate</c>.</summary>
    public Located<string>? Operation { get; init; }

    /// <summary>HTTP method and path.</summary>
    public Located<string>? Http { get; init; }

    /// <summary>The query parameters, under a root <c>Parameters</c>.</summary>
    public NodeDocument? Parameters { get; init; }

    /// <summary>The root <c>Request</c>.</summary>
    public NodeDocument? Request { get; init; }

    /// <summary>The root <c>Response</c>.</summary>
    public NodeDocument? Response { get; init; }
}

/// <summary>A file with <c>kind: shared</c>: structures and envelopes that several Tags use.</summary>
public sealed record SharedDocument(string Path, bool IsBundled) : SchemaDocument(Path, IsBundled)
{
    /// <summary>The id of the page that has the structures.</summary>
    public Located<string>? PageId { get; init; }

    /// <summary>Structures by name.</summary>
    public EquatableArray<NodeDocument> Shapes { get; init; }

    /// <summary>Envelopes by name.</summary>
    public EquatableArray<EnvelopeDocument> Envelopes { get; init; }

    /// <summary>What nodes mean that say nothing of it themselves, by the ends of their paths.</summary>
    public EquatableArray<SummaryDocument> Summaries { get; init; }
}

/// <summary>What nodes mean.</summary>
/// <param name="End">How their paths end: <c>Output.Region</c>.</param>
/// <param name="Text">What they mean.</param>
public sealed record SummaryDocument(Located<string> End, Located<string> Text);

/// <summary>The nodes around what a Tag has of its own.</summary>
/// <param name="Name">The envelope's name.</param>
/// <param name="Request">The root <c>Request</c>.</param>
/// <param name="Response">The root <c>Response</c>.</param>
public sealed record EnvelopeDocument(Located<string> Name, NodeDocument? Request, NodeDocument? Response);

/// <summary>A file with <c>kind: correction</c>: where people know better than the page.</summary>
public sealed record CorrectionDocument(string Path, bool IsBundled) : SchemaDocument(Path, IsBundled)
{
    /// <summary>The Tag that is corrected; null when something else is.</summary>
    public Located<string>? Tag { get; init; }

    /// <summary>The Tag whose template is corrected; null when something else is.</summary>
    public Located<string>? Template { get; init; }

    /// <summary>The operation that is corrected; null when something else is.</summary>
    public Located<string>? Operation { get; init; }

    /// <summary>The id of the page that is corrected; null when something else is.</summary>
    public Located<string>? PageId { get; init; }

    /// <summary>The corrections, in the order in which they apply.</summary>
    public EquatableArray<CorrectionEntry> Entries { get; init; }

    /// <summary>Whether something is corrected.</summary>
    /// <param name="key">The key that names it: <c>tag</c>, <c>template</c>, <c>operation</c> or <c>page</c>.</param>
    /// <param name="name">Its name.</param>
    public bool IsAbout(string key, string name) => (key switch { "tag" => Tag, "template" => Template, "operation" => Operation, _ => PageId })?.Value == name;
}

/// <summary>What a correction does to its nodes.</summary>
public enum CorrectionKind
{
    /// <summary>Adds children and rules to a container.</summary>
    Add,

    /// <summary>Changes facts of nodes, children of a container or both.</summary>
    Change,

    /// <summary>Takes nodes away.</summary>
    Remove,

    /// <summary>Gives a node another name.</summary>
    Rename,

    /// <summary>Hangs a node under another parent.</summary>
    Move,
}

/// <summary>One correction.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Paths">The nodes, from the root: <c>Request.Operation.JobLevel</c>.</param>
/// <param name="Reason">Why.</param>
/// <param name="Source">Where that is known from.</param>
/// <param name="Set">Facts to set.</param>
/// <param name="Unset">Facts to take away.</param>
/// <param name="Nodes">Children to add.</param>
/// <param name="Rules">Rules to add, or to remove.</param>
/// <param name="To">The new name or the new parent's path.</param>
public sealed record CorrectionEntry(
    CorrectionKind Kind,
    EquatableArray<Located<string>> Paths,
    Located<string> Reason,
    Located<string> Source,
    EquatableArray<Fact> Set,
    EquatableArray<Located<string>> Unset,
    EquatableArray<NodeDocument> Nodes,
    EquatableArray<RuleDocument> Rules,
    Located<string>? To)
{
    /// <summary>Whether rules of the nodes are removed, and not the nodes.</summary>
    public bool IsAboutRules => Kind == CorrectionKind.Remove && Rules.Count > 0;
}

/// <summary>One node with what is said of it.</summary>
/// <param name="Name">The wire name.</param>
/// <param name="Path">The file it stands in: corrections and envelopes bring nodes from other files.</param>
/// <param name="Facts">What is said of it, by key.</param>
/// <param name="Children">Its children, in document order.</param>
/// <param name="Rules">Rules across its children.</param>
public sealed record NodeDocument(
    Located<string> Name,
    string Path,
    EquatableArray<Fact> Facts,
    EquatableArray<NodeDocument> Children,
    EquatableArray<RuleDocument> Rules)
{
    /// <summary>The fact with a key, or null.</summary>
    /// <param name="key">A key of <see cref="FactKeys"/>.</param>
    [MethodImpl(HotLoop.Compiled)]
    public Fact? Find(string key)
    {
        // Binding asks a node for every key there is, so this is asked more often than anything else.
        foreach (Fact fact in Facts.Items)
        {
            if (fact.Key.Length == key.Length && fact.Key == key)
            {
                return fact;
            }
        }

        return null;
    }

    /// <summary>The child with a wire name, or null.</summary>
    /// <param name="name">The wire name.</param>
    [MethodImpl(HotLoop.Compiled)]
    public NodeDocument? Child(string name)
    {
        foreach (NodeDocument child in Children.Items)
        {
            if (child.Name.Value == name)
            {
                return child;
            }
        }

        return null;
    }
}

/// <summary>One thing that is said of a node.</summary>
/// <param name="Key">A key of <see cref="FactKeys"/>.</param>
/// <param name="KeySpan">Where the key stands.</param>
/// <param name="Path">The file it stands in.</param>
/// <param name="Values">One value, or several for keys that take a list.</param>
public sealed record Fact(string Key, SourceSpan KeySpan, string Path, EquatableArray<FactValue> Values)
{
    /// <summary>The only or first value's text.</summary>
    public string Text => Values[0].Text;

    /// <summary>What holds under conditions; <see cref="Values"/> then has all texts in a row.</summary>
    public EquatableArray<ClauseDocument> Clauses { get; init; }
}

/// <summary>What holds under a condition.</summary>
/// <param name="When">The condition.</param>
/// <param name="Values">What holds then.</param>
public sealed record ClauseDocument(Located<string> When, EquatableArray<FactValue> Values);

/// <summary>One value of a fact.</summary>
/// <param name="Text">The text.</param>
/// <param name="Name">The C# name or the meaning that goes with it, for values that have one.</param>
/// <param name="Span">Where it stands.</param>
public sealed record FactValue(string Text, string? Name, SourceSpan Span);

/// <summary>A rule across the children of a container.</summary>
/// <param name="Kind">The kind, a word of <see cref="FactKeys.RuleKinds"/>.</param>
/// <param name="Path">The file it stands in.</param>
/// <param name="Nodes">The children it speaks of.</param>
/// <param name="When">When it holds; null when always.</param>
public sealed record RuleDocument(Located<string> Kind, string Path, EquatableArray<Located<string>> Nodes, Located<string>? When);

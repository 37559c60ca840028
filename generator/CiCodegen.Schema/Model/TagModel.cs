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

/// <summary>What a scalar's text means, or that a node has children.</summary>
public enum LogicalType
{
    /// <summary>Text, verbatim.</summary>
    String,

    /// <summary>A whole number of 32 bits.</summary>
    Int32,

    /// <summary>A whole number of 64 bits.</summary>
    Int64,

    /// <summary>A decimal number with its scale.</summary>
    Decimal,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Boolean,

    /// <summary>A time with an offset; <c>-</c> stands for none.</summary>
    Time,

    /// <summary>One of some words.</summary>
    Enum,

    /// <summary>A node with children.</summary>
    Container,
}

/// <summary>One XML node and the member it becomes.</summary>
/// <remarks>Pipeline value, as <see cref="TagModel"/>.</remarks>
/// <param name="Name">The wire name.</param>
/// <param name="Member">The C# member.</param>
/// <param name="Type">The logical type.</param>
/// <param name="WireType">The type as the docs write it.</param>
/// <param name="IsMany">Whether it repeats as siblings.</param>
public sealed record NodeModel(string Name, string Member, LogicalType Type, string WireType, bool IsMany)
{
    /// <summary>The C# type of a container.</summary>
    public string? Shape { get; init; }

    /// <summary>Whether the container's type belongs to all Tags, so that it is emitted once.</summary>
    public bool IsShared { get; init; }

    /// <summary>Whether the runtime's base type has the member (or, for a container, is its base type).</summary>
    public bool IsRuntime { get; init; }

    /// <summary>The known values, for <see cref="LogicalType.Enum"/>.</summary>
    public EnumModel? Enum { get; init; }

    /// <summary>Whether the node must always be there.</summary>
    public bool IsRequired { get; init; }

    /// <summary>When the node must be there; null when that depends on nothing.</summary>
    public ConditionModel? RequiredWhen { get; init; }

    /// <summary>What the service assumes when it is absent, as wire text.</summary>
    public string? Default { get; init; }

    /// <summary>The only value, as wire text.</summary>
    public string? Const { get; init; }

    /// <summary>The interval of a number.</summary>
    public RangeModel? Range { get; init; }

    /// <summary>The least length in characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>The greatest length in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The characters a text may have: <c>printable-ascii</c>.</summary>
    public string? Charset { get; init; }

    /// <summary>The least number of siblings.</summary>
    public int? MinItems { get; init; }

    /// <summary>The greatest number of siblings.</summary>
    public int? MaxItems { get; init; }

    /// <summary>The unit of a number.</summary>
    public string? Unit { get; init; }

    /// <summary>What the node means.</summary>
    public string? Summary { get; init; }

    /// <summary>When the value means something, as text.</summary>
    public string? MeaningfulWhen { get; init; }

    /// <summary>When the service returns the node, as text.</summary>
    public string? PresentWhen { get; init; }

    /// <summary>What the value takes precedence over, as text.</summary>
    public string? Overrides { get; init; }

    /// <summary>The children, in document order.</summary>
    public EquatableArray<NodeModel> Children { get; init; }

    /// <summary>The rules across the children.</summary>
    public EquatableArray<RuleModel> Rules { get; init; }

    /// <summary>The child with a wire name, or null.</summary>
    /// <param name="name">The wire name.</param>
    public NodeModel? Child(string name) => Children.FirstOrDefault(c => c.Name == name);
}

/// <summary>The known values of an enum node.</summary>
/// <param name="Name">The C# type.</param>
/// <param name="Values">The values, in document order.</param>
/// <param name="IsOpen">Whether a validator lets other values pass.</param>
/// <param name="IsShared">Whether the type belongs to all Tags, so that it is emitted once.</param>
/// <param name="IsRuntime">Whether the runtime has the type.</param>
public sealed record EnumModel(string Name, EquatableArray<EnumValueModel> Values, bool IsOpen, bool IsShared, bool IsRuntime);

/// <summary>One value of an enum.</summary>
/// <param name="Text">The wire text.</param>
/// <param name="Member">The C# member.</param>
public sealed record EnumValueModel(string Text, string Member);

/// <summary>An interval. A symbolic end ("video duration") is kept in <see cref="Text"/> and not checked.</summary>
/// <param name="Text">The interval as the schema writes it.</param>
/// <param name="Min">The lower end as invariant decimal text, or null when there is none or it is symbolic.</param>
/// <param name="MinInclusive">Whether the lower end belongs to it.</param>
/// <param name="Max">The upper end as invariant decimal text, or null when there is none or it is symbolic.</param>
/// <param name="MaxInclusive">Whether the upper end belongs to it.</param>
public sealed record RangeModel(string Text, string? Min, bool MinInclusive, string? Max, bool MaxInclusive);

/// <summary>A rule across the children of a container.</summary>
/// <param name="Kind">The kind, a word of <see cref="FactKeys.RuleKinds"/>.</param>
/// <param name="Nodes">The children's wire names.</param>
public sealed record RuleModel(string Kind, EquatableArray<string> Nodes);

/// <summary>A condition over the siblings of a node.</summary>
public abstract record ConditionModel
{
    /// <summary>The condition as text, in one normal form.</summary>
    public abstract string Text { get; }

    /// <summary>The comparisons that it is made of.</summary>
    public abstract IEnumerable<ComparisonModel> Comparisons { get; }

    /// <summary>The siblings that it speaks of, as dotted paths.</summary>
    public IEnumerable<string> Paths => Comparisons.Select(c => c.Path);

    /// <summary>The condition as text.</summary>
    public sealed override string ToString() => Text;
}

/// <summary>A sibling has, or has not, a value.</summary>
/// <param name="Path">The sibling, or a node below it, as a dotted path.</param>
/// <param name="Value">The wire text; null asks whether the node is there at all.</param>
/// <param name="IsNegated">Whether the opposite is meant.</param>
public sealed record ComparisonModel(string Path, string? Value, bool IsNegated) : ConditionModel
{
    /// <inheritdoc/>
    public override string Text => Value is null ? (IsNegated ? "!" : "") + Path : $"{Path} {(IsNegated ? "!=" : "==")} {Value}";

    /// <inheritdoc/>
    public override IEnumerable<ComparisonModel> Comparisons => [this];
}

/// <summary>Several conditions joined by <c>&amp;&amp;</c> or <c>||</c>.</summary>
/// <param name="Parts">The conditions.</param>
/// <param name="IsAll">Whether all must hold; otherwise one is enough.</param>
public sealed record CombinedModel(EquatableArray<ConditionModel> Parts, bool IsAll) : ConditionModel
{
    /// <inheritdoc/>
    public override string Text => string.Join(IsAll ? " && " : " || ", Parts.Select(p => p.Text));

    /// <inheritdoc/>
    public override IEnumerable<ComparisonModel> Comparisons => Parts.SelectMany(p => p.Comparisons);
}

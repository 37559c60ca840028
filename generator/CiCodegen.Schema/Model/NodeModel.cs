namespace CiCodegen.Schema;

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

    /// <summary>Whether a validator lets other values pass than those of the enum and those under conditions.</summary>
    public bool IsOpen { get; init; }

    /// <summary>Whether the node must always be there.</summary>
    public bool IsRequired { get; init; }

    /// <summary>When the node must be there; null when that depends on nothing.</summary>
    public ConditionModel? RequiredWhen { get; init; }

    /// <summary>When the node may be there; null when that depends on nothing.</summary>
    public ConditionModel? ValidWhen { get; init; }

    /// <summary>The values under conditions.</summary>
    public EquatableArray<ClauseModel<EquatableArray<string>>> EnumWhen { get; init; }

    /// <summary>Values that are allowed beside enum and range.</summary>
    public EquatableArray<SpecialModel> Special { get; init; }

    /// <summary>What the service assumes when it is absent, as wire text.</summary>
    public string? Default { get; init; }

    /// <summary>What the service assumes when it is absent, in words: a default that is no value.</summary>
    public string? DefaultText { get; init; }

    /// <summary>What the service assumes under conditions, as wire text.</summary>
    public EquatableArray<ClauseModel<string>> DefaultWhen { get; init; }

    /// <summary>The only value, as wire text.</summary>
    public string? Const { get; init; }

    /// <summary>The interval of a number.</summary>
    public RangeModel? Range { get; init; }

    /// <summary>The interval under conditions.</summary>
    public EquatableArray<ClauseModel<RangeModel>> RangeWhen { get; init; }

    /// <summary>The step of a number, as invariant decimal text: 2 for even ones.</summary>
    public string? MultipleOf { get; init; }

    /// <summary>The least length in characters.</summary>
    public int? MinLength { get; init; }

    /// <summary>The greatest length in characters.</summary>
    public int? MaxLength { get; init; }

    /// <summary>The greatest length under conditions.</summary>
    public EquatableArray<ClauseModel<int>> LengthWhen { get; init; }

    /// <summary>The characters a text may have: <c>printable-ascii</c>, or as in a class of a regular expression.</summary>
    public string? Charset { get; init; }

    /// <summary>The regular expression that the whole text matches.</summary>
    public string? Pattern { get; init; }

    /// <summary>The endings that a file name may have, without the dot.</summary>
    public EquatableArray<string> FileExt { get; init; }

    /// <summary>Text that the service replaces in a name.</summary>
    public EquatableArray<string> Wildcards { get; init; }

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

    /// <summary>When the service heeds the node, as text.</summary>
    public string? EffectiveWhen { get; init; }

    /// <summary>When the service does not heed the node, as text.</summary>
    public string? IneffectiveWhen { get; init; }

    /// <summary>When the service cannot do what the node asks for, as text.</summary>
    public string? UnsupportedWhen { get; init; }

    /// <summary>When the service returns the node, as text.</summary>
    public string? PresentWhen { get; init; }

    /// <summary>What the value takes precedence over, as text.</summary>
    public string? Overrides { get; init; }

    /// <summary>The path as the page writes it, where it stands elsewhere there.</summary>
    public string? Written { get; init; }

    /// <summary>The children, in document order.</summary>
    public EquatableArray<NodeModel> Children { get; init; }

    /// <summary>The rules across the children.</summary>
    public EquatableArray<RuleModel> Rules { get; init; }

    /// <summary>The child with a wire name, or null.</summary>
    /// <param name="name">The wire name.</param>
    public NodeModel? Child(string name)
    {
        foreach (NodeModel child in Children.Items)
        {
            if (child.Name == name)
            {
                return child;
            }
        }

        return null;
    }

    /// <summary>The child that a name on the wire belongs to, or null: the one of that name, else the one with the longest pattern for it.</summary>
    /// <param name="wireName">The name on the wire.</param>
    public NodeModel? ChildFor(string wireName)
        => Child(wireName) ?? Children
            .Where(c => c.IsMap && wireName.StartsWith(c.Name.Substring(0, c.Name.Length - 1), StringComparison.Ordinal))
            .OrderByDescending(c => c.Name.Length).FirstOrDefault();

    /// <summary>The node, some levels below a container, without conditions that reach out of that container: those are checked further up.</summary>
    /// <param name="depth">How many levels below the container it stands; 0 for the container itself.</param>
    public NodeModel Within(int depth)
    {
        NodeModel[] children = Children.Items;
        NodeModel[] within = new NodeModel[children.Length];
        bool isSame = true;
        for (int i = 0; i < children.Length; i++)
        {
            within[i] = children[i].Within(depth + 1);
            isSame &= ReferenceEquals(within[i], children[i]);
        }

        // Few nodes have conditions, so most trees are what they were.
        isSame &= !(RequiredWhen?.Reach >= depth || ValidWhen?.Reach >= depth)
            && (EnumWhen.Count + DefaultWhen.Count + RangeWhen.Count + LengthWhen.Count == 0) && Rules.Count == 0;
        return isSame ? this : this with
        {
            RequiredWhen = RequiredWhen?.Reach < depth ? RequiredWhen : null,
            ValidWhen = ValidWhen?.Reach < depth ? ValidWhen : null,
            EnumWhen = EnumWhen.All(c => c.When.Reach < depth) ? EnumWhen : default,
            DefaultWhen = DefaultWhen.All(c => c.When.Reach < depth) ? DefaultWhen : default,
            RangeWhen = RangeWhen.All(c => c.When.Reach < depth) ? RangeWhen : default,
            LengthWhen = LengthWhen.All(c => c.When.Reach < depth) ? LengthWhen : default,
            Children = new EquatableArray<NodeModel>(within),
            Rules = Rules.Where(r => r.When is null || r.When.Reach <= depth).ToEquatableArray(),
        };
    }

    /// <summary>Whether the node stands for all nodes whose names begin like its own, so that its member is a dictionary by wire name.</summary>
    public bool IsMap => Names.IsPattern(Name);
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

/// <summary>A value that is allowed beside enum and range.</summary>
/// <param name="Text">The wire text.</param>
/// <param name="Meaning">What it means, or null.</param>
public sealed record SpecialModel(string Text, string? Meaning);

/// <summary>What holds under a condition.</summary>
/// <typeparam name="T">What kind of thing holds.</typeparam>
/// <param name="When">The condition.</param>
/// <param name="Then">What holds then.</param>
public sealed record ClauseModel<T>(ConditionModel When, T Then)
    where T : IEquatable<T>;

/// <summary>A rule across the children of a container.</summary>
/// <param name="Kind">The kind, a word of <see cref="FactKeys.RuleKinds"/>.</param>
/// <param name="Nodes">The children's wire names.</param>
/// <param name="When">When it holds; null when always.</param>
public sealed record RuleModel(string Kind, EquatableArray<string> Nodes, ConditionModel? When);

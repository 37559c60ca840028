namespace CiCodegen.Schema;

/// <summary>What kind of value a fact's key takes.</summary>
public enum FactKind
{
    /// <summary>Any text.</summary>
    Text,

    /// <summary>One of some words.</summary>
    Word,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Flag,

    /// <summary>A whole number from 0.</summary>
    Number,

    /// <summary>A list of texts, or a mapping of texts to C# names.</summary>
    List,

    /// <summary>A list of texts; a lone text is a list of one.</summary>
    Texts,

    /// <summary>A list of texts, or a mapping of texts to what they mean.</summary>
    Meanings,

    /// <summary>A list of mappings of <c>when</c>, a condition, and what holds then.</summary>
    Clauses,
}

/// <summary>One key that a node may have.</summary>
/// <param name="Key">The key.</param>
/// <param name="Kind">What value it takes.</param>
/// <param name="Words">The words, for <see cref="FactKind.Word"/>.</param>
/// <param name="Then">The key that stands beside <c>when</c>, for <see cref="FactKind.Clauses"/>; its row says what value it takes.</param>
public sealed record FactKey(string Key, FactKind Kind, EquatableArray<string> Words = default, string? Then = null);

/// <summary>The keys of a node: the vocabulary of the schema language.</summary>
public static class FactKeys
{
    /// <summary>The logical type.</summary>
    public const string Type = "type";

    /// <summary>The type as the docs write it.</summary>
    public const string Wire = "wire";

    /// <summary>Whether the node repeats.</summary>
    public const string Many = "many";

    /// <summary>The C# type name of a container.</summary>
    public const string Shape = "shape";

    /// <summary>The C# type name of an enum.</summary>
    public const string EnumName = "enumName";

    /// <summary>The C# member name.</summary>
    public const string Member = "member";

    /// <summary>Whether, or when, the node must be there.</summary>
    public const string Required = "required";

    /// <summary>When the node may be there.</summary>
    public const string ValidWhen = "validWhen";

    /// <summary>The known values.</summary>
    public const string Enum = "enum";

    /// <summary>The values under conditions.</summary>
    public const string EnumWhen = "enumWhen";

    /// <summary>Whether an enum takes other values too.</summary>
    public const string Open = "open";

    /// <summary>Values that are allowed beside the others.</summary>
    public const string Special = "special";

    /// <summary>What the service assumes when the node is absent.</summary>
    public const string Default = "default";

    /// <summary>What the service assumes under conditions.</summary>
    public const string DefaultWhen = "defaultWhen";

    /// <summary>What a clause of <see cref="DefaultWhen"/> says.</summary>
    public const string Value = "value";

    /// <summary>The only value.</summary>
    public const string Const = "const";

    /// <summary>The interval of a number.</summary>
    public const string Range = "range";

    /// <summary>The interval under conditions.</summary>
    public const string RangeWhen = "rangeWhen";

    /// <summary>The step of a number.</summary>
    public const string MultipleOf = "multipleOf";

    /// <summary>The least length in characters.</summary>
    public const string MinLength = "minLength";

    /// <summary>The greatest length in characters.</summary>
    public const string MaxLength = "maxLength";

    /// <summary>The greatest length under conditions.</summary>
    public const string LengthWhen = "lengthWhen";

    /// <summary>The characters a text may have.</summary>
    public const string Charset = "charset";

    /// <summary>The regular expression that the whole text matches.</summary>
    public const string Pattern = "pattern";

    /// <summary>The endings that a file name may have.</summary>
    public const string FileExt = "fileExt";

    /// <summary>Text that the service replaces in a name.</summary>
    public const string Wildcards = "wildcards";

    /// <summary>The least number of siblings.</summary>
    public const string MinItems = "minItems";

    /// <summary>The greatest number of siblings.</summary>
    public const string MaxItems = "maxItems";

    /// <summary>The unit of a number.</summary>
    public const string Unit = "unit";

    /// <summary>What the node means, in our words.</summary>
    public const string Summary = "summary";

    /// <summary>When the value means something.</summary>
    public const string MeaningfulWhen = "meaningfulWhen";

    /// <summary>When the service heeds the node.</summary>
    public const string EffectiveWhen = "effectiveWhen";

    /// <summary>When the service does not heed the node.</summary>
    public const string IneffectiveWhen = "ineffectiveWhen";

    /// <summary>When the service cannot do what the node asks for.</summary>
    public const string UnsupportedWhen = "unsupportedWhen";

    /// <summary>When the service returns the node.</summary>
    public const string PresentWhen = "presentWhen";

    /// <summary>What the value takes precedence over.</summary>
    public const string Overrides = "overrides";

    /// <summary>The shared structure that the node has.</summary>
    public const string Use = "use";

    /// <summary>The node, of the same file or of another page, whose subtree this one repeats.</summary>
    public const string SameAs = "sameAs";

    /// <summary>What the node does not take over from the structure it refers to.</summary>
    public const string Except = "except";

    /// <summary>What the page points to and we do not have.</summary>
    public const string RefersTo = "refersTo";

    /// <summary>The path as the page writes it, where it stands elsewhere there.</summary>
    public const string Written = "written";

    /// <summary>Whether the runtime's base type has the member.</summary>
    public const string Runtime = "runtime";

    /// <summary>Whether an envelope's node is only there for Tags that have it.</summary>
    public const string OptIn = "optIn";

    /// <summary>The logical types.</summary>
    public static readonly EquatableArray<string> Types = EquatableArray.Of("string", "int", "long", "decimal", "bool", "time", "enum", "container");

    /// <summary>The types of the docs.</summary>
    public static readonly EquatableArray<string> WireTypes = EquatableArray.Of("String", "Int", "Integer", "Float", "Double", "Bool", "Container");

    /// <summary>The kinds of rules across children.</summary>
    public static readonly EquatableArray<string> RuleKinds = EquatableArray.Of("atLeastOne", "exactlyOne", "exclusive", "notAllFalse", "requires", "prefer");

    /// <summary>All keys, in the order in which a schema writes them.</summary>
    public static readonly EquatableArray<FactKey> All = EquatableArray.Of(
        new FactKey(Type, FactKind.Word, Types),
        new FactKey(Wire, FactKind.Word, WireTypes),
        new FactKey(Many, FactKind.Flag),
        new FactKey(Shape, FactKind.Text),
        new FactKey(Required, FactKind.Text),
        new FactKey(ValidWhen, FactKind.Text),
        new FactKey(Const, FactKind.Text),
        new FactKey(Enum, FactKind.List),
        new FactKey(EnumName, FactKind.Text),
        new FactKey(EnumWhen, FactKind.Clauses, Then: Enum),
        new FactKey(Special, FactKind.Meanings),
        new FactKey(Open, FactKind.Flag),
        new FactKey(Default, FactKind.Text),
        new FactKey(DefaultWhen, FactKind.Clauses, Then: Value),
        new FactKey(Range, FactKind.Text),
        new FactKey(RangeWhen, FactKind.Clauses, Then: Range),
        new FactKey(MultipleOf, FactKind.Text),
        new FactKey(Unit, FactKind.Text),
        new FactKey(MinLength, FactKind.Number),
        new FactKey(MaxLength, FactKind.Number),
        new FactKey(LengthWhen, FactKind.Clauses, Then: MaxLength),
        new FactKey(Charset, FactKind.Text),
        new FactKey(Pattern, FactKind.Text),
        new FactKey(FileExt, FactKind.Texts),
        new FactKey(Wildcards, FactKind.Texts),
        new FactKey(MinItems, FactKind.Number),
        new FactKey(MaxItems, FactKind.Number),
        new FactKey(Summary, FactKind.Text),
        new FactKey(MeaningfulWhen, FactKind.Text),
        new FactKey(EffectiveWhen, FactKind.Text),
        new FactKey(IneffectiveWhen, FactKind.Text),
        new FactKey(UnsupportedWhen, FactKind.Text),
        new FactKey(PresentWhen, FactKind.Text),
        new FactKey(Overrides, FactKind.Text),
        new FactKey(Use, FactKind.Text),
        new FactKey(SameAs, FactKind.Text),
        new FactKey(Except, FactKind.Texts),
        new FactKey(RefersTo, FactKind.Text),
        new FactKey(Written, FactKind.Text),
        new FactKey(Member, FactKind.Text),
        new FactKey(Runtime, FactKind.Flag),
        new FactKey(OptIn, FactKind.Flag));

    /// <summary>The row of a key; <see cref="Value"/> stands only in clauses.</summary>
    /// <param name="key">The key.</param>
    /// <exception cref="ArgumentException">There is no such key.</exception>
    public static FactKey Get(string key)
        => key == Value ? new FactKey(Value, FactKind.Text)
            : All.FirstOrDefault(k => k.Key == key) ?? throw new ArgumentException($"A node has no key '{key}'.", nameof(key));
}

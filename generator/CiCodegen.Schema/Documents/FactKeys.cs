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
}

/// <summary>One key that a node may have.</summary>
/// <param name="Key">The key.</param>
/// <param name="Kind">What value it takes.</param>
/// <param name="Words">The words, for <see cref="FactKind.Word"/>.</param>
public sealed record FactKey(string Key, FactKind Kind, EquatableArray<string> Words = default);

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

    /// <summary>The known values.</summary>
    public const string Enum = "enum";

    /// <summary>Whether an enum takes other values too.</summary>
    public const string Open = "open";

    /// <summary>What the service assumes when the node is absent.</summary>
    public const string Default = "default";

    /// <summary>The only value.</summary>
    public const string Const = "const";

    /// <summary>The interval of a number.</summary>
    public const string Range = "range";

    /// <summary>The least length in characters.</summary>
    public const string MinLength = "minLength";

    /// <summary>The greatest length in characters.</summary>
    public const string MaxLength = "maxLength";

    /// <summary>The characters a text may have.</summary>
    public const string Charset = "charset";

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

    /// <summary>When the service returns the node.</summary>
    public const string PresentWhen = "presentWhen";

    /// <summary>What the value takes precedence over.</summary>
    public const string Overrides = "overrides";

    /// <summary>The shared structure that the node has.</summary>
    public const string Use = "use";

    /// <summary>The node of the same Tag whose subtree this one repeats.</summary>
    public const string SameAs = "sameAs";

    /// <summary>What the page points to and we do not have.</summary>
    public const string RefersTo = "refersTo";

    /// <summary>Whether the runtime's base type has the member.</summary>
    public const string Runtime = "runtime";

    /// <summary>Whether an envelope's node is only there for Tags that have it.</summary>
    public const string OptIn = "optIn";

    /// <summary>The logical types.</summary>
    public static readonly EquatableArray<string> Types = EquatableArray.Of("string", "int", "long", "decimal", "bool", "time", "enum", "container");

    /// <summary>The types of the docs.</summary>
    public static readonly EquatableArray<string> WireTypes = EquatableArray.Of("String", "Int", "Integer", "Float", "Double", "Bool", "Container");

    /// <summary>The kinds of rules across children.</summary>
    public static readonly EquatableArray<string> RuleKinds = EquatableArray.Of("atLeastOne", "exactlyOne", "exclusive", "notAllFalse", "prefer");

    /// <summary>All keys, in the order in which a schema writes them.</summary>
    public static readonly EquatableArray<FactKey> All = EquatableArray.Of(
        new FactKey(Type, FactKind.Word, Types),
        new FactKey(Wire, FactKind.Word, WireTypes),
        new FactKey(Many, FactKind.Flag),
        new FactKey(Shape, FactKind.Text),
        new FactKey(Required, FactKind.Text),
        new FactKey(Const, FactKind.Text),
        new FactKey(Enum, FactKind.List),
        new FactKey(EnumName, FactKind.Text),
        new FactKey(Open, FactKind.Flag),
        new FactKey(Default, FactKind.Text),
        new FactKey(Range, FactKind.Text),
        new FactKey(Unit, FactKind.Text),
        new FactKey(MinLength, FactKind.Number),
        new FactKey(MaxLength, FactKind.Number),
        new FactKey(Charset, FactKind.Word, EquatableArray.Of("printable-ascii")),
        new FactKey(MinItems, FactKind.Number),
        new FactKey(MaxItems, FactKind.Number),
        new FactKey(Summary, FactKind.Text),
        new FactKey(MeaningfulWhen, FactKind.Text),
        new FactKey(PresentWhen, FactKind.Text),
        new FactKey(Overrides, FactKind.Text),
        new FactKey(Use, FactKind.Text),
        new FactKey(SameAs, FactKind.Text),
        new FactKey(RefersTo, FactKind.Text),
        new FactKey(Member, FactKind.Text),
        new FactKey(Runtime, FactKind.Flag),
        new FactKey(OptIn, FactKind.Flag));
}

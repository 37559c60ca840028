namespace CiCodegen.Schema;

/// <summary>How grave a problem is.</summary>
public enum ProblemSeverity
{
    /// <summary>Worth knowing.</summary>
    Info,

    /// <summary>Likely a mistake; code is emitted.</summary>
    Warning,

    /// <summary>The build fails; types are still emitted where they can be, so that their users get no errors of their own.</summary>
    Error,
}

/// <summary>One kind of problem: the row that both hosts report from.</summary>
/// <param name="Id">The id, <c>CICG</c> and four digits, never used again for another kind.</param>
/// <param name="Title">The kind in a few words.</param>
/// <param name="Format">The message, with <c>{0}</c> for the arguments.</param>
/// <param name="Severity">How grave it is.</param>
public sealed record ProblemDescriptor(string Id, string Title, string Format, ProblemSeverity Severity);

/// <summary>Every kind of problem. 0xxx: inside the tool; 1xxx: YAML; 2xxx: what a schema means; 3xxx: configuration; 4xxx: drift.</summary>
public static class ProblemDescriptors
{
    /// <summary>A failure inside the generator.</summary>
    public static readonly ProblemDescriptor InternalFailure = Error("CICG0001", "Failure inside CiCodegen", "CiCodegen failed on '{0}': {1}. This is a bug in CiCodegen, not in the schema.");

    /// <summary>The text is no YAML.</summary>
    public static readonly ProblemDescriptor YamlSyntax = Error("CICG1001", "YAML cannot be read", "The YAML cannot be read here: {0}");

    /// <summary>A key comes twice.</summary>
    public static readonly ProblemDescriptor DuplicateKey = Error("CICG1002", "Key comes twice", "Key '{0}' comes twice in this mapping; it stands first on line {1}.");

    /// <summary>A feature of YAML that schemas do not use.</summary>
    public static readonly ProblemDescriptor YamlFeature = Error("CICG1003", "YAML feature not used by schemas", "{0} are not part of the schema language; {1}.");

    /// <summary>A limit was passed.</summary>
    public static readonly ProblemDescriptor YamlLimit = Error("CICG1004", "Schema file too large or too deep", "{0}; the limit is {1}.");

    /// <summary>A key that the language does not have.</summary>
    public static readonly ProblemDescriptor UnknownKey = Error("CICG1005", "Unknown key", "{1} has no key '{0}'; known keys are {2}.{3}");

    /// <summary>A value of another kind is due.</summary>
    public static readonly ProblemDescriptor WrongKind = Error("CICG1006", "Value of another kind is due", "'{0}' must be {1}; here stands {2}.");

    /// <summary>A key that must be there is missing.</summary>
    public static readonly ProblemDescriptor MissingKey = Error("CICG1007", "Key is missing", "{0} needs the key '{1}'{2}.");

    /// <summary>A value that is not one of the known words.</summary>
    public static readonly ProblemDescriptor UnknownWord = Error("CICG1008", "Unknown word", "'{0}' has the value '{1}'; known values are {2}.{3}");

    /// <summary>Two files claim one Tag.</summary>
    public static readonly ProblemDescriptor DuplicateTag = Error("CICG2001", "Two files claim one Tag", "Tag '{0}' is also claimed by '{1}'; one file has one Tag, and case does not count.");

    /// <summary>A name cannot be a wire name.</summary>
    public static readonly ProblemDescriptor BadWireName = Error("CICG2002", "Name cannot stand in XML", "'{0}' cannot be the name of an XML element; names begin with a letter or '_' and go on with letters, digits, '-', '_' and '.'; a '*' at the end stands for whatever follows.");

    /// <summary>A type name that cannot be a C# identifier.</summary>
    public static readonly ProblemDescriptor BadTypeName = Error("CICG2003", "Name cannot be a C# type", "'{0}' cannot be the name of a C# type; use up to 500 letters, digits and '_', beginning with a letter, and none of the names that emitted code has itself.");

    /// <summary>One type name, two structures.</summary>
    public static readonly ProblemDescriptor TypeNameClash = Error("CICG2004", "One type name, two structures", "The type name '{0}' is taken by '{1}' and by '{2}', which differ; give one of them another '{3}'.");

    /// <summary>A reference that leads nowhere.</summary>
    public static readonly ProblemDescriptor BadReference = Error("CICG2005", "Reference leads nowhere", "'{0}' refers to '{1}', which does not exist.{2}");

    /// <summary>References that lead in a circle.</summary>
    public static readonly ProblemDescriptor CircularReference = Error("CICG2006", "References lead in a circle", "'{0}' includes itself by way of '{1}'.");

    /// <summary>Facts that contradict one another.</summary>
    public static readonly ProblemDescriptor Contradiction = Error("CICG2007", "Facts contradict one another", "Node '{0}': {1}.");

    /// <summary>An interval that cannot be read.</summary>
    public static readonly ProblemDescriptor BadRange = Error("CICG2008", "Interval cannot be read", "'{0}' is no interval; write [0, 100], (0, 30] or [1, video duration): square brackets include the end, round ones do not.");

    /// <summary>A condition that cannot be read.</summary>
    public static readonly ProblemDescriptor BadCondition = Error("CICG2009", "Condition cannot be read", "'{0}' is no condition: {1}; write as in: CallBackType == TDMQ, State != Failed && (A || !B), Codec in H.264, H.265, Width >= 128.");

    /// <summary>A correction that no longer matches.</summary>
    public static readonly ProblemDescriptor StaleCorrection = Error("CICG2010", "Correction matches nothing", "This correction {0} '{1}', {2}.{3}");

    /// <summary>A correction for a Tag that no file has.</summary>
    public static readonly ProblemDescriptor OrphanCorrection = Warning("CICG2011", "Correction for an unknown Tag or page", "No schema has the {2} '{0}', so this correction does nothing.{1}");

    /// <summary>Two members of one class would have one name.</summary>
    public static readonly ProblemDescriptor MemberClash = Error("CICG2012", "Two nodes become one member", "The nodes '{0}' and '{1}' of '{2}' both become the C# member '{3}'; give one of them a 'member'.");

    /// <summary>A number that cannot be read.</summary>
    public static readonly ProblemDescriptor BadNumber = Error("CICG2013", "Number cannot be read", "'{0}' has the value '{1}'; {2} is due.");

    /// <summary>Two files have one page.</summary>
    public static readonly ProblemDescriptor DuplicatePage = Error("CICG2014", "Two files have one page", "The page '{0}' is also in '{1}'; one page has one file.");

    /// <summary>A pattern or charset that cannot be used.</summary>
    public static readonly ProblemDescriptor BadPattern = Error("CICG2015", "Pattern cannot be used", "'{0}' has the value '{1}', which cannot be used: {2}.");

    /// <summary>A name that cannot be a member's.</summary>
    public static readonly ProblemDescriptor BadMemberName = Error("CICG2016", "Name cannot be a C# member", "'{0}' cannot be the name of a C# member; use letters, digits and '_', beginning with a capital letter.");

    /// <summary>A Tag that is not bundled.</summary>
    public static readonly ProblemDescriptor UnknownTag = Error("CICG3001", "Unknown Tag", "No schema has the {2} '{0}'.{1} Name a bundled one in <{3} Include=\"…\" />, or add a '{0}.ci.yaml' of your own.");

    /// <summary>A file of one's own comes before a bundled one.</summary>
    public static readonly ProblemDescriptor ShadowedTag = new("CICG3002", "Own schema comes before the bundled one", "This schema comes before the bundled one of Tag '{0}'.", ProblemSeverity.Info);

    /// <summary>A namespace that cannot be one.</summary>
    public static readonly ProblemDescriptor BadNamespace = Error("CICG3003", "Namespace cannot be used", "The property CiCodegenNamespace has the value '{0}', which is no C# namespace.");

    /// <summary>A property with a word that it does not know.</summary>
    public static readonly ProblemDescriptor UnknownProperty = Error("CICG3005", "Property has an unknown value", "The property {0} has the value '{1}'; known values are {2}.{3}");

    /// <summary>All kinds, by id.</summary>
    public static IReadOnlyList<ProblemDescriptor> All { get; } =
    [
        InternalFailure, YamlSyntax, DuplicateKey, YamlFeature, YamlLimit, UnknownKey, WrongKind, MissingKey, UnknownWord,
        DuplicateTag, BadWireName, BadTypeName, TypeNameClash, BadReference, CircularReference, Contradiction, BadRange, BadCondition,
        StaleCorrection, OrphanCorrection, MemberClash, BadNumber, DuplicatePage, BadPattern, BadMemberName, UnknownTag, ShadowedTag, BadNamespace, UnknownProperty,
    ];

    /// <summary>The kind with an id.</summary>
    /// <param name="id">The id.</param>
    /// <exception cref="ArgumentException">No kind has this id.</exception>
    public static ProblemDescriptor Get(string id)
        => All.FirstOrDefault(d => d.Id == id) ?? throw new ArgumentException($"No problem has the id '{id}'.", nameof(id));

    private static ProblemDescriptor Error(string id, string title, string format) => new(id, title, format, ProblemSeverity.Error);

    private static ProblemDescriptor Warning(string id, string title, string format) => new(id, title, format, ProblemSeverity.Warning);
}

using CiCodegen.Emit;
using CiCodegen.Schema;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CiCodegen.Generator;

/// <summary>What the project's properties say.</summary>
/// <remarks>Pipeline value: compared by value.</remarks>
/// <param name="Namespace">The namespace of everything emitted.</param>
/// <param name="RequestedTags">The Tags that <c>&lt;CiTag&gt;</c> items name.</param>
/// <param name="BundledTags">The Tags that come with the package.</param>
internal sealed record GeneratorOptions(string Namespace, EquatableArray<string> RequestedTags, EquatableArray<string> BundledTags)
{
    /// <summary>The Tags that <c>&lt;CiTemplate&gt;</c> items name.</summary>
    public EquatableArray<string> RequestedTemplates { get; init; }

    /// <summary>The Tags whose templates come with the package.</summary>
    public EquatableArray<string> BundledTemplates { get; init; }

    /// <summary>The operations that <c>&lt;CiOperation&gt;</c> items name.</summary>
    public EquatableArray<string> RequestedOperations { get; init; }

    /// <summary>The operations that come with the package.</summary>
    public EquatableArray<string> BundledOperations { get; init; }

    private static readonly string[] s_accesses = ["public", "internal"];

    private static readonly Dictionary<string, EmitParts> s_parts = new(StringComparer.OrdinalIgnoreCase)
    {
        ["models"] = EmitParts.Models,
        ["readers"] = EmitParts.Readers,
        ["writers"] = EmitParts.Writers,
        ["json"] = EmitParts.Json,
        ["validators"] = EmitParts.Validators,
        ["client"] = EmitParts.Client,
    };

    public static GeneratorOptions From(AnalyzerConfigOptionsProvider provider)
    {
        string space = Property(provider, "CiCodegenNamespace");
        string root = Property(provider, "RootNamespace");
        string access = Property(provider, "CiCodegenAccess");
        EquatableArray<string> parts = Names(Property(provider, "CiCodegenRequestedParts"));
        return new GeneratorOptions(
            space.Length > 0 ? space : (root.Length > 0 ? Clean(root) : "Ci") + ".CiJobs",
            Names(Property(provider, "CiCodegenRequestedTags")),
            Names(Property(provider, "CiCodegenBundledTags")))
        {
            RequestedTemplates = Names(Property(provider, "CiCodegenRequestedTemplates")),
            BundledTemplates = Names(Property(provider, "CiCodegenBundledTemplates")),
            RequestedOperations = Names(Property(provider, "CiCodegenRequestedOperations")),
            BundledOperations = Names(Property(provider, "CiCodegenBundledOperations")),
            Access = access.Length == 0 ? s_accesses[0] : access,
            Parts = parts,
        };
    }

    /// <summary>Who sees the types: public or internal.</summary>
    public string Access { get; init; } = s_accesses[0];

    /// <summary>The parts that are asked for; none stands for all.</summary>
    public EquatableArray<string> Parts { get; init; }

    /// <summary>What the emitter is told; null while a property cannot be used.</summary>
    public EmitOptions? Emit => Problems().Count > 0 ? null : new EmitOptions(Namespace)
    {
        IsInternal = string.Equals(Access, "internal", StringComparison.OrdinalIgnoreCase),
        Parts = Parts.Count == 0 ? EmitParts.All : Parts.Aggregate(EmitParts.Models, (all, part) => all | s_parts[part]),
    };

    /// <summary>What is wrong with the properties.</summary>
    public List<SchemaProblem> Problems()
    {
        List<SchemaProblem> problems = [];
        if (!EmitOptions.IsNamespace(Namespace))
        {
            problems.Add(SchemaProblem.OfProject(ProblemDescriptors.BadNamespace, Namespace));
        }

        if (!s_accesses.Contains(Access, StringComparer.OrdinalIgnoreCase))
        {
            problems.Add(Unknown("CiCodegenAccess", Access, s_accesses));
        }

        foreach (string part in Parts.Where(p => !s_parts.ContainsKey(p)))
        {
            problems.Add(Unknown("CiCodegenParts", part, s_parts.Keys));
        }

        return problems;
    }

    private static SchemaProblem Unknown(string property, string value, IReadOnlyCollection<string> known)
        => SchemaProblem.OfProject(ProblemDescriptors.UnknownProperty, property, value, string.Join(", ", known), Suggestion.Sentence(value, known));

    private static string Property(AnalyzerConfigOptionsProvider provider, string name)
        => provider.GlobalOptions.TryGetValue("build_property." + name, out string? value) ? value.Trim() : "";

    private static EquatableArray<string> Names(string list)
        => list.Split([',', '|', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).OrderBy(n => n, StringComparer.Ordinal).ToEquatableArray();

    // A root namespace is made from the project's name and may hold what no namespace can.
    private static string Clean(string root)
        => string.Join(".", root.Split('.').Where(p => p.Length > 0).Select(p => new string(p.Select(c => char.IsLetterOrDigit(c) && c < 128 ? c : '_').ToArray())).Select(p => char.IsDigit(p[0]) ? "_" + p : p));
}

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

    public static GeneratorOptions From(AnalyzerConfigOptionsProvider provider)
    {
        string space = Property(provider, "CiCodegenNamespace");
        string root = Property(provider, "RootNamespace");
        return new GeneratorOptions(
            space.Length > 0 ? space : (root.Length > 0 ? Clean(root) : "Ci") + ".CiJobs",
            Names(Property(provider, "CiCodegenRequestedTags")),
            Names(Property(provider, "CiCodegenBundledTags")))
        {
            RequestedTemplates = Names(Property(provider, "CiCodegenRequestedTemplates")),
            BundledTemplates = Names(Property(provider, "CiCodegenBundledTemplates")),
            RequestedOperations = Names(Property(provider, "CiCodegenRequestedOperations")),
            BundledOperations = Names(Property(provider, "CiCodegenBundledOperations")),
        };
    }

    /// <summary>The bad namespace, or null.</summary>
    public string? BadNamespace => EmitOptions.IsNamespace(Namespace) ? null : Namespace;

    private static string Property(AnalyzerConfigOptionsProvider provider, string name)
        => provider.GlobalOptions.TryGetValue("build_property." + name, out string? value) ? value.Trim() : "";

    private static EquatableArray<string> Names(string list)
        => list.Split([',', '|', ';', ' '], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal).OrderBy(n => n, StringComparer.Ordinal).ToEquatableArray();

    // A root namespace is made from the project's name and may hold what no namespace can.
    private static string Clean(string root)
        => string.Join(".", root.Split('.').Where(p => p.Length > 0).Select(p => new string(p.Select(c => char.IsLetterOrDigit(c) && c < 128 ? c : '_').ToArray())).Select(p => char.IsDigit(p[0]) ? "_" + p : p));
}

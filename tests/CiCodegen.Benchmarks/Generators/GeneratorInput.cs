using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Text;
using Basic.Reference.Assemblies;
using CiCodegen.Runtime;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CiCodegen.Benchmarks.Generators;

/// <summary>What a compilation hands to generators: bundled schemas as the package hands them over, and the generators themselves.</summary>
internal static class GeneratorInput
{
    private static readonly Assembly s_self = typeof(GeneratorInput).Assembly;

    public static CSharpParseOptions Parse { get; } = new(LanguageVersion.CSharp12, DocumentationMode.None);

    /// <summary>Whether the package has the generator precompiled for this platform.</summary>
    public static bool HasPrecompiled { get; } = s_self.GetCustomAttributes<AssemblyMetadataAttribute>().Any(a => a.Key == "PrecompiledGenerator");

    /// <summary>The generator in an assembly that the build named.</summary>
    public static ISourceGenerator Load(string key, string type)
        => ((IIncrementalGenerator)Activator.CreateInstance(Assembly.LoadFrom(Metadata(key)).GetType(type, throwOnError: true)!)!).AsSourceGenerator();

    /// <summary>The names of bundled Tags, <c>VideoTargetRec</c> first.</summary>
    public static IReadOnlyList<string> Tags { get; } =
    [
        .. Directory.GetFiles(Path.Combine(Metadata("Schemas"), "tags")).Select(f => Path.GetFileName(f)[..^".ci.yaml".Length]).OrderBy(t => t != "VideoTargetRec").ThenBy(t => t, StringComparer.Ordinal),
    ];

    /// <summary>The files for some Tags.</summary>
    public static ImmutableArray<AdditionalText> Texts(IReadOnlyCollection<string> tags)
    {
        string root = Metadata("Schemas");
        List<AdditionalText> texts = [];
        foreach (string file in Directory.GetFiles(root, "*.ci.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            string folder = Path.GetRelativePath(root, Path.GetDirectoryName(file)!).Replace('\\', '/');
            bool isOf = tags.Contains(Path.GetFileName(file)[..^".ci.yaml".Length]);
            string origin = folder == "shared" || (isOf && folder is "tags" or "corrections") ? "bundled" : "reference";
            texts.Add(new MemoryText($"{origin}/{folder}/{Path.GetFileName(file)}", File.ReadAllText(file)));
        }

        return [.. texts];
    }

    /// <summary>A project with some files.</summary>
    public static CSharpCompilation Compilation(params string[] sources) => CSharpCompilation.Create(
        "Consumer", sources.Select(s => CSharpSyntaxTree.ParseText(s, Parse)),
        [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(CiTag).Assembly.Location)],
        new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, optimizationLevel: OptimizationLevel.Release, concurrentBuild: false));

    public static GeneratorDriver Driver(ISourceGenerator generator, ImmutableArray<AdditionalText> texts)
        => CSharpGeneratorDriver.Create([generator], texts, Parse, new Options());

    private static string Metadata(string key) => s_self.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == key).Value!;

    /// <summary>A file in memory.</summary>
    internal sealed class MemoryText(string path, string text) : AdditionalText
    {
        private readonly SourceText _text = SourceText.From(text, Encoding.UTF8);

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => _text;
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        private static readonly Values s_none = new([]);
        private readonly Dictionary<string, Values> _origins = new[] { "bundled", "reference" }.ToDictionary(o => o, o => new Values(new() { ["build_metadata.AdditionalFiles.CiOrigin"] = o }));

        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(new() { ["build_property.CiCodegenNamespace"] = "Consumer.CiJobs" });

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => s_none;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => _origins[textFile.Path.Split('/')[0]];
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

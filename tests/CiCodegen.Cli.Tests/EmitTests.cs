using System.Collections.Immutable;
using System.Text;
using CiCodegen.Generator;
using CiCodegen.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CiCodegen.Cli.Tests;

public sealed class EmitTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Files_AreWhatTheCompilerAdds()
    {
        string schema = _directory.Write("schema/Echo.ci.yaml", Samples.EchoSchema);
        string output = Path.Combine(_directory.Path, "out");
        CliRun run = (await CliRun.Of("emit", "-o", output, "--namespace", "Probe.Jobs", "--schema", Path.GetDirectoryName(schema)!, "--json")).Exits(0);

        ImmutableArray<AdditionalText> texts = [new Text(schema, Samples.EchoSchema), .. Repository.SchemaFiles.Select(f => new Text(f, File.ReadAllText(f), isBundled: true))];
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new CiGenerator().AsSourceGenerator()], texts, new CSharpParseOptions(LanguageVersion.CSharp12), new Options());
        GeneratorRunResult result = driver.RunGenerators(CSharpCompilation.Create("Probe")).GetRunResult().Results.Single();
        Assert.Empty(result.Diagnostics);

        string[] names = [.. Directory.EnumerateFiles(output).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];
        Assert.Equal(result.GeneratedSources.Select(s => s.HintName).Order(StringComparer.Ordinal), names);
        Assert.Equal(names, run.Json.GetProperty("files").EnumerateArray().Select(f => Path.GetFileName(f.GetString())).Order(StringComparer.Ordinal));
        foreach (GeneratedSourceResult source in result.GeneratedSources)
        {
            // The compiler writes a file in its text's own encoding, mark included.
            byte[] expected = [.. source.SourceText.Encoding!.GetPreamble(), .. source.SourceText.Encoding.GetBytes(source.SourceText.ToString())];
            Assert.Equal(expected, await File.ReadAllBytesAsync(Path.Combine(output, source.HintName)));
        }
    }

    [Fact]
    public async Task Templates_TakeThePlaceOfBuiltInOnes()
    {
        _directory.Write("templates/catalog.sbn-cs", "// {{ namespace }}\n");
        string output = Path.Combine(_directory.Path, "out");
        (await CliRun.Of("emit", "-o", output, "--templates", Path.Combine(_directory.Path, "templates"))).Exits(0);
        Assert.Equal("// Ci.CiJobs\n", await File.ReadAllTextAsync(Path.Combine(output, "CiTagCatalog.g.cs")));

        _directory.Write("templates/catalog.sbn-cs", "{{ for }}");
        Assert.Contains("catalog.sbn-cs(1,", (await CliRun.Of("emit", "-o", output, "--templates", Path.Combine(_directory.Path, "templates"))).Exits(2).Error, StringComparison.Ordinal);
        _directory.Write("templates/other.sbn-cs", "");
        Assert.Contains("is no template", (await CliRun.Of("emit", "-o", output, "--templates", Path.Combine(_directory.Path, "templates"))).Exits(2).Error, StringComparison.Ordinal);
    }

    private sealed class Text(string path, string text, bool isBundled = false) : AdditionalText
    {
        public bool IsBundled => isBundled;

        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default) => SourceText.From(text, Encoding.UTF8);
    }

    private sealed class Options : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values("build_property.CiCodegenNamespace", "Probe.Jobs");

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => GlobalOptions;

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile) => new Values("build_metadata.AdditionalFiles.CiOrigin", ((Text)textFile).IsBundled ? "bundled" : "own");
    }

    private sealed class Values(string name, string text) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value)
            => (value = key == name ? text : null) is not null;
    }
}

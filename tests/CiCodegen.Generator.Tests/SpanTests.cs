using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Testing;
using Microsoft.CodeAnalysis.Text;

namespace CiCodegen.Generator.Tests;

public sealed class SpanTests
{
    [Theory]
    [InlineData("kind: tag\ntag: Bad\nfamily: medai\n", "CICG1008", 3, 9, 3, 14)]
    [InlineData("kind: tag\ntag: Bad\nreqest: {}\n", "CICG1005", 3, 1, 3, 7)]
    [InlineData("kind: tag\ntag: Bad\nrequest:\n  nodes:\n    A: { use: Nowhere }\n", "CICG2005", 5, 15, 5, 22)]
    public async Task Problem_IsReportedAtItsExactSpan_AndTheTypesAreThere(string text, string id, int line, int column, int endLine, int endColumn)
    {
        CiGeneratorTest test = new(("bad.ci.yaml", text));
        test.TestState.ExpectedDiagnostics.Add(new DiagnosticResult(id, DiagnosticSeverity.Error).WithSpan("bad.ci.yaml", line, column, endLine, endColumn));
        GeneratorRun run = GeneratorRun.Of(("bad.ci.yaml", text));
        Assert.Contains("class BadRequest", run.Source("Bad.Models.g.cs"), StringComparison.Ordinal);
        foreach (GeneratedSourceResult source in run.Result.GeneratedSources)
        {
            test.TestState.GeneratedSources.Add((typeof(CiGenerator), source.HintName, source.SourceText));
        }

        await test.RunAsync(TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Tag_EmitsTheseFilesAndNoOthers()
    {
        const string Text = "kind: tag\ntag: Probe\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        Level: { type: int }\n";
        GeneratorRun run = GeneratorRun.Of(("probe.ci.yaml", Text)).IsClean();
        CiGeneratorTest test = new(("probe.ci.yaml", Text));
        foreach (string name in new[] { "Probe.Models", "Probe.Methods", "_Shared.Models", "_Shared.Methods", "CiTagCatalog" })
        {
            test.TestState.GeneratedSources.Add((typeof(CiGenerator), name + ".g.cs", SourceText.From(run.Source(name + ".g.cs"), Encoding.UTF8)));
        }

        await test.RunAsync(TestContext.Current.CancellationToken);
        Assert.Equal(5, test.TestState.GeneratedSources.Count);
    }
}

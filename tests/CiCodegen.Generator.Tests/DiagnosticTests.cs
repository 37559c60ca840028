using System.Globalization;
using CiCodegen.Schema;
using CiCodegen.Tests;
using Microsoft.CodeAnalysis;

namespace CiCodegen.Generator.Tests;

public sealed class DiagnosticTests
{
    private const string Good = "kind: tag\ntag: Good\n";

    [Fact]
    public void YamlError_IsAnErrorAtItsPlace_AndTheOtherTagsAreEmitted()
    {
        GeneratorRun run = GeneratorRun.Of(("bad.ci.yaml", "kind: tag\ntag: Bad\nreqest: {}\n"), ("good.ci.yaml", Good)).Compiles();
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        FileLinePositionSpan place = diagnostic.Location.GetLineSpan();
        Assert.Equal(("CICG1005", DiagnosticSeverity.Error, "bad.ci.yaml", 2, 0), (diagnostic.Id, diagnostic.Severity, place.Path, place.StartLinePosition.Line, place.StartLinePosition.Character));
        Assert.Contains("Did you mean 'request'?", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        Assert.Contains(run.Result.GeneratedSources, s => s.HintName == "Good.Models.g.cs");
    }

    [Fact]
    public void ReferenceFileThatFails_IsNamed_AndTheOthersAreRead()
    {
        const string Page = "kind: page\npage: { id: * }\nrequest: { nodes: { X: { nodes: { Y: { type: int } } } } }\n";
        GeneratorRun run = GeneratorRun.Of(
            ("one.ci.yaml", "kind: tag\ntag: One\nrequest: { nodes: { Operation: { nodes: { P: { sameAs: 'p#Request.X' }, Q: { sameAs: 'q#Request.X' } } } } }\n"),
            ("reference/a.ci.yaml", GeneratorRun.Unreadable),
            ("reference/p.ci.yaml", Page.Replace('*', 'p')),
            ("reference/q.ci.yaml", Page.Replace('*', 'q')),
            ("reference/z.ci.yaml", GeneratorRun.Unreadable)).Compiles();
        Assert.Equal(
            ["CICG0001 reference/a.ci.yaml", "CICG0001 reference/z.ci.yaml"],
            run.Diagnostics.Select(d => $"{d.Id} {d.GetMessage(CultureInfo.InvariantCulture).Split('\'')[1]}").Order(StringComparer.Ordinal));
        Assert.All(run.Diagnostics, d => Assert.Contains("IOException: The disk is gone.", d.GetMessage(CultureInfo.InvariantCulture), StringComparison.Ordinal));
        Assert.Contains("int? Y", run.Source("One.Models.g.cs"), StringComparison.Ordinal);

        // Read anew once it changes.
        GeneratorRun mended = run.Remove("reference/z.ci.yaml").Remove("reference/a.ci.yaml").Add("reference/a.ci.yaml", Page.Replace('*', 'a')).IsClean();
        Assert.Contains("int? Y", mended.Source("One.Models.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CICG1001", "kind: tag\ntag: Bad\nrequest: { nodes: { Operation: { nodes: { Kept: {}, Next: [")]
    [InlineData("CICG1001", "kind: tag\ntag: Bad\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        Kept: {}\n\tNext: {}\n")]
    [InlineData("CICG1002", "kind: tag\nkind: tag\ntag: Bad\n*")]
    [InlineData("CICG1003", "kind: tag\ntag: Bad\n*\n        Next: &a {}\n")]
    [InlineData("CICG1005", "kind: tag\ntag: Bad\nreqest: {}\n*")]
    [InlineData("CICG1006", "kind: tag\ntag: Bad\nhttp: POST\n*")]
    [InlineData("CICG1006", "kind: tag\ntag: Bad\n*\n        Next: { type: [int], default: [] }\n")]
    [InlineData("CICG1008", "kind: tag\ntag: Bad\nfamily: nobody\n*")]
    [InlineData("CICG1008", "kind: tag\ntag: Bad\n*\n        Next: { type: inte, range: '[1, 2]' }\n")]
    [InlineData("CICG2005", "kind: tag\ntag: Bad\n*\n        Next: { sameAs: Request.Operation.Nobody }\n        More: { use: Nobody }\n")]
    [InlineData("CICG2007", "kind: tag\ntag: Bad\n*\n        Next: { required: true, validWhen: Kept }\n")]
    [InlineData("CICG2008", "kind: tag\ntag: Bad\n*\n        Next: { type: int, range: 5 }\n")]
    [InlineData("CICG2009", "kind: tag\ntag: Bad\n*\n        Next: { required: 'Kept == ' }\n")]
    [InlineData("CICG2013", "kind: tag\ntag: Bad\n*\n        Next: { maxLength: many, type: int, default: x }\n")]
    [InlineData("CICG2015", "kind: tag\ntag: Bad\n*\n        Next: { pattern: '[a-z' }\n")]
    [InlineData("CICG1008", "kind: tag\ntag: Bad\nverbs: [creat, '']\n*")]
    [InlineData("CICG2005", "kind: tag\ntag: Bad\n*\n        Next: { required: Keptt == x }\n        More: { required: yes }\n")]
    [InlineData("CICG2007", "kind: tag\ntag: Bad\n*\n        Next: { minItems: 1 }\n        More: { type: int, maxLength: 5 }\n        Last: { type: int, pattern: 'a+' }\n")]
    [InlineData("CICG2007", "kind: tag\ntag: Bad\n*\n        Next: { type: bool, range: '[0, 1]' }\n")]
    [InlineData("CICG2007", "kind: tag\ntag: Bad\n*\n        Next: { type: int, const: x }\n        More: { type: int, default: y }\n        Last: { required: More == 1 }\n")]
    [InlineData("CICG2009", "kind: tag\ntag: Bad\n*\n        Next: { nodes: { A: {} } }\n        More: { required: Next == x }\n        Last: { required: Next.Nope == 1 }\n")]
    public void WhoUsesATagWithAnError_GetsNoErrorsBehindIt(string id, string schema)
    {
        schema = schema.Replace("*", "request:\n  nodes:\n    Operation:\n      nodes:\n        Kept: {}", StringComparison.Ordinal);
        GeneratorRun run = GeneratorRun.With(new() { ["RootNamespace"] = "Probe" }, ("bad.ci.yaml", schema), ("good.ci.yaml", Good));
        Assert.All(run.Diagnostics, d => Assert.Equal((id, DiagnosticSeverity.Error), (d.Id, d.Severity)));
        Assert.NotEmpty(run.Diagnostics);
        Assert.Empty(run.ErrorsOf("_ = new Probe.CiJobs.BadRequest { Operation = new() { Kept = \"x\" } }; _ = nameof(Probe.CiJobs.BadJob);"));
    }

    [Fact]
    public void WhoRefersToASharedFileWithAnError_IsNotToBlame()
    {
        GeneratorRun run = GeneratorRun.With(
            new() { ["RootNamespace"] = "Probe" },
            ("own.ci.yaml", "kind: shared\nshapes:\n  Before: { nodes: { X: {} } }\n  Wrong: { nodes: { Y: { typ: int } } }\n  After: { nodes: [\n"),
            ("good.ci.yaml", "kind: tag\ntag: Good\nrequest: { nodes: { Operation: { nodes: { A: { use: Before }, B: { use: Wrong }, C: { use: Behind } } } } }\n"));
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("CICG1001", "own.ci.yaml"), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path));
        Assert.Empty(run.ErrorsOf("_ = new Probe.CiJobs.GoodRequest { Operation = new() { A = new() { X = \"x\" } } };"));
    }

    [Theory]
    [InlineData("a-b: {}\n        a_b: {}")]
    [InlineData("A: { shape: S, nodes: { X: {} } }\n        B: { shape: S, nodes: { Y: {} } }")]
    [InlineData("A: { member: small }")]
    [InlineData("'a b': {}")]
    [InlineData("A: { sameAs: Request.Operation }")]
    public void TagWhoseCodeWouldNotCompile_HasNone(string nodes)
    {
        GeneratorRun run = GeneratorRun.Of(("bad.ci.yaml", $"kind: tag\ntag: Bad\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        {nodes}\n"), ("good.ci.yaml", Good)).Compiles();
        Assert.Single(run.Diagnostics);
        Assert.DoesNotContain(run.Result.GeneratedSources, s => s.HintName.StartsWith("Bad.", StringComparison.Ordinal));
    }

    [Fact]
    public void TwoFilesOfOneTag_AreAnErrorInTheSecond()
    {
        Diagnostic diagnostic = Assert.Single(GeneratorRun.Of(("a.ci.yaml", Good), ("b.ci.yaml", "kind: tag\ntag: good\n")).Diagnostics);
        Assert.Equal(("CICG2001", "b.ci.yaml"), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path));
    }

    [Fact]
    public void OwnFileOfABundledTag_ComesFirstAndSaysSo()
    {
        string correction = "kind: correction\ntag: Good\ncorrections:\n  - add: Request.Operation\n    reason: r\n    source: s\n    nodes: { XX: {} }\n";
        GeneratorRun run = GeneratorRun.Of(
            ("bundled/Good.ci.yaml", Good), ("bundled/Good.corrections.ci.yaml", correction.Replace("XX", "Theirs", StringComparison.Ordinal)),
            ("own.ci.yaml", "kind: tag\ntag: Good\nfamily: ai\nrequest: { nodes: { Operation: { nodes: { Kept: {} } } } }\n"), ("mine.ci.yaml", correction.Replace("XX", "Mine", StringComparison.Ordinal))).Compiles();
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("CICG3002", DiagnosticSeverity.Info), (diagnostic.Id, diagnostic.Severity));
        Assert.Contains("\"ai\"", run.Source("Good.Methods.g.cs"), StringComparison.Ordinal);
        Assert.Contains(" Mine ", run.Source("Good.Models.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain(" Theirs ", run.Source("Good.Models.g.cs"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("B: { shape: GoodInput, nodes: { X: {} } }", "GoodInput")]
    [InlineData("B: { shape: JobLevel, nodes: { X: {} } }\n        JobLevel: { enum: [0, 1, 2] }", "JobLevel")]
    [InlineData("B: { shape: CiTagCatalog, nodes: { X: {} } }", "CiTagCatalog")]
    public void TypeNameThatSomebodyElseHas_IsAnError(string node, string name)
    {
        GeneratorRun run = GeneratorRun.Of(("a.ci.yaml", Good), ("b.ci.yaml", "kind: tag\ntag: Later\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        " + node + "\n"));
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("CICG2004", "b.ci.yaml"), (diagnostic.Id, diagnostic.Location.GetLineSpan().Path));
        Assert.Contains($"'{name}'", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownTag_NamesTheNearest()
    {
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenRequestedTags"] = "VideoTagetRec", ["CiCodegenBundledTags"] = "Transcode,VideoTargetRec" });
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("CICG3001", diagnostic.Id);
        Assert.Contains("Did you mean 'VideoTargetRec'?", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("CiCodegenRequestedTemplates", "CiCodegenBundledTemplates", "template of Tag", "CiTemplate")]
    [InlineData("CiCodegenRequestedOperations", "CiCodegenBundledOperations", "operation", "CiOperation")]
    public void UnknownTemplateOrOperation_NamesTheNearest(string requested, string bundled, string noun, string item)
    {
        GeneratorRun run = GeneratorRun.With(new() { [requested] = "Transcde", [bundled] = "Transcode,VideoTargetRec" });
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal("CICG3001", diagnostic.Id);
        Assert.Contains($"No schema has the {noun} 'Transcde'. Did you mean 'Transcode'? Name a bundled one in <{item} ", diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    [Fact]
    public void TagTemplateAndOperation_MayBeOfOneName()
    {
        GeneratorRun run = GeneratorRun.Of(
            ("a.ci.yaml", Good),
            ("b.ci.yaml", "kind: template\ntag: Good\nresponse: { nodes: { Template: { nodes: { TemplateTag: {} } } } }\n"),
            ("c.ci.yaml", "kind: operation\noperation: good\nhttp: PUT /good\n"),
            ("d.ci.yaml", "kind: operation\noperation: record\nhttp: GET /record\nresponse: { nodes: { A: {} } }\n")).IsClean();
        Assert.Contains("class GoodTemplate ", run.Source("Good.Template.Models.g.cs"), StringComparison.Ordinal);
        Assert.Contains("class good ", run.Source("good.Call.Models.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain(run.Result.GeneratedSources, s => s.HintName == "good.Call.Methods.g.cs");
    }

    [Fact]
    public void BadNamespace_IsAnErrorAndEmitsNothing()
    {
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenNamespace"] = "A..B; class X" }, ("good.ci.yaml", Good));
        Assert.Equal("CICG3003", Assert.Single(run.Diagnostics).Id);
        Assert.Empty(run.Result.GeneratedSources);
    }

    [Fact]
    public void NoSchema_IsNoError()
    {
        GeneratorRun run = GeneratorRun.Of().Compiles();
        Assert.Empty(run.Diagnostics);
        Assert.DoesNotContain(run.Result.GeneratedSources, s => s.HintName.Contains("Models", StringComparison.Ordinal));
    }

    [Fact]
    public void ProjectName_BecomesTheNamespace()
    {
        GeneratorRun run = GeneratorRun.With(new() { ["RootNamespace"] = "My-App.2nd" }, ("good.ci.yaml", Good)).Compiles();
        Assert.Contains("namespace My_App._2nd.CiJobs;", run.Source("Good.Models.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void ReleaseFile_HasEveryRowOfTheProblemTable()
    {
        string[] rows = File.ReadAllLines(Path.Combine(Repository.Root, "generator", "CiCodegen.Generator", "AnalyzerReleases.Unshipped.md"));
        IEnumerable<string> expected = ProblemDescriptors.All.Select(d => $"{d.Id} | CiCodegen | {d.Severity} | {d.Title}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), rows.Where(r => r.StartsWith("CICG", StringComparison.Ordinal)).Order(StringComparer.Ordinal));
    }
}

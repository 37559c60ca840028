using System.Globalization;

namespace CiCodegen.Generator.Tests;

public sealed class IncrementalityTests
{
    private const string One = "kind: tag\ntag: One\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        A: { type: int }\n";
    private const string Two = "kind: tag\ntag: Two\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        B: {}\n";

    private static GeneratorRun Run() => GeneratorRun.Of(("one.ci.yaml", One), ("two.ci.yaml", Two)).IsClean();

    [Fact]
    public void CommentEdit_EmitsNothing()
    {
        GeneratorRun edited = Run().Edit("one.ci.yaml", t => "# a comment\n" + t);
        Assert.Equal("3 Cached, 1 Modified", edited.Reasons(TrackingNames.Documents));
        Assert.Equal("1 Cached, 1 Unchanged", edited.Reasons(TrackingNames.Bound));
        Assert.Equal("2 Cached", edited.Reasons(TrackingNames.Models));
        Assert.Equal("2 Cached", edited.Reasons(TrackingNames.Emitted));
        Assert.Equal("5 Cached", edited.OutputReasons());
    }

    [Fact]
    public void TagEdit_EmitsThatTagOnly()
    {
        GeneratorRun edited = Run().Edit("one.ci.yaml", t => t.Replace("A: { type: int }", "A: { type: long }", StringComparison.Ordinal));
        Assert.Equal("1 Cached, 1 Modified", edited.Reasons(TrackingNames.Models));
        Assert.Equal("1 Cached, 1 Modified", edited.Reasons(TrackingNames.Emitted));
        Assert.DoesNotContain("Modified", edited.Reasons(TrackingNames.SharedTypes), StringComparison.Ordinal);
        Assert.DoesNotContain("Modified", edited.Reasons(TrackingNames.Catalog), StringComparison.Ordinal);
        Assert.Contains("long? A", edited.Source("One.Models.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void CodeEdit_EmitsNothing()
    {
        GeneratorRun edited = Run().EditCode();
        foreach (string step in TrackingNames.All)
        {
            string reasons = edited.Reasons(step);
            Assert.False(reasons.Contains("Modified", StringComparison.Ordinal) || reasons.Contains("New", StringComparison.Ordinal), $"{step}: {reasons}");
        }

        Assert.Equal("2 Cached", edited.Reasons(TrackingNames.Emitted));
        Assert.Equal("5 Cached", edited.OutputReasons());
    }

    [Fact]
    public void SharedCommentEdit_EmitsNothing()
    {
        GeneratorRun edited = Run().Edit("bundled/shared/Envelope.ci.yaml", t => "# a comment\n" + t);
        Assert.Equal("2 Unchanged", edited.Reasons(TrackingNames.Bound));
        Assert.Equal("2 Cached", edited.Reasons(TrackingNames.Emitted));
    }

    [Fact]
    public void SharedEdit_EmitsEveryTag()
    {
        GeneratorRun edited = Run().Edit("bundled/shared/Envelope.ci.yaml", t => t.Replace("maxLength: 1024", "maxLength: 1000", StringComparison.Ordinal).Replace("summary: The Tag.", "summary: Its name.", StringComparison.Ordinal));
        Assert.Equal("2 Modified", edited.Reasons(TrackingNames.Emitted));
    }

    [Fact]
    public void RemovedFirstTag_LeavesTheOthersAlone()
    {
        GeneratorRun edited = GeneratorRun.Of(("one.ci.yaml", One), ("two.ci.yaml", Two), ("three.ci.yaml", One.Replace("One", "Three", StringComparison.Ordinal))).IsClean().Remove("one.ci.yaml");
        Assert.Equal("2 Cached, 1 Removed", edited.Reasons(TrackingNames.Bound));
        Assert.Equal("2 Cached, 1 Removed", edited.Reasons(TrackingNames.Emitted));
    }

    [Fact]
    public void AddedFirstTag_LeavesTheOthersAlone()
    {
        GeneratorRun edited = Run().Add("a.ci.yaml", One.Replace("One", "Abc", StringComparison.Ordinal));
        Assert.Equal("2 Cached, 1 New", edited.Reasons(TrackingNames.Bound));
        Assert.Equal("2 Cached, 1 New", edited.Reasons(TrackingNames.Emitted));
    }

    [Fact]
    public void PageEdit_EmitsWhoRefersToIt_AndNobodyElse()
    {
        const string Page = "kind: page\npage: { id: p }\nrequest: { nodes: { X: { nodes: { Y: {} } } } }\n";
        GeneratorRun run = GeneratorRun.Of(("one.ci.yaml", One + "        P: { sameAs: 'p#Request.X' }\n"), ("two.ci.yaml", Two), ("p.ci.yaml", Page), ("q.ci.yaml", Page.Replace("id: p", "id: q", StringComparison.Ordinal))).IsClean();
        GeneratorRun edited = run.Edit("p.ci.yaml", t => t.Replace("Y: {}", "Y: { type: int }", StringComparison.Ordinal));
        Assert.Equal("1 Cached, 1 Modified", edited.Reasons(TrackingNames.Bound));
        Assert.Equal("1 Cached, 1 Modified", edited.Reasons(TrackingNames.Emitted));
        edited = run.Edit("q.ci.yaml", t => t.Replace("Y: {}", "Y: { type: int }", StringComparison.Ordinal));
        Assert.Equal("2 Cached", edited.Reasons(TrackingNames.Bound));
        edited = run.Edit("one.ci.yaml", t => "# a comment\n" + t);
        Assert.Equal("2 Cached", edited.Reasons(TrackingNames.Emitted));
    }

    [Fact]
    public void ReferenceFiles_AreReadOnlyOnceSomebodyRefersToAPage()
    {
        const string Page = "kind: page\npage: { id: p }\nrequest: { nodes: { X: { nodes: { Y: {} } } } }\n";
        const string Other = "kind: tag\ntag: Other\npage: { id: other }\nrequest: { nodes: { Operation: { nodes: { Z: { nodes: { W: {} } } } } } }\n";
        GeneratorRun run = GeneratorRun.Of(("one.ci.yaml", One), ("reference/p.ci.yaml", Page), ("reference/o.ci.yaml", Other), ("reference/bad.ci.yaml", "no schema")).IsClean();
        Assert.Equal(0, run.Count(TrackingNames.References));
        GeneratorRun edited = run.Edit("one.ci.yaml", t => t + "        P: { sameAs: 'p#Request.X' }\n        O: { sameAs: 'other#Request.Operation.Z' }\n").IsClean();
        Assert.Equal(2, edited.Count(TrackingNames.References));
        Assert.Contains("class OneOperationP", edited.Source("One.Models.g.cs"), StringComparison.Ordinal);
        Assert.DoesNotContain(edited.Result.GeneratedSources, s => s.HintName.StartsWith("Other.", StringComparison.Ordinal));
        Assert.DoesNotContain("Other", edited.Source("CiTagCatalog.g.cs"), StringComparison.Ordinal);
        GeneratorRun corrected = edited.Add("c.ci.yaml", "kind: correction\npage: p\ncorrections: [{ change: Request.X.Y, set: { type: int }, reason: r, source: s }]\n").IsClean();
        Assert.Contains("int? Y", corrected.Source("One.Models.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void ReferenceFiles_ThatNobodyMeans_AreNotRead()
    {
        static string Page(string id, string inside) => $"kind: page\npage: {{ id: {id} }}\nrequest: {{ nodes: {{ X: {{ nodes: {{ Y: {inside} }} }} }} }}\n";
        static string Correction(string subject) => $"kind: correction\n{subject}\ncorrections: [{{ change: Request.X.Y, set: {{ summary: Corrected. }}, reason: r, source: s }}]\n";
        GeneratorRun run = GeneratorRun.Of(
            ("one.ci.yaml", One + "        P: { sameAs: 'p#Request.X' }\n"),
            ("reference/p.ci.yaml", Page("p", "{ sameAs: 'q#Request.X.Y' }")),
            ("reference/q.ci.yaml", Page("\"\\x71\"", "{ type: int }")),
            ("reference/other.ci.yaml", Page("other", "{ sameAs: 'p#Request.X.Y' }")),
            ("reference/of-q.ci.yaml", Correction("page: q")),
            ("reference/of-other.ci.yaml", Correction("page: other")),
            ("reference/of-tag.ci.yaml", Correction("tag: q"))).IsClean();
        Assert.Equal(3, run.Count(TrackingNames.References));
        Assert.Contains("Corrected.", run.Source("One.Models.g.cs"), StringComparison.Ordinal);

        GeneratorRun edited = run.Edit("one.ci.yaml", t => t.Replace("'p#", "'other#", StringComparison.Ordinal)).IsClean();
        Assert.Equal(5, edited.Count(TrackingNames.References));
        edited = edited.Edit("reference/other.ci.yaml", _ => Page("other", "{ type: long }")).IsClean();
        Assert.Equal(2, edited.Count(TrackingNames.References));
        Assert.Contains("long? Y", edited.Source("One.Models.g.cs"), StringComparison.Ordinal);
        Assert.Equal("1 Cached", edited.EditCode().Reasons(TrackingNames.References));
    }

    [Fact]
    public void MissingPage_NamesTheOneThatWasMeant_ThoughNobodyReadIt()
    {
        const string Page = "kind: page\npage: { id: submit-page }\nrequest: { nodes: { X: {} } }\n";
        GeneratorRun run = GeneratorRun.Of(("one.ci.yaml", One + "        P: { sameAs: 'submit-pag#Request.X' }\n"), ("reference/p.ci.yaml", Page));
        Assert.Contains(run.Diagnostics, d => d.GetMessage(CultureInfo.InvariantCulture).Contains("Did you mean 'submit-page'?", StringComparison.Ordinal));
    }

    [Fact]
    public void RemovedTag_TakesItsFilesAway()
    {
        GeneratorRun edited = Run().Remove("two.ci.yaml");
        Assert.DoesNotContain(edited.Result.GeneratedSources, s => s.HintName.StartsWith("Two.", StringComparison.Ordinal));
        Assert.DoesNotContain("TwoJob", edited.Source("CiTagCatalog.g.cs"), StringComparison.Ordinal);
        Assert.Contains("Cached", edited.Reasons(TrackingNames.Emitted), StringComparison.Ordinal);
        edited.Compiles();
    }
}

namespace CiCodegen.Schema.Tests;

/// <summary>What drift tells of two versions of a schema.</summary>
public sealed class DriftTests
{
    private const string Files = """
        Files:
          nodes:
            Bucket: { required: true }
            Region: { required: true }
            Name: { required: true }
        """;

    [Fact]
    public void WhatLeftTheRequestAndIsInTheAnswer_IsGoneAndNew()
    {
        string[] events = Compare(Tag($"Job:\n  nodes:\n{Yaml.Indent(Files, 4)}", "Id: {}"), Tag("Job: { type: container }", $"Id: {{}}\n{Files}"));
        Assert.Equal(
            [
                "Note AddedNode Response.Files:  -> Container", "Note AddedNode Response.Files.Bucket:  -> String", "Note AddedNode Response.Files.Region:  -> String", "Note AddedNode Response.Files.Name:  -> String",
                "Breaking RemovedNode Request.Job.Files: Container -> ", "Breaking RemovedNode Request.Job.Files.Bucket: String -> ", "Breaking RemovedNode Request.Job.Files.Region: String -> ", "Breaking RemovedNode Request.Job.Files.Name: String -> ",
            ],
            events);
    }

    [Fact]
    public void RowsThatLeftTheRequestAndAreInTheAnswer_AreGoneAndNew()
    {
        const string Empty = "Files: { type: container }";
        string[] events = Compare(Tag(Files, Empty), Tag(Empty, Files));
        Assert.Equal(6, events.Length);
        Assert.DoesNotContain(events, e => e.Contains("MovedNode", StringComparison.Ordinal));
    }

    [Fact]
    public void WithinOneMessage_AContainerMoves()
        => Assert.Equal(
            ["Breaking MovedNode Request.Files: Request.Job.Files -> Request.Files"],
            Compare(Tag($"Job:\n  nodes:\n{Yaml.Indent(Files, 4)}", "Id: {}"), Tag($"Job: {{ type: container }}\n{Files}", "Id: {}")));

    [Theory]
    [InlineData("atLeastOne")]
    [InlineData("exclusive")]
    public void RowsInAnotherOrder_AreNoOtherRule(string rule)
        => Assert.Empty(Compare(Ruled("A: {}\nB: {}", $"{rule}: [A, B]"), Ruled("B: {}\nA: {}", $"{rule}: [B, A]")));

    [Fact]
    public void WhichGoesFirst_IsWhatPreferSays()
        => Assert.Equal(
            ["Note RemovedRule Request: prefer: A, B -> ", "Note AddedRule Request:  -> prefer: B, A"],
            Compare(Ruled("A: {}\nB: {}", "prefer: [A, B]"), Ruled("A: {}\nB: {}", "prefer: [B, A]")));

    [Fact]
    public void ARule_FollowsANodeToItsNewName()
        => Assert.Equal(
            ["Breaking RenamedNode Request.URL: Url -> URL"],
            Compare(Ruled("File: {}\nUrl: {}", "atLeastOne: [File, Url]"), Ruled("File: {}\nURL: {}", "atLeastOne: [File, URL]")));

    [Fact]
    public void AnotherRule_IsTold()
        => Assert.Equal(
            ["Note RemovedRule Request: atLeastOne: A, B -> ", "Warning AddedRule Request:  -> atLeastOne: A, B, C"],
            Compare(Ruled("A: {}\nB: {}\nC: {}", "atLeastOne: [A, B]"), Ruled("A: {}\nB: {}\nC: {}", "atLeastOne: [A, B, C]")));

    [Theory]
    [InlineData("Note", "")]
    [InlineData("Breaking", "required: true")]
    public void ARequiredNode_BreaksOnlyCallsThatHaveItsContainer(string severity, string required)
        => Assert.Contains($"{severity} AddedNode Request.Box.Size:  -> Int", Compare(Tag("Job: {}", "Id: {}"), Tag($"Job: {{}}\nBox:\n{(required.Length == 0 ? "" : $"  {required}\n")}  nodes:\n    Size: {{ type: int, required: true }}", "Id: {}")));

    [Fact]
    public void ARequiredNode_InAContainerThatWasThere_Breaks()
        => Assert.Equal(
            ["Breaking AddedNode Request.Box.Size:  -> Int"],
            Compare(Tag("Box: { type: container }", "Id: {}"), Tag("Box:\n  nodes:\n    Size: { type: int, required: true }", "Id: {}")));

    [Theory]
    [InlineData("refersTo: Request.Cut of the page on templates", true)]
    [InlineData("refersTo: Request.Cut", true)]
    [InlineData("refersTo: Request.Paste of the page on templates", false)]
    [InlineData("sameAs: other#Request.Cut", false)]
    public void AReference_IsTheSameNode_WhateverPageIsNamed(string now, bool isSame)
        => Assert.Equal(
            isSame ? [] : ["Warning ChangedReference Request.Cut"],
            Compare(Tag("Cut: { sameAs: templates#Request.Cut }", "Id: {}"), Tag($"Cut: {{ type: container, {now} }}", "Id: {}")).Select(e => e.Split(':')[0]));

    private static string Ruled(string nodes, string rule)
        => $"kind: tag\ntag: Probe\nrequest:\n  nodes:\n{Yaml.Indent(nodes, 4)}  rules:\n    - {rule}\n";

    private static string Tag(string request, string response)
        => $"kind: tag\ntag: Probe\nrequest:\n  nodes:\n{Yaml.Indent(request, 4)}response:\n  nodes:\n{Yaml.Indent(response, 4)}";

    private static string[] Compare(string before, string after)
        => [.. SchemaDiff.Compare(Read(before), Read(after)).Select(e => $"{e.Severity} {e.Kind} {e.Path}: {e.Old} -> {e.New}")];

    private static IReadOnlyList<DriftNode> Read(string text)
    {
        ParseResult parsed = SchemaParser.Parse(new SchemaText("Probe.ci.yaml", text), TestContext.Current.CancellationToken);
        Assert.Empty(parsed.Problems);
        return DriftTreeReader.Read(parsed.Document!);
    }
}

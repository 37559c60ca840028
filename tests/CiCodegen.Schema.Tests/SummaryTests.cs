namespace CiCodegen.Schema.Tests;

/// <summary>What nodes mean, by the ends of their paths.</summary>
public sealed class SummaryTests
{
    private const string Shared =
        """
        kind: shared
        shapes:
          Place: { nodes: { X: {}, Y: { summary: its own } } }
        summaries:
          X: any X
          Place.X: the X of a place
          Inner.X: an inner X
          Operation.Inner.X: the inner X of the operation
          Inner: a container
          Object: not the envelope's
          Y: never

        """;

    private static readonly string s_tag = Yaml.Tag(
        """
        X: {}
        Inner: { nodes: { X: {} } }
        Deep: { nodes: { Inner: { nodes: { X: {} } } } }
        Named: { nodes: { X: { summary: its own } } }
        Use: { use: Place }
        Same: { sameAs: 'p#Request.Inner' }
        Again: { sameAs: Request.Operation.Inner }
        """);

    [Theory]
    [InlineData("X", "any X")]
    [InlineData("Inner", "a container")]
    [InlineData("Inner.X", "the inner X of the operation")]
    [InlineData("Deep.Inner.X", "an inner X")]
    [InlineData("Named.X", "its own")]
    [InlineData("Use.X", "the X of a place")]
    [InlineData("Use.Y", "its own")]
    [InlineData("Same.X", "an inner X")]
    [InlineData("Again.X", "the inner X of the operation")]
    public void TheLongestEndCounts_AfterWhatTheNodeSaysItself(string path, string summary)
    {
        SchemaSet set = Yaml.Load(("probe.ci.yaml", s_tag), ("shared/s.ci.yaml", Shared), ("pages/p.ci.yaml", "kind: page\npage: { id: p }\nrequest: { nodes: { Inner: { nodes: { X: {} } } } }\n"));
        Assert.Empty(set.Problems);
        TagModel tag = Assert.Single(set.Tags);
        Assert.Equal(summary, tag.Node("Request.Operation." + path).Summary);
        Assert.Equal("The key of the file in the bucket.", tag.Node("Request.Input.Object").Summary);
    }

    [Theory]
    [InlineData("summaries: [x]", 2, "summaries")]
    [InlineData("summaries: { A: [x] }", 2, "A")]
    [InlineData("summaries: { 'A.9b': x }", 2, "9b")]
    public void WhatIsNoSummary_IsAProblem(string text, int line, string what)
    {
        SchemaProblem problem = Assert.Single(SchemaParser.Parse(new SchemaText("s.ci.yaml", "kind: shared\n" + text + "\n"), CancellationToken.None).Problems);
        Assert.Equal(line, problem.Span.Line);
        Assert.Contains($"'{what}'", problem.ToString(), StringComparison.Ordinal);
    }
}

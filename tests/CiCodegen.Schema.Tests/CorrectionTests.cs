namespace CiCodegen.Schema.Tests;

public sealed class CorrectionTests
{
    private const string Page = "A: { type: int }\nP: { nodes: { X: {} } }";

    [Fact]
    public void Add_HangsNodesAndRules()
    {
        TagModel tag = Correct("- add: Request.Operation.P\n  reason: r\n  source: s\n  nodes: { Y: {} }\n  rules:\n    - atLeastOne: [X, Y]");
        NodeModel p = tag.Node("Request.Operation.P");
        Assert.Equal(["X", "Y"], p.Children.Select(c => c.Name));
        Assert.Equal("atLeastOne", Assert.Single(p.Rules).Kind);
    }

    [Fact]
    public void Change_SetsAndUnsetsFacts_AndKeepsTheDocsType()
    {
        NodeModel x = Correct("- change: Request.Operation.P.X\n  reason: r\n  source: s\n  set: { type: int }").Node("Request.Operation.P.X");
        Assert.Equal((LogicalType.Int32, "String"), (x.Type, x.WireType));
        NodeModel a = Correct("- change: Request.Operation.A\n  reason: r\n  source: s\n  unset: [type]").Node("Request.Operation.A");
        Assert.Equal(LogicalType.String, a.Type);
    }

    [Fact]
    public void RemoveRenameMove_ChangeTheTree()
    {
        Assert.Null(Correct("- remove: Request.Operation.A\n  reason: r\n  source: s").Request.Child("Operation")!.Child("A"));
        Assert.Equal(LogicalType.Int32, Correct("- rename: Request.Operation.A\n  to: B\n  reason: r\n  source: s").Node("Request.Operation.B").Type);
        Assert.Equal(LogicalType.Int32, Correct("- move: Request.Operation.A\n  to: Request.Operation.P\n  reason: r\n  source: s").Node("Request.Operation.P.A").Type);
    }

    [Theory]
    [InlineData("- change: Request.Operation.B\n  reason: r\n  source: s\n  set: { type: int }", 4)]
    [InlineData("- change: Request.Operation.A\n  reason: r\n  source: s\n  set: { type: int }", 7)]
    [InlineData("- change: Request.Operation.A\n  reason: r\n  source: s\n  unset: [range]", 7)]
    [InlineData("- add: Request.Operation.P\n  reason: r\n  source: s\n  nodes: { X: {} }", 7)]
    [InlineData("- remove: Operation.A\n  reason: r\n  source: s", 4)]
    [InlineData("- rename: Request.Operation.A\n  to: P\n  reason: r\n  source: s", 5)]
    [InlineData("- move: Request.Operation.A\n  to: Request.Operation.Q\n  reason: r\n  source: s", 5)]
    [InlineData("- remove: Request\n  reason: r\n  source: s", 4)]
    [InlineData("- rename: Response\n  to: B\n  reason: r\n  source: s", 4)]
    public void CorrectionThatMatchesNothing_IsAProblemInTheCorrection(string entry, int line)
    {
        SchemaProblem problem = Load(entry).Problems.Single();
        Assert.Equal(("CICG2010", "c.ci.yaml", line), (problem.Id, problem.Path, problem.Span.Line));
    }

    [Fact]
    public void CorrectionForAnUnknownTag_IsAWarning()
    {
        SchemaSet set = Yaml.Load(("t.ci.yaml", Yaml.Tag("A: {}", "Prob")), ("c.ci.yaml", "kind: correction\ntag: Probe\ncorrections: []\n"));
        SchemaProblem problem = Assert.Single(set.Problems);
        Assert.Equal(("CICG2011", ProblemSeverity.Warning), (problem.Id, problem.Descriptor.Severity));
        Assert.Contains("Did you mean 'Prob'?", problem.Message, StringComparison.Ordinal);
    }

    private static TagModel Correct(string entry)
    {
        SchemaSet set = Load(entry);
        Assert.Empty(set.Problems);
        return set.Tags.Single();
    }

    private static SchemaSet Load(string entry)
        => Yaml.Load(("t.ci.yaml", Yaml.Tag(Page)), ("c.ci.yaml", $"kind: correction\ntag: Probe\ncorrections:\n{Yaml.Indent(entry, 2)}"));
}

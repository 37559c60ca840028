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

    [Fact]
    public void WhatTheEnvelopeBrings_CanBeCorrected()
    {
        TagModel tag = Correct(
            """
            - change: Request.CallBack
              reason: r
              source: s
              set: { maxLength: 5 }
              unset: [overrides]
            - remove: Request.CallBackType
              reason: r
              source: s
            - change: Request.CallBackMqConfig
              reason: r
              source: s
              unset: [required]
            - rename: Request.CallBackFormat
              to: Format
              reason: r
              source: s
            - move: Request.Format
              to: Request.Input
              reason: r
              source: s
            - add: Request.Input
              reason: r
              source: s
              nodes: { Bucket: {} }
            - change: Request.Input.Bucket
              reason: r
              source: s
              set: { required: true }
            """);
        Assert.Equal((5, null), (tag.Node("Request.CallBack").MaxLength, tag.Node("Request.CallBack").Overrides));
        Assert.Null(tag.Request.Child("CallBackType"));
        Assert.Equal(["Object", "Format", "Bucket"], tag.Node("Request.Input").Children.Select(c => c.Name));
        Assert.Equal("XML", tag.Node("Request.Input.Format").Default);
        Assert.True(tag.Node("Request.Input.Bucket").IsRequired);
    }

    [Fact]
    public void APartOfAStructure_CanBeCorrected_AndIsNoLongerTheSharedType()
    {
        TagModel tag = Correct("- change: Request.CallBackMqConfig.MqName\n  reason: r\n  source: s\n  set: { maxLength: 9 }");
        NodeModel queue = tag.Node("Request.CallBackMqConfig");
        Assert.Equal((false, "ProbeCallBackMqConfig", 9), (queue.IsShared, queue.Shape, queue.Child("MqName")!.MaxLength));
        Assert.Equal(["MqRegion", "MqMode", "MqName"], queue.Children.Select(c => c.Name));
        Assert.Equal("CallBackType == TDMQ", queue.RequiredWhen?.Text);
    }

    [Theory]
    [InlineData("- remove: Request.Operation.A\n  set: { type: int }")]
    [InlineData("- change: Request.Operation.A\n  set: { maxLength: 1 }\n  nodes: { B: {} }")]
    [InlineData("- add: Request.Operation.P\n  nodes: { B: {} }\n  unset: [type]")]
    [InlineData("- change: Request.Operation.A\n  unset: [type]\n  to: B")]
    [InlineData("- rename: Request.Operation.A\n  to: B\n  rules: [{ exclusive: [A, P] }]")]
    public void KeyThatTheCorrectionHasNoUseFor_IsAProblem(string entry)
    {
        SchemaProblem problem = Assert.Single(Load(entry + "\n  reason: r\n  source: s").Problems, p => p.Id != "CICG2011");
        Assert.Equal(("CICG2007", "c.ci.yaml"), (problem.Id, problem.Path));
        Assert.InRange(problem.Span.Line, 5, 6);
    }

    [Fact]
    public void RenamedNode_KeepsItsRules()
    {
        SchemaSet set = Yaml.Load(
            ("t.ci.yaml", Yaml.Tag(Page, rules: "- atLeastOne: [A, P]")),
            ("c.ci.yaml", "kind: correction\ntag: Probe\ncorrections: [{ rename: Request.Operation.A, to: B, reason: r, source: s }]\n"));
        Assert.Empty(set.Problems);
        Assert.Equal(["B", "P"], Assert.Single(set.Tags.Single().Node("Request.Operation").Rules).Nodes);
    }

    [Fact]
    public void Rules_CanBeRemoved()
    {
        const string Rules = "- atLeastOne: [A, P]\n- exclusive: [A, P]\n  when: A";
        SchemaSet set = Yaml.Load(
            ("t.ci.yaml", Yaml.Tag(Page, rules: Rules)),
            ("c.ci.yaml", "kind: correction\ntag: Probe\ncorrections:\n  - remove: Request.Operation\n    rules: [{ exclusive: [A, P], when: A }]\n    reason: r\n    source: s\n"));
        Assert.Empty(set.Problems);
        Assert.Equal("atLeastOne", Assert.Single(set.Tags.Single().Node("Request.Operation").Rules).Kind);
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
    [InlineData("- remove: Request.Operation\n  reason: r\n  source: s\n  rules: [{ exclusive: [A, P] }]", 7)]
    [InlineData("- change: Request.CallBackMqConfig.MqNam\n  reason: r\n  source: s\n  set: { maxLength: 9 }", 4)]
    [InlineData("- change: Parameters.A\n  reason: r\n  source: s\n  set: { maxLength: 9 }", 4)]
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

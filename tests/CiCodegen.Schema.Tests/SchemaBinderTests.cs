namespace CiCodegen.Schema.Tests;

public sealed class SchemaBinderTests
{
    [Fact]
    public void TagFromNothing_GetsTheEnvelope()
    {
        TagModel tag = Yaml.Bind("kind: tag\ntag: Probe\n");
        Assert.Equal(("media", "POST", "/jobs"), (tag.Family, tag.Method, tag.Path));
        Assert.Equal(["Tag", "Input", "Operation", "CallBackFormat", "CallBackType", "CallBack", "CallBackMqConfig"], tag.Request.Children.Select(c => c.Name));
        Assert.Equal("Probe", tag.Node("Request.Tag").Const);
        Assert.Equal("CallBackType == TDMQ", tag.Node("Request.CallBackMqConfig").RequiredWhen?.Text);
        Assert.Equal(LogicalType.Time, tag.Node("Response.JobsDetail.StartTime").Type);
        Assert.True(tag.Node("Response.JobsDetail").IsMany);
    }

    [Fact]
    public void OptInNodes_ComeWhenListedOrAskedFor()
    {
        Assert.Null(Yaml.Bind("kind: tag\ntag: Probe\n").Request.Child("QueueId"));
        Assert.NotNull(Yaml.Bind("kind: tag\ntag: Probe\noptIn: [Request.QueueId]\n").Request.Child("QueueId"));
        NodeModel level = Yaml.Bind(Yaml.Tag("JobLevel: { enum: [0, 1, 2] }")).Node("Request.Operation.JobLevel");
        Assert.Equal(("JobLevel", true, "0"), (level.Enum!.Name, level.Enum.IsShared, level.Default));
    }

    [Fact]
    public void Without_TakesAnEnvelopeNodeAway()
        => Assert.Null(Yaml.Bind("kind: tag\ntag: Probe\nwithout: [Request.CallBackMqConfig]\n").Request.Child("CallBackMqConfig"));

    [Fact]
    public void OptInThatTheEnvelopeDoesNotHave_IsAProblem()
        => Assert.Equal("CICG2005", Yaml.Problem("kind: tag\ntag: Probe\noptIn: [Request.QueuId]\n").Id);

    [Fact]
    public void EnumWithOtherValuesThanTheSharedOne_GetsATypeOfItsOwn()
    {
        EnumModel type = Yaml.Bind("kind: tag\ntag: Probe\nrequest:\n  nodes:\n    CallBackType: { enum: [Url, TDMQ, Kafka] }\n").Node("Request.CallBackType").Enum!;
        Assert.Equal(("ProbeRequestCallBackType", false), (type.Name, type.IsShared));
    }

    [Fact]
    public void SameAs_RepeatsTheSubtreeUnderOneType()
    {
        TagModel tag = Yaml.Bind(Yaml.Tag("P: { nodes: { A: {}, B: { type: int } } }") + "response:\n  nodes:\n    JobsDetail:\n      nodes:\n        Operation:\n          nodes:\n            P: { sameAs: Request.Operation.P }\n");
        NodeModel copy = tag.Node("Response.JobsDetail.Operation.P");
        Assert.Equal(["A", "B"], copy.Children.Select(c => c.Name));
        Assert.Equal(tag.Node("Request.Operation.P").Shape, copy.Shape);
    }

    [Fact]
    public void SameAs_InAResponse_KeepsTheRulesOfTheRequest()
    {
        TagModel tag = Yaml.Bind(
            Yaml.Tag("P: { nodes: { A: { required: true }, B: { nodes: { C: { required: D }, D: {} } } } }")
            + "response:\n  nodes:\n    JobsDetail:\n      nodes:\n        Operation:\n          nodes:\n            P: { sameAs: Request.Operation.P }\n            Q: { required: true }\n");
        NodeModel copy = tag.Node("Response.JobsDetail.Operation.P");
        Assert.Equal(tag.Node("Request.Operation.P").Children, copy.Children);
        Assert.True(copy.Child("A")!.IsRequired);
        Assert.False(tag.Node("Response.JobsDetail.Operation.Q").IsRequired);
    }

    [Theory]
    [InlineData("A: { sameAs: Request.Operation.B }", "CICG2005")]
    [InlineData("A: { sameAs: Request.Operation }", "CICG2006")]
    [InlineData("A: { sameAs: Request.Operation.B }\nB: { sameAs: Request.Operation.A }", "CICG2006")]
    [InlineData("A: { use: Nowhere }", "CICG2005")]
    [InlineData("A: { required: B == 1 }", "CICG2005")]
    [InlineData("A: { required: B == }\nB: {}", "CICG2009")]
    [InlineData("A: { required: B == x }\nB: { many: true }", "CICG2009")]
    [InlineData("A: { required: B == x }\nB: { nodes: { C: {} } }", "CICG2009")]
    [InlineData("A: { required: B.C == x }\nB: { many: true, nodes: { C: {} } }", "CICG2009")]
    [InlineData("A: { required: B == x }\nB: { type: int }", "CICG2009")]
    [InlineData("A: { required: B == x }\nB: { type: time }", "CICG2009")]
    [InlineData("A: { required: B == yes }\nB: { type: bool }", "CICG2009")]
    [InlineData("A: { required: B == z }\nB: { enum: [x, y] }", "CICG2009")]
    [InlineData("A: { type: int, range: 5 }", "CICG2008")]
    [InlineData("A: { type: int, range: '[5, 1]' }", "CICG2008")]
    [InlineData("A: { range: '[1, 5]' }", "CICG2007")]
    [InlineData("A: { type: int, maxLength: 3 }", "CICG2007")]
    [InlineData("A: { maxItems: 3 }", "CICG2007")]
    [InlineData("A: { minLength: 4, maxLength: 3 }", "CICG2007")]
    [InlineData("A: { enum: [x, y], default: z }", "CICG2007")]
    [InlineData("A: { type: bool, default: no }", "CICG2007")]
    [InlineData("A: { type: int, range: '(0, 5]', default: 0 }", "CICG2007")]
    [InlineData("A: { type: enum }", "CICG2007")]
    [InlineData("A: { type: string, nodes: { B: {} } }", "CICG2007")]
    [InlineData("A: { type: string, enum: [x] }", "CICG2007")]
    [InlineData("a_b: {}\nA-B: {}", "CICG2012")]
    [InlineData("A: { enum: [h.264, H264] }", "CICG2012")]
    [InlineData("A: { shape: S, nodes: { X: {} } }\nB: { shape: S, nodes: { Y: {} } }", "CICG2004")]
    [InlineData("A: { shape: S, nodes: { X: {} } }\nB: { enum: [x], enumName: S }", "CICG2004")]
    [InlineData("AX: { enum: [x] }\nA: { nodes: { X: { nodes: { Y: {} } } } }", "CICG2004")]
    [InlineData("A: { enum: [x], enumName: ProbeRequest }", "CICG2004")]
    [InlineData("A: { shape: '1S', nodes: { X: {} } }", "CICG2003")]
    [InlineData("A: { shape: TReader, nodes: { X: {} } }", "CICG2003")]
    [InlineData("A: { enum: [x], enumName: TWriter }", "CICG2003")]
    public void Contradiction_IsAProblemWithAPlace(string nodes, string id)
    {
        SchemaSet set = Yaml.Load(("probe.ci.yaml", Yaml.Tag(nodes)));
        Assert.All(set.Problems, p => Assert.True(p.Span.Line >= 7, p.ToString()));
        Assert.Contains(set.Problems, p => p.Id == id);
        Assert.Empty(set.Tags);
    }

    [Theory]
    [InlineData("- atLeastOne: [A]", "CICG2007")]
    [InlineData("- atLeastOne: [A, C]", "CICG2005")]
    [InlineData("- notAllFalse: [A, B]", "CICG2007")]
    [InlineData("- atLeastTwo: [A, B]", "CICG1005")]
    public void BadRule_IsAProblem(string rule, string id)
        => Assert.Contains(Yaml.Load(("probe.ci.yaml", Yaml.Tag("A: {}\nB: {}", rules: rule))).Problems, p => p.Id == id);

    [Theory]
    [InlineData("[0, 100]", "0", true, "100", true)]
    [InlineData("(0,3600]", "0", false, "3600", true)]
    [InlineData("[-99, 1.5)", "-99", true, "1.5", false)]
    [InlineData("[0, video duration]", "0", true, null, true)]
    public void Range_KnowsItsEnds(string text, string? min, bool minInclusive, string? max, bool maxInclusive)
    {
        RangeModel range = RangeParser.Parse(text)!;
        Assert.Equal((min, minInclusive, max, maxInclusive), (range.Min, range.MinInclusive, range.Max, range.MaxInclusive));
    }

    [Theory]
    [InlineData("Foo: { nodes: { A: { use: Foo }, B: { use: Foo } } }", "CICG2006")]
    [InlineData("Foo: { nodes: { A: { use: Bar } } }\n  Bar: { nodes: { A: { use: Foo } } }", "CICG2006")]
    public void SharedShapeThatUsesItself_IsAProblemAtOnce(string shapes, string id)
    {
        SchemaSet set = Yaml.Load(("probe.ci.yaml", Yaml.Tag("P: { use: Foo }")), ("shapes.ci.yaml", $"kind: shared\nshapes:\n  {shapes}\n"));
        Assert.All(set.Problems, p => Assert.Equal((id, "shapes.ci.yaml"), (p.Id, p.Path)));
        Assert.InRange(set.Problems.Count, 1, 2);
    }

    [Fact]
    public void SharedShapesThatDoubleAtEachLevel_PassALimit()
    {
        string shapes = string.Concat(Enumerable.Range(0, 30).Select(i => $"  S{i}: {{ nodes: {{ A: {{ use: S{i + 1} }}, B: {{ use: S{i + 1} }} }} }}\n")) + "  S30: { nodes: { X: {} } }\n";
        SchemaSet set = Yaml.Load(("probe.ci.yaml", Yaml.Tag("P: { use: S0 }")), ("shapes.ci.yaml", "kind: shared\nshapes:\n" + shapes));
        Assert.Equal("CICG1004", Assert.Single(set.Problems).Id);
    }

    [Fact]
    public void Operation_IsAContainerEvenWhenATagListsNothingInIt()
    {
        TagModel tag = Yaml.Bind("kind: tag\ntag: Probe\n");
        Assert.Equal(LogicalType.Container, tag.Node("Request.Operation").Type);
        Assert.Equal(LogicalType.Container, tag.Node("Response.JobsDetail.Operation").Type);
    }

    [Fact]
    public void NamesLikeOurOwnMembers_AreMovedAside()
    {
        TagModel tag = Yaml.Bind(Yaml.Tag("Read: {}\nProbeOperation: {}\nToString: {}"));
        Assert.Equal(["ReadValue", "ProbeOperationValue", "ToStringValue"], tag.Request.Child("Operation")!.Children.Select(c => c.Member));
    }

    [Fact]
    public void NodesWithoutAny_AreAContainer()
    {
        TagModel tag = Yaml.Bind(Yaml.Tag("A: { nodes: {} }\nB: {}\nC: { many: true, nodes: {} }"));
        Assert.Equal([LogicalType.Container, LogicalType.String, LogicalType.Container], tag.Request.Child("Operation")!.Children.Select(c => c.Type));
    }

    [Fact]
    public void ValuesLikeOurOwnMembers_AreMovedAside()
    {
        TagModel tag = Yaml.Bind(Yaml.Tag("Mode: { enum: [Known, Mode, a], enumName: Mode }\nKind: { enum: { 1: Text, 2: Equals, 3: Kind, 4: Image }, enumName: Kind }\nOf: { enum: { 1: op_Implicit, 2: get_Text, c: Clone, d: Copy } }"));
        Assert.Equal(["KnownValue", "ModeValue", "A"], tag.Node("Request.Operation.Mode").Enum!.Values.Select(v => v.Member));
        Assert.Equal(["TextValue", "EqualsValue", "KindValue", "Image"], tag.Node("Request.Operation.Kind").Enum!.Values.Select(v => v.Member));
        Assert.Equal(["op_ImplicitValue", "get_TextValue", "CloneValue", "Copy"], tag.Node("Request.Operation.Of").Enum!.Values.Select(v => v.Member));
    }

    [Fact]
    public void CommentAndOrderOfFiles_DoNotChangeTheModel()
    {
        string text = Yaml.Tag("A: { type: int }");
        Assert.Equal(Yaml.Bind(text), Yaml.Bind("# a comment\n\n" + text));
    }
}

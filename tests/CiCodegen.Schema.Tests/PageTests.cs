namespace CiCodegen.Schema.Tests;

public sealed class PageTests
{
    private const string Template = """
        kind: page
        page: { id: template, date: 2025-01-01 }
        tag: Probe
        operation: CreateTemplate
        http: PUT /template
        parameters: { nodes: { ids: { required: true } } }
        request:
          nodes:
            Video:
              shape: TemplateVideo
              summary: The video stream.
              nodes:
                Codec: { enum: [H.264, AV1], enumName: TemplateCodec, default: H.264 }
                Width: { type: int, range: '[128, 4096]', validWhen: Codec == H.264 }
                Sub: { sameAs: Request.Sub }
              rules:
                - atLeastOne: [Codec, Width]
            Sub: { nodes: { A: {}, B: { type: bool }, C: { nodes: { D: {}, E: {} } } } }

        """;

    [Fact]
    public void Page_IsBoundWithoutEnvelope_AndClaimsNoTag()
    {
        SchemaSet set = Yaml.Load(("template.ci.yaml", Template), ("probe.ci.yaml", Yaml.Tag("A: {}")));
        Assert.Empty(set.Problems);
        PageModel page = Assert.Single(set.Pages);
        Assert.Equal(("template", "2025-01-01", "Probe", "CreateTemplate", "PUT /template"), (page.PageId, page.PageDate, page.Tag, page.Operation, page.Http));
        Assert.Equal(["Video", "Sub"], page.Request!.Children.Select(c => c.Name));
        Assert.True(page.Parameters!.Child("ids")!.IsRequired);
        Assert.Null(page.Response);
        Assert.Same(page, set.FindPage("template"));
    }

    [Fact]
    public void SameAs_OfAnotherPage_IsAtHomeWhereItIsTakenOver()
    {
        TagModel tag = Bind("V: { sameAs: 'template#Request.Video' }\nS: { sameAs: 'template#Request.Sub' }");
        NodeModel video = tag.Node("Request.Operation.V");
        Assert.Equal(("ProbeOperationV", false, "The video stream."), (video.Shape, video.IsShared, video.Summary));
        Assert.Equal(["Codec", "Width", "Sub"], video.Children.Select(c => c.Name));
        Assert.Equal("ProbeOperationVCodec", video.Child("Codec")!.Enum!.Name);
        Assert.Equal("ProbeOperationVSub", video.Child("Sub")!.Shape);
        Assert.Equal("Codec == H.264", video.Child("Width")!.ValidWhen!.Text);
        Assert.Equal("atLeastOne", Assert.Single(video.Rules).Kind);
    }

    [Fact]
    public void WhatStandsBesideSameAs_ComesFirst()
    {
        TagModel tag = Bind(
            """
            V:
              sameAs: template#Request.Video
              except: [Codec, Sub.C.D]
              summary: Ours.
              nodes:
                Width: { required: Extra, range: '[1, 2]', validWhen: Extra }
                Extra: {}
              rules:
                - exclusive: [Width, Extra]
            """);
        NodeModel video = tag.Node("Request.Operation.V");
        Assert.Equal(["Width", "Sub", "Extra"], video.Children.Select(c => c.Name));
        Assert.Equal(("Ours.", "Extra", "[1, 2]", LogicalType.Int32), (video.Summary, video.Child("Width")!.RequiredWhen!.Text, video.Child("Width")!.Range!.Text, video.Child("Width")!.Type));
        Assert.Equal(["A", "B", "C"], video.Child("Sub")!.Children.Select(c => c.Name));
        Assert.Equal(["E"], tag.Node("Request.Operation.V.Sub.C").Children.Select(c => c.Name));

        // A rule of the page about nodes that are not taken over goes with them.
        Assert.Equal(["exclusive"], video.Rules.Select(r => r.Kind));
    }

    [Fact]
    public void Except_WorksBesideUse_AndTheTypeIsNoLongerShared()
    {
        NodeModel queue = Bind("Q: { use: CallBackMqConfig, except: [MqMode] }").Node("Request.Operation.Q");
        Assert.Equal((false, "ProbeOperationQ"), (queue.IsShared, queue.Shape));
        Assert.Equal(["MqRegion", "MqName"], queue.Children.Select(c => c.Name));
    }

    [Fact]
    public void SameAs_MayBeOfAScalar()
    {
        NodeModel width = Bind("W: { sameAs: 'template#Request.Video.Width', validWhen: C }\nC: {}").Node("Request.Operation.W");
        Assert.Equal((LogicalType.Int32, "[128, 4096]", "C"), (width.Type, width.Range?.Text, width.ValidWhen?.Text));
    }

    [Fact]
    public void SameAs_ReachesThroughStructures()
    {
        TagModel tag = Bind("M: { use: CallBackMqConfig }\nN: { sameAs: Request.Operation.M.MqMode }\nA: { sameAs: 'template#Request.Video.Sub.C' }\nB: { sameAs: Request.CallBackMqConfig }");
        Assert.Equal(["Topic", "Queue"], tag.Node("Request.Operation.N").Enum!.Values.Select(v => v.Text));
        Assert.Equal(["D", "E"], tag.Node("Request.Operation.A").Children.Select(c => c.Name));
        Assert.Equal(("CallBackMqConfig", true), (tag.Node("Request.Operation.B").Shape, tag.Node("Request.Operation.B").IsShared));
    }

    [Fact]
    public void ATagsOwnPage_AndASharedOne_CanBeReferredTo()
    {
        SchemaSet set = Yaml.Load(
            ("probe.ci.yaml", Yaml.Tag("P: { sameAs: 'other#Request.Operation.X' }\nI: { sameAs: 'other#Request.Input' }\nL: { sameAs: 'structures#Loc' }\nW: { sameAs: 'structures#Loc.Size' }")),
            ("other.ci.yaml", "page: { id: other }\n" + Yaml.Tag("X: { nodes: { A: {}, B: {} } }", "Other")),
            ("shapes.ci.yaml", "kind: shared\npage: { id: structures }\nshapes:\n  Loc: { nodes: { Size: { nodes: { W: {} } } } }\n"),
            ("c.ci.yaml", "kind: correction\ntag: Other\ncorrections:\n  - change: Request.Operation.X.A\n    set: { type: int }\n    reason: r\n    source: s\n"));
        Assert.Empty(set.Problems);
        TagModel tag = set.Find("Probe")!;
        Assert.Equal(LogicalType.Int32, tag.Node("Request.Operation.P.A").Type);
        Assert.NotNull(tag.Node("Request.Operation.I").Child("Object"));
        Assert.Equal(["ProbeOperationL", "ProbeOperationW"], ["" + tag.Node("Request.Operation.L").Shape, "" + tag.Node("Request.Operation.W").Shape]);
    }

    [Fact]
    public void Page_CanBeCorrected()
    {
        SchemaSet set = Yaml.Load(
            ("template.ci.yaml", Template), ("probe.ci.yaml", Yaml.Tag("V: { sameAs: 'template#Request.Video' }")),
            ("c.ci.yaml", "kind: correction\npage: template\ncorrections:\n  - rename: Request.Video.Width\n    to: Breadth\n    reason: r\n    source: s\n  - change: Parameters.ids\n    set: { maxLength: 5 }\n    reason: r\n    source: s\n"));
        Assert.Empty(set.Problems);
        Assert.NotNull(set.Find("Probe")!.Node("Request.Operation.V").Child("Breadth"));
        Assert.Equal(5, set.Pages.Single().Parameters!.Child("ids")!.MaxLength);
    }

    [Theory]
    [InlineData("A: { sameAs: 'templat#Request.Video' }", "CICG2005", "Did you mean 'template'?")]
    [InlineData("A: { sameAs: 'template#Request.Vidio' }", "CICG2005", "Did you mean 'Video'?")]
    [InlineData("A: { sameAs: 'template#Video' }", "CICG2005", "A path begins with")]
    [InlineData("A: { sameAs: 'template#Request.Video', except: [Codek] }", "CICG2005", "Did you mean 'Codec'?")]
    [InlineData("A: { sameAs: 'template#Request.Video', except: [Sub.X] }", "CICG2005", "'X'")]
    [InlineData("A: { sameAs: 'template#Request.Video', use: CallBackMqConfig }", "CICG2007", "not both")]
    [InlineData("A: { nodes: { B: {} }, except: [B] }", "CICG2007", "'except'")]
    public void BadReference_IsAProblemAtItsPlace(string nodes, string id, string said)
    {
        SchemaSet set = Yaml.Load(("template.ci.yaml", Template), ("probe.ci.yaml", Yaml.Tag(nodes)));
        SchemaProblem problem = Assert.Single(set.Problems);
        Assert.Equal((id, "probe.ci.yaml", 7), (problem.Id, problem.Path, problem.Span.Line));
        Assert.Contains(said, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("page: { id: p }", null)]
    [InlineData("", "CICG1007")]
    [InlineData("page: p", "CICG1006")]
    [InlineData("page: { date: 2020-01-01 }", "CICG1007")]
    [InlineData("page: { id: p }\nhttp: template", "CICG1006")]
    [InlineData("page: { id: p }\ntag: 'No Tag'", "CICG2003")]
    [InlineData("page: { id: p }\nenvelope: jobs", "CICG1005")]
    [InlineData("page: { id: p }\nrequest: { nodes: { A: { required: B } } }", "CICG2005")]
    [InlineData("page: { id: p }\nrequest: { nodes: { A: { sameAs: Request.B }, B: { sameAs: Request.A } } }", "CICG2006")]
    [InlineData("page: { id: p }\nrequest: { nodes: { A: { sameAs: 'p#Request.A' } } }", "CICG2006")]
    [InlineData("page: { id: template }", "CICG2014")]
    public void PageFile_IsCheckedLikeATag(string text, string? id)
    {
        SchemaSet set = Yaml.Load(("a.ci.yaml", Template), ("p.ci.yaml", $"kind: page\n{text}\n"));
        Assert.All(set.Problems, p => Assert.Equal((id, "p.ci.yaml"), (p.Id, p.Path)));
        Assert.Equal(id is null, set.Problems.Count == 0);
    }

    [Fact]
    public void PagesThatReferToOneAnother_EndInADiagnostic()
    {
        SchemaSet set = Yaml.Load(
            ("a.ci.yaml", "kind: page\npage: { id: a }\nrequest: { nodes: { X: { sameAs: 'b#Request.X' } } }\n"),
            ("b.ci.yaml", "kind: page\npage: { id: b }\nrequest: { nodes: { X: { sameAs: 'a#Request.X' } } }\n"),
            ("c.ci.yaml", "kind: page\npage: { id: c }\nrequest: { nodes: { X: { nodes: { Y: { sameAs: 'd#Request' } } } } }\n"),
            ("d.ci.yaml", "kind: page\npage: { id: d }\nrequest: { nodes: { X: { sameAs: 'c#Request.X' } } }\n"));
        Assert.NotEmpty(set.Problems);
        Assert.All(set.Problems, p => Assert.Equal("CICG2006", p.Id));
    }

    [Fact]
    public void OwnPage_ComesBeforeTheBundledOne()
    {
        SchemaText[] texts = [new("own.ci.yaml", "kind: page\npage: { id: p }\nrequest: { nodes: { A: {} } }\n"), new("b.ci.yaml", "kind: page\npage: { id: p }\nrequest: { nodes: { B: {} } }\n", IsBundled: true)];
        SchemaSet set = SchemaSet.Load(texts, CancellationToken.None);
        Assert.Empty(set.Problems);
        Assert.NotNull(Assert.Single(set.Pages).Request!.Child("A"));
    }

    [Theory]
    [InlineData("source: wire", null)]
    [InlineData("source: air", "CICG1008")]
    [InlineData("source: wire\npage: { id: p }", "CICG2007")]
    public void Source_SaysThatNoPageExists(string text, string? id)
    {
        SchemaSet set = Yaml.Load(("probe.ci.yaml", $"kind: tag\ntag: Probe\n{text}\n"));
        Assert.Equal(id, set.Problems.SingleOrDefault()?.Id);
    }

    [Theory]
    [InlineData("P: { use: S, nodes: { Q: { use: S } } }")]
    [InlineData("P: { use: S, nodes: { A: { nodes: { Q: { use: S, nodes: { R: { use: S } } } } } } }")]
    public void StructureWithinItself_ByTheUsersOwnNodes_IsNotCircular(string nodes)
    {
        SchemaSet set = Yaml.Load(("probe.ci.yaml", Yaml.Tag(nodes)), ("shapes.ci.yaml", "kind: shared\nshapes:\n  S: { nodes: { A: { nodes: { B: {} } } } }\n"));
        Assert.Empty(set.Problems);
    }

    [Fact]
    public void ABundledFile_RefersToTheBundledOne_WhoeverHasItsPlace()
    {
        const string Page = "kind: tag\ntag: Shown\npage: { id: shown }\nrequest: { nodes: { Operation: { nodes: { P: { nodes: { A: {} } } } } } }\n";
        const string Correction = "kind: correction\ntag: Shown\ncorrections:\n  - add: [Request.Operation.P]\n    reason: a\n    source: b\n    nodes: { B: {} }\n";
        const string Shared = "kind: shared\nshapes:\n  Less: { sameAs: 'shown#Request.Operation.P', except: [B] }\n";
        SchemaText[] files =
        [
            new("own/shown.ci.yaml", Page),
            new("own/probe.ci.yaml", Yaml.Tag("S: { sameAs: 'shown#Request.Operation.P' }\nL: { use: Less }")),
            new("tags/shown.ci.yaml", Page, IsBundled: true),
            new("corrections/shown.ci.yaml", Correction, IsBundled: true),
            new("shared/less.ci.yaml", Shared, IsBundled: true),
            new("shared/Envelope.ci.yaml", CiCodegen.Tests.Repository.SchemaFile("shared/Envelope.ci.yaml"), IsBundled: true),
            new("shared/JobStructures.ci.yaml", CiCodegen.Tests.Repository.SchemaFile("shared/JobStructures.ci.yaml"), IsBundled: true),
        ];

        SchemaSet set = SchemaSet.Load(files, CancellationToken.None);

        Assert.Equal("CICG3002", Assert.Single(set.Problems).Id);
        Assert.Equal(["A"], set.Find("Shown")!.Node("Request.Operation.P").Children.Select(c => c.Name));
        Assert.Equal(["A"], set.Find("Probe")!.Node("Request.Operation.S").Children.Select(c => c.Name));
        Assert.Equal(["A"], set.Find("Probe")!.Node("Request.Operation.L").Children.Select(c => c.Name));
    }

    private static TagModel Bind(string nodes)
    {
        SchemaSet set = Yaml.Load(("template.ci.yaml", Template), ("probe.ci.yaml", Yaml.Tag(nodes)));
        Assert.Empty(set.Problems);
        return set.Tags.Single();
    }
}

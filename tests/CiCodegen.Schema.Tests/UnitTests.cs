namespace CiCodegen.Schema.Tests;

/// <summary>What is compiled beside Tags: templates and operations.</summary>
public sealed class UnitTests
{
    private const string Template = """
        kind: template
        tag: Probe
        request: { nodes: { Probe: { required: true, nodes: { Level: { type: int, range: '[1, 3]' } } } } }
        response: { nodes: { Template: { nodes: { Probe: { sameAs: Request.Probe } } } } }

        """;

    private const string Operation = """
        kind: operation
        operation: DescribeProbe
        http: 'GET /probe/{ProbeId}?detail'
        parameters: { nodes: { ProbeId: { required: true }, fields: { many: true } } }
        response: { nodes: { State: {} } }

        """;

    [Fact]
    public void Template_HasItsEnvelope_AndTypesOfItsOwn()
    {
        TagModel template = Bind(Template);

        Assert.Equal((SchemaUnit.Template, "Probe", "ProbeTemplate", "POST", "/template"), (template.Unit, template.Tag, template.Name, template.Method, template.Path));
        Assert.Equal(["Tag", "Name", "Probe"], template.Request.Children.Select(c => c.Name).OrderBy(n => n == "Probe").ThenBy(n => n == "Name"));
        Assert.Equal("Probe", template.Node("Request.Tag").Const);
        NodeModel made = template.Node("Response.Template");
        Assert.Equal(("ProbeTemplate", true), (made.Shape, made.IsRuntime));
        Assert.Equal(("ProbeTemplate", true), (template.Node("Response.TemplateList").Shape, template.Node("Response.TemplateList").IsMany));
        Assert.Equal("ProbeTemplateProbe", template.Node("Response.Template.Probe").Shape);
    }

    [Fact]
    public void TemplateAndTag_StandSideBySide()
    {
        SchemaSet set = Yaml.Load(("template.ci.yaml", Template), ("probe.ci.yaml", Yaml.Tag("A: {}")));

        Assert.Empty(set.Problems);
        Assert.Equal(["create", "describe", "list", "cancel", "multi", "template"], set.VerbsOf(Assert.Single(set.Tags)));
        Assert.Equal(["template"], set.VerbsOf(Assert.Single(set.Templates)));
        Assert.Equal(2, set.Units.Count);
    }

    [Fact]
    public void TwoTemplatesOfOneTag_AreAnError()
        => Assert.Equal("CICG2001", Assert.Single(Yaml.Load(("a.ci.yaml", Template), ("b.ci.yaml", Template)).Problems).Id);

    [Theory]
    [InlineData("envelope: none\n", "Template")]
    [InlineData("without: [Response.TotalCount]\n", "TotalCount")]
    [InlineData("without: [Response.TemplateList]\n", "TemplateList")]
    public void WhatTheRuntimeNeedsOfTemplates_CannotBeTakenAway(string line, string missing)
    {
        SchemaProblem problem = Assert.Single(Yaml.Load(("template.ci.yaml", Template + line)).Problems);

        Assert.Equal("CICG2007", problem.Id);
        Assert.Contains($"'{missing}'", problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Operation_HasNoEnvelope_AndTheRootsThatItHas()
    {
        TagModel operation = Bind(Operation);

        Assert.Equal((SchemaUnit.Operation, "DescribeProbe", "GET", "/probe/{ProbeId}?detail"), (operation.Unit, operation.Name, operation.Method, operation.Path));
        Assert.Equal(["DescribeProbeParameters", "DescribeProbeResponse"], operation.Roots.Select(r => r.Shape));
        Assert.Null(operation.Request.Shape);
        Assert.Equal(["ProbeId"], PathParameters.Of(operation.Path));
    }

    [Theory]
    [InlineData("{ProbeId}", "{ProbId}", "CICG2005")]
    [InlineData("required: true", "required: false", "CICG2007")]
    [InlineData("fields: { many: true }", "fields: { nodes: { A: {} } }", "CICG2007")]
    [InlineData("http: 'GET /probe/{ProbeId}?detail'\n", "", "CICG1007")]
    [InlineData("operation: DescribeProbe\n", "", "CICG1007")]
    [InlineData("operation: DescribeProbe\n", "operation: a b\n", "CICG2003")]
    [InlineData("kind: operation\n", "kind: operation\nfamily: media\n", "CICG1005")]
    [InlineData("operation: DescribeProbe\n", "operation: Validate\n", "CICG2003")]
    [InlineData("/probe/{ProbeId}?", "/probe/{ProbeId}/{ProbeId}?", "CICG2007")]
    [InlineData("State: {}", "State: { runtime: true }", "CICG2007")]
    public void WhatAnOperationCannotBe_IsAnError(string from, string to, string id)
        => Assert.Equal(id, Assert.Single(Yaml.Load(("o.ci.yaml", Operation.Replace(from, to, StringComparison.Ordinal))).Problems).Id);

    [Fact]
    public void ATemplateIsMadeInOnePlace()
        => Assert.Equal("CICG2007", Assert.Single(Yaml.Load(("t.ci.yaml", Template.Replace("tag: Probe\n", "tag: Probe\nhttp: POST /elsewhere\n", StringComparison.Ordinal))).Problems).Id);

    [Fact]
    public void RuntimeIsForJobsOnly_WhereverItStands()
        => Assert.Equal("CICG2007", Yaml.Problem(Yaml.Tag("A: { runtime: true }")).Id);

    [Fact]
    public void ATagsPath_HasNoParameters()
        => Assert.Equal("CICG2007", Yaml.Problem(Yaml.Tag("A: {}").Replace("tag: Probe\n", "tag: Probe\nhttp: 'POST /jobs/{A}'\n", StringComparison.Ordinal)).Id);

    [Theory]
    [InlineData("template: Probe", "Request.Probe.Level", "Probe")]
    [InlineData("operation: DescribeProbe", "Response.State", "DescribeProbe")]
    public void BothCanBeCorrected(string subject, string path, string name)
    {
        string correction = $"kind: correction\n{subject}\ncorrections:\n  - change: [{path}]\n    reason: a\n    source: b\n    set: {{ summary: Corrected. }}\n";
        SchemaSet set = Yaml.Load(("t.ci.yaml", Template), ("o.ci.yaml", Operation), ("p.ci.yaml", Yaml.Tag("A: {}")), ("c.ci.yaml", correction));

        Assert.Empty(set.Problems);
        Assert.Equal("Corrected.", set.Units.Single(u => u.Tag == name && u.Unit != SchemaUnit.Job).Node(path).Summary);
    }

    [Theory]
    [InlineData("template: Probe", "template of Tag")]
    [InlineData("operation: Probe", "operation")]
    public void ACorrectionOfNothing_IsAWarning(string subject, string noun)
    {
        string correction = $"kind: correction\n{subject}\ncorrections: []\n";

        SchemaProblem problem = Assert.Single(Yaml.Load(("p.ci.yaml", Yaml.Tag("A: {}")), ("c.ci.yaml", correction)).Problems);

        Assert.Equal("CICG2011", problem.Id);
        Assert.Contains(noun, problem.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void ACorrectionOfTwoThings_IsAnError()
        => Assert.Equal("CICG2007", Assert.Single(Yaml.Load(("p.ci.yaml", Yaml.Tag("A: {}")), ("c.ci.yaml", "kind: correction\ntag: Probe\ntemplate: Probe\ncorrections: []\n")).Problems).Id);

    private static TagModel Bind(string text)
    {
        SchemaSet set = Yaml.Load(("unit.ci.yaml", text));
        Assert.Empty(set.Problems);
        return Assert.Single(set.Units);
    }
}

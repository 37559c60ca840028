namespace CiCodegen.Schema.Tests;

public sealed class SchemaParserTests
{
    [Theory]
    [InlineData("kind: tga\ntag: A\n", "CICG1008", 1, 7, "Did you mean 'tag'?")]
    [InlineData("tag: A\n", "CICG1007", 1, 1, "'kind'")]
    [InlineData("kind: tag\n", "CICG1007", 1, 1, "'tag'")]
    [InlineData("kind: tag\ntag: A\nfamilly: media\n", "CICG1005", 3, 1, "Did you mean 'family'?")]
    [InlineData("kind: tag\ntag: A\nfamily: medai\n", "CICG1008", 3, 9, "Did you mean 'media'?")]
    [InlineData("kind: tag\ntag: A\nhttp: /jobs\n", "CICG1006", 3, 7, "POST /jobs")]
    [InlineData("kind: tag\ntag: A\nverbs: [create, destroy]\n", "CICG1008", 3, 17, "create")]
    [InlineData("kind: tag\ntag: 1A\n", "CICG2003", 2, 6, "1A")]
    [InlineData("kind: tag\ntag: [A]\n", "CICG1006", 2, 6, "a list")]
    [InlineData("kind: tag\ntag: A\nrequest: []\n", "CICG1006", 3, 10, "a mapping")]
    public void BadFile_IsOneProblemThatSaysWhatWouldDo(string text, string id, int line, int column, string says)
    {
        SchemaProblem problem = Yaml.Problem(text);
        Assert.Equal((id, line, column), (problem.Id, problem.Span.Line, problem.Span.Column));
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("A: { tpye: int }", "CICG1005", "Did you mean 'type'?")]
    [InlineData("A: { type: Sting }", "CICG1008", "Did you mean 'string'?")]
    [InlineData("A: { many: yes }", "CICG1008", "true, false")]
    [InlineData("A: { maxLength: many }", "CICG2013", "many")]
    [InlineData("A: { enum: [] }", "CICG1006", "a list of values")]
    [InlineData("A: { enum: [x, x] }", "CICG2007", "twice")]
    [InlineData("'a b': {}", "CICG2002", "a b")]
    [InlineData("'9a': {}", "CICG2002", "9a")]
    [InlineData("'p:a': {}", "CICG2002", "p:a")]
    [InlineData("'*/ class Evil {} /*': {}", "CICG2002", "Evil")]
    [InlineData("A: [x]", "CICG1006", "a mapping")]
    [InlineData("A: { summary: }", "CICG1006", "a text")]
    public void BadNode_IsOneProblemThatSaysWhatWouldDo(string node, string id, string says)
    {
        SchemaProblem problem = Yaml.Problem(Yaml.Tag(node));
        Assert.Equal((id, 7), (problem.Id, problem.Span.Line));
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("- change: Request.Tag\n  source: x\n  set: { default: a }", "'reason'")]
    [InlineData("- change: Request.Tag\n  reason: x\n  set: { default: a }", "'source'")]
    [InlineData("- reason: x\n  source: x", "'add' or")]
    [InlineData("- add: Request\n  reason: x\n  source: x", "'nodes' or 'rules'")]
    [InlineData("- change: Request.Tag\n  reason: x\n  source: x", "'set' or 'unset'")]
    [InlineData("- rename: Request.Tag\n  reason: x\n  source: x", "'to'")]
    public void CorrectionWithoutWhatItNeeds_IsAProblem(string entry, string says)
    {
        SchemaProblem problem = Yaml.Load(("c.ci.yaml", $"kind: correction\ntag: Probe\ncorrections:\n{Yaml.Indent(entry, 2)}"), ("t.ci.yaml", Yaml.Tag("A: {}"))).Problems.Single();
        Assert.Equal("CICG1007", problem.Id);
        Assert.Contains(says, problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ProblemLine_IsTheFormThatBuildsLink()
        => Assert.StartsWith("probe.ci.yaml(1,7): error CICG1008: ", Yaml.Problem("kind: x\n").ToString(), StringComparison.Ordinal);
}

using System.Text;
using CiCodegen.Tests;

namespace CiCodegen.Schema.Tests;

public sealed class YamlReaderTests
{
    [Theory]
    [InlineData("", "CICG1001", 1, 1)]
    [InlineData("# only a comment\n", "CICG1001", 1, 1)]
    [InlineData("kind: tag\n\ttag: A\n", "CICG1001", 2, 1)]
    [InlineData("kind: tag\ntag: 'A\n", "CICG1001", 2, 6)]
    [InlineData("kind: tag\ntag: [A, , B]\n", "CICG1001", 2, 10)]
    [InlineData("kind: tag\ntag: A\nkind: tag\n", "CICG1002", 3, 1)]
    [InlineData("kind: tag\ntag: A\n\"\\x6bind\": tag\n", "CICG1002", 3, 1)]
    [InlineData("kind: &a tag\n", "CICG1003", 1, 7)]
    [InlineData("kind: !!str tag\n", "CICG1003", 1, 7)]
    [InlineData("kind: !env SECRET\n", "CICG1003", 1, 7)]
    [InlineData("kind: tag\n---\nkind: tag\n", "CICG1003", 2, 1)]
    [InlineData("kind: tag\ntag: a\u0001b\n", "CICG1001", 2, 6)]
    [InlineData("kind: tag\ntag: a\uFFFDb\n", "CICG1001", 2, 7)]
    [InlineData("%YAML 1.2\n---\nkind: tag\n", "CICG1003", 1, 1)]
    [InlineData("%TAG !e! tag:e,2000:\n---\nkind: tag\n", "CICG1003", 1, 1)]
    [InlineData("kind: \"tag\n\tx\"\n", "CICG1001", 2, 1)]
    [InlineData("kind: [\n \ttag ]\n", "CICG1001", 2, 2)]
    [InlineData("kind:\n-\t- tag\n", "CICG1001", 2, 2)]
    [InlineData("- a\n", "CICG1006", 1, 1)]
    [InlineData("text\n", "CICG1006", 1, 1)]
    public void BadYaml_IsOneProblemAtItsPlace(string text, string id, int line, int column)
    {
        SchemaProblem problem = Yaml.Problem(text);
        Assert.Equal((id, line, column), (problem.Id, problem.Span.Line, problem.Span.Column));
    }

    [Fact]
    public void ByteOrderMark_IsNoColumn()
    {
        SchemaProblem problem = Yaml.Problem("\uFEFFkin: tag\n");
        Assert.Equal(("CICG1007", 1, 1), (problem.Id, problem.Span.Line, problem.Span.Column));
    }

    [Theory]
    [InlineData("|\n    a\n    \tb\n", "a\n\tb\n")]
    [InlineData("|\n    a\n     ", "a\n \n")]
    [InlineData("|-\n    a", "a")]
    public void BlocksOfText_AreReadAsTheyStand(string block, string text)
        => Assert.Equal(text, Yaml.Bind($"kind: tag\ntag: A\nrequest:\n  summary: {block}").Request.Summary);

    [Theory]
    [InlineData("no")]
    [InlineData("1e3")]
    [InlineData("Null")]
    [InlineData("0x10")]
    [InlineData(".inf")]
    public void PlainScalars_StayText(string text)
    {
        TagModel tag = Yaml.Bind(Yaml.Tag($"Level: {{ default: {text} }}"));
        Assert.Equal(text, tag.Node("Request.Operation.Level").Default);
    }

    [Theory]
    [InlineData("[", "]")]
    [InlineData("{a: ", "}")]
    [InlineData("- ", "")]
    public void TooDeep_IsRefusedBeforeTheStackEnds(string open, string close)
    {
        StringBuilder text = new("kind: ");
        text.Insert(text.Length, open, 100_000).Append('x').Insert(text.Length, close, 100_000);
        SchemaProblem problem = Yaml.Problem(text.ToString());
        Assert.Contains(problem.Id, new[] { "CICG1001", "CICG1004" });
    }

    [Fact]
    public void TooLong_IsRefused()
        => Assert.Equal("CICG1004", Yaml.Problem("kind: tag #" + new string('x', 1024 * 1024)).Id);

    [Fact]
    public void EveryTruncationOfASchema_EndsInADocumentOrAProblem()
    {
        string text = Repository.SchemaFile("tags/VideoTargetRec.ci.yaml");
        for (int length = 0; length < text.Length; length++)
        {
            ParseResult result = SchemaParser.Parse(new SchemaText("t.ci.yaml", text[..length]), CancellationToken.None);
            Assert.True(result.Document is not null || result.Problems.Count > 0);
        }
    }
}

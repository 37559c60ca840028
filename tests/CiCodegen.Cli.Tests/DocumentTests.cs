using System.Text.Json;
using CiCodegen.Cli.Output;
using CiCodegen.Runtime;
using CiCodegen.Tests;

namespace CiCodegen.Cli.Tests;

public sealed class DocumentTests : IDisposable
{
    private const string Tag = "VideoTargetRec";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("utf8")]
    [InlineData("xmlreader")]
    public async Task Request_GoesToJsonAndBack(string lane)
    {
        Assert.Equal(Samples.RequestJson + "\n", (await CliRun.With(Samples.RequestXml, "read", "--tag", Tag, "--as", "request", "--lane", lane, "-")).Exits(0).Out);
        Assert.Equal(Samples.RequestXml, (await CliRun.With(Samples.RequestJson, "write", "--tag", Tag, "--as", "request", "--lane", lane, "-")).Exits(0).Out);
    }

    [Theory]
    [InlineData("utf8")]
    [InlineData("xmlreader")]
    public async Task Response_IsTyped(string lane)
        => Assert.Equal(Samples.ResponseJson + "\n", (await CliRun.With(Samples.ResponseXml, "read", "--tag", Tag, "--as", "response", "--lane", lane, "-", "--json")).Exits(0).Out);

    [Theory]
    [InlineData("utf8")]
    [InlineData("xmlreader")]
    public async Task Extras_ArePrintedAndTakenBack(string lane)
    {
        string xml = Samples.RequestXml.Replace("</Input>", "<New a=\"1\"><Item>x</Item><Item>y</Item></New></Input>", StringComparison.Ordinal);
        string json = Samples.RequestJson.Replace("a.mp4\"", "a.mp4\",\"New\":{\"@a\":\"1\",\"Item\":[\"x\",\"y\"]}", StringComparison.Ordinal);
        Assert.Equal(json + "\n", (await CliRun.With(xml, "read", "--tag", Tag, "--as", "request", "--extras", "--lane", lane, "-")).Exits(0).Out);
        Assert.Equal(xml, (await CliRun.With(json, "write", "--tag", Tag, "--as", "request", "--extras", "--lane", lane, "-")).Exits(0).Out);
        Assert.Equal(Samples.RequestJson + "\n", (await CliRun.With(xml, "read", "--tag", Tag, "--as", "request", "--lane", lane, "-")).Exits(0).Out);
        Assert.Equal(Samples.RequestXml, (await CliRun.With(json, "write", "--tag", Tag, "--as", "request", "--lane", lane, "-")).Exits(0).Out);
    }

    [Fact]
    public async Task Lenient_ReadsWhatXmlDoesNotAllow()
    {
        string xml = Samples.RequestXml.Replace("a.mp4", "a\u0001.mp4", StringComparison.Ordinal);
        (await CliRun.With(xml, "read", "--tag", Tag, "--as", "request", "-")).Exits(1);
        Assert.Contains("a\uFFFD.mp4", (await CliRun.With(xml, "read", "--tag", Tag, "--as", "request", "--lenient", "-")).Exits(0).Out, StringComparison.Ordinal);
        (await CliRun.With(xml, "read", "--as", "any", "--lenient", "-")).Exits(0);
        (await CliRun.With(xml, "read", "--as", "any", "--lenient", "--lane", "xmlreader", "-")).Exits(2);

        string file = _directory.Write("a.xml", xml);
        CliRun batch = (await CliRun.With($"{{\"file\":\"{file}\",\"as\":\"request\"}}\n", "read", "--tag", Tag, "--lenient", "--batch")).Exits(0);
        Assert.True(batch.Json.GetProperty("ok").GetBoolean(), batch.Out);
    }

    [Theory]
    [InlineData("utf8")]
    [InlineData("xmlreader")]
    public async Task Jobs_ArePrintedLineByLine(string lane)
    {
        string job = Samples.ResponseJson["{\"JobsDetail\":[".Length..^"]}".Length];
        string two = Samples.ResponseXml.Replace("</Response>", "<RequestId/>" + Samples.ResponseXml["<Response>".Length..], StringComparison.Ordinal);
        Assert.Equal($"{job}\n{job}\n", (await CliRun.With(two, "read", "--tag", Tag, "--jobs", "--lane", lane, "-")).Exits(0).Out);

        // What was good is out before what is not.
        CliRun run = (await CliRun.With(two.Replace("<RequestId/>", "stray", StringComparison.Ordinal), "read", "--tag", Tag, "--jobs", "--lane", lane, "-", "--json")).Exits(1);
        Assert.Equal([true, false], run.JsonLines.Select(l => l.TryGetProperty("JobId", out _)));
        Assert.Equal("StrayText", run.JsonLines[1].GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("(2,39): error", run.Error, StringComparison.Ordinal);

        (await CliRun.With(two, "read", "--jobs", "-")).Exits(2);
        (await CliRun.With(two, "read", "--tag", Tag, "--jobs", "--as", "request", "-")).Exits(2);
        (await CliRun.With(two, "read", "--tag", Tag, "--jobs", "--batch")).Exits(2);
    }

    [Theory]
    [InlineData(Samples.ResponseXml)]
    [InlineData(Samples.ResponseJson)]
    [InlineData("""  {"Response":{"JobsDetail":{"Code":"Success","JobId":"j1","Tag":"VideoTargetRec","State":"Submitted","CreationTime":"2025-11-19T08:00:00+0800"}}}""")]
    public async Task Callback_IsXmlOrJsonByContent(string document)
        => Assert.Equal(Samples.ResponseJson + "\n", (await CliRun.With(document, "read", "--tag", Tag, "--as", "callback", "-", "--json")).Exits(0).Out);

    [Theory]
    [InlineData(Samples.ResponseXml, "utf8")]
    [InlineData(Samples.ResponseXml, "xmlreader")]
    [InlineData(Samples.ResponseJson, "utf8")]
    public async Task Callback_KnowsItsTag(string document, string lane)
    {
        CliRun run = (await CliRun.With(document, "read", "--as", "callback", "--lane", lane, "-", "--json")).Exits(0);
        Assert.Equal(Samples.ResponseJson + "\n", run.Out);
        Assert.Empty(run.Error);
    }

    [Theory]
    [InlineData("<Response><JobsDetail><JobId>j</JobId><Tag>Nope</Tag></JobsDetail></Response>", """{"JobsDetail":[{"JobId":"j","Tag":"Nope"}]}""", "no schema has the Tag 'Nope'")]
    [InlineData("""{"EventName":"WorkflowFinish","WorkflowExecution":{"RunId":"r"}}""", """{"EventName":"WorkflowFinish"}""", "name no Tag")]
    public async Task Callback_OfATagThatNoSchemaHas_IsReadAsItsEnvelope(string document, string json, string note)
    {
        CliRun run = (await CliRun.With(document, "read", "--as", "callback", "-", "--json")).Exits(0);
        Assert.Equal(json + "\n", run.Out);
        Assert.Contains(note, run.Error, StringComparison.Ordinal);

        // Asked for by name, a Tag must be there.
        (await CliRun.With(document, "read", "--as", "callback", "--tag", "Nope", "-")).Exits(2);
    }

    [Theory]
    [InlineData("utf8")]
    [InlineData("xmlreader")]
    public async Task Unreadable_ExitsWith1_AndNamesThePlace(string lane)
    {
        string file = _directory.Write("bad.xml", "<Request>\n  <Tag>a</Tag>\n  <Tag>b</Tag>\n</Request>");
        CliRun run = (await CliRun.Of("read", "--tag", Tag, "--as", "request", "--lane", lane, file, "--json")).Exits(1);
        Assert.StartsWith($"{file}(3,3): error CICG5009: DuplicateNode at Request.Tag: ", run.Error, StringComparison.Ordinal);
        JsonElement error = run.Json.GetProperty("error");
        Assert.False(run.Json.GetProperty("ok").GetBoolean());
        Assert.Equal(["code", "path", "line", "column", "message"], error.EnumerateObject().Select(p => p.Name));
        Assert.Equal("DuplicateNode", error.GetProperty("code").GetString());
        Assert.Equal(3, error.GetProperty("line").GetInt32());
    }

    [Fact]
    public void EveryDocumentError_HasAnIdThatTheDocsExplain()
    {
        string page = File.ReadAllText(Path.Combine(Repository.Root, "generator", "docs", "diagnostics", "CICG5001-5011.md"));
        CiFormatError[] errors = Enum.GetValues<CiFormatError>();
        Assert.Equal(errors.Length, errors.Select(DocumentErrorIds.Of).Distinct().Count());
        Assert.All(errors, e => Assert.Contains($"| {DocumentErrorIds.Of(e)} | {e} |", page, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("<a><b x='1'/>text</a>", true)]
    [InlineData("<a><b></a>", false)]
    [InlineData("<!DOCTYPE a><a/>", false)]
    public async Task Any_NeedsNoTag(string document, bool isWellFormed)
    {
        CliRun run = (await CliRun.With(document, "read", "--as", "any", "-", "--json")).Exits(isWellFormed ? 0 : 1);
        Assert.Equal(isWellFormed, run.Json.GetProperty("ok").GetBoolean());
        Assert.False(run.Json.TryGetProperty("value", out _));
    }

    [Theory]
    [InlineData("<a>&#x4010000;</a>", "IllegalCharacter")]
    [InlineData("<!DOCTYPE a><a/>", "DtdProhibited")]
    [InlineData("<a", "NotWellFormed")]
    [InlineData("<?xml version='1.0' encoding='latin1'?><a/>", "UnsupportedEncoding")]
    [InlineData("depth", "LimitExceeded")]
    [InlineData("attributes", "LimitExceeded")]
    [InlineData("text", "LimitExceeded")]
    public async Task Any_IsJudgedAlikeByBothLanes(string document, string code)
    {
        document = document switch
        {
            "depth" => string.Concat(Enumerable.Repeat("<a>", 300)) + string.Concat(Enumerable.Repeat("</a>", 300)),
            "attributes" => $"<a {string.Join(' ', Enumerable.Range(0, 1001).Select(i => $"a{i}=''"))}/>",
            "text" => $"<a>{new string('x', (10 * 1024 * 1024) + 1)}</a>",
            _ => document,
        };
        foreach (string lane in new[] { "utf8", "xmlreader" })
        {
            Assert.Equal(code, Code((await CliRun.With(document, "read", "--as", "any", "--lane", lane, "-", "--json")).Exits(1).Json));
        }
    }

    [Fact]
    public async Task Any_HasNoLimitOnTheWhole()
    {
        string file = Path.Combine(_directory.Path, "large.xml");
        await using (StreamWriter writer = new(file))
        {
            string part = $"<b>{new string('x', 1024 * 1024)}</b>";
            await writer.WriteAsync("<a>");
            for (int i = 0; i < 70; i++)
            {
                await writer.WriteAsync(part);
            }

            await writer.WriteAsync("</a>");
        }

        (await CliRun.Of("read", "--as", "any", file)).Exits(0);
        await File.AppendAllTextAsync(file, "<a>");
        (await CliRun.Of("read", "--as", "any", file)).Exits(1);
        Assert.Equal("LimitExceeded", Code((await CliRun.Of("read", "--as", "response", "--tag", Tag, file, "--json")).Exits(1).Json));
    }

    [Fact]
    public async Task Validate_PrintsEveryViolation()
    {
        CliRun run = (await CliRun.With(Samples.BadRequestJson, "validate", "--tag", Tag, "-", "--json")).Exits(1);
        Assert.True(run.Json.GetProperty("ok").GetBoolean());
        JsonElement[] violations = [.. run.Json.GetProperty("violations").EnumerateArray()];
        Assert.Equal(2, violations.Length);
        Assert.Equal(["path", "rule", "message"], violations[0].EnumerateObject().Select(p => p.Name));
        Assert.Equal(2, (await CliRun.With(Samples.BadRequestJson, "validate", "--tag", Tag, "-")).Exits(1).Out.Split('\n', StringSplitOptions.RemoveEmptyEntries).Length);
        Assert.Equal("""{"ok":true,"violations":[]}""" + "\n", (await CliRun.With(Samples.RequestXml, "validate", "--tag", Tag, "-", "--json")).Exits(0).Out);
    }

    [Theory]
    [InlineData("""{"Tag":"VideoTargetRec","Operation":{"TemplateId":"t1","UserDta":"x"},"Input":{"Object":"a.mp4"},"More":[{"A":1},2]}""")]
    [InlineData("<Request><Tag>VideoTargetRec</Tag><Operation><TemplateId>t1</TemplateId><UserDta>x</UserDta></Operation><Input><Object>a.mp4</Object></Input><More><A>1</A></More><More>2</More></Request>")]
    public async Task Validate_TellsWhatNoSchemaKnows(string request)
    {
        CliRun run = (await CliRun.With(request, "validate", "--tag", Tag, "-", "--json")).Exits(0);
        Assert.Equal("""{"ok":true,"violations":[]}""" + "\n", run.Out);
        Assert.Equal(
            ["-: 'Request.Operation.UserDta' is no node of Tag 'VideoTargetRec'; it would not be sent.", "-: 'Request.More' is no node of Tag 'VideoTargetRec'; it would not be sent."],
            run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public async Task ReadBatch_AnswersLineByLine_AndGoesOnAfterABadOne()
    {
        string good = _directory.Write("good.xml", Samples.ResponseXml);
        string bad = _directory.Write("bad.xml", "<Response><JobsDetail>stray</JobsDetail></Response>");
        string input = string.Join('\n',
            Line(("file", good), ("tag", Tag), ("as", "response")),
            Line(("file", bad), ("as", "response"), ("lane", "xmlreader")),
            "no json",
            "[]",
            Line(("tag", Tag)),
            Line(("file", good), ("tag", "Nope")),
            Line(("file", "nowhere.xml")),
            Line(("file", good), ("as", "nothing")),
            "",
            Line(("file", good), ("as", "any")));
        JsonElement[] answers = (await CliRun.With(input, "read", "--batch", "--tag", Tag)).Exits(0).JsonLines;
        Assert.Equal(["", "StrayText", "BadLine", "BadLine", "BadLine", "UnknownTag", "FileAccess", "BadLine", ""], answers.Select(Code));
        Assert.Equal(Samples.ResponseJson, answers[0].GetProperty("value").GetRawText());
        Assert.Equal("Response.JobsDetail[0]", answers[1].GetProperty("error").GetProperty("path").GetString());
        Assert.Equal("""{"ok":true}""", answers[^1].GetRawText());
    }

    [Fact]
    public async Task WriteBatch_AnswersWithXml()
    {
        string input = $$$"""
            {"tag":"VideoTargetRec","as":"request","lane":"utf8","value":{{{Samples.RequestJson}}}}
            {"tag":"VideoTargetRec","as":"request","lane":"xmlreader","value":{{{Samples.RequestJson}}}}
            {"tag":"VideoTargetRec","as":"request","value":{"Tag":"\u0001"}}
            {"tag":"VideoTargetRec","as":"request","value":[]}
            {"tag":"VideoTargetRec","as":"request"}
            """;
        JsonElement[] answers = (await CliRun.With(input, "write", "--batch")).Exits(0).JsonLines;
        Assert.Equal(["", "", "IllegalCharacter", "BadJson", "BadLine"], answers.Select(Code));
        Assert.All(answers[..2], a => Assert.Equal(Samples.RequestXml, a.GetProperty("xml").GetString()));
    }

    [Fact]
    public async Task ValidateBatch_AnswersWithViolations()
    {
        string xml = _directory.Write("good.xml", Samples.RequestXml);
        string json = _directory.Write("bad.json", Samples.BadRequestJson);
        JsonElement[] answers = (await CliRun.With($"{Line(("file", xml))}\n{Line(("file", json))}\n", "validate", "--batch", "--tag", Tag)).Exits(0).JsonLines;
        Assert.Equal([0, 2], answers.Select(a => a.GetProperty("violations").GetArrayLength()));
    }

    private static string Line(params (string Name, string Value)[] members) => JsonSerializer.Serialize(members.ToDictionary(m => m.Name, m => m.Value));

    private static string Code(JsonElement answer) => answer.GetProperty("ok").GetBoolean() ? "" : answer.GetProperty("error").GetProperty("code").GetString()!;
}

using System.Text.Json;
using CiCodegen.Tests;

namespace CiCodegen.Cli.Tests;

public sealed class SchemaTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Tags_ListsEveryBundledTag()
    {
        CliRun run = (await CliRun.Of("tags", "--json")).Exits(0);
        JsonElement tag = run.Json.GetProperty("tags").EnumerateArray().Single(t => t.GetProperty("tag").GetString() == "VideoTargetRec");
        Assert.Equal("""["create","describe","list","cancel","multi","template"]""", tag.GetProperty("verbs").GetRawText());
        Assert.Equal("/jobs", tag.GetProperty("path").GetString());
        Assert.Equal("media", tag.GetProperty("family").GetString());
        Assert.True(tag.GetProperty("requestNodes").GetInt32() > 20);
        string plain = (await CliRun.Of("tags")).Exits(0).Out;
        Assert.Contains("VideoTargetRec", plain, StringComparison.Ordinal);
        Assert.DoesNotContain('\u001b', plain);
    }

    [Fact]
    public async Task Tags_Are43WithJobs_And2WithTemplatesOnly()
    {
        JsonElement[] tags = [.. (await CliRun.Of("tags", "--json")).Exits(0).Json.GetProperty("tags").EnumerateArray()];
        string[] Of(string kind) => [.. tags.Where(t => t.GetProperty("kind").GetString() == kind).Select(t => t.GetProperty("tag").GetString()!)];
        Assert.Equal(43, Of("job").Length);
        Assert.Equal(["HighSpeedHd", "TranscodePro"], Of("template"));
        Assert.All(tags, t => Assert.NotEqual(0, t.GetProperty("verbs").GetArrayLength()));
    }

    [Theory]
    [InlineData("Animation", "template")]
    [InlineData("HighSpeedHd", null)]
    public async Task Tree_ShowsTemplates(string tag, string? part)
    {
        JsonElement tree = (await CliRun.Of([.. (string[])["tree", tag, "--json"], .. part is null ? [] : (string[])["--part", part]])).Exits(0).Json;
        Assert.Equal(tag, tree.GetProperty("tag").GetString());
        Assert.Contains("Request.Name", tree.GetProperty("template").GetProperty("children").EnumerateArray().Select(n => n.GetProperty("path").GetString()));
        Assert.Contains("Response.Template", tree.GetProperty("templateResponse").GetProperty("children").EnumerateArray().Select(n => n.GetProperty("path").GetString()));
        Assert.False(tree.TryGetProperty("response", out _));
    }

    [Fact]
    public async Task Tree_ShowsOperations()
    {
        JsonElement tree = (await CliRun.Of("tree", "ListQueues", "--json")).Exits(0).Json;
        Assert.Equal("ListQueues", tree.GetProperty("operation").GetString());
        Assert.Contains("Parameters.queueIds", tree.GetProperty("parameters").GetProperty("children").EnumerateArray().Select(n => n.GetProperty("path").GetString()));
        Assert.False(tree.TryGetProperty("request", out _));
    }

    [Fact]
    public async Task Emit_TakesTagsTemplatesAndOperationsTogether()
    {
        string[] files = [.. (await CliRun.Of("emit", "--tag", "Animation", "--template", "Animation", "--operation", "ListQueues", "-o", _directory.Path, "--json")).Exits(0).Json.GetProperty("files").EnumerateArray().Select(f => Path.GetFileName(f.GetString()!))];
        Assert.Contains("Animation.Models.g.cs", files);
        Assert.Contains("Animation.Template.Models.g.cs", files);
        Assert.Contains("ListQueues.Call.Models.g.cs", files);
        Assert.DoesNotContain("Transcode.Models.g.cs", files);
    }

    [Fact]
    public async Task Check_FindsNothingInTheBundledSchemas()
        => Assert.Equal("""{"problems":[]}""" + "\n", (await CliRun.Of("check", "--json")).Exits(0).Out);

    [Fact]
    public async Task Check_NamesTheFileAsItWasGiven()
    {
        string file = _directory.Write("Broken.ci.yaml", "kind: tag\ntag: Broken\nfamly: media\n");
        CliRun run = (await CliRun.Of("check", file)).Exits(1);
        Assert.StartsWith($"{file}(3,1): error CICG1005: ", run.Error, StringComparison.Ordinal);
        Assert.Contains("Did you mean 'family'?", run.Error, StringComparison.Ordinal);
        Assert.Equal("1 file: 1 error, no warnings\n", run.Out);

        JsonElement problem = (await CliRun.Of("check", _directory.Path, "--json")).Exits(1).Json.GetProperty("problems")[0];
        Assert.Equal(["id", "severity", "path", "line", "column", "message"], problem.EnumerateObject().Select(p => p.Name));
        Assert.Equal("error", problem.GetProperty("severity").GetString());
        Assert.Equal(3, problem.GetProperty("line").GetInt32());
    }

    [Fact]
    public async Task Check_SeesTheBundledTagThatAFileCorrects()
    {
        string file = _directory.Write("fix.ci.yaml", """
            kind: correction
            tag: VideoTargetRec
            corrections:
              - change: Request.Input.Object
                reason: Tests need it.
                source: this test
                set: { required: true }
            """);
        Assert.Equal("1 file: no errors, no warnings\n", (await CliRun.Of("check", file)).Exits(0).Out);
        JsonElement input = (await CliRun.Of("tree", "VideoTargetRec", "--schema", _directory.Path, "--part", "request", "--json")).Exits(0).Json
            .GetProperty("request").GetProperty("children").EnumerateArray().Single(n => n.GetProperty("name").GetString() == "Input");
        Assert.True(input.GetProperty("children")[0].GetProperty("required").GetBoolean());

        // The corrected Tag is compiled anew: its validator knows the change.
        CliRun run = (await CliRun.With("""{"Tag":"VideoTargetRec","Operation":{"TemplateId":"t"},"Input":{}}""", "validate", "--tag", "VideoTargetRec", "--schema", _directory.Path, "-")).Exits(1);
        Assert.Contains("Request.Input.Object", run.Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_OfTheRepositorysOwnSchemas_IsClean()
        => (await CliRun.Of("check", "--schema", Path.Combine(Repository.Root, "schema"))).Exits(0);

    [Fact]
    public async Task OwnTag_GoesAllTheWay()
    {
        _directory.Write("nested/Echo.ci.yaml", Samples.EchoSchema);
        string[] own = ["--schema", _directory.Path];
        Assert.Contains((await CliRun.Of(["tags", "--json", .. own])).Exits(0).Json.GetProperty("tags").EnumerateArray(), t => t.GetProperty("tag").GetString() == "Echo");

        const string Json = """{"Tag":"Echo","Operation":{"UserData":"u","Echo":{"Words":[1,2],"sentence_list":"ab","Mode":"Fast"}},"Input":{"Object":"x"}}""";
        string xml = (await CliRun.With(Json, ["write", "--tag", "Echo", "--as", "request", "-", .. own])).Exits(0).Out;
        Assert.Contains("<Words>1</Words><Words>2</Words><sentence_list>ab</sentence_list>", xml, StringComparison.Ordinal);
        Assert.Equal(Json + "\n", (await CliRun.With(xml, ["read", "--tag", "Echo", "--as", "request", "-", "--json", .. own])).Exits(0).Out);
        Assert.Equal(Json + "\n", (await CliRun.With(xml, ["read", "--tag", "Echo", "--as", "request", "--lane", "xmlreader", "-", "--json", .. own])).Exits(0).Out);

        CliRun bad = (await CliRun.With(Json.Replace("[1,2]", "[1,9]", StringComparison.Ordinal), ["validate", "--tag", "Echo", "-", "--json", .. own])).Exits(1);
        Assert.Equal("Request.Operation.Echo.Words", Assert.Single(bad.Json.GetProperty("violations").EnumerateArray()).GetProperty("path").GetString()?.Split('[')[0]);
        Assert.Contains("emitted", Directory.CreateDirectory(Path.Combine(_directory.Path, "emitted")).Name, StringComparison.Ordinal);
        (await CliRun.Of(["emit", "--tag", "Echo", "-o", Path.Combine(_directory.Path, "emitted"), .. own])).Exits(0);
        Assert.True(File.Exists(Path.Combine(_directory.Path, "emitted", "Echo.Models.g.cs")));

        // Not without the directory.
        (await CliRun.With(Json, "write", "--tag", "Echo", "-")).Exits(2);
    }

    [Fact]
    public async Task OwnFileOfABundledTag_TakesItsPlace()
    {
        _directory.Write("VideoTargetRec.ci.yaml", Samples.EchoSchema.Replace("tag: Echo", "tag: VideoTargetRec", StringComparison.Ordinal).Replace("const: Echo", "const: VideoTargetRec", StringComparison.Ordinal));
        JsonElement tag = (await CliRun.Of("tree", "VideoTargetRec", "--schema", _directory.Path, "--json")).Exits(0).Json;
        Assert.Contains("Request.Operation.Echo.Words", tag.GetRawText(), StringComparison.Ordinal);
        Assert.DoesNotContain("Request.Operation.VideoTargetRec", tag.GetRawText(), StringComparison.Ordinal);
        JsonElement problem = Assert.Single((await CliRun.Of("check", "--schema", _directory.Path, "--json")).Exits(0).Json.GetProperty("problems").EnumerateArray());
        Assert.Equal("info", problem.GetProperty("severity").GetString());
    }

    [Fact]
    public async Task ErrorsInOwnSchemas_StopEverythingButCheck()
    {
        string file = _directory.Write("Broken.ci.yaml", "kind: tag\ntag: Broken\nfamly: media\n");
        foreach (string[] args in new string[][] { ["tags"], ["tree", "VideoTargetRec"], ["read", "--tag", "VideoTargetRec", "-"], ["emit", "-o", "out"], ["emulator"] })
        {
            CliRun run = (await CliRun.Of([.. args, "--schema", _directory.Path])).Exits(2);
            Assert.Contains($"{file}(3,1): error CICG1005: ", run.Error, StringComparison.Ordinal);
            Assert.Empty(run.Out);
        }

        (await CliRun.Of("check", "--schema", _directory.Path)).Exits(1);
    }
}

using System.Text.Json;
using CiCodegen.Cli.Schemas;
using CiCodegen.Tests;

namespace CiCodegen.Cli.Tests;

public sealed class ScaffoldTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public static TheoryData<string> BundledTags => [.. BindingSource.BundledTags];

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task Init_PutsTheJsonSchemaBesideTheSchemas()
    {
        string target = Path.Combine(_directory.Path, "schema");
        string file = Path.Combine(target, "ci-schema.json");
        CliRun run = (await CliRun.Of("init", target)).Exits(0);
        Assert.StartsWith($"wrote {file}\n", run.Out, StringComparison.Ordinal);
        Assert.Contains($"cicodegen new <Tag> -o {target}", run.Out, StringComparison.Ordinal);
        Assert.Equal(Repository.SchemaFile("ci-schema.json"), await File.ReadAllTextAsync(file));
        Assert.Equal(["ci-schema.json"], Directory.EnumerateFileSystemEntries(target).Select(f => Path.GetFileName(f)));

        // Again: nothing to do.
        run = (await CliRun.Of("init", target, "--json")).Exits(0);
        Assert.Equal($$"""{"files":[],"unchanged":[{{JsonSerializer.Serialize(file)}}]}""" + "\n", run.Out);
    }

    [Fact]
    public async Task New_WritesAFileThatPassesCheckAndCompiles()
    {
        CliRun run = (await CliRun.Of("new", "Probe", "-o", _directory.Path, "--json")).Exits(0);
        string file = Path.Combine(_directory.Path, "Probe.ci.yaml");
        Assert.Equal($$"""{"tag":"Probe","files":[{{JsonSerializer.Serialize(file)}}],"unchanged":[]}""" + "\n", run.Out);
        Assert.Equal("""{"problems":[]}""" + "\n", (await CliRun.Of("check", file, "--json")).Exits(0).Out);
        Assert.True((await File.ReadAllLinesAsync(file)).Count(l => l.TrimStart().StartsWith('#')) > 10);

        const string Request = """{"Tag":"Probe","Operation":{"Probe":{"Level":2,"Mode":"Precise","Threshold":0.5,"Keyword":["a","b"]}},"Input":{"Object":"a.mp4"}}""";
        Assert.Equal("""{"ok":true,"violations":[]}""" + "\n", (await CliRun.With(Request, "validate", "--tag", "Probe", "--schema", _directory.Path, "-", "--json")).Exits(0).Out);
        CliRun broken = (await CliRun.With(Request.Replace("\"Threshold\":0.5,", "", StringComparison.Ordinal), "validate", "--tag", "Probe", "--schema", _directory.Path, "-")).Exits(1);
        Assert.Contains("Request.Operation.Probe.Threshold", broken.Out, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Tag")]
    [InlineData("Operation")]
    [InlineData("Response")]
    [InlineData("class")]
    [InlineData("A1_b")]
    public async Task New_TakesAnyTag(string tag)
    {
        (await CliRun.Of("new", tag, "-o", _directory.Path)).Exits(0);
        Assert.Equal("""{"problems":[]}""" + "\n", (await CliRun.Of("check", _directory.Path, "--json")).Exits(0).Out);
        (await CliRun.With("<Response/>", "read", "--tag", tag, "--schema", _directory.Path, "-")).Exits(0);
    }

    [Theory]
    [InlineData("../Probe")]
    [InlineData("9Lives")]
    [InlineData("a b")]
    [InlineData("")]
    public async Task New_RefusesWhatCannotBeATag(string tag)
    {
        Assert.Contains("cannot be a Tag", (await CliRun.Of("new", tag, "-o", _directory.Path)).Exits(2).Error, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFileSystemEntries(_directory.Path));
    }

    [Fact]
    public async Task New_OfABundledTag_SaysWhatThatMeans()
        => Assert.Contains("cicodegen eject VideoTargetRec", (await CliRun.Of("new", "VideoTargetRec", "-o", _directory.Path)).Exits(0).Error, StringComparison.Ordinal);

    [Theory]
    [MemberData(nameof(BundledTags))]
    public async Task Eject_MeansTheSame(string tag)
    {
        string bundled = (await CliRun.Of("tree", tag, "--json")).Exits(0).Out;
        CliRun run = (await CliRun.Of("eject", tag, "-o", _directory.Path, "--json")).Exits(0);
        Assert.Equal(tag, run.Json.GetProperty("tag").GetString());
        Assert.Equal(
            Directory.EnumerateFiles(_directory.Path).Order(StringComparer.Ordinal),
            run.Json.GetProperty("files").EnumerateArray().Select(f => f.GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(bundled, (await CliRun.Of("tree", tag, "--json", "--schema", _directory.Path)).Exits(0).Out);

        // Of problems there is one: the own file comes before the bundled one.
        JsonElement problem = Assert.Single((await CliRun.Of("check", "--schema", _directory.Path, "--json")).Exits(0).Json.GetProperty("problems").EnumerateArray());
        Assert.Equal("CICG3002", problem.GetProperty("id").GetString());
        Assert.Equal("""{"problems":[]}""" + "\n", (await CliRun.Of("check", _directory.Path, "--json")).Exits(0).Out);
        Assert.All(Directory.EnumerateFiles(_directory.Path), f => Assert.StartsWith("# yaml-language-server: $schema=ci-schema.json\n", File.ReadAllText(f), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Eject_KnowsBundledTagsOnly()
        => Assert.Contains("Did you mean 'VideoTargetRec'?", (await CliRun.Of("eject", "VideoTargetRek", "-o", _directory.Path)).Exits(2).Error, StringComparison.Ordinal);

    [Theory]
    [InlineData("ci-schema.json", "init")]
    [InlineData("Probe.ci.yaml", "new", "Probe", "-o")]
    [InlineData("VideoTargetRec.corrections.ci.yaml", "eject", "VideoTargetRec", "-o")]
    public async Task FilesThatAreThere_AreKept_UnlessForced(string name, params string[] args)
    {
        string file = _directory.Write(name, "mine\n");
        string[] command = [.. args, _directory.Path];
        CliRun run = (await CliRun.Of([.. command, "--json"])).Exits(2);
        Assert.Equal("FileExists", run.Json.GetProperty("error").GetProperty("code").GetString());
        Assert.Contains("--force", run.Error, StringComparison.Ordinal);
        Assert.Equal("mine\n", await File.ReadAllTextAsync(file));
        Assert.Equal([file], Directory.EnumerateFiles(_directory.Path));

        (await CliRun.Of([.. command, "--force"])).Exits(0);
        Assert.NotEqual("mine\n", await File.ReadAllTextAsync(file));
    }

    [Fact]
    public async Task ADirectoryThatCannotBeMade_IsAFailure()
    {
        string file = _directory.Write("file", "");
        (await CliRun.Of("init", Path.Combine(file, "below"))).Exits(2);
        (await CliRun.Of("new", "Probe", "-o", file)).Exits(2);
    }
}

using System.Text.Json;

namespace CiCodegen.Cli.Tests;

/// <summary><c>drift</c> and <c>update</c>: nothing that a page lost or changed goes by unsaid, and nothing is made up.</summary>
public sealed class DriftTests
{
    private const string Level = "| Level | Request.Operation | How far | Int | No |";
    private const string LoginPage = "<html><body>Please log in</body></html>";

    private const string TemplatePage =
        """
        # Creating Probe Template

        ```
        POST /template HTTP/1.1
        ```

        | Node Name (Keyword) | Parent Node | Description | Type | Required |
        | --- | --- | --- | --- | --- |
        | Request | None | Container | Container | Yes |
        | Tag | Request | Template type: Probe | String | Yes |
        | Cut | Request | Where to cut | Container | Yes |
        | Width | Request.Cut | How wide | Int | No |

        """;

    [Fact]
    public async Task APageWithoutItsTables_HasLostItsNodes()
    {
        using TemporaryDirectory directory = await ImportedAsync(Samples.ProbePage);
        directory.Write("submit-probe.md", LoginPage);
        CliRun run = (await CliRun.In(directory.Path, "drift", "submit-probe.md", "--schema", "schema", "--json")).Exits(1);
        Assert.Contains("breaking RemovedNode Request.Operation.Level: Int -> ", Events(run));
        Assert.All(Events(run), e => Assert.StartsWith("breaking RemovedNode ", e, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("", LoginPage, "has no table of nodes any more")]
    [InlineData("POST /jobs HTTP/1.1", "", "has no line with its HTTP method and path any more")]
    [InlineData("Job tag: Probe", "Job tag: Other", "no longer speaks of the Tag Probe")]
    public async Task Update_KeepsASchema_WhosePageIsNoneAnyMore(string old, string now, string message)
    {
        using TemporaryDirectory directory = await ImportedAsync(Samples.ProbePage);
        string schema = Path.Combine(directory.Path, "schema", "Probe.ci.yaml");
        string locked = Path.Combine(directory.Path, "schema", "schema.lock.yaml");
        (string Schema, string Lock) before = (File.ReadAllText(schema), File.ReadAllText(locked));
        directory.Write("submit-probe.md", old.Length == 0 ? now : Samples.ProbePage.Replace(old, now, StringComparison.Ordinal));

        CliRun run = (await CliRun.In(directory.Path, "update", "submit-probe.md", "--json")).Exits(1);
        Assert.Contains($"submit-probe.md(1,1): error CICG5002: the page {message}", run.Error, StringComparison.Ordinal);
        JsonElement problem = Assert.Single(run.Json.GetProperty("problems").EnumerateArray());
        Assert.Equal(("submit-probe.md", 1), (problem.GetProperty("path").GetString(), problem.GetProperty("line").GetInt32()));
        Assert.Empty(run.Json.GetProperty("written").EnumerateArray());
        Assert.Equal(before, (File.ReadAllText(schema), File.ReadAllText(locked)));
    }

    [Fact]
    public async Task Update_TakesAnotherPath()
    {
        using TemporaryDirectory directory = await ImportedAsync(Samples.ProbePage);
        directory.Write("submit-probe.md", Samples.ProbePage.Replace("POST /jobs", "POST /ai_jobs", StringComparison.Ordinal));
        (await CliRun.In(directory.Path, "update", "submit-probe.md")).Exits(0);
        Assert.Contains("http: POST /ai_jobs", File.ReadAllText(Path.Combine(directory.Path, "schema", "Probe.ci.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task ABrokenSchema_IsNoSilence()
    {
        using TemporaryDirectory directory = await ImportedAsync(Samples.ProbePage);
        directory.Write("schema/Probe.ci.yaml", "kind: tag\ntag: [Probe\n");
        CliRun run = (await CliRun.In(directory.Path, "drift", "submit-probe.md", "--schema", "schema", "--json")).Exits(2);
        string place = Path.Combine("schema", "Probe.ci.yaml");
        Assert.StartsWith($"{place}(", run.Error, StringComparison.Ordinal);
        Assert.Contains("error CICG1001:", run.Error, StringComparison.Ordinal);

        // What JSON says names the place too.
        JsonElement error = run.Json.GetProperty("error");
        Assert.Equal(("BadSchema", place, 3, 1), (error.GetProperty("code").GetString(), error.GetProperty("path").GetString(), error.GetProperty("line").GetInt32(), error.GetProperty("column").GetInt32()));
    }

    [Fact]
    public async Task APageAlone_HasNotChanged_BecauseItRefersToAnother()
    {
        using TemporaryDirectory directory = new();
        directory.Write("docs/submit-probe.md", Samples.ProbePage.Replace(Level, $"{Level}\n| Cut | Request.Operation | The same as Request.Cut in the API for creating a probe template | Container | No |", StringComparison.Ordinal));
        directory.Write("docs/template-create-probe.md", TemplatePage);
        (await CliRun.In(directory.Path, "import", "docs", "-o", "schema")).Exits(0);
        Assert.Contains("sameAs: 'template-create-probe#Request.Cut'", File.ReadAllText(Path.Combine(directory.Path, "schema", "Probe.ci.yaml")), StringComparison.Ordinal);
        Assert.Empty(Events((await CliRun.In(directory.Path, "drift", "docs", "--schema", "schema", "--json")).Exits(0)));
        Assert.Empty(Events((await CliRun.In(directory.Path, "drift", Path.Combine("docs", "submit-probe.md"), "--schema", "schema", "--json")).Exits(0)));
    }

    [Theory]
    [InlineData("| Int | No |", "| Blob | No |", "breaking ChangedType Request.Operation.Level: Int -> Blob")]
    [InlineData("| Int | No |", "| List of Int | No |", "breaking ChangedType Request.Operation.Level: Int -> List of Int")]
    [InlineData("| Container | Yes |\n| Level", "| Container | |\n| Level", "note ChangedRequired Request.Operation: Yes -> No")]
    [InlineData("| How far |", "| How far. It is required if `Tag` is `Probe` |", "warning ChangedRequired Request.Operation.Level: No -> Yes if Tag == Probe")]
    public async Task TypeAndRequiredness_AreToldBetweenTwoPages(string old, string now, string expected)
    {
        using TemporaryDirectory directory = new();
        string after = Samples.ProbePage.Replace(old, now, StringComparison.Ordinal);
        Assert.NotEqual(Samples.ProbePage, after);
        CliRun run = (await CliRun.Of("drift", directory.Write("old/submit-probe.md", Samples.ProbePage), directory.Write("new/submit-probe.md", after), "--json")).Exits(1);
        Assert.Equal([expected], Events(run));
    }

    [Fact]
    public async Task ABool_IsOne_InTheSchemaToo()
    {
        string page = Samples.ProbePage.Replace(Level, "| Level | Request.Operation | Whether to go far. Valid values: `true`, `false` | String | No |", StringComparison.Ordinal);
        using TemporaryDirectory directory = await ImportedAsync(page);
        directory.Write("submit-probe.md", page.Replace("| String | No |", "| Bool | No |", StringComparison.Ordinal));
        CliRun run = (await CliRun.In(directory.Path, "drift", "submit-probe.md", "--schema", "schema", "--json")).Exits(1);
        Assert.Equal(["breaking ChangedType Request.Operation.Level: String -> Bool"], Events(run));

        (await CliRun.In(directory.Path, "update", "submit-probe.md")).Exits(0);
        JsonElement tree = (await CliRun.In(directory.Path, "tree", "Probe", "--schema", "schema", "--json")).Exits(0).Json.GetProperty("request");
        JsonElement operation = Assert.Single(tree.GetProperty("children").EnumerateArray(), n => n.GetProperty("name").GetString() == "Operation");
        JsonElement level = Assert.Single(operation.GetProperty("children").EnumerateArray(), n => n.GetProperty("name").GetString() == "Level");
        Assert.Equal(("Bool", "bool"), (level.GetProperty("wireType").GetString(), level.GetProperty("type").GetString()));
    }

    [Fact]
    public async Task AStructure_IsWhereItsPageHasIt_InTheSchemaToo()
    {
        using TemporaryDirectory directory = new();
        const string Page = "# Structures\n\n## Probe Box\n\n| Node Name (Keyword) | Description | Type | Required |\n| --- | --- | --- | --- |\n| Width | How wide | Int | No |\n";
        string old = directory.Write("old/probe-structures.md", Page);
        string now = directory.Write("new/probe-structures.md", Page + "| Height | How high | Int | No |\n");
        string schema = Path.Combine(directory.Path, "schema");
        (await CliRun.Of("import", old, "-o", schema)).Exits(0);
        string[] pair = Written((await CliRun.Of("drift", old, now, "--json")).Exits(1));
        Assert.Equal(["AddedNode Probe Box.Height"], pair);
        Assert.Equal(pair, Written((await CliRun.Of("drift", now, "--schema", schema, "--json")).Exits(1)));
    }

    private static async Task<TemporaryDirectory> ImportedAsync(string page)
    {
        TemporaryDirectory directory = new();
        directory.Write("submit-probe.md", page);
        (await CliRun.In(directory.Path, "import", "submit-probe.md", "-o", "schema", "--lock", Path.Combine("schema", "schema.lock.yaml"))).Exits(0);
        return directory;
    }

    private static string[] Events(CliRun run)
        => [.. run.Json.GetProperty("events").EnumerateArray().Select(e => $"{e.GetProperty("severity")} {e.GetProperty("kind")} {e.GetProperty("path")}: {e.GetProperty("old")} -> {e.GetProperty("new")}")];

    private static string[] Written(CliRun run)
        => [.. run.Json.GetProperty("events").EnumerateArray().Select(e => $"{e.GetProperty("kind")} {e.GetProperty("writtenPath")}")];
}

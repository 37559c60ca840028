using System.Text.Json;
using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.Cli.Tests;

/// <summary>Pages of the docs: import, drift, update, from a first import to a change and its correction.</summary>
public sealed partial class PageTests
{
    private const string OldRow = "| Level | Request.Operation | How far | Int | No |";
    private const string NewRow = "| Level | Request.Operation | How far | String | Yes |\n| Depth | Request.Operation | How deep, value range: [0-9] | Int | No |";

    private static string NewPage => Samples.ProbePage.Replace(OldRow, NewRow, StringComparison.Ordinal).Replace("2026-01-02", "2026-03-04", StringComparison.Ordinal);

    [Fact]
    public async Task TheReadmesFlow_RunsAsItStands()
    {
        using TemporaryDirectory directory = new();
        string page = directory.Write("submit-probe.md", Samples.ProbePage);
        await Run(directory, "import", page, "-o", Path.Combine(directory.Path, "schema", "tags"), "--lock", Path.Combine(directory.Path, "schema", "schema.lock.yaml"));
        directory.Write("submit-probe.md", NewPage);
        string block = Block().Match(File.ReadAllText(Path.Combine(Repository.Root, "README.md"))).Groups["lines"].Value;
        string[] commands = [.. block.Split('\n').Select(l => l.Split('#')[0].Trim()).Where(l => l.StartsWith("cicodegen ", StringComparison.Ordinal))];
        Assert.Equal(2, commands.Length);

        CliRun drift = (await Run(directory, commands[0].Split(' ')[1..])).Exits(1);
        Assert.Contains("ChangedType", drift.Out, StringComparison.Ordinal);
        Assert.Contains("ProbeRequest.Operation.Level", drift.Out, StringComparison.Ordinal);
        CliRun update = (await Run(directory, commands[1].Split(' ')[1..])).Exits(0);
        Assert.Contains("1 schema rewritten, 0 unchanged", update.Out, StringComparison.Ordinal);
        Assert.Contains("date: 2026-03-04", File.ReadAllText(Path.Combine(directory.Path, "schema", "schema.lock.yaml")), StringComparison.Ordinal);
        (await Run(directory, commands[0].Split(' ')[1..])).Exits(0);
    }

    [Fact]
    public async Task Drift_SaysWhomItBreaks()
    {
        using TemporaryDirectory directory = new();
        CliRun run = (await CliRun.Of("drift", directory.Write("old/submit-probe.md", Samples.ProbePage), directory.Write("new/submit-probe.md", NewPage), "--json")).Exits(1);
        string[] events = [.. run.Json.GetProperty("events").EnumerateArray().Select(e => $"{e.GetProperty("severity")} {e.GetProperty("kind")} {e.GetProperty("path")}: {Text(e, "old")} -> {Text(e, "new")} ({Text(e, "member")})")];
        Assert.Equal(
            [
                "breaking ChangedType Request.Operation.Level: Int -> String (ProbeRequest.Operation.Level)",
                "breaking ChangedRequired Request.Operation.Level: No -> Yes (ProbeRequest.Operation.Level)",
                "note AddedNode Request.Operation.Depth:  -> Int (ProbeRequest.Operation.Depth)",
            ],
            events);
    }

    [Fact]
    public async Task Drift_IsAMarkdownTable_ForAPullRequest()
    {
        using TemporaryDirectory directory = new();
        CliRun run = (await CliRun.Of("drift", directory.Write("old/submit-probe.md", Samples.ProbePage), directory.Write("new/submit-probe.md", NewPage), "--markdown")).Exits(1);
        Assert.Contains("| breaking | ChangedType | `Request.Operation.Level` | `Int` | `String` | `ProbeRequest.Operation.Level` |", run.Out.Split('\n'));
    }

    [Fact]
    public async Task ACorrectionThatNoLongerMatches_IsReported_AndStays()
    {
        using TemporaryDirectory directory = new();
        string page = directory.Write("submit-probe.md", Samples.ProbePage);
        await Run(directory, "import", page, "-o", Path.Combine(directory.Path, "schema", "tags"), "--lock", Path.Combine(directory.Path, "schema", "schema.lock.yaml"));
        string correction = directory.Write("schema/corrections/Probe.ci.yaml", Samples.ProbeCorrection);
        directory.Write("submit-probe.md", Samples.ProbePage.Replace("| Level |", "| Degree |", StringComparison.Ordinal));
        CliRun run = (await Run(directory, "update", page, "--json")).Exits(1);
        JsonElement problem = Assert.Single(run.Json.GetProperty("problems").EnumerateArray());
        Assert.Contains("Request.Operation.Level", problem.GetProperty("message").GetString(), StringComparison.Ordinal);
        Assert.Equal(Samples.ProbeCorrection, File.ReadAllText(correction));
    }

    [Fact]
    public async Task Import_ReportsDefects_WithPageAndLine()
    {
        using TemporaryDirectory directory = new();
        string page = directory.Write("submit-probe.md", Samples.ProbePage.Replace("| Level | Request.Operation |", "| Level | Request.Operaton |", StringComparison.Ordinal));
        CliRun run = (await CliRun.Of("import", page)).Exits(0);
        Assert.Contains($"{page}(14,1): warning CICG5002: BrokenName: no row declares Request.Operaton; read as Request.Operation", run.Error.Split('\n'));
        Assert.Contains("kind: tag", run.Out.Split('\n'));
    }

    [Fact]
    public async Task APageThatCannotBeRead_IsSaid_AndTheOthersGoOn()
    {
        using TemporaryDirectory directory = new();
        directory.Write("pages/submit-probe.md", Samples.ProbePage);
        await File.WriteAllBytesAsync(Path.Combine(directory.Path, "pages", "broken.md"), [0x61, 0xC3, 0x28], TestContext.Current.CancellationToken);
        CliRun run = (await CliRun.Of("import", Path.Combine(directory.Path, "pages"), "-o", Path.Combine(directory.Path, "out"))).Exits(1);
        Assert.Contains("broken.md(1,1): error CICG5001:", run.Error, StringComparison.Ordinal);
        Assert.Equal(["Probe.ci.yaml"], Directory.EnumerateFiles(Path.Combine(directory.Path, "out")).Select(f => Path.GetFileName(f)!));
    }

    private static string Text(JsonElement e, string name) => e.GetProperty(name).GetString() ?? "";

    // As in that directory.
    private static Task<CliRun> Run(TemporaryDirectory directory, params string[] args)
        => CliRun.In(directory.Path, args);

    [GeneratedRegex(@"## When the docs change.*?```bash\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

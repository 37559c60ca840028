using System.Text.Json;

namespace CiCodegen.Cli.Tests;

/// <summary>What <c>import</c> writes, and what it does not write over.</summary>
public sealed class ImportFileTests
{
    private const string Own = "kind: tag\ntag: Probe\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        Mine: {}\n";

    private static string Later => Samples.ProbePage.Replace("2026-01-02", "2026-03-04", StringComparison.Ordinal).Replace("| Level |", "| Degree |", StringComparison.Ordinal);

    [Theory]
    [InlineData("a", "b")]
    [InlineData("b", "a")]
    public async Task OfSeveralVersions_TheLatestIsTheFile(string old, string now)
    {
        using TemporaryDirectory directory = new();
        directory.Write($"{old}/submit-probe.md", Samples.ProbePage);
        directory.Write($"{now}/submit-probe.md", Later);
        CliRun run = (await CliRun.In(directory.Path, "import", "a", "b", "-o", "out", "--lock", "schema.lock.yaml")).Exits(0);
        Assert.Equal(["Probe.ci.yaml"], Files(directory));
        Assert.Contains("Degree", Text(directory), StringComparison.Ordinal);
        Assert.StartsWith("1 schema from 2 pages in out:", run.Out, StringComparison.Ordinal);
        Assert.Contains($"{Path.Combine(old, "submit-probe.md")}: not written; the page 'submit-probe' is written from {Path.Combine(now, "submit-probe.md")}", run.Error, StringComparison.Ordinal);
        Assert.Contains("date: 2026-03-04", File.ReadAllText(Path.Combine(directory.Path, "schema.lock.yaml")), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TwoPagesOfOneName_AreNoVersions()
    {
        using TemporaryDirectory directory = new();
        string undated = Samples.ProbePage.Replace("Last updated: 2026-01-02", "", StringComparison.Ordinal);
        directory.Write("a/submit-probe.md", undated);
        directory.Write("b/submit-probe.md", undated.Replace("| Level |", "| Degree |", StringComparison.Ordinal));
        (await CliRun.In(directory.Path, "import", "a", "b", "-o", "out")).Exits(0);
        Assert.Equal(["Probe.ci.yaml", "submit-probe.ci.yaml"], Files(directory).Order(StringComparer.Ordinal));

        directory.Write("c/submit-probe.md", undated.Replace("| Level |", "| Grade |", StringComparison.Ordinal));
        CliRun run = (await CliRun.In(directory.Path, "import", "a", "b", "c", "-o", "out", "--json")).Exits(1);
        Assert.Contains("submit-probe.md(1,1): error CICG5002: not written;", run.Error, StringComparison.Ordinal);
        Assert.Single(run.Json.GetProperty("pages").EnumerateArray(), p => p.GetProperty("file").ValueKind == JsonValueKind.Null);
    }

    [Fact]
    public async Task OnePageTwice_IsNoClash()
    {
        using TemporaryDirectory directory = new();
        directory.Write("a/submit-probe.md", Samples.ProbePage);
        directory.Write("b/submit-probe.md", Samples.ProbePage);
        (await CliRun.In(directory.Path, "import", "a", "b", "-o", "out")).Exits(0);
        Assert.Equal(["Probe.ci.yaml"], Files(directory));
    }

    [Fact]
    public async Task AFileThatImportDidNotWrite_Stays()
    {
        using TemporaryDirectory directory = new();
        directory.Write("pages/submit-probe.md", Samples.ProbePage);
        directory.Write("pages/submit-other.md", Samples.ProbePage.Replace("Probe", "Other", StringComparison.Ordinal));
        directory.Write("out/Probe.ci.yaml", Own);
        CliRun run = (await CliRun.In(directory.Path, "import", "pages", "-o", "out")).Exits(2);
        Assert.Contains($"'{Path.Combine("out", "Probe.ci.yaml")}' names no page, so import did not write it; --force writes over it. Nothing was written.", run.Error, StringComparison.Ordinal);
        Assert.Equal(Own, Text(directory));
        Assert.Equal(["Probe.ci.yaml"], Files(directory));

        (await CliRun.In(directory.Path, "import", "pages", "-o", "out", "--force")).Exits(0);
        Assert.Contains("page: { id: submit-probe", Text(directory), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatImportWrote_IsWrittenAgain()
    {
        using TemporaryDirectory directory = new();
        directory.Write("submit-probe.md", Samples.ProbePage);
        (await CliRun.In(directory.Path, "import", "submit-probe.md", "-o", "out")).Exits(0);
        directory.Write("submit-probe.md", Later);
        (await CliRun.In(directory.Path, "import", "submit-probe.md", "-o", "out")).Exits(0);
        Assert.Contains("Degree", Text(directory), StringComparison.Ordinal);
    }

    [Fact]
    public async Task WithADamagedLock_NothingIsWritten()
    {
        using TemporaryDirectory directory = new();
        directory.Write("submit-probe.md", Samples.ProbePage);
        string locked = directory.Write("schema.lock.yaml", "pages:\nnonsense\n");
        CliRun run = (await CliRun.In(directory.Path, "import", "submit-probe.md", "-o", "out", "--lock", "schema.lock.yaml", "--json")).Exits(2);
        Assert.StartsWith($"{locked}(2,1): error CICG1001: 'nonsense' does not belong in a lock.", run.Error, StringComparison.Ordinal);
        JsonElement error = run.Json.GetProperty("error");
        Assert.Equal(("BadLock", locked, 2), (error.GetProperty("code").GetString(), error.GetProperty("path").GetString(), error.GetProperty("line").GetInt32()));
        Assert.False(Directory.Exists(Path.Combine(directory.Path, "out")));
    }

    [Fact]
    public async Task ADirectoryThatCannotBeMade_IsNamedAsItWasGiven()
    {
        using TemporaryDirectory directory = new();
        directory.Write("submit-probe.md", Samples.ProbePage);
        directory.Write("taken", "a file");
        CliRun run = (await CliRun.In(directory.Path, "import", "submit-probe.md", "-o", "taken")).Exits(2);
        Assert.StartsWith("error: The directory 'taken' cannot be made: ", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task APageWithoutNodes_IsNoSchemaOnStdout()
    {
        using TemporaryDirectory directory = new();
        CliRun run = (await CliRun.Of("import", directory.Write("empty.md", "# Nothing\n"))).Exits(0);
        Assert.Empty(run.Out);
        Assert.Contains("no table of nodes, so no schema", run.Error, StringComparison.Ordinal);
    }

    private static string[] Files(TemporaryDirectory directory) => [.. Directory.EnumerateFiles(Path.Combine(directory.Path, "out")).Select(f => Path.GetFileName(f)!)];

    private static string Text(TemporaryDirectory directory) => File.ReadAllText(Path.Combine(directory.Path, "out", "Probe.ci.yaml"));
}

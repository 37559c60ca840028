using System.Text.Json;

namespace CiCodegen.Cli.Tests;

public sealed class ServiceTests : IAsyncLifetime
{
    private readonly TemporaryDirectory _directory = new();
    private RunningEmulator? _emulator;

    private string Endpoint => _emulator!.Endpoint;

    public async ValueTask InitializeAsync()
    {
        _directory.Write("Echo.ci.yaml", Samples.EchoSchema);
        _emulator = await RunningEmulator.StartAsync("--speed", "100", "--clock", "2025-11-19T08:00:00+08:00", "--schema", _directory.Path);
    }

    public async ValueTask DisposeAsync()
    {
        await _emulator!.DisposeAsync();
        _directory.Dispose();
    }

    [Fact]
    public async Task Job_IsSubmittedDescribedListedAndWaitedFor()
    {
        JsonElement submitted = (await Run(Samples.RequestJson, "submit", "--tag", "VideoTargetRec", "--user-data", "mine", "-")).Exits(0).Json;
        string id = submitted.GetProperty("jobId").GetString()!;
        Assert.True(submitted.GetProperty("ok").GetBoolean());
        Assert.Equal([id], submitted.GetProperty("ids").EnumerateArray().Select(i => i.GetString()));

        JsonElement waited = (await Run("", "wait", "--tag", "VideoTargetRec", "--deadline", "60", id)).Exits(0).Json;
        Assert.Equal("Success", waited.GetProperty("state").GetString());
        Assert.Equal("mine", waited.GetProperty("job").GetProperty("Operation").GetProperty("UserData").GetString());
        Assert.StartsWith("2025-11-19T", waited.GetProperty("job").GetProperty("CreationTime").GetString(), StringComparison.Ordinal);

        // Without a Tag the job's own decides.
        JsonElement described = (await Run("", "describe", id)).Exits(0).Json;
        Assert.True(JsonElement.DeepEquals(waited.GetProperty("job"), described.GetProperty("job")));

        JsonElement listed = (await Run("", "list", "--tag", "VideoTargetRec")).Exits(0).Json;
        Assert.Contains(id, listed.GetProperty("ids").EnumerateArray().Select(i => i.GetString()));

        CliRun cancelled = (await Run("", "cancel", "--tag", "VideoTargetRec", id)).Exits(2);
        Assert.Equal("service", Error(cancelled).GetProperty("kind").GetString());
        Assert.Equal(400, Error(cancelled).GetProperty("status").GetInt32());
        Assert.Equal(id, cancelled.Json.GetProperty("jobId").GetString());
    }

    [Fact]
    public async Task WhatNoSchemaKnows_IsTold_ForItIsNotSent()
    {
        CliRun run = (await Run(Samples.RequestJson.Replace("\"JobLevel\"", "\"JobLevl\"", StringComparison.Ordinal), "submit", "--tag", "VideoTargetRec", "-")).Exits(0);
        Assert.Contains("-: 'Request.Operation.JobLevl' is no node of Tag 'VideoTargetRec'; it is not sent.", run.Error, StringComparison.Ordinal);
        Assert.Empty((await Run(Samples.RequestJson, "submit", "--tag", "VideoTargetRec", "-")).Exits(0).Error);
    }

    [Fact]
    public async Task OwnTag_IsServed()
    {
        string[] own = ["--schema", _directory.Path];
        const string Json = """{"Tag":"Echo","Operation":{"Echo":{"Words":[1]}},"Input":{"Object":"x"}}""";
        string id = (await Run(Json, ["submit", "--tag", "Echo", "-", .. own])).Exits(0).Json.GetProperty("jobId").GetString()!;
        JsonElement job = (await Run("", ["wait", "--tag", "Echo", id, .. own])).Exits(0).Json.GetProperty("job");
        Assert.Equal("Echo", job.GetProperty("Tag").GetString());
    }

    [Fact]
    public async Task Jobs_OutliveAnEmulatorWithADataFile()
    {
        string[] emulator = ["--speed", "100", "--data", Path.Combine(_directory.Path, "jobs.jsonl")];
        string id;
        await using (RunningEmulator first = await RunningEmulator.StartAsync(emulator))
        {
            id = (await CliRun.With(Samples.RequestJson, "submit", "--tag", "VideoTargetRec", "--endpoint", first.Endpoint, "--json", "-")).Exits(0).Json.GetProperty("jobId").GetString()!;
        }

        await using RunningEmulator second = await RunningEmulator.StartAsync(emulator);
        Assert.Equal(id, (await CliRun.Of("wait", "--deadline", "60", "--endpoint", second.Endpoint, "--json", id)).Exits(0).Json.GetProperty("jobId").GetString());
        Assert.Contains("cannot be opened", (await CliRun.Of(["emulator", .. emulator])).Exits(2).Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task FailedJob_EndsTheWaitWith1()
    {
        string id = (await Run(Samples.RequestXml.Replace("a.mp4", "emulator/fail/a.mp4", StringComparison.Ordinal), "submit", "--tag", "VideoTargetRec", "-")).Exits(0).Json.GetProperty("jobId").GetString()!;
        Assert.Equal("Failed", (await Run("", "wait", "--tag", "VideoTargetRec", id)).Exits(1).Json.GetProperty("state").GetString());
    }

    [Fact]
    public async Task Violations_AreFoundBeforeAnythingIsSent()
    {
        CliRun run = (await Run(Samples.BadRequestJson, "submit", "--tag", "VideoTargetRec", "-")).Exits(1);
        Assert.Equal(["kind", "ambiguous", "status", "code", "requestId", "traceId", "message", "violations"], Error(run).EnumerateObject().Select(p => p.Name));
        Assert.Equal("validation", Error(run).GetProperty("kind").GetString());
        Assert.Equal(JsonValueKind.Null, run.Json.GetProperty("jobId").ValueKind);
    }

    [Fact]
    public async Task UnknownJob_IsAFinding()
    {
        CliRun run = (await Run("", "describe", "--tag", "VideoTargetRec", "jnone")).Exits(1);
        Assert.Equal("notFound", Error(run).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Failures_SayWhetherTheJobMayBeThere()
    {
        CliRun unreachable = await CliRun.With(Samples.RequestJson, "submit", "--tag", "VideoTargetRec", "--endpoint", "http://127.0.0.1:1", "--json", "-");
        Assert.Equal("transport", Error(unreachable.Exits(2)).GetProperty("kind").GetString());
        Assert.False(Error(unreachable).GetProperty("ambiguous").GetBoolean());

        // Takes connections and never answers.
        using System.Net.Sockets.TcpListener silent = new(System.Net.IPAddress.Loopback, 0);
        silent.Start();
        CliRun unanswered = await CliRun.With(Samples.RequestJson, "submit", "--tag", "VideoTargetRec", "--endpoint", $"http://{silent.LocalEndpoint}", "--try-timeout", "0.3", "--json", "-");
        Assert.Equal("ambiguous", Error(unanswered.Exits(2)).GetProperty("kind").GetString());
        Assert.True(Error(unanswered).GetProperty("ambiguous").GetBoolean());

        CliRun foreign = await CliRun.With(Samples.RequestJson, new Dictionary<string, string> { ["TENCENTCLOUD_SECRET_ID"] = CliRun.SecretId, ["TENCENTCLOUD_SECRET_KEY"] = "other" }, "submit", "--tag", "VideoTargetRec", "--endpoint", Endpoint, "--json", "-");
        Assert.Equal("service", Error(foreign.Exits(2)).GetProperty("kind").GetString());
        Assert.NotEqual(JsonValueKind.Null, Error(foreign).GetProperty("requestId").ValueKind);
    }

    [Fact]
    public async Task Credentials_ComeFromTheProfileFiles_WhereTheEnvironmentHasNone()
    {
        string home = _directory.Path;
        CliRun none = await CliRun.With("", new Dictionary<string, string> { ["HOME"] = home }, "list", "--tag", "VideoTargetRec", "--endpoint", Endpoint, "--json");
        Assert.Equal("credentials", Error(none.Exits(2)).GetProperty("kind").GetString());
        Assert.Contains("TENCENTCLOUD_SECRET_ID", none.Error, StringComparison.Ordinal);
        Assert.Contains(Path.Combine(home, ".tccli", "default.credential"), none.Error, StringComparison.Ordinal);
        _directory.Write(".tencentcloud/credentials", $"[default]\nsecret_id={CliRun.SecretId}\nsecret_key={CliRun.SecretKey}\n");
        (await CliRun.With("", new Dictionary<string, string> { ["HOME"] = home }, "list", "--tag", "VideoTargetRec", "--endpoint", Endpoint, "--json")).Exits(0);
        Assert.Equal("credentials", Error(await CliRun.With("", new Dictionary<string, string>(), "list", "--tag", "VideoTargetRec", "--endpoint", Endpoint, "--json")).GetProperty("kind").GetString());
    }

    [Fact]
    public async Task Plain_PrintsIdAndState()
    {
        CliRun run = (await CliRun.With(Samples.RequestJson, "submit", "--tag", "VideoTargetRec", "--endpoint", Endpoint, "-")).Exits(0);
        Assert.Matches("^j[0-9a-f]+\tSubmitted\n$", run.Out);
        Assert.Contains("JobId", (await CliRun.Of("list", "--tag", "VideoTargetRec", "--endpoint", Endpoint)).Exits(0).Out, StringComparison.Ordinal);
    }

    private static JsonElement Error(CliRun run) => run.Json.GetProperty("error");

    private Task<CliRun> Run(string input, params string[] args) => CliRun.With(input, [.. args, "--endpoint", Endpoint, "--json"]);
}

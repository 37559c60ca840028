using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CiCodegen.Emulator;
using CiCodegen.Runtime;
using CiCodegen.Tests.Faults;

namespace CiCodegen.Cli.Tests;

/// <summary>A batch whose process is killed again and again, over a bad network: the emulator's ledger and what was told agree.</summary>
/// <remarks><c>CICODEGEN_SOAK=20000:25</c> runs so many jobs with so many kills; without it, few. One process at a time has the journal, so a process is killed with SIGKILL and the next one begins.</remarks>
public sealed class BatchSoakTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private readonly Random _random = new(20260102);

    // The harder one always; both when there is time.
    public static TheoryData<bool> Modes => Environment.GetEnvironmentVariable("CICODEGEN_SOAK") is null ? [true] : [false, true];

    [Theory]
    [MemberData(nameof(Modes))]
    public async Task KilledProcesses_LoseNothing_AndDoubleNothing(bool late)
    {
        int[] size = [.. (Environment.GetEnvironmentVariable("CICODEGEN_SOAK") ?? "300:3").Split(':').Select(n => int.Parse(n, CultureInfo.InvariantCulture))];
        await using CiEmulator emulator = await CiEmulator.StartAsync(new CiEmulatorOptions { SecretId = CliRun.SecretId, SecretKey = CliRun.SecretKey, ListDelay = TimeSpan.FromSeconds(late ? 5 : 0) });
        using HttpClient behind = new();
        await using FaultServer server = new(handle: request => Forward(behind, emulator.Endpoint, request));
        Fault[] faults = [.. Fault.All.Where(fault => !fault.Name.StartsWith("503 with Retry-After 3600", StringComparison.Ordinal) && !fault.Name.StartsWith("429", StringComparison.Ordinal))];
        Lock together = new();
        server.Choose = request =>
        {
            lock (together)
            {
                return _random.NextDouble() >= 0.1 ? null : late && request.Verb == "submit" && _random.Next(2) == 0 ? Fault.Late(() => TimeSpan.FromSeconds(Next(0, 12))) : faults[_random.Next(faults.Length)];
            }
        };

        string manifest = _directory.Write("jobs.jsonl", string.Concat(Enumerable.Range(1, size[0]).Select(i => $"{{\"Operation\":{{\"TemplateId\":\"t1\",\"UserData\":\"n{i.ToString(CultureInfo.InvariantCulture)}\"}},\"Input\":{{\"Object\":\"a.mp4\"}}}}\n")));
        // What is under way when a process is killed may never have left it, and nobody can tell: with few jobs, few at once.
        int concurrency = size[0] >= 10_000 ? 32 : 8;
        long start = Stopwatch.GetTimestamp();
        double step = 2 + (size[0] / 1000.0 / size[1] * 4);
        for (int kill = 0; kill < size[1]; kill++)
        {
            await RunAsync(manifest, server.Endpoint, concurrency, TimeSpan.FromSeconds(Next(1, step)));
        }

        JsonElement[] told = await RunAsync(manifest, server.Endpoint, concurrency, killAfter: null);
        if (late)
        {
            // What was given up arrives at last.
            await Task.Delay(TimeSpan.FromSeconds(13));
        }

        ILookup<string, string> ledger = await LedgerAsync(emulator);
        string[] doubled = [.. ledger.Where(made => made.Count() > 1).Select(made => made.Key)];
        Dictionary<string, JsonElement> last = told.Where(line => line.TryGetProperty("key", out _)).ToDictionary(line => line.GetProperty("key").GetString()!);
        string[] lost = [.. Enumerable.Range(1, size[0]).Select(i => i.ToString(CultureInfo.InvariantCulture)).Where(key => !Agrees(last.GetValueOrDefault(key), [.. ledger[$"n{key}"]]))];
        int unknown = last.Values.Count(line => line.GetProperty("status").GetString() == "unknown");
        TestContext.Current.TestOutputHelper!.WriteLine($"{size[0]} jobs, {size[1]} kills, {(late ? "lists 5 s late, late commits" : "lists at once")}: {ledger.Count} in the ledger, {unknown} told as unknown, {doubled.Length} doubled, {lost.Length} lost, {Stopwatch.GetElapsedTime(start).TotalSeconds:0} s");
        Assert.Empty(doubled);
        Assert.Empty(lost);
        Assert.True(ledger.Count > size[0] * 0.8, $"{ledger.Count} of {size[0]}");
    }

    // A job that is told of is the one in the ledger; one that is not in the ledger is told as refused, unsent or unknown.
    private static bool Agrees(JsonElement line, string[] made)
        => line.ValueKind == JsonValueKind.Object && line.GetProperty("status").GetString() switch
        {
            "submitted" or "already" => made is [var id] && id == line.GetProperty("jobId").GetString(),
            "refused" or "unsent" => made.Length == 0,
            _ => true,
        };

    /// <summary>Runs the batch in a process of its own.</summary>
    private static async Task<JsonElement[]> RunAsync(string manifest, string endpoint, int concurrency, TimeSpan? killAfter)
    {
        ProcessStartInfo start = new("dotnet", [typeof(CliApplication).Assembly.Location, "batch", manifest, "--tag", "VideoTargetRec", "--endpoint", endpoint, "--concurrency", concurrency.ToString(CultureInfo.InvariantCulture), "--rate", "5000", "--try-timeout", "2", "--json"])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            Environment = { ["TENCENTCLOUD_SECRET_ID"] = CliRun.SecretId, ["TENCENTCLOUD_SECRET_KEY"] = CliRun.SecretKey },
        };
        using Process process = Process.Start(start)!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (killAfter is { } time && await Task.WhenAny(process.WaitForExitAsync(), Task.Delay(time)) is var first && !process.HasExited)
        {
            await first;
            process.Kill();
        }

        await process.WaitForExitAsync();
        Assert.DoesNotContain(CliRun.SecretKey, await output + await error, StringComparison.Ordinal);
        if (killAfter is null)
        {
            Assert.True(process.ExitCode is 0 or 1, await error);
        }

        return killAfter is not null ? [] : [.. (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement)];
    }

    private static WireAnswer Forward(HttpClient http, Uri endpoint, WireRequest request)
    {
        using HttpRequestMessage message = new(new HttpMethod(request.Method), new Uri(endpoint, request.Path));
        message.Content = new StringContent(request.Body);
        message.Content.Headers.Clear();
        foreach ((string name, string value) in request.Headers.Where(header => !header.Key.Equals("content-length", StringComparison.OrdinalIgnoreCase)))
        {
            _ = message.Headers.TryAddWithoutValidation(name, value) || message.Content.Headers.TryAddWithoutValidation(name, value);
        }

        using HttpResponseMessage answer = http.Send(message);
        using StreamReader body = new(answer.Content.ReadAsStream());
        return new WireAnswer((int)answer.StatusCode, body.ReadToEnd());
    }

    /// <summary>Each number's jobs in the emulator, asked for without any fault between.</summary>
    private static async Task<ILookup<string, string>> LedgerAsync(CiEmulator emulator)
    {
        using HttpClient http = new(CiClient.CreateHandler());
        CiClient client = new(http, new CiClientOptions { Endpoint = emulator.Endpoint }, new StaticCredentialProvider(emulator.Credentials));
        List<CiJobEnvelope> jobs = [];
        await foreach (CiRawResult page in client.ListRawAsync(new CiTag("VideoTargetRec", "media", "POST", "/jobs", CiVerbs.List), new CiListQuery { PageSize = 100 }))
        {
            jobs.AddRange(page.Jobs);
        }

        return jobs.ToLookup(job => CiSubmissionMark.TextOf(job.UserData), job => job.JobId!);
    }

    private double Next(double from, double to)
    {
        lock (_random)
        {
            return from + (_random.NextDouble() * (to - from));
        }
    }

    public void Dispose() => _directory.Dispose();
}

using System.Collections.Concurrent;
using System.Text.Json;
using CiCodegen.Tests.Faults;

namespace CiCodegen.Cli.Tests;

/// <summary>The service commands against every fault of the catalogue: exit codes, ids and <c>ambiguous</c> tell the truth.</summary>
public sealed class FaultTests
{
    private const string Token = "token-not-to-be-printed";
    private static readonly string[] s_verbs = ["submit", "describe", "list", "cancel", "wait"];

    [Fact]
    public async Task EveryFault_AgainstEveryCommand()
    {
        ConcurrentBag<string> complaints = [];
        int played = 0;
        await Parallel.ForEachAsync(
            Fault.All.SelectMany(fault => s_verbs.Select(verb => (fault, verb))),
            new ParallelOptions { MaxDegreeOfParallelism = 16 },
            async (pair, _) =>
            {
                await using FaultServer server = new();
                LedgerJob job = server.Service.Add();
                job.State = pair.verb == "wait" ? "Running" : "Submitted";
                int met = 0;
                server.Choose = request => request.Verb == (pair.verb == "wait" ? "describe" : pair.verb) && met++ == 0 ? pair.fault : null;
                CliRun run = await RunAsync(server, pair.verb, job.JobId);
                foreach (string complaint in Judge(pair.fault, pair.verb, job, server.Service.Ledger, run))
                {
                    complaints.Add($"{pair.fault.Name}, {pair.verb}: {complaint}\n  {run.Out}  {run.Error}");
                }

                Interlocked.Increment(ref played);
            });
        Assert.True(played >= 350, $"{played} pairs");
        Assert.True(complaints.IsEmpty, string.Join("\n", complaints));
    }

    [Fact]
    public async Task Deadline_EndsEveryCommand()
    {
        foreach (string verb in s_verbs)
        {
            await using FaultServer server = new();
            server.Choose = _ => Fault.All.Single(fault => fault.Name == "carried out, no answer");
            string id = server.Service.Add().JobId;
            long start = System.Diagnostics.Stopwatch.GetTimestamp();
            CliRun run = await RunAsync(server, verb, id, "--deadline", "1.5");
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10), verb);
            Assert.Equal((verb, 2, verb is "submit" or "cancel"), (verb, run.Exit, run.Json.GetProperty("error").GetProperty("ambiguous").GetBoolean()));
        }
    }

    [Fact]
    public async Task MarkedJob_IsFound_WhenItsAnswerIsLost()
    {
        await using FaultServer server = new();
        server.Choose = request => request.Verb == "submit" ? Fault.All.Single(fault => fault.Name == "carried out, reset") : null;
        CliRun run = (await RunAsync(server, "submit", "", "--mark", "--user-data", "mine")).Exits(0);
        LedgerJob made = Assert.Single(server.Service.Ledger);
        Assert.Equal(made.JobId, run.Json.GetProperty("jobId").GetString());
        Assert.StartsWith("mine~ci.", made.UserData, StringComparison.Ordinal);
        Assert.Equal("Submitted", run.Json.GetProperty("state").GetString());
    }

    private static Task<CliRun> RunAsync(FaultServer server, string verb, string id, params string[] more)
    {
        Dictionary<string, string> environment = new() { ["TENCENTCLOUD_SECRET_ID"] = CliRun.SecretId, ["TENCENTCLOUD_SECRET_KEY"] = CliRun.SecretKey, ["TENCENTCLOUD_TOKEN"] = Token };
        string[] job = verb switch { "submit" => ["-"], "list" => [], _ => [id] };
        return CliRun.With(Samples.RequestJson, environment, [verb, .. job, "--tag", "VideoTargetRec", "--endpoint", server.Endpoint, "--json", "--try-timeout", "1", .. more]);
    }

    private static IEnumerable<string> Judge(Fault fault, string verb, LedgerJob job, IReadOnlyList<LedgerJob> ledger, CliRun run)
    {
        if ((run.Out + run.Error).Contains(Token, StringComparison.Ordinal))
        {
            yield return "told the token";
        }

        JsonElement json = run.Json;
        bool ok = json.GetProperty("ok").GetBoolean();
        bool ambiguous = !ok && json.GetProperty("error").GetProperty("ambiguous").GetBoolean();
        string? id = json.GetProperty("jobId").GetString();
        if (ok != (run.Exit == 0))
        {
            yield return $"exit {run.Exit}";
        }

        string[] made = [.. ledger.Skip(1).Select(j => j.JobId)];
        switch (verb)
        {
            case "submit" when made.Length > 1:
                yield return "doubled";
                break;
            case "submit" when ok ? id != made.SingleOrDefault() : made.Length == 1 && !ambiguous:
                yield return "lost, or told a job that is not the one made";
                break;
            case "cancel" when ok ? job.State != "Cancel" : job.State == "Cancel" && !ambiguous:
                yield return "says the contrary of what was done";
                break;
            case "describe" or "wait" when ok && id != job.JobId:
            case "list" when ok && !json.GetProperty("ids").EnumerateArray().Select(i => i.GetString()).SequenceEqual([job.JobId]):
                yield return "told other jobs";
                break;
            case "describe" or "wait" or "list" when ambiguous:
                yield return "ambiguous although nothing can have been done";
                break;
        }

        if (!ok && (fault.IsHarmless || (verb != "submit" && !fault.IsFinal)))
        {
            yield return "failed needlessly";
        }

        if (!ok && json.GetProperty("error").GetProperty("status").ValueKind == JsonValueKind.Number && !fault.Name.Contains("without", StringComparison.Ordinal)
            && json.GetProperty("error").GetProperty("requestId").GetString() is not ("request-in-header" or "cos"))
        {
            yield return "lost the request id";
        }
    }
}

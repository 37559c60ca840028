using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using CiCodegen.Tests.Faults;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>Every fault of the catalogue against every verb, over real connections: no job is lost or doubled, nothing hangs, nothing tells a secret.</summary>
public sealed class FaultMatrixTests
{
    private const string SecretKey = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";
    private const string Token = "tttttttttttttttttttttttttttttttt";
    private static readonly string[] s_verbs = ["submit", "describe", "list", "cancel", "wait"];

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task EveryFault_AgainstEveryVerb(bool once)
    {
        ConcurrentBag<Outcome> outcomes = [];
        IEnumerable<(Fault Fault, string Verb)> pairs = Fault.All.SelectMany(fault => s_verbs.Select(verb => (fault, verb)));
        await Parallel.ForEachAsync(pairs, new ParallelOptions { MaxDegreeOfParallelism = 16 }, async (pair, _) => outcomes.Add(await PlayAsync(pair.Fault, pair.Verb, once)));
        Print(outcomes);

        // A machine with much to do may answer too late for a try; alone, each must do.
        foreach (Outcome late in outcomes.Where(outcome => outcome.WasOnlyLate).ToArray())
        {
            outcomes = [.. outcomes.Where(outcome => outcome != late), await PlayAsync(late.Fault, late.Verb, once)];
        }

        Assert.True(outcomes.Count >= 350, $"{outcomes.Count} pairs");
        string[] complaints = [.. outcomes.SelectMany(outcome => outcome.Complaints())];
        Assert.True(complaints.Length == 0, string.Join("\n", complaints));
    }

    private static async Task<Outcome> PlayAsync(Fault fault, string verb, bool once)
    {
        await using FaultServer server = new();
        LedgerJob job = server.Service.Add();
        job.State = verb == "wait" ? "Running" : "Submitted";
        int met = 0;
        server.Choose = request => request.Verb == (verb == "wait" ? "describe" : verb) && (met++ == 0 || !once) ? fault : null;
        return await Outcome.OfAsync(fault, verb, once, server, job, client => RunAsync(client, verb, job.JobId));
    }

    /// <summary>Runs a verb and tells the ids that it brought.</summary>
    private static async Task<string[]> RunAsync(CiClient client, string verb, string jobId)
    {
        switch (verb)
        {
            case "submit":
                return [.. (await client.SubmitRawAsync("/jobs", Encoding.UTF8.GetBytes(TestRequest.Body))).Jobs.Select(job => job.JobId!)];
            case "describe":
                return [(await client.DescribeAsync<TestJob>(jobId)).JobId!];
            case "cancel":
                await client.CancelAsync<TestJob>(jobId);
                return [jobId];
            case "wait":
                return [(await client.WaitAsync<TestJob>(jobId)).JobId!];
            default:
                List<string> ids = [];
                await foreach (TestJob job in client.ListAsync<TestJob>(new CiListQuery()))
                {
                    ids.Add(job.JobId!);
                }

                return [.. ids];
        }
    }

    private static void Print(IEnumerable<Outcome> outcomes)
    {
        StringBuilder table = new();
        foreach (IGrouping<string, Outcome> row in outcomes.GroupBy(outcome => outcome.Fault.Name).OrderBy(row => row.Key, StringComparer.Ordinal))
        {
            table.Append(row.Key.PadRight(44)).AppendLine(string.Join(" | ", row.OrderBy(outcome => Array.IndexOf(s_verbs, outcome.Verb)).Select(outcome => outcome.ToString().PadRight(30))));
        }

        TestContext.Current.TestOutputHelper!.WriteLine(table.ToString());
    }

    /// <summary>How one pair ended.</summary>
    private sealed record Outcome(Fault Fault, string Verb, bool Once, LedgerJob Job, IReadOnlyList<LedgerJob> Ledger, string[]? Ids, Exception? Failure, TimeSpan Took, string[] Signatures)
    {
        private const string Needless = "failed needlessly";
        private static readonly string[] s_aboutTime = ["no answer", "slow drip", "stall", "Retry-After"];

        private CiException? Known => Failure as CiException;

        private int Made => Ledger.Count - 1;

        public static async Task<Outcome> OfAsync(Fault fault, string verb, bool once, FaultServer server, LedgerJob job, Func<CiClient, Task<string[]>> run)
        {
            using HttpClient http = new(CiClient.CreateHandler()) { Timeout = Timeout.InfiniteTimeSpan };
            CiClientOptions options = new()
            {
                Endpoint = new Uri(server.Endpoint),
                Bucket = "examplebucket-1250000000",
                Region = "ap-guangzhou",
                TryTimeout = TimeSpan.FromSeconds(1),
                MaxTries = 3,
                RetryDelay = TimeSpan.FromMilliseconds(1),
                MaxResponseLength = 1_000_000,
                Wait = new CiWaitOptions { InitialDelay = TimeSpan.FromMilliseconds(5), Deadline = TimeSpan.FromSeconds(5) },
            };
            CiClient client = new(http, options, new StaticCredentialProvider(new CiCredentials("AKIDFAKE", SecretKey, Token)));
            long start = Stopwatch.GetTimestamp();
            string[]? ids = null;
            Exception? failure = null;
            try
            {
                ids = await run(client).WaitAsync(TimeSpan.FromSeconds(60));
            }
            catch (Exception e)
            {
                failure = e;
            }

            return new(fault, verb, once, job, server.Service.Ledger, ids, failure, Stopwatch.GetElapsedTime(start), [.. server.Requests.Select(request => request.Headers["authorization"][^40..])]);
        }

        /// <summary>Whether there is nothing to complain of but that no answer came in time, and the fault is not why.</summary>
        public bool WasOnlyLate
            => IsTimeout(Failure) && !s_aboutTime.Any(part => Fault.Name.Contains(part, StringComparison.Ordinal)) && Judge().ToArray() is [Needless];

        public IEnumerable<string> Complaints() => Judge().Select(complaint => $"{Fault.Name}, {(Once ? "once" : "always")}, {Verb}: {complaint} ({this}) {Failure}");

        private IEnumerable<string> Judge()
        {
            if (Failure is TimeoutException || Took > TimeSpan.FromSeconds(30))
            {
                yield return "hung";
            }

            if (Failure is not null and not CiException)
            {
                yield return "threw what is not documented";
            }

            if (Tells(SecretKey) || Tells(Token) || Signatures.Any(Tells))
            {
                yield return "told a secret";
            }

            foreach (string complaint in Verb switch { "submit" => JudgeSubmit(), "cancel" => JudgeCancel(), _ => JudgeRead() })
            {
                yield return complaint;
            }
        }

        private IEnumerable<string> JudgeSubmit()
        {
            string[] made = [.. Ledger.Skip(1).Select(job => job.JobId)];
            if (Made > 1)
            {
                yield return "doubled";
            }

            if (Ids is null ? Made == 1 && !Known!.IsAmbiguous : !Ids.SequenceEqual(made))
            {
                yield return Ids is null ? "lost" : "told a job that is not the one made";
            }

            bool told = Fault.IsHarmless || (Once && Fault.Name.StartsWith("429", StringComparison.Ordinal));
            if (told && Ids is null)
            {
                yield return Needless;
            }

            if (Fault.IsFinal && Made == 0 && Known is not { IsAmbiguous: false } && !Fault.Name.Contains("303", StringComparison.Ordinal) && !Fault.Name.StartsWith("503", StringComparison.Ordinal) && Fault.Name != "501 error document")
            {
                yield return "is called ambiguous although it was refused";
            }
        }

        private IEnumerable<string> JudgeCancel()
        {
            bool cancelled = Job.State == "Cancel";
            if (Ids is null ? cancelled && !Known!.IsAmbiguous : !cancelled)
            {
                // Nobody can tell an empty 200 that is the service's from one that is not.
                yield return "says the contrary of what was done";
            }

            if ((Fault.IsHarmless || (Once && !Fault.IsFinal)) && Ids is null)
            {
                yield return Needless;
            }
        }

        private IEnumerable<string> JudgeRead()
        {
            if (Ids is not null && !Ids.SequenceEqual([Job.JobId]))
            {
                yield return $"told other jobs: {string.Join(',', Ids)}";
            }

            // Waiting asks again whatever passes, however it was put.
            if ((Fault.IsHarmless || (Once && !Fault.IsFinal)) && Ids is null)
            {
                yield return Needless;
            }

            if (!Once && !Fault.IsHarmless && Ids is not null)
            {
                yield return "succeeded although every answer was spoilt";
            }

            if (Known?.IsAmbiguous == true)
            {
                yield return "is called ambiguous although nothing can have been done";
            }
        }

        private static bool IsTimeout(Exception? failure) => failure switch
        {
            CiTransportException e => e.IsTimeout,
            CiWaitTimeoutException => true,
            CiAmbiguousSubmitException { HttpStatus: null } e => e.InnerException is OperationCanceledException,
            _ => false,
        };

        private bool Tells(string secret)
        {
            ReadOnlyMemory<byte> body = Failure switch { CiServiceException e => e.Body, CiAmbiguousSubmitException e => e.Body, _ => default };
            return $"{Failure} {Known?.Code} {Known?.RequestId} {(Failure as CiServiceException)?.ServiceMessage} {Encoding.UTF8.GetString(body.Span)}".Contains(secret, StringComparison.Ordinal);
        }

        public override string ToString()
            => $"{(Ids is not null ? "ok" : Failure!.GetType().Name.Replace("Exception", "", StringComparison.Ordinal))}{(Known?.IsAmbiguous == true ? " ambiguous" : "")}{(Verb == "submit" ? $" made {Made}" : "")}{(Took > TimeSpan.FromSeconds(3) ? $" {Took.TotalSeconds:0}s" : "")}";
    }
}

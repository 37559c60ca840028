using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using CiCodegen.Runtime.Tests.Transport;
using CiCodegen.Tests.Faults;

namespace CiCodegen.Runtime.Tests.Bulk;

public sealed class SubmitAllTests : IAsyncDisposable
{
    private readonly string _directory = Directory.CreateTempSubdirectory("cicodegen-").FullName;
    private readonly FaultServer _server = new();
    private readonly HttpClient _http = new(CiClient.CreateHandler());

    private string JournalFile => Path.Combine(_directory, "a.journal");

    private CiClient Client(double window = 3, ICiCredentialProvider? credentials = null, string? endpoint = null) => new(
        _http,
        new CiClientOptions
        {
            Endpoint = new Uri(endpoint ?? _server.Endpoint),
            Bucket = "b-1",
            Region = "ap-tokyo",
            TryTimeout = TimeSpan.FromSeconds(1),
            RetryDelay = TimeSpan.FromMilliseconds(1),
            LookupWindow = TimeSpan.FromSeconds(window),
        },
        credentials ?? new StaticCredentialProvider("AKIDFAKE", "fake-key"));

    private static async IAsyncEnumerable<ICiJobRequest<TestJob>> Requests(int count, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        for (int i = 0; i < count; i++)
        {
            await Task.Yield();
            cancellationToken.ThrowIfCancellationRequested();
            yield return new TestRequest(Body(i));
        }
    }

    private static string Body(int i) => $"<Request><Tag>TestTag</Tag><Operation><UserData>n{i.ToString(CultureInfo.InvariantCulture)}</UserData></Operation></Request>";

    private static CiBulkOptions Options(ICiJournal? journal = null, bool resend = false) => new() { MaxConcurrency = 16, RatePerSecond = 5000, Journal = journal, ResendUnfound = resend };

    private static async Task<List<CiBulkResult>> All(IAsyncEnumerable<CiBulkResult> results)
    {
        List<CiBulkResult> list = [];
        await foreach (CiBulkResult result in results)
        {
            list.Add(result);
        }

        return list;
    }

    /// <summary>Each number's jobs in the ledger.</summary>
    private ILookup<string, string> Made() => _server.Service.Ledger.ToLookup(job => CiSubmissionMark.TextOf(job.UserData), job => job.JobId);

    [Fact]
    public async Task EachRequest_BecomesOneJob()
    {
        List<CiBulkProgress> progress = [];
        List<CiBulkResult> results = await All(Client().SubmitAllAsync(Requests(300), new CiBulkOptions { RatePerSecond = 5000, Progress = new Reporter(progress.Add) }));
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i), results.Select(result => result.Index).Order());
        Assert.All(results, result => Assert.Equal((CiBulkStatus.Submitted, Made()[$"n{result.Index}"].Single()), (result.Status, result.JobId)));
        Assert.Equal(300, _server.Service.Ledger.Count);
        Assert.Equal(new CiBulkProgress(300, 0, 0, 0, 0, 0), progress[^1]);
    }

    [Fact]
    public async Task Faults_LoseNothing_AndDoubleNothing()
    {
        Fault[] faults = [.. Fault.All.Where(fault => !fault.Name.Contains("stall", StringComparison.Ordinal) && fault.Name is not ("401 that tells the secrets back" or "slow drip without an end" or "503 with Retry-After 3600"))];
        int asked = 0;
        _server.Service.ListLag = TimeSpan.FromSeconds(0.5);
        _server.Choose = request => request.Verb == "submit" && Interlocked.Increment(ref asked) % 5 == 0 ? faults[asked / 5 % faults.Length] : null;
        await using FileCiJournal journal = FileCiJournal.Open(JournalFile);
        List<CiBulkResult> results = await All(Client().SubmitAllAsync(Requests(1000), Options(journal)));
        AssertTold(1000, results);
        Assert.True(results.Count(result => result.Status == CiBulkStatus.Unknown) > 10);
        Assert.True(results.Count(result => result.Status == CiBulkStatus.Refused) > 10);
        Assert.True(results.Count(result => result.Status == CiBulkStatus.Submitted) > 800);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task BrokenOffRuns_AreResumed(bool lostAnswers)
    {
        // As a process that is killed: the run ends wherever it stands, and only what the file holds goes on.
        Fault lost = Fault.All.Single(fault => fault.Name == "carried out, closed");
        int asked = 0;
        _server.Choose = request => lostAnswers && request.Verb == "submit" && Interlocked.Increment(ref asked) % 10 == 0 ? lost : null;
        ConcurrentBag<CiBulkResult> told = [];
        for (int run = 0; run < 6; run++)
        {
            using CancellationTokenSource kill = new();
            await using FileCiJournal journal = FileCiJournal.Open(JournalFile, flushToDisk: false);
            int left = 60;
            Exception? e = await Record.ExceptionAsync(async () =>
            {
                await foreach (CiBulkResult result in Client().SubmitAllAsync(Requests(400), Options(journal), kill.Token))
                {
                    told.Add(result);
                    if (result.Status == CiBulkStatus.Submitted && left-- == 0)
                    {
                        kill.Cancel();
                    }
                }
            });
            Assert.True(e is null or OperationCanceledException, e?.ToString());
        }

        await using FileCiJournal last = FileCiJournal.Open(JournalFile, flushToDisk: false);
        List<CiBulkResult> results = await All(Client().SubmitAllAsync(Requests(400), Options(last)));
        AssertTold(400, results);
        Assert.DoesNotContain(told, result => result.JobId is not null && result.JobId != results.Single(r => r.Index == result.Index).JobId);
        Assert.Contains(results, result => result.Status == CiBulkStatus.Already);
        Assert.DoesNotContain(results, result => result.Status == CiBulkStatus.Refused);
        int sent = _server.Requests.Count(request => request.Verb == "submit");
        await All(Client().SubmitAllAsync(Requests(400), Options(last)));
        Assert.Equal(sent, _server.Requests.Count(request => request.Verb == "submit"));
    }

    [Fact]
    public async Task Unfound_IsSentAgain_OnlyOnRequest()
    {
        Fault gone = Fault.All.Single(fault => fault.Name == "reset after the request");
        HashSet<string> met = [];
        _server.Choose = request => request.Verb == "submit" && met.Add(CiSubmissionMark.TextOf(request.Body.Split("UserData>")[1].Split("</")[0])) ? gone : null;
        List<CiBulkResult> told = await All(Client(window: 0.6).SubmitAllAsync(Requests(5), Options()));
        Assert.All(told, result => Assert.Equal((CiBulkStatus.Unknown, null), (result.Status, result.JobId)));
        Assert.All(told, result => Assert.True(Assert.IsType<CiAmbiguousSubmitException>(result.Error).Lookups > 0));
        Assert.Empty(_server.Service.Ledger);
        met.Clear();
        Assert.All(await All(Client(window: 0.6).SubmitAllAsync(Requests(5), Options(resend: true))), result => Assert.Equal(CiBulkStatus.Submitted, result.Status));
        Assert.Equal(5, _server.Service.Ledger.Count);
    }

    [Fact]
    public async Task Throttling_SlowsTheRun_AndLosesNothing()
    {
        Fault slow = Fault.All.Single(fault => fault.Name == "429 SlowDown");
        int asked = 0;
        _server.Choose = request => Interlocked.Increment(ref asked) is > 20 and <= 40 ? slow : null;
        CountingPace pace = new();
        List<CiBulkResult> results = await All(Client().SubmitAllAsync(Requests(100), new CiBulkOptions { Pace = pace }));
        Assert.All(results, result => Assert.Equal(CiBulkStatus.Submitted, result.Status));
        Assert.Equal(100, _server.Service.Ledger.Count);
        Assert.Equal(20, pace.Refused);
        Assert.Equal(100, pace.Took);
    }

    [Fact]
    public async Task SlowDownOfObjectStorage_SlowsTheRun_AndStaysInDoubt()
    {
        Fault slow = Fault.All.Single(fault => fault.Name == "503 SlowDown of object storage");
        int asked = 0;
        _server.Choose = request => request.Verb == "submit" && Interlocked.Increment(ref asked) <= 3 ? slow : null;
        CountingPace pace = new();
        List<CiBulkResult> results = await All(Client(window: 0.1).SubmitAllAsync(Requests(10), new CiBulkOptions { Pace = pace }));
        AssertTold(10, results);
        Assert.Equal(3, results.Count(result => result.Status == CiBulkStatus.Unknown));
        Assert.Equal(3, pace.Refused);
        Assert.Equal(7, pace.Took);
    }

    [Fact]
    public async Task Requests_ThatBreakTheirSchema_AreNotSent()
    {
        List<CiBulkResult> results = await All(Client().SubmitAllAsync(new ICiJobRequest<TestJob>[] { new TestRequest(valid: false), new TestRequest(Body(1)) }.ToAsync()));
        Assert.IsType<CiValidationException>(results.Single(result => result.Index == 0).Error);
        Assert.Equal(CiBulkStatus.Refused, results.Single(result => result.Index == 0).Status);
        Assert.Single(_server.Service.Ledger);
    }

    [Fact]
    public async Task NothingGetsThrough_TheRunStops()
    {
        CiBulkOptions few = new() { RatePerSecond = 5000, StopAfterFailures = 10 };
        List<CiBulkResult> told = [];
        CiBulkStoppedException stopped = await Assert.ThrowsAsync<CiBulkStoppedException>(async () =>
        {
            await foreach (CiBulkResult result in Client(endpoint: "http://127.0.0.1:1").SubmitAllAsync(Requests(1000), few))
            {
                told.Add(result);
            }
        });
        Assert.IsType<CiTransportException>(stopped.InnerException);
        Assert.InRange(told.Count, 10, 20);
        Assert.All(told, result => Assert.Equal(CiBulkStatus.Unsent, result.Status));
        await Assert.ThrowsAsync<CiCredentialException>(() => All(Client(credentials: new EnvironmentCredentialProvider(_ => null)).SubmitAllAsync(Requests(1000), few)));
        Assert.Empty(_server.Service.Ledger);
    }

    [Fact]
    public async Task Keys_AreTheCallers_AndStandForOneRequest()
    {
        static CiBulkRequest<TestJob> Keyed(string key, int i) => new(key, new TestRequest(Body(i)));
        await using FileCiJournal journal = FileCiJournal.Open(JournalFile);
        await All(Client().SubmitAllAsync(new[] { Keyed("a", 1), Keyed("b", 2) }.ToAsync(), Options(journal)));
        List<CiBulkResult> again = await All(Client().SubmitAllAsync(new[] { Keyed("c", 3), Keyed("b", 2), Keyed("a", 1) }.ToAsync(), Options(journal)));
        Assert.Equal(["a:Already", "b:Already", "c:Submitted"], again.Select(result => $"{result.Key}:{result.Status}").Order(StringComparer.Ordinal));
        await Assert.ThrowsAsync<CiJournalException>(() => All(Client().SubmitAllAsync(new[] { Keyed("a", 9) }.ToAsync(), Options(journal))));
        await Assert.ThrowsAsync<ArgumentException>(() => All(Client().SubmitAllAsync(new[] { Keyed("d", 4), Keyed("d", 5) }.ToAsync(), Options())));
        Assert.Throws<ArgumentException>(() => Client().SubmitAllAsync(Requests(1), new CiBulkOptions { RatePerSecond = 0 }));
        ArgumentException half = await Assert.ThrowsAsync<ArgumentException>(() => All(Client().SubmitAllAsync(new[] { Keyed("e\uD83D", 6) }.ToAsync(), Options(journal))));
        Assert.Contains("half a character", half.Message, StringComparison.Ordinal);
        Assert.Empty(Made()["n6"]);
    }

    [Fact]
    public async Task LeavingEarly_StopsTheRun()
    {
        await foreach (CiBulkResult result in Client().SubmitAllAsync(Requests(100_000), Options()))
        {
            break;
        }

        // What was on the wire may still arrive; then nothing more comes.
        await Task.Delay(200);
        int made = _server.Service.Ledger.Count;
        await Task.Delay(200);
        Assert.Equal(made, _server.Service.Ledger.Count);
        Assert.True(made < 1000);
    }

    [Fact]
    public async Task JournalThatFails_StopsTheRun_BeforeAnythingIsSent()
    {
        await Assert.ThrowsAsync<CiJournalException>(() => All(Client().SubmitAllAsync(Requests(50), Options(new BrokenJournal()))));
        Assert.Empty(_server.Service.Ledger);
    }

    private void AssertTold(int count, List<CiBulkResult> results)
    {
        ILookup<string, string> made = Made();
        Assert.Equal(count, results.Select(result => result.Index).Distinct().Count());
        Assert.Equal(count, results.Count);
        foreach (CiBulkResult result in results)
        {
            string[] jobs = [.. made[$"n{result.Index}"]];
            Assert.True(jobs.Length <= 1, $"{result.Index} is there {jobs.Length} times");
            switch (result.Status)
            {
                case CiBulkStatus.Submitted or CiBulkStatus.Already:
                    Assert.Equal(jobs.Single(), result.JobId);
                    break;
                case CiBulkStatus.Refused or CiBulkStatus.Unsent:
                    Assert.Empty(jobs);
                    break;
                default:
                    Assert.NotNull(result.Error);
                    break;
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_directory, recursive: true);
    }

    private sealed class Reporter(Action<CiBulkProgress> report) : IProgress<CiBulkProgress>
    {
        public void Report(CiBulkProgress value) => report(value);
    }

    private sealed class BrokenJournal : ICiJournal
    {
        public ValueTask<CiJournalEntry?> FindAsync(string key, CancellationToken cancellationToken = default) => default;

        public ValueTask AppendAsync(CiJournalEntry entry, CancellationToken cancellationToken = default) => throw new CiJournalException("full");
    }

    private sealed class CountingPace : ICiPace
    {
        public int Refused;
        public int Took;

        public ValueTask WaitAsync(CancellationToken cancellationToken = default) => default;

        public void Slower(TimeSpan? retryAfter) => Interlocked.Increment(ref Refused);

        public void Taken() => Interlocked.Increment(ref Took);
    }
}

internal static class AsyncSequence
{
    public static async IAsyncEnumerable<T> ToAsync<T>(this IEnumerable<T> items)
    {
        foreach (T item in items)
        {
            await Task.Yield();
            yield return item;
        }
    }
}

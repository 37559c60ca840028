using System.Globalization;
using System.Net;

namespace CiCodegen.Runtime.Tests.Transport;

public sealed class ClientWaitAllTests
{
    private readonly FakeService _service = new();
    private readonly Dictionary<string, int> _endsAfter = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _asked = new(StringComparer.Ordinal);

    /// <summary>A service whose jobs end after so many questions.</summary>
    private FakeService Serve(Func<string[], HttpResponseMessage?>? instead = null) => _service.Answers(sent =>
    {
        string[] ids = Uri.UnescapeDataString(sent.Uri.AbsolutePath).Split('/')[^1].Split(',');
        return instead?.Invoke(ids) ?? FakeService.Answer(HttpStatusCode.OK, $"<Response>{string.Concat(ids.Select(Describe))}</Response>");
    });

    private string Describe(string id)
    {
        if (!_endsAfter.TryGetValue(id, out int after))
        {
            return $"<NonExistJobIds>{id}</NonExistJobIds>";
        }

        _asked[id] = _asked.GetValueOrDefault(id) + 1;
        return $"<JobsDetail><JobId>{id}</JobId><State>{(_asked[id] > after ? "Success" : "Running")}</State>{(id.StartsWith("bad", StringComparison.Ordinal) ? "<Width>x</Width>" : "")}</JobsDetail>";
    }

    private async Task<List<CiWaitResult<TestJob>>> Wait(IEnumerable<string> ids, CiWaitOptions? options = null, IProgress<CiWaitProgress>? progress = null)
    {
        List<CiWaitResult<TestJob>> results = [];
        Task all = Task.Run(async () =>
        {
            await foreach (CiWaitResult<TestJob> result in _service.Client().WaitAllAsync<TestJob>(ids, options, progress))
            {
                results.Add(result);
            }
        });
        await _service.Time.RunAsync(all);
        await all;
        return results;
    }

    [Fact]
    public async Task ManyJobs_AreAskedForTogether_AndReturnedAsTheyEnd()
    {
        string[] ids = [.. Enumerable.Range(0, 120).Select(i => $"j{i.ToString(CultureInfo.InvariantCulture)}")];
        for (int i = 0; i < ids.Length; i++)
        {
            _endsAfter[ids[i]] = i < 60 ? 0 : 2;
        }

        Serve();
        List<CiWaitProgress> progress = [];
        List<CiWaitResult<TestJob>> results = await Wait([.. ids, "j5"], progress: new Progress(progress.Add));
        Assert.Equal(ids.Order(StringComparer.Ordinal), results.Select(result => result.JobId).Order(StringComparer.Ordinal));
        Assert.All(results, result => Assert.Equal(CiJobState.Success, result.Job?.State));
        Assert.Equal(ids[..60].Order(StringComparer.Ordinal), results[..60].Select(result => result.JobId).Order(StringComparer.Ordinal));
        Assert.Equal(3 + 2 + 2, _service.Requests.Count);
        Assert.Equal([new(120, 60, 60), new(120, 60, 60), new(120, 120, 0)], progress);
    }

    [Fact]
    public async Task Pauses_ShrinkWhenJobsEnd_AndGrowWhenNothingMoves()
    {
        Serve();
        foreach ((string id, int after) in new[] { ("a", 3), ("b", 4), ("c", 4), ("d", 8) })
        {
            _endsAfter[id] = after;
        }

        await Wait(["a", "b", "c", "d"], new CiWaitOptions { Growth = 2, MaxDelay = TimeSpan.FromSeconds(8) });
        Assert.Equal([1, 2, 4, 8, 4, 2, 4, 8], _service.Time.Pauses);
    }

    [Fact]
    public async Task EachJob_HasItsOwnOutcome()
    {
        (_endsAfter["good"], _endsAfter["bad"]) = (1, 0);
        Serve();
        List<CiWaitResult<TestJob>> results = await Wait(["good", "bad", "unknown"]);
        Assert.Equal(3, results.Count);
        Assert.Equal(CiJobState.Success, results.Single(result => result.JobId == "good").Job?.State);
        CiResponseException unreadable = Assert.IsType<CiResponseException>(results.Single(result => result.JobId == "bad").Error);
        Assert.Equal("bad", Assert.Single(unreadable.Jobs).JobId);
        Assert.IsType<CiJobNotFoundException>(results.Single(result => result.JobId == "unknown").Error);
    }

    [Fact]
    public async Task FamilyThatTakesOneIdOnly_IsAskedOneByOne()
    {
        (_endsAfter["a"], _endsAfter["b"]) = (0, 1);
        Serve(ids => ids.Length > 1 ? FakeService.Answer(HttpStatusCode.BadRequest, FakeService.Error("InvalidArgument")) : null);
        Assert.All(await Wait(["a", "b"]), result => Assert.NotNull(result.Job));
        Assert.Equal(1 + 2 + 1, _service.Requests.Count);
    }

    [Fact]
    public async Task FailuresThatPass_AreWaitedThrough_OthersAreNot()
    {
        _endsAfter["a"] = 1;
        int failures = 10;
        Serve(_ => failures-- > 0 ? FakeService.Answer(HttpStatusCode.ServiceUnavailable, "") : null);
        Assert.NotNull(Assert.Single(await Wait(["a"])).Job);
        FakeService refused = new FakeService().Answers(HttpStatusCode.Forbidden, FakeService.Error("AccessDenied"));
        List<CiWaitResult<TestJob>> results = [];
        await foreach (CiWaitResult<TestJob> result in refused.Client().WaitAllAsync<TestJob>(["a", "b"]))
        {
            results.Add(result);
        }

        Assert.All(results, result => Assert.Equal("AccessDenied", result.Error?.Code));
        Assert.Single(refused.Requests);
    }

    [Fact]
    public async Task Deadline_TellsWhatIsLeft()
    {
        (_endsAfter["a"], _endsAfter["b"]) = (0, 1000);
        Serve();
        List<CiWaitResult<TestJob>> results = await Wait(["a", "b"], new CiWaitOptions { Deadline = TimeSpan.FromSeconds(60) });
        Assert.NotNull(results[0].Job);
        CiWaitTimeoutException late = Assert.IsType<CiWaitTimeoutException>(results[1].Error);
        Assert.Equal(("b", CiJobState.Running), (late.JobId, late.LastState));
    }

    [Fact]
    public async Task Signal_BringsTheQuestionForward()
    {
        (_endsAfter["a"], _endsAfter["b"]) = (1, 1);
        Serve();
        CiJobSignals signals = new();
        CiWaitOptions options = new() { InitialDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1), Deadline = TimeSpan.FromHours(3), Signals = signals };
        await using IAsyncEnumerator<CiWaitResult<TestJob>> results = _service.Client().WaitAllAsync<TestJob>(["a", "b"], options).GetAsyncEnumerator();
        Task<bool> next = results.MoveNextAsync().AsTask();
        await Until(() => _service.Requests.Count == 1);
        signals.Notify("somebody else's");
        signals.Notify("b");
        Assert.True(await next.WaitAsync(TimeSpan.FromSeconds(30)));
        Assert.Equal("b", results.Current.JobId);
        Assert.Equal("/jobs/b", _service.Requests[1].Uri.AbsolutePath);

        // One that is waited for alone listens as well.
        _endsAfter["c"] = 1;
        Task<TestJob> single = _service.Client().WaitAsync<TestJob>("c", options, null);
        await Until(() => _service.Requests.Count >= 3);
        signals.Notify("c");
        Assert.Equal("c", (await single.WaitAsync(TimeSpan.FromSeconds(30))).JobId);
    }

    [Fact]
    public async Task Ids_AreChecked()
    {
        await Assert.ThrowsAsync<ArgumentException>(async () => await _service.Client().WaitAllAsync<TestJob>(["a/b"]).GetAsyncEnumerator().MoveNextAsync());
        Assert.Empty(await Wait([]));
    }

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; !holds(); i++)
        {
            Assert.True(i < 3000, "never");
            await Task.Delay(10);
        }
    }

    private sealed class Progress(Action<CiWaitProgress> report) : IProgress<CiWaitProgress>
    {
        public void Report(CiWaitProgress value) => report(value);
    }
}

using System.Net;

namespace CiCodegen.Runtime.Tests.Transport;

public sealed class ClientWaitTests
{
    private readonly FakeService _service = new();

    private static Func<Sent, HttpResponseMessage> In(string state) => _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", state));

    [Fact]
    public async Task Wait_AsksUntilTheJobHasEnded_WithGrowingPauses()
    {
        List<string> seen = [];
        _service.Answers(In("Submitted"), In("Running"), In("Running"), In("Unheard"), In("Success"));
        TestJob job = await _service.Get(_service.Client().WaitAsync<TestJob>("j1", null, new Progress(job => seen.Add(job.State!.Value.Text))));
        Assert.Equal(CiJobState.Success, job.State);
        Assert.Equal([1, 1.5, 2.25, 3.375], _service.Time.Pauses);
        Assert.Equal(["Submitted", "Running", "Running", "Unheard", "Success"], seen);
        Assert.Equal(5, _service.Requests.Count);
    }

    [Fact]
    public async Task Pauses_StopGrowing()
    {
        _service.Answers([.. Enumerable.Repeat(In("Running"), 4), In("Failed")]);
        TestJob job = await _service.Get(_service.Client(options => options.Random = () => 1).WaitAsync<TestJob>("j1", new CiWaitOptions { MaxDelay = TimeSpan.FromSeconds(2) }, null));
        Assert.Equal(CiJobState.Failed, job.State);
        Assert.Equal([0.75, 1.125, 1.5, 1.5], _service.Time.Pauses);
    }

    [Fact]
    public async Task Deadline_TellsTheLastState()
    {
        _service.Answers(In("Running"));
        CiWaitTimeoutException e = await _service.Fails<CiWaitTimeoutException>(
            _service.Client().WaitAsync<TestJob>("j1", new CiWaitOptions { Deadline = TimeSpan.FromSeconds(4) }, null));
        Assert.Equal([1, 1.5, 2.25], _service.Time.Pauses);
        Assert.Equal(("j1", CiJobState.Running), (e.JobId, e.LastState));
    }

    [Fact]
    public async Task Deadline_AlsoEndsAQuestionUnderWay()
    {
        _service.Answers(In("Running"), FakeService.Never);
        CiWaitTimeoutException e = await _service.Fails<CiWaitTimeoutException>(
            _service.Client().WaitAsync<TestJob>("j1", new CiWaitOptions { Deadline = TimeSpan.FromSeconds(5) }, null));
        Assert.Equal(CiJobState.Running, e.LastState);
        Assert.Equal(2, _service.Requests.Count);
    }

    [Fact]
    public async Task Cancellation_IsTheCallers()
    {
        using CancellationTokenSource cancel = new();
        _service.Answers(In("Running"), _ =>
        {
            cancel.Cancel();
            return FakeService.Never(_);
        });
        OperationCanceledException e = await _service.Fails<OperationCanceledException>(_service.Client().WaitAsync<TestJob>("j1", cancel.Token));
        Assert.Equal(cancel.Token, e.CancellationToken);
    }

    [Fact]
    public async Task Envelopes_AreEnoughWhileTheJobRuns_AndTheEndIsReadTyped()
    {
        // Unreadable as typed job; the waiting goes on all the same, and the end keeps the id.
        string Unreadable(string state) => FakeService.Jobs($"<JobId>j1</JobId><State>{state}</State><Width>wide</Width>");
        _service.Answers(_ => FakeService.Answer(HttpStatusCode.OK, Unreadable("Running")), _ => FakeService.Answer(HttpStatusCode.OK, Unreadable("Success")));
        CiResponseException e = await _service.Fails<CiResponseException>(_service.Client().WaitAsync<TestJob>("j1"));
        Assert.Equal(("j1", CiJobState.Success), (e.Jobs[0].JobId, e.Jobs[0].State));
        Assert.Equal(2, _service.Requests.Count);
        Assert.Equal("j1", (await _service.Get(_service.Client().WaitRawAsync("/jobs", "j1", null, null))).Jobs[0].JobId);
    }

    [Fact]
    public async Task FailuresThatPass_DoNotEndTheWaiting_ManyInARowDo()
    {
        _service.Answers([In("Running"), .. Enumerable.Repeat(FakeService.Reset, 12), In("Running"), .. Enumerable.Repeat(FakeService.Reset, 12), In("Success")]);
        Assert.Equal(CiJobState.Success, (await _service.Get(_service.Client().WaitAsync<TestJob>("j1"))).State);

        FakeService down = new FakeService().Answers(FakeService.Reset);
        await down.Fails<CiTransportException>(down.Client().WaitAsync<TestJob>("j1"));
        Assert.Equal(20, down.Requests.Count);
    }

    [Fact]
    public async Task UnknownJob_EndsTheWaiting()
    {
        _service.Answers(HttpStatusCode.OK, "<Response><NonExistJobIds>j1</NonExistJobIds></Response>");
        CiJobNotFoundException e = await _service.Fails<CiJobNotFoundException>(_service.Client().WaitAsync<TestJob>("j1"));
        Assert.Contains("knows no job 'j1'", e.Message, StringComparison.Ordinal);

        // A job just made may not be seen at once.
        Assert.Equal(2, _service.Requests.Count);
        FakeService late = new FakeService().Answers(_ => FakeService.Answer(HttpStatusCode.OK, "<Response><NonExistJobIds>j1</NonExistJobIds></Response>"), In("Running"), In("Success"));
        Assert.Equal("j1", (await late.Get(late.Client().WaitAsync<TestJob>("j1"))).JobId);
    }

    [Fact]
    public async Task JobThatWasSeenAndIsGone_EndsTheWaiting_AsItDoesForMany()
    {
        Func<Sent, HttpResponseMessage> gone = _ => FakeService.Answer(HttpStatusCode.OK, "<Response><NonExistJobIds>j1</NonExistJobIds></Response>");
        _service.Answers(In("Running"), gone, gone, gone, gone, In("Running"), gone);
        await _service.Fails<CiJobNotFoundException>(_service.Client().WaitAsync<TestJob>("j1"));
        Assert.Equal(1 + 4 + 1 + 5, _service.Requests.Count);
    }

    [Fact]
    public void WaitOptions_AreChecked()
    {
        Assert.Throws<ArgumentException>(() => new CiWaitOptions { InitialDelay = TimeSpan.Zero }.Validate());
        Assert.Throws<ArgumentException>(() => new CiWaitOptions { Growth = 0.5 }.Validate());
        Assert.Throws<ArgumentException>(() => new CiWaitOptions { Deadline = TimeSpan.Zero }.Validate());
        new CiWaitOptions { Deadline = Timeout.InfiniteTimeSpan }.Validate();
    }

    private sealed class Progress(Action<CiJobEnvelope> report) : IProgress<CiJobEnvelope>
    {
        public void Report(CiJobEnvelope value) => report(value);
    }
}

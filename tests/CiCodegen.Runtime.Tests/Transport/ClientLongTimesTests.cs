using System.Net;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>Times that pass the options' check are waited for, however long: no timer, sum or product is too small for them.</summary>
public sealed class ClientLongTimesTests
{
    private readonly FakeService _service = new();

    [Fact]
    public async Task Signature_HoldsUntilTheEndOfTime()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Job("j1", "Success"));
        await _service.Get(_service.Client(o => o.SignatureLifetime = TimeSpan.MaxValue).DescribeAsync<TestJob>("j1"));

        // 9999-12-31T23:59, or a second more.
        Assert.Contains(";2534023", _service.Requests[0].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(503, null)]
    [InlineData(429, "2147483647")]
    public async Task PauseBeforeATry(int status, string? retryAfter)
    {
        using CancellationTokenSource cancel = new();
        TimeSpan? pause = null;
        _service.Answers((HttpStatusCode)status, "", retryAfter is null ? [] : ["Retry-After", retryAfter]);
        CiClient client = _service.Client(o =>
        {
            o.RetryDelay = retryAfter is null ? TimeSpan.MaxValue : o.RetryDelay;
            o.MaxRetryDelay = TimeSpan.MaxValue;
            o.CallTimeout = retryAfter is null ? null : TimeSpan.MaxValue;
            o.Events = told =>
            {
                if (told.Kind == CiClientEventKind.Retrying)
                {
                    pause = told.Pause;
                    cancel.Cancel();
                }
            };
        });
        await _service.Fails<OperationCanceledException>(client.DescribeAsync<TestJob>("j1", cancel.Token));
        Assert.Equal(retryAfter is null ? TimeSpan.MaxValue : TimeSpan.FromSeconds(int.MaxValue), pause);
    }

    [Theory]
    [InlineData(false, false)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(true, true)]
    public async Task PauseBetweenQuestions(bool many, bool signals)
    {
        _service.Answers(_ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Running")), _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Success")));
        CiWaitOptions wait = new() { InitialDelay = TimeSpan.FromDays(60), MaxDelay = TimeSpan.MaxValue, Growth = 1e300, Deadline = Timeout.InfiniteTimeSpan, Signals = signals ? new() : null };
        DateTimeOffset start = _service.Time.GetUtcNow();
        await _service.Time.RunAsync(Wait(_service.Client(), wait, many, default));
        Assert.Equal(TimeSpan.FromDays(60), _service.Time.GetUtcNow() - start);
        Assert.Equal(2, _service.Requests.Count);

        using CancellationTokenSource cancel = new();
        FakeService never = new();
        never.Answers(HttpStatusCode.OK, FakeService.Job("j1", "Running"));
        wait = new() { InitialDelay = TimeSpan.MaxValue, MaxDelay = TimeSpan.MaxValue, Signals = signals ? new() : null };
        await never.Fails<OperationCanceledException>(Wait(never.Client(), wait, many, cancel.Token, cancel.Cancel));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Growth_StopsAtTheLongestPause(bool many)
    {
        _service.Answers(
            _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Running")),
            _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Running")),
            _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Running")),
            _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Success")));
        await _service.Time.RunAsync(Wait(_service.Client(), new CiWaitOptions { Growth = 1e300 }, many, default));
        Assert.Equal([1, 15, 15], _service.Time.Pauses);
    }

    private static async Task Wait(CiClient client, CiWaitOptions options, bool many, CancellationToken cancellationToken, Action? seen = null)
    {
        if (!many)
        {
            await client.WaitAsync<TestJob>("j1", options, new Told<CiJobEnvelope>(seen), cancellationToken);
            return;
        }

        await foreach (CiWaitResult<TestJob> result in client.WaitAllAsync<TestJob>(["j1"], options, new Told<CiWaitProgress>(seen), cancellationToken))
        {
            Assert.Equal("j1", result.JobId);
        }
    }

    private sealed class Told<T>(Action? seen) : IProgress<T>
    {
        public void Report(T value) => seen?.Invoke();
    }
}

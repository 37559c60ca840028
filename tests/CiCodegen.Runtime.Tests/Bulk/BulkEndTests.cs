using System.Collections.Concurrent;
using System.Net;
using System.Text;
using CiCodegen.Runtime.Tests.Transport;

namespace CiCodegen.Runtime.Tests.Bulk;

/// <summary>How a run ends that cannot go on: what was sent is told, whatever it is that failed.</summary>
public sealed class BulkEndTests
{
    private readonly ConcurrentDictionary<string, string> _journal = new();
    private readonly List<CiBulkResult> _told = [];
    private int _posts;

    [Fact]
    public async Task SourceThatThrows_WhatIsUnderWayIsFinished()
    {
        TaskCompletionSource thrown = new(TaskCreationOptions.RunContinuationsAsynchronously);
        TaskCompletionSource six = new(TaskCreationOptions.RunContinuationsAsynchronously);
        ConcurrentDictionary<int, string> marks = new();
        Service service = new(async (number, mark, cancellationToken) =>
        {
            if (number < 0)
            {
                // Of the two that are lost, the list knows one.
                return FakeService.Answer(HttpStatusCode.OK, FakeService.Jobs($"<JobId>j0</JobId><State>Submitted</State><Code>Success</Code><Operation><UserData>{marks[0]}</UserData></Operation>"));
            }

            marks[number] = mark!;
            if (Interlocked.Increment(ref _posts) == 6)
            {
                six.SetResult();
            }

            await thrown.Task;
            await Task.Delay(100, cancellationToken);
            return number < 2 ? throw new HttpRequestException("reset") : Job(number);
        });

        async IAsyncEnumerable<ICiJobRequest<TestJob>> Source()
        {
            for (int i = 0; i < 6; i++)
            {
                yield return Request(i);
            }

            await six.Task;
            yield return Request(6);
            thrown.SetResult();
            throw new InvalidDataException("the database went away");
        }

        // The seventh waits for its turn.
        await Fails<InvalidDataException>(service.Client().SubmitAllAsync(Source(), new CiBulkOptions { Pace = new Turns(6), Journal = new Memory(_journal) }));
        Assert.Equal(6, _posts);
        Assert.Equal(["0 Submitted j0", "1 Unknown ", "2 Submitted j2", "3 Submitted j3", "4 Submitted j4", "5 Submitted j5", "6 Unsent "], Told());
        Assert.IsType<CiAmbiguousSubmitException>(_told.Single(result => result.Index == 1).Error);
        Assert.IsAssignableFrom<OperationCanceledException>(_told.Single(result => result.Index == 6).Error);
        Assert.Equal(["0 Done", "1 Sending", "2 Done", "3 Done", "4 Done", "5 Done"], Journal());
    }

    [Fact]
    public async Task TooManyFailures_WhatIsUnderWayIsFinished()
    {
        TaskCompletionSource four = new(TaskCreationOptions.RunContinuationsAsynchronously);
        Turns turns = new(5);
        Service service = new(async (number, _, cancellationToken) =>
        {
            if (number == 0)
            {
                // Not now; its next turn does not come.
                await four.Task;
                return FakeService.Answer(HttpStatusCode.TooManyRequests, FakeService.Error("SlowDown"));
            }

            if (Interlocked.Increment(ref _posts) == 4)
            {
                four.SetResult();
            }

            await four.Task;
            if (number == 1)
            {
                await turns.Waiting.Task;
                return FakeService.Answer(HttpStatusCode.BadRequest, FakeService.Error("InvalidArgument"));
            }

            await Task.Delay(200, cancellationToken);
            return Job(number);
        });
        CiBulkStoppedException e = await Fails<CiBulkStoppedException>(
            service.Client(o => o.MaxTries = 1).SubmitAllAsync(Enumerable.Range(0, 1000).Select(Request).ToAsync(), new CiBulkOptions { MaxConcurrency = 5, Pace = turns, StopAfterFailures = 1, Journal = new Memory(_journal) }));
        Assert.IsType<CiServiceException>(e.InnerException);
        Assert.Equal(4, _posts);
        Assert.Equal(["0 Unsent ", "1 Refused ", "2 Submitted j2", "3 Submitted j3", "4 Submitted j4"], Told().Where(line => !line.StartsWith('5') && !line.StartsWith('6') && !line.StartsWith('7')));
        Assert.Equal("SlowDown", (_told.Single(result => result.Index == 0).Error as CiServiceException)?.Code);
        Assert.Equal(["0 Unsent", "1 Refused", "2 Done", "3 Done", "4 Done"], Journal());

        // Those whose turn never came.
        Assert.All(_told.Where(result => result.Index > 4), result => Assert.Equal(CiBulkStatus.Unsent, result.Status));
    }

    [Fact]
    public async Task JournalThatFailsWhileItIsSearched_WhatIsLostIsTold()
    {
        ConcurrentQueue<string> marks = new();
        Service service = new((number, mark, _) =>
        {
            if (number >= 0)
            {
                marks.Enqueue(mark!);
                throw new HttpRequestException("reset");
            }

            string[] all = marks.Count < 3 ? [] : [.. marks.Order(StringComparer.Ordinal).Take(1)];
            return Task.FromResult(FakeService.Answer(HttpStatusCode.OK, FakeService.Jobs([.. all.Select(found => $"<JobId>j</JobId><State>Submitted</State><Code>Success</Code><Operation><UserData>{found}</UserData></Operation>")])));
        });
        await Fails<CiJournalException>(service.Client(o => o.LookupWindow = TimeSpan.FromHours(1)).SubmitAllAsync(
            Enumerable.Range(0, 3).Select(Request).ToAsync(), new CiBulkOptions { Pace = new Turns(3), Journal = new Memory(_journal) { FailsAt = CiJournalState.Done } }));
        Assert.Equal(2, _told.Count);
        Assert.All(_told, result => Assert.Equal(CiBulkStatus.Unknown, result.Status));
        Assert.All(Journal(), line => Assert.EndsWith("Sending", line, StringComparison.Ordinal));
    }

    private async Task<T> Fails<T>(IAsyncEnumerable<CiBulkResult> results)
        where T : Exception
        => await Assert.ThrowsAsync<T>(async () =>
        {
            await foreach (CiBulkResult result in results)
            {
                _told.Add(result);
            }
        });

    private string[] Told() => [.. _told.OrderBy(result => result.Index).Select(result => $"{result.Index} {result.Status} {result.JobId}")];

    private string[] Journal() => [.. _journal.OrderBy(entry => entry.Key, StringComparer.Ordinal).Select(entry => $"{entry.Key} {entry.Value}")];

    private static ICiJobRequest<TestJob> Request(int number) => new TestRequest($"<Request><Tag>TestTag</Tag><Operation><UserData>{number}</UserData></Operation></Request>");

    private static HttpResponseMessage Job(int number) => FakeService.Answer(HttpStatusCode.OK, FakeService.Job($"j{number}", "Submitted"));

    /// <summary>Answers submissions by their number and mark, and lists as number -1, many at once.</summary>
    private sealed class Service(Func<int, string?, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
    {
        public CiClient Client(Action<CiClientOptions>? change = null)
        {
            CiClientOptions options = new() { Bucket = "b-1", Region = "ap-tokyo", LookupWindow = TimeSpan.FromSeconds(0.4) };
            change?.Invoke(options);
            return new(new HttpClient(this), options, new StaticCredentialProvider("AKIDFAKE", "fake-key"));
        }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Method != HttpMethod.Post)
            {
                return await answer(-1, null, cancellationToken);
            }

            using MemoryStream body = new();
            await request.Content!.CopyToAsync(body, cancellationToken);
            string userData = Encoding.UTF8.GetString(body.ToArray()).Split("<UserData>")[1].Split("</")[0];
            return await answer(int.Parse(CiSubmissionMark.TextOf(userData), System.Globalization.CultureInfo.InvariantCulture), CiSubmissionMark.Find(userData), cancellationToken);
        }
    }

    /// <summary>So many may go; whoever comes after that waits until it is cancelled.</summary>
    private sealed class Turns(int count) : ICiPace
    {
        private int _left = count;

        /// <summary>Somebody waits.</summary>
        public TaskCompletionSource Waiting { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public async ValueTask WaitAsync(CancellationToken cancellationToken = default)
        {
            if (Interlocked.Decrement(ref _left) < 0)
            {
                Waiting.TrySetResult();
                await Task.Delay(Timeout.Infinite, cancellationToken);
            }
        }

        public void Slower(TimeSpan? retryAfter)
        {
        }

        public void Taken()
        {
        }
    }

    private sealed class Memory(ConcurrentDictionary<string, string> states) : ICiJournal
    {
        public CiJournalState? FailsAt { get; init; }

        public ValueTask<CiJournalEntry?> FindAsync(string key, CancellationToken cancellationToken = default) => default;

        public ValueTask AppendAsync(CiJournalEntry entry, CancellationToken cancellationToken = default)
        {
            if (entry.State == FailsAt)
            {
                throw new CiJournalException("full");
            }

            states[entry.Key] = entry.State.ToString();
            return default;
        }
    }
}

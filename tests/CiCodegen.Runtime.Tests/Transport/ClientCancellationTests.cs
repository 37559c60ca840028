using System.Diagnostics.Tracing;
using System.Net;
using System.Text;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>Each verb is cancelled at each of the moments at which it waits for somebody: it ends, says what may have been done, and gives back what it rented.</summary>
[Collection(Alone.Name)]
public sealed class ClientCancellationTests
{
    private static readonly string[] s_verbs = ["submit", "submit, marked", "submit many", "describe", "describe many", "list", "cancel", "wait", "wait all", "find"];

    public static TheoryData<string> Verbs => [.. s_verbs];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task CancelledAtEachAwait_NothingIsLost(string verb)
    {
        int steps = await StepsAsync(verb);
        Assert.True(steps >= 4, $"'{verb}' waits {steps} times only.");
        using RentedArrays rented = new();
        for (int at = 1; at <= steps; at++)
        {
            Scene scene = new(at);
            using CancellationTokenSource source = new();
            scene.Cancel = source.Cancel;
            Exception? failure = await Record.ExceptionAsync(() => scene.Service.Time.RunAsync(RunAsync(scene, verb, source.Token)).ContinueWith(_ => scene.Call!, TaskScheduler.Default).Unwrap());
            Assert.True(scene.Reached, $"'{verb}' did not come to step {at} of {steps}.");
            Judge(verb, at, scene, failure);
        }

        Assert.True(rented.Seen > 0, "Nothing was seen to be rented.");
        Assert.True(rented.Lost == 0, $"'{verb}' lost {rented.Lost} rented arrays over {steps} cancelled calls.");
    }

    private static void Judge(string verb, int at, Scene scene, Exception? failure)
    {
        string where = $"'{verb}' at step {at}: {failure}";
        if (failure is null)
        {
            // Cancelled when the answer was there already.
            return;
        }

        if (verb is "submit, marked" && failure is CiAmbiguousSubmitException or CiResponseException)
        {
            return;
        }

        Assert.True(failure is OperationCanceledException, where);
        bool submits = verb.StartsWith("submit", StringComparison.Ordinal);
        if ((submits || verb == "cancel") && scene.Changes > 0)
        {
            // The service has it: the caller is told so, by the id where it is known.
            Assert.True(failure.InnerException is CiException { IsAmbiguous: true } or CiResponseException { Jobs.Count: > 0 }, where);
        }
        else if (submits)
        {
            Assert.False(failure.InnerException is CiException { IsAmbiguous: true }, where);
        }
    }

    private static async Task<int> StepsAsync(string verb)
    {
        Scene scene = new(int.MaxValue);
        await scene.Service.Time.RunAsync(RunAsync(scene, verb, CancellationToken.None));
        await scene.Call!;
        return scene.Steps;
    }

    private static Task RunAsync(Scene scene, string verb, CancellationToken cancellationToken)
        => scene.Call = verb switch
        {
            "submit" or "submit, marked" => scene.Client(verb == "submit, marked").SubmitAsync(new TestRequest(), cancellationToken),
            "submit many" => scene.Client(false).SubmitManyAsync([new TestRequest(MultiBody)], cancellationToken),
            "describe" => scene.Client(false).DescribeAsync<TestJob>("j1", cancellationToken),
            "describe many" => scene.Client(false).DescribeManyAsync<TestJob>(["j1", "j2"], cancellationToken),
            "cancel" => scene.Client(false).CancelAsync<TestJob>("j1", cancellationToken),
            "wait" => scene.Client(false).WaitAsync<TestJob>("j1", cancellationToken: cancellationToken),
            "find" => scene.Client(false).FindSubmittedAsync(TestJob.JobTag, CiSubmissionMark.New(), scene.Service.Time.GetUtcNow(), cancellationToken),
            "wait all" => DrainAsync(scene.Client(false).WaitAllAsync<TestJob>(["j1"], cancellationToken: cancellationToken)),
            _ => DrainAsync(scene.Client(false).ListAsync<TestJob>(new CiListQuery(), cancellationToken)),
        };

    private const string MultiBody = "<Request><Tag>TestTag</Tag><Input><Object>a</Object></Input><Operation></Operation></Request>";

    private static async Task DrainAsync<T>(IAsyncEnumerable<T> items)
    {
        await foreach (T item in items)
        {
            Assert.NotNull(item);
        }
    }

    /// <summary>One call, with a hook at each moment at which the client waits for credentials, handler, body or clock.</summary>
    private sealed class Scene(int at)
    {
        private bool _refused;

        public FakeService Service { get; } = new();

        public Action? Cancel { get; set; }

        public Task? Call { get; set; }

        public int Steps { get; private set; }

        public bool Reached { get; private set; }

        /// <summary>How many requests that change something have come whole.</summary>
        public int Changes { get; private set; }

        public CiClient Client(bool marked)
        {
            HttpClient http = new(new Handler(this)) { Timeout = Timeout.InfiniteTimeSpan };
            CiClientOptions options = new() { Bucket = "examplebucket-1250000000", Region = "ap-guangzhou", TimeProvider = Service.Time, Random = () => 0, MarkSubmissions = marked };
            return new(http, options, new Credentials(this));
        }

        public async ValueTask StepAsync(CancellationToken cancellationToken)
        {
            await Task.Yield();
            if (++Steps == at)
            {
                Reached = true;
                Cancel?.Invoke();
            }

            cancellationToken.ThrowIfCancellationRequested();
        }

        public async Task<HttpResponseMessage> AnswerAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            await StepAsync(cancellationToken);
            if (request.Content is not null)
            {
                await request.Content.CopyToAsync(Stream.Null, cancellationToken);
                Changes += request.Method == HttpMethod.Get ? 0 : 1;
            }

            await StepAsync(cancellationToken);

            // Reads are asked to come again once, so that a pause between two tries is there to be cancelled.
            if (request.Method == HttpMethod.Get && !_refused)
            {
                _refused = true;
                return FakeService.Answer(HttpStatusCode.ServiceUnavailable, FakeService.Error("ServiceUnavailable"));
            }

            string body = request.Method == HttpMethod.Put ? "" : FakeService.Job("j1", "Success");
            return new(HttpStatusCode.OK) { Content = new StreamContent(new Body(this, Encoding.UTF8.GetBytes(body))) };
        }
    }

    private sealed class Credentials(Scene scene) : ICiCredentialProvider
    {
        public async ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default)
        {
            await scene.StepAsync(cancellationToken);
            return new("AKIDFAKE", FakeService.SecretKey, FakeService.Token);
        }
    }

    private sealed class Handler(Scene scene) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken) => scene.AnswerAsync(request, cancellationToken);
    }

    private sealed class Body(Scene scene, byte[] bytes) : MemoryStream(bytes)
    {
        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            await scene.StepAsync(cancellationToken);
            return base.Read(buffer.Span[..Math.Min(buffer.Length, 40)]);
        }
    }

    /// <summary>Counts what is rented of the shared pools and not given back.</summary>
    private sealed class RentedArrays : EventListener
    {
        private readonly HashSet<(int Id, int Pool)> _out = [];
        private readonly Lock _lock = new();
        private bool _isOn;

        public RentedArrays()
        {
            lock (_lock)
            {
                _isOn = true;
            }
        }

        /// <summary>How many were rented.</summary>
        public int Seen { get; private set; }

        public int Lost
        {
            get
            {
                lock (_lock)
                {
                    return _out.Count;
                }
            }
        }

        protected override void OnEventSourceCreated(EventSource eventSource)
        {
            if (eventSource.Name == "System.Buffers.ArrayPoolEventSource")
            {
                EnableEvents(eventSource, EventLevel.Verbose);
            }
        }

        protected override void OnEventWritten(EventWrittenEventArgs eventData)
        {
            if (_lock is null || eventData.EventName is not ("BufferRented" or "BufferReturned" or "BufferTrimmed"))
            {
                return;
            }

            int id = (int)eventData.Payload![0]!;
            int pool = (int)eventData.Payload[2]!;
            lock (_lock)
            {
                if (!_isOn)
                {
                    return;
                }

                if (eventData.EventName == "BufferRented")
                {
                    Seen++;
                    _out.Add((id, pool));
                }
                else
                {
                    _out.Remove((id, pool));
                }
            }
        }
    }
}

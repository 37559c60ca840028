using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using CiCodegen.Extensions.Tests.CiJobs;
using CiCodegen.Runtime;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CiCodegen.Extensions.Tests;

public sealed class CallbackTests : IAsyncDisposable
{
    private const string Secret = "a-secret-of-the-callback";
    private const string Xml = "<Response><EventName>TaskFinish</EventName><JobsDetail><Code>Success</Code><JobId>j1</JobId><State>Success</State><Operation><VideoTargetRecResult><CarRecognition><Time>1.206000</Time><CarInfo><Name>car</Name><Score>86</Score></CarInfo></CarRecognition></VideoTargetRecResult></Operation><Tag>VideoTargetRec</Tag></JobsDetail></Response>";
    private const string Json = """{"EventName":"TaskFinish","JobsDetail":{"Code":"Success","JobId":"j2","State":"Success","Tag":"VideoTargetRec","Operation":{"VideoTargetRecResult":{"CarRecognition":{"Time":"1.206000"}}}}}""";

    private readonly ConcurrentQueue<(CiJob Job, CiCallbackContext Context)> _handled = new();
    private readonly Logs _logs = new();
    private readonly HttpClient _http = new();
    private WebApplication? _application;
    private string _address = "";

    private async Task StartAsync(Action<CiCallbackOptions>? change = null, Action<IServiceCollection>? add = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Debug));
        add?.Invoke(builder.Services);
        builder.Services.AddCiCallbacks(options =>
        {
            options.Tags = CiTagCatalog.All;
            options.Secrets.Add(Secret);
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
            options.Otherwise((job, context, _) => Handle(job, context));
            change?.Invoke(options);
        });
        _application = builder.Build();
        _application.UseRouting();
        _application.MapCiCallbacks("/ci");
        await _application.StartAsync();
        _address = _application.Urls.Single();
    }

    private Task Handle(CiJob job, CiCallbackContext context)
    {
        _handled.Enqueue((job, context));
        return Task.CompletedTask;
    }

    private async Task<HttpStatusCode> PostAsync(string body, string? secret = Secret, HttpContent? content = null)
        => (await _http.PostAsync(new Uri($"{_address}/ci{(secret is null ? "" : $"?secret={Uri.EscapeDataString(secret)}")}"), content ?? new StringContent(body, Encoding.UTF8))).StatusCode;

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; !holds(); i++)
        {
            Assert.True(i < 2000, "never");
            await Task.Delay(10);
        }
    }

    [Theory]
    [InlineData(Xml, "j1")]
    [InlineData(Json, "j2")]
    public async Task Callback_ReachesItsTagsHandler(string body, string id)
    {
        await StartAsync(options => options.On<VideoTargetRecJob>((job, context, _) => Handle(job, context)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(body));
        await Until(() => !_handled.IsEmpty);
        (CiJob job, CiCallbackContext context) = Assert.Single(_handled);
        Assert.Equal((id, CiJobState.Success), (job.JobId, job.State));
        Assert.Equal("1.206000", Assert.IsType<VideoTargetRecJob>(job).Operation!.VideoTargetRecResult!.CarRecognition[0].Time);
        Assert.Equal(("TaskFinish", 1, body), (context.EventName, context.Try, Encoding.UTF8.GetString(context.Stored.Document.Span)));
    }

    [Fact]
    public async Task Callback_ThatComesTwice_IsHandledOnce_PerState()
    {
        await StartAsync();
        await Task.WhenAll(Enumerable.Range(0, 20).Select(async _ => Assert.Equal(HttpStatusCode.OK, await PostAsync(Xml))));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Xml.Replace("<State>Success", "<State>Failed", StringComparison.Ordinal)));
        await Until(() => _handled.Count >= 2);
        await Task.Delay(50);
        Assert.Equal(["Failed", "Success"], _handled.Select(handled => handled.Job.State?.Text).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("a-secret-of-the-callbacK")]
    [InlineData("a-secret-of-the-callback ")]
    public async Task WrongSecret_IsRefused(string? secret)
    {
        await StartAsync();
        Assert.Equal(HttpStatusCode.Forbidden, await PostAsync(Xml, secret));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Xml));
        await Until(() => !_handled.IsEmpty);
        Assert.Single(_handled);
        Assert.DoesNotContain(Secret, string.Join('\n', _logs.Of("CiCodegen", 102).Concat(_logs.Of("CiCodegen", 101))), StringComparison.Ordinal);
    }

    [Fact]
    public async Task SecretsMayChange()
    {
        await StartAsync(options => options.Secrets.Add("another-secret-1234"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Xml, "another-secret-1234"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Json));
    }

    [Theory]
    [InlineData("")]
    [InlineData("hello")]
    [InlineData("<Response/>")]
    [InlineData("{}")]
    [InlineData("{\"JobsDetail\":{\"State\":\"Success\"}}")]
    [InlineData("<!DOCTYPE x [<!ENTITY e SYSTEM 'file:///etc/passwd'>]><Response><JobsDetail><JobId>&e;</JobId></JobsDetail></Response>")]
    public async Task WhatIsNoCallback_IsRefused(string body)
    {
        await StartAsync();
        Assert.Equal(HttpStatusCode.BadRequest, await PostAsync(body));
        Assert.Empty(_handled);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _http.GetAsync(new Uri($"{_address}/ci?secret={Secret}"))).StatusCode);
    }

    [Fact]
    public async Task LongBodies_AreRefused_HoweverTheyCome()
    {
        await StartAsync(options => options.MaxBodyLength = 1000);
        string body = Xml + new string(' ', 1000);
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await PostAsync(body));
        using HttpRequestMessage chunked = new(HttpMethod.Post, $"{_address}/ci?secret={Secret}") { Content = new StringContent(body) };
        chunked.Headers.TransferEncodingChunked = true;
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await _http.SendAsync(chunked)).StatusCode);
        using ByteArrayContent zipped = new(Encoding.UTF8.GetBytes(Xml));
        zipped.Headers.ContentEncoding.Add("gzip");
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, await PostAsync("", content: zipped));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Xml));
    }

    [Fact]
    public async Task SlowBody_DoesNotHoldTheReceiver()
    {
        await StartAsync(options => options.BodyTimeout = TimeSpan.FromMilliseconds(200));
        using TcpClient client = new();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(_address).Port);
        NetworkStream stream = client.GetStream();
        await stream.WriteAsync(Encoding.ASCII.GetBytes($"POST /ci?secret={Secret} HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n<Resp"));
        byte[] answer = new byte[200];
        int read = await stream.ReadAsync(answer).AsTask().WaitAsync(TimeSpan.FromSeconds(30));
        Assert.StartsWith("HTTP/1.1 408", Encoding.ASCII.GetString(answer, 0, read), StringComparison.Ordinal);
    }

    [Fact]
    public async Task HandlerThatThrows_IsCalledAgain_AndAtLastForgotten()
    {
        int calls = 0;
        await StartAsync(options =>
        {
            options.MaxTries = 3;
            options.On<VideoTargetRecJob>((job, context, _) => ++calls is 1 or 2 or 4 or 5 or 6 ? throw new InvalidOperationException("not now") : Handle(job, context));
        });
        await PostAsync(Xml);
        await Until(() => _handled.Count == 1);
        Assert.Equal(3, _handled.Single().Context.Try);
        await PostAsync(Json);
        await Until(() => calls == 6);
        await Until(() => _logs.Of("CiCodegen", 103).Count() == 5);
        await Task.Delay(50);
        await PostAsync(Json);
        await Until(() => _handled.Count == 2);
    }

    [Fact]
    public async Task JobThatCannotBeRead_ComesAsItsEnvelope()
    {
        await StartAsync(options => options.On<VideoTargetRecJob>((_, _, _) => throw new InvalidOperationException("not this one")));
        await PostAsync(Xml.Replace("<Code>", "<Code>again</Code><Code>", StringComparison.Ordinal));
        await PostAsync(Xml.Replace(">j1<", ">j9<", StringComparison.Ordinal).Replace("VideoTargetRec</Tag>", "Unheard</Tag>", StringComparison.Ordinal));
        await Until(() => _handled.Count == 2);
        Assert.All(_handled, handled => Assert.IsType<CiJobEnvelope>(handled.Job));
        Assert.IsType<CiFormatException>(_handled.Single(handled => handled.Job.JobId == "j1").Context.Unreadable);
        Assert.Null(_handled.Single(handled => handled.Job.JobId == "j9").Context.Unreadable);
    }

    [Fact]
    public async Task FullQueue_IsAnsweredWith503_AndComesAgain()
    {
        using SemaphoreSlim gate = new(0);
        await StartAsync(options =>
        {
            (options.QueueLength, options.MaxConcurrency) = (2, 1);
            options.On<VideoTargetRecJob>(async (job, context, cancellationToken) =>
            {
                await gate.WaitAsync(cancellationToken);
                await Handle(job, context);
            });
        });
        string Numbered(int i) => Xml.Replace(">j1<", $">n{i}<", StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Numbered(1)));
        Assert.Equal(HttpStatusCode.OK, await PostAsync(Numbered(2)));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync(Numbered(3)));
        gate.Release(10);
        await Until(() => _handled.Count == 2);
        await Until(() => PostAsync(Numbered(3)).GetAwaiter().GetResult() == HttpStatusCode.OK);
        await Until(() => _handled.Count == 3);
    }

    [Fact]
    public async Task StoreThatOutlivesTheProcess_LosesNothing()
    {
        KeepingStore store = new();
        store.Kept.Add(new CiStoredCallback("j1\nSuccess", "j1", "Success", Encoding.UTF8.GetBytes(Xml), DateTimeOffset.UtcNow));
        await StartAsync(add: services => services.AddSingleton<ICiCallbackStore>(store));
        await Until(() => _handled.Count == 1 && store.Done.Count == 1);
        await PostAsync(Xml);
        await PostAsync(Json);
        await Until(() => store.Done.Count == 2);
        Assert.Equal(["j1", "j2"], _handled.Select(handled => handled.Job.JobId).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Waiter_IsWokenByTheCallback()
    {
        await StartAsync();
        CiJobSignals signals = _application!.Services.GetRequiredService<CiJobSignals>();
        await using CiCodegen.Tests.Faults.FaultServer server = new();
        CiCodegen.Tests.Faults.LedgerJob ledger = server.Service.Add();
        using HttpClient http = new(CiClient.CreateHandler());
        CiClient client = new(http, new CiClientOptions { Endpoint = new Uri(server.Endpoint) }, new StaticCredentialProvider("id", "key"));
        Task<VideoTargetRecJob> waiting = client.WaitAsync<VideoTargetRecJob>(ledger.JobId, new CiWaitOptions { InitialDelay = TimeSpan.FromHours(1), MaxDelay = TimeSpan.FromHours(1), Deadline = TimeSpan.FromHours(2), Signals = signals }, null);
        await Until(() => server.Requests.Count == 1);
        ledger.State = "Success";
        await PostAsync(Xml.Replace(">j1<", $">{ledger.JobId}<", StringComparison.Ordinal));
        Assert.Equal(CiJobState.Success, (await waiting.WaitAsync(TimeSpan.FromSeconds(30))).State);
    }

    [Fact]
    public async Task Handler_MayBeAService()
    {
        await StartAsync(options => options.On<VideoTargetRecJob, Handler>(), services => services.AddSingleton(_handled).AddScoped<Handler>());
        await PostAsync(Xml);
        await Until(() => _handled.Count == 1);
    }

    public static TheoryData<string, Action<CiCallbackOptions>> Wrong => new()
    {
        { "Secrets", options => options.Secrets.Clear() },
        { "16 characters", options => options.Secrets.Add("short") },
        { "MaxBodyLength", options => options.MaxBodyLength = 0 },
        { "BodyTimeout", options => options.BodyTimeout = TimeSpan.Zero },
        { "SecretParameter", options => options.SecretParameter = "" },
        { "two handlers", options => options.On<VideoTargetRecJob>((_, _, _) => Task.CompletedTask).On<VideoTargetRecJob>((_, _, _) => Task.CompletedTask) },
        { "not among 'Tags'", options => options.On<VideoTargetRecJob>((_, _, _) => Task.CompletedTask).Tags = [] },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public async Task WrongOptions_AreNamed(string expected, Action<CiCallbackOptions> change)
        => Assert.Contains(expected, (await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(change))).Message, StringComparison.Ordinal);

    [Fact]
    public async Task MemoryStore_IsBounded()
    {
        Microsoft.Extensions.Time.Testing.FakeTimeProvider time = new();
        MemoryCiCallbackStore store = new(time) { Capacity = 3 };
        ValueTask<bool> Add(string key) => store.TryAddAsync(new(key, key, null, default, default));
        Assert.True(await Add("a") && await Add("b") && await Add("c"));
        Assert.False(await Add("c"));
        Assert.True(await Add("d"));
        Assert.True(await Add("a"));
        time.Advance(TimeSpan.FromDays(1));
        Assert.True(await Add("d"));
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }
    }

    private sealed class Handler(ConcurrentQueue<(CiJob, CiCallbackContext)> handled) : ICiCallbackHandler<VideoTargetRecJob>
    {
        public Task HandleAsync(VideoTargetRecJob job, CiCallbackContext context, CancellationToken cancellationToken)
        {
            handled.Enqueue((job, context));
            return Task.CompletedTask;
        }
    }

    /// <summary>As a database would: what was taken in is there until it is done.</summary>
    private sealed class KeepingStore : ICiCallbackStore
    {
        public List<CiStoredCallback> Kept { get; } = [];

        public HashSet<string> Done { get; } = [];

        public ValueTask<bool> TryAddAsync(CiStoredCallback callback, CancellationToken cancellationToken = default)
        {
            lock (Kept)
            {
                bool isNew = Kept.TrueForAll(kept => kept.Key != callback.Key);
                if (isNew)
                {
                    Kept.Add(callback);
                }

                return new(isNew);
            }
        }

        public ValueTask DoneAsync(CiStoredCallback callback, CancellationToken cancellationToken = default)
        {
            lock (Kept)
            {
                Done.Add(callback.Key);
            }

            return default;
        }

        public ValueTask ForgetAsync(CiStoredCallback callback, CancellationToken cancellationToken = default) => default;

        public async IAsyncEnumerable<CiStoredCallback> PendingAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            foreach (CiStoredCallback kept in Kept.ToArray())
            {
                await Task.Yield();
                yield return kept;
            }
        }
    }
}

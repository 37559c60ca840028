using System.Collections.Concurrent;
using System.Net;
using System.Runtime.CompilerServices;
using System.Text;
using CiCodegen.Extensions.Tests.CiJobs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CiCodegen.Extensions.Tests;

/// <summary>Callbacks between the answer and the handler, with a store as one would write it over a table.</summary>
public sealed class CallbackQueueTests : IAsyncDisposable
{
    private readonly Table _table = new();
    private readonly Logs _logs = new();
    private readonly HttpClient _http = new();
    private readonly ConcurrentQueue<string> _handled = new();
    private readonly SemaphoreSlim _gate = new(0);
    private WebApplication? _application;

    private static string Body(string id) => $"<Response><JobsDetail><Code>Success</Code><JobId>{id}</JobId><State>Success</State><Tag>VideoTargetRec</Tag></JobsDetail></Response>";

    private static CiStoredCallback Stored(string id) => new($"{id}\nSuccess", id, "Success", Encoding.UTF8.GetBytes(Body(id)), DateTimeOffset.UtcNow);

    private async Task StartAsync(Action<CiCallbackOptions>? change = null, Action<IServiceCollection>? add = null)
    {
        WebApplicationBuilder builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        builder.Services.AddRoutingCore();
        builder.Services.AddLogging(logging => logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Debug));
        builder.Services.AddSingleton<ICiCallbackStore>(_table);
        add?.Invoke(builder.Services);
        builder.Services.AddCiCallbacks(options =>
        {
            options.Tags = CiTagCatalog.All;
            (options.AllowAnonymous, options.RetryDelay) = (true, TimeSpan.FromMilliseconds(1));
            options.Otherwise((job, _, _) =>
            {
                _handled.Enqueue(job.JobId!);
                return Task.CompletedTask;
            });
            change?.Invoke(options);
        });
        _application = builder.Build();
        _application.UseRouting();
        _application.MapCiCallbacks("/ci");
        await _application.StartAsync();
    }

    /// <summary>Handlers wait at the gate, one at a time.</summary>
    private void OneByOne(CiCallbackOptions options)
    {
        options.MaxConcurrency = 1;
        options.On<VideoTargetRecJob>(async (job, _, cancellationToken) =>
        {
            await _gate.WaitAsync(cancellationToken);
            _handled.Enqueue(job.JobId!);
        });
    }

    private async Task<HttpStatusCode> PostAsync(string id, CancellationToken cancellationToken = default)
        => (await _http.PostAsync(new Uri($"{_application!.Urls.Single()}/ci"), new StringContent(Body(id)), cancellationToken)).StatusCode;

    private static async Task Until(Func<bool> holds)
    {
        for (int i = 0; !holds(); i++)
        {
            Assert.True(i < 1000, "never");
            await Task.Delay(10);
        }
    }

    [Fact]
    public async Task CallbackThatComesDuringTheBacklog_IsHandledOnce()
    {
        foreach (string id in new[] { "a1", "a2", "a3" })
        {
            _table.Rows[Stored(id).Key] = Stored(id);
        }

        await StartAsync(OneByOne);
        await Until(() => _table.Listed >= 1);
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b1"));
        _gate.Release(100);
        await Until(() => _table.Done.Count >= 4);

        // Behind all that was there.
        Assert.Equal(HttpStatusCode.OK, await PostAsync("c1"));
        await Until(() => _handled.Contains("c1"));
        Assert.Equal(["a1", "a2", "a3", "b1", "c1"], _handled.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task SenderThatHangsUp_LosesNoCallback()
    {
        await StartAsync();
        _table.AddGate = new(0);
        using CancellationTokenSource hangUp = new();
        Task<HttpStatusCode> post = PostAsync("b1", hangUp.Token);
        await Until(() => _table.Rows.ContainsKey("b1\nSuccess"));
        await hangUp.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => post);

        // Time for the server to see it; the outcome is the same when it does not.
        await Task.Delay(300);
        _table.AddGate.Release(10);
        await Until(() => _handled.Contains("b1"));
    }

    [Fact]
    public async Task StoreThatFailsAfterItKept_LosesNoCallback()
    {
        await StartAsync();
        _table.FailAfterAdd = 1;
        Assert.Equal(HttpStatusCode.InternalServerError, await PostAsync("b1"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b1"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b1"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b2"));
        await Until(() => _handled.Contains("b1") && _handled.Contains("b2"));
        Assert.Equal(2, _handled.Count);
    }

    [Fact]
    public async Task BacklogThatCannotBeRead_IsReadLater_AndOthersAreHandledMeanwhile()
    {
        _table.Rows[Stored("a1").Key] = Stored("a1");
        _table.FailsToList = true;
        await StartAsync();
        await Until(() => _logs.Of("CiCodegen", 106).Any());
        foreach (string id in new[] { "b1", "b2" })
        {
            Assert.Equal(HttpStatusCode.OK, await PostAsync(id));
        }

        await Until(() => _handled.Count == 2);
        _table.FailsToList = false;
        await Until(() => _handled.Contains("a1"));
        Assert.Equal(["a1", "b1", "b2"], _handled.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task QueueThatHasEnded_IsAnsweredWith503_AndNothingIsKept()
    {
        await StartAsync();
        await _application!.Services.GetServices<IHostedService>().OfType<CallbackQueue>().Single().StopAsync(CancellationToken.None);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, await PostAsync("b1"));
        Assert.Empty(_table.Rows);
    }

    [Fact]
    public async Task Shutdown_TellsHowManyWereNotHandled()
    {
        await StartAsync(OneByOne);
        foreach (string id in new[] { "b1", "b2", "b3" })
        {
            await PostAsync(id);
        }

        _gate.Release();
        await Until(() => _table.Done.Count == 1);
        await _application!.StopAsync();
        Assert.Contains("2 were not handled", Assert.Single(_logs.Of("CiCodegen", 107)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Shutdown_WithNothingLeft_SaysNothing()
    {
        await StartAsync();
        await PostAsync("b1");
        await Until(() => _table.Done.Count == 1);
        await _application!.StopAsync();
        Assert.Empty(_logs.Of("CiCodegen", 107));
    }

    [Fact]
    public async Task StoreThatGivesUpForgetting_DoesNotStopTheQueue()
    {
        _table.FailsToForget = true;
        await StartAsync(options =>
        {
            options.MaxTries = 1;
            options.On<VideoTargetRecJob>((job, _, _) => job.JobId == "b1" ? throw new InvalidOperationException("not this one") : Handled(job.JobId!));
        });
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b1"));
        await Until(() => _logs.Of("CiCodegen", 105).Any());
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b2"));
        await Until(() => _handled.Contains("b2"));
    }

    [Fact]
    public async Task PauseOfAnyLength_DoesNotStopTheQueue()
    {
        await StartAsync(options =>
        {
            options.RetryDelay = TimeSpan.MaxValue;
            options.On<VideoTargetRecJob>((job, _, _) => job.JobId == "b1" ? throw new InvalidOperationException("not yet") : Handled(job.JobId!));
        });
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b1"));
        await Until(() => _logs.Of("CiCodegen", 103).Any());
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b2"));
        await Until(() => _handled.Contains("b2"));
    }

    [Fact]
    public async Task LogThatFails_StopsNothing()
    {
        await StartAsync(
            options => options.On<VideoTargetRecJob>((job, context, _) => context.Try == 1 ? throw new InvalidOperationException("not yet") : Handled(job.JobId!)),
            services => services.AddLogging(logging => logging.AddProvider(new BrokenLog())));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b1"));
        Assert.Equal(HttpStatusCode.OK, await PostAsync("b2"));
        await Until(() => _handled.Count == 2);
    }

    [Fact]
    public async Task SecretThatIsNotThere_IsNamed()
    {
        OptionsValidationException e = await Assert.ThrowsAsync<OptionsValidationException>(() => StartAsync(options => options.Secrets.Add(null!)));
        Assert.Contains("16 characters", e.Message, StringComparison.Ordinal);
    }

    private Task Handled(string id)
    {
        _handled.Enqueue(id);
        return Task.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        if (_application is not null)
        {
            await _application.DisposeAsync();
        }

        _gate.Dispose();
    }

    /// <summary>Rows with a mark for those that are done; listed by key, one after the other, as they are then.</summary>
    private sealed class Table : ICiCallbackStore
    {
        private int _listed;

        public ConcurrentDictionary<string, CiStoredCallback> Rows { get; } = new(StringComparer.Ordinal);

        public ConcurrentDictionary<string, bool> Done { get; } = new(StringComparer.Ordinal);

        public int Listed => Volatile.Read(ref _listed);

        /// <summary>Between the row and the driver's answer.</summary>
        public SemaphoreSlim? AddGate { get; set; }

        public int FailAfterAdd { get; set; }

        public bool FailsToList { get; set; }

        public bool FailsToForget { get; set; }

        public async ValueTask<bool> TryAddAsync(CiStoredCallback callback, CancellationToken cancellationToken = default)
        {
            bool isNew = Rows.TryAdd(callback.Key, callback);
            if (AddGate is { } gate)
            {
                await gate.WaitAsync(cancellationToken);
            }

            return FailAfterAdd-- > 0 ? throw new IOException("the connection broke") : isNew;
        }

        public ValueTask DoneAsync(CiStoredCallback callback, CancellationToken cancellationToken = default)
        {
            Done[callback.Key] = true;
            return default;
        }

        public ValueTask ForgetAsync(CiStoredCallback callback, CancellationToken cancellationToken = default)
            => FailsToForget ? throw new TaskCanceledException("the driver gave up") : default;

        public async IAsyncEnumerable<CiStoredCallback> PendingAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
        {
            if (FailsToList)
            {
                throw new IOException("the database starts up");
            }

            string last = "";
            while (Rows.Values.Where(row => !Done.ContainsKey(row.Key) && string.CompareOrdinal(row.Key, last) > 0).MinBy(row => row.Key, StringComparer.Ordinal) is { } next)
            {
                Interlocked.Increment(ref _listed);
                last = next.Key;
                yield return next;
                await Task.Yield();
            }
        }
    }
}

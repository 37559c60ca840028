using System.Diagnostics;
using CiCodegen.Emulator;
using CiCodegen.Extensions.Tests.CiJobs;
using CiCodegen.Runtime;
using CiCodegen.Tests.Faults;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Polly.CircuitBreaker;

namespace CiCodegen.Extensions.Tests;

public sealed class ClientRegistrationTests
{
    private const string SecretKey = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";
    private const string Token = "tttttttttttttttttttttttttttttttt";

    private readonly Logs _logs = new();

    private static VideoTargetRecRequest Request => new() { Input = new() { Object = "a.mp4" }, Operation = new() { TemplateId = "t1" } };

    private ServiceProvider Provider(Action<IServiceCollection> add)
    {
        ServiceCollection services = new();
        services.AddLogging(logging => logging.AddProvider(_logs).SetMinimumLevel(LogLevel.Trace));
        services.AddSingleton<ICiCredentialProvider>(new StaticCredentialProvider(new CiCredentials("AKIDFAKE", SecretKey, Token)));
        add(services);
        return services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
    }

    [Fact]
    public async Task Clients_AreSingletons_EachWithItsOwnOptionsAndCredentials()
    {
        await using CiEmulator one = await CiEmulator.StartAsync(new CiEmulatorOptions { SecretId = "AKIDFAKE", SecretKey = SecretKey });
        await using CiEmulator two = await CiEmulator.StartAsync();
        await using ServiceProvider provider = Provider(services =>
        {
            services.AddCiClient(options => options.Endpoint = one.Endpoint);
            services.AddCiClient("second", options => options.Endpoint = two.Endpoint);
            services.AddKeyedSingleton<ICiCredentialProvider>("second", new StaticCredentialProvider(two.Credentials));
        });
        CiClient client = provider.GetRequiredService<CiClient>();
        Assert.Same(client, provider.GetRequiredService<CiClient>());
        Assert.NotSame(client, provider.GetRequiredKeyedService<CiClient>("second"));
        VideoTargetRecJob job = await client.SubmitAsync(Request);
        VideoTargetRecJob other = await provider.GetRequiredKeyedService<CiClient>("second").SubmitAsync(Request);
        Assert.Equal(CiJobState.Submitted, job.State);
        Assert.Equal(CiJobState.Submitted, other.State);
        await Assert.ThrowsAsync<CiServiceException>(() => new CiClient(new HttpClient(), new CiClientOptions { Endpoint = two.Endpoint }, provider.GetRequiredService<ICiCredentialProvider>()).SubmitAsync(Request));
    }

    [Fact]
    public void Configuration_SaysWhatItSays()
    {
        IConfiguration configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Ci:Bucket"] = "demo-1250000000",
            ["Ci:Region"] = "ap-tokyo",
            ["Ci:TryTimeout"] = "00:00:07",
            ["Ci:MarkSubmissions"] = "true",
            ["Ci:MaxTries"] = "2",
        }).Build();
        using ServiceProvider provider = Provider(services =>
        {
            services.AddCiClient(configuration.GetSection("Ci"));
            services.AddCiClient("second", configuration.GetSection("Ci")).Services.Configure<CiClientOptions>("second", options => options.Region = "ap-beijing");
        });
        CiClientOptions options = provider.GetRequiredService<IOptionsMonitor<CiClientOptions>>().Get("");
        Assert.Equal(("demo-1250000000", "ap-tokyo", TimeSpan.FromSeconds(7), true, 2, TimeSpan.FromMilliseconds(200)), (options.Bucket, options.Region, options.TryTimeout, options.MarkSubmissions, options.MaxTries, options.RetryDelay));
        Assert.Equal("ap-beijing", provider.GetRequiredService<IOptionsMonitor<CiClientOptions>>().Get("second").Region);
        Assert.NotNull(provider.GetRequiredService<CiClient>());
    }

    [Fact]
    public async Task WrongOptions_StopTheHostAtItsStart()
    {
        HostApplicationBuilder builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        builder.Services.AddCiClient("second", options => options.Bucket = "nobody");
        using IHost host = builder.Build();
        OptionsValidationException e = await Assert.ThrowsAsync<OptionsValidationException>(() => host.StartAsync());
        Assert.Contains("Client 'second': 'Bucket' is 'nobody'", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Logs_TellWhatHappens_AndNoSecret()
    {
        await using FaultServer server = new();
        Fault busy = Fault.All.Single(fault => fault.Name == "503 error document");
        Fault echo = Fault.All.Single(fault => fault.Name == "401 that tells the secrets back");
        int asked = 0;
        server.Choose = request => request.Verb == "submit" ? busy : asked++ switch { 0 => busy, 2 => echo, _ => null };
        string id = server.Service.Add().JobId;
        await using ServiceProvider provider = Provider(services => services.AddCiClient(options =>
        {
            options.Endpoint = new Uri(server.Endpoint);
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
        }));
        CiClient client = provider.GetRequiredService<CiClient>();
        await client.DescribeAsync<VideoTargetRecJob>(id);
        await Assert.ThrowsAsync<CiServiceException>(() => client.DescribeAsync<VideoTargetRecJob>(id));
        await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => client.SubmitAsync(Request));
        Assert.Contains($"describe VideoTargetRec {id} completed: HTTP 200, request request-in-header, try 2", Assert.Single(_logs.Of("CiCodegen", 1)), StringComparison.Ordinal);
        Assert.Contains("is tried again in", Assert.Single(_logs.Of("CiCodegen", 2)), StringComparison.Ordinal);
        Assert.Contains("HTTP 503, request request-in-header", Assert.Single(_logs.Of("CiCodegen", 6)), StringComparison.Ordinal);
        Assert.Contains("failed at try 1: HTTP 401", Assert.Single(_logs.Of("CiCodegen", 7)), StringComparison.Ordinal);

        // The factory's own messages have the headers.
        Assert.Contains("x-ci-security-token: *", _logs.Text, StringComparison.Ordinal);
        Assert.All(server.Requests.Select(request => request.Headers["authorization"][^40..]).Append(SecretKey).Append(Token), secret => Assert.DoesNotContain(secret, _logs.Text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task SecondCall_ChangesTheClient_AndAddsNone()
    {
        await using FaultServer server = new();
        string id = server.Service.Add().JobId;
        await using ServiceProvider provider = Provider(services =>
        {
            services.AddCiClient(options => options.Endpoint = new Uri("http://127.0.0.1:1"));
            services.AddCiClient(options => options.Endpoint = new Uri(server.Endpoint));
        });
        await provider.GetRequiredService<CiClient>().DescribeAsync<VideoTargetRecJob>(id);
        Assert.Single(_logs.Of("CiCodegen", 1));
    }

    [Theory]
    [InlineData("")]
    [InlineData("second")]
    public async Task SecondCall_LeavesTheCallersHandler(string name)
    {
        Handler own = new();
        await using ServiceProvider provider = Provider(services =>
        {
            Add(services, options => options.Host = "example.test").ConfigurePrimaryHttpMessageHandler(() => own);
            Add(services, options => options.MaxTries = 1);
        });
        Assert.Equal("j1", (await (name.Length == 0 ? provider.GetRequiredService<CiClient>() : provider.GetRequiredKeyedService<CiClient>(name)).DescribeAsync<VideoTargetRecJob>("j1")).JobId);
        Assert.Equal(1, own.Requests);

        IHttpClientBuilder Add(IServiceCollection services, Action<CiClientOptions> configure)
            => name.Length == 0 ? services.AddCiClient(configure) : services.AddCiClient(name, configure);
    }

    [Fact]
    public async Task EventsSetLater_AreToldBesideTheLog()
    {
        List<CiClientEventKind> told = [];
        await using ServiceProvider provider = Provider(services =>
        {
            services.AddCiClient(options => options.Host = "example.test").ConfigurePrimaryHttpMessageHandler(() => new Handler());
            services.Configure<CiClientOptions>(options => options.Events = happened => told.Add(happened.Kind));
        });
        await provider.GetRequiredService<CiClient>().DescribeAsync<VideoTargetRecJob>("j1");
        Assert.Equal([CiClientEventKind.Completed], told);
        Assert.Single(_logs.Of("CiCodegen", 1));
    }

    [Fact]
    public async Task LogThatFails_CostsNoJob()
    {
        Handler handler = new();
        List<CiClientEventKind> told = [];
        await using ServiceProvider provider = Provider(services =>
        {
            services.AddLogging(logging => logging.AddProvider(new BrokenLog()));
            services.AddCiClient(options => (options.Host, options.Events) = ("example.test", happened => told.Add(happened.Kind))).ConfigurePrimaryHttpMessageHandler(() => handler);
        });
        CiClient client = provider.GetRequiredService<CiClient>();
        Assert.Equal("j1", (await client.SubmitAsync(Request)).JobId);
        handler.Fails = true;
        await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => client.SubmitAsync(Request));
        Assert.Equal([CiClientEventKind.Completed, CiClientEventKind.Failed], told);
        Assert.Single(_logs.Of("CiCodegen", 6));
    }

    [Fact]
    public async Task Names_AreThoseThatAreUsed()
    {
        await using FaultServer server = new();
        List<string> seen = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == CiInstrumentation.ActivitySource,
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity => seen.Add(activity.OperationName),
        };
        ActivitySource.AddActivityListener(listener);
        await using ServiceProvider provider = Provider(services => services.AddCiClient(options => options.Endpoint = new Uri(server.Endpoint)));
        await provider.GetRequiredService<CiClient>().SubmitAsync(Request);
        Assert.Contains("ci.submit", seen);
    }

    [Fact]
    public async Task CircuitBreaker_SparesTheService_AndNothingIsInDoubt()
    {
        await using FaultServer server = new();
        server.Choose = _ => Fault.All.Single(fault => fault.Name == "503 error document");
        await using ServiceProvider provider = Provider(services => services.AddCiClient(options =>
        {
            options.Endpoint = new Uri(server.Endpoint);
            options.RetryDelay = TimeSpan.FromMilliseconds(1);
        }).AddCiResilience(options => (options.CircuitBreaker.MinimumThroughput, options.CircuitBreaker.SamplingDuration, options.CircuitBreaker.BreakDuration) = (5, TimeSpan.FromSeconds(10), TimeSpan.FromSeconds(30))));
        CiClient client = provider.GetRequiredService<CiClient>();
        for (int i = 0; i < 5; i++)
        {
            await Assert.ThrowsAnyAsync<CiException>(() => client.DescribeAsync<VideoTargetRecJob>("j1"));
        }

        int asked = server.Requests.Count;
        Assert.InRange(asked, 5, 8);
        CiTransportException open = await Assert.ThrowsAsync<CiTransportException>(() => client.SubmitAsync(Request));
        Assert.IsAssignableFrom<BrokenCircuitException>(open.InnerException);
        Assert.False(open.IsAmbiguous);
        Assert.Equal(asked, server.Requests.Count);
    }

    [Fact]
    public async Task StandardHandler_ThatRepeats_CannotMakeASecondJob()
    {
        await using FaultServer server = new();
        server.Choose = _ => Fault.All.Single(fault => fault.Name == "carried out, 503");
        await using ServiceProvider provider = Provider(services => services.AddCiClient(options => options.Endpoint = new Uri(server.Endpoint)).AddStandardResilienceHandler(options => options.Retry.Delay = TimeSpan.FromMilliseconds(1)));
        await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => provider.GetRequiredService<CiClient>().SubmitAsync(Request));
        Assert.Single(server.Service.Ledger);
    }

    [Theory]
    [InlineData(null, HealthStatus.Healthy)]
    [InlineData("429 SlowDown", HealthStatus.Degraded)]
    [InlineData("403 error document", HealthStatus.Unhealthy)]
    [InlineData("reset after the request", HealthStatus.Unhealthy)]
    public async Task HealthCheck_TellsHowTheServiceIs(string? fault, HealthStatus expected)
    {
        await using FaultServer server = new();
        server.Choose = _ => Fault.All.SingleOrDefault(known => known.Name == fault);
        await using ServiceProvider provider = Provider(services =>
        {
            services.AddCiClient(options =>
            {
                options.Endpoint = new Uri(server.Endpoint);
                options.RetryDelay = TimeSpan.FromMilliseconds(1);
            });
            services.AddHealthChecks().AddCiService(VideoTargetRecJob.JobTag);
        });
        HealthReport report = await provider.GetRequiredService<HealthCheckService>().CheckHealthAsync();
        Assert.Equal(expected, report.Entries["ci"].Status);
        Assert.Equal(fault != "reset after the request", report.Entries["ci"].Data.ContainsKey("requestId"));
        Assert.DoesNotContain(Token, $"{report.Entries["ci"].Description} {_logs.Text}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task LimiterOfThePlatform_SetsThePace()
    {
        using System.Threading.RateLimiting.TokenBucketRateLimiter limiter = new(new() { TokenLimit = 2, TokensPerPeriod = 2, ReplenishmentPeriod = TimeSpan.FromMilliseconds(100), QueueLimit = 1, AutoReplenishment = true });
        RateLimiterPace pace = new(limiter);
        long start = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => pace.WaitAsync().AsTask()));
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(200));
        pace.Slower(TimeSpan.FromMilliseconds(300));
        start = Stopwatch.GetTimestamp();
        await pace.WaitAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromMilliseconds(250));
    }

    [Fact]
    public async Task LongestRefusal_Counts_AndNoneIsTooLong()
    {
        using System.Threading.RateLimiting.ConcurrencyLimiter limiter = new(new() { PermitLimit = 1, QueueLimit = 1 });
        RateLimiterPace pace = new(limiter);
        long start = Stopwatch.GetTimestamp();
        pace.Slower(TimeSpan.FromSeconds(2));
        pace.Slower(null);
        pace.Slower(TimeSpan.FromMilliseconds(1));
        await pace.WaitAsync();
        Assert.True(Stopwatch.GetElapsedTime(start) > TimeSpan.FromSeconds(1.9));
        using CancellationTokenSource cancel = new();
        pace.Slower(TimeSpan.FromDays(60));
        pace.Slower(TimeSpan.MaxValue);
        Task waiting = pace.WaitAsync(cancel.Token).AsTask();
        Assert.False(waiting.IsCompleted);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private sealed class Handler : HttpMessageHandler
    {
        public int Requests { get; private set; }

        public bool Fails { get; set; }

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            _ = request.Content is null ? [] : await request.Content.ReadAsByteArrayAsync(cancellationToken);
            return Fails ? throw new HttpRequestException("reset") : new() { RequestMessage = request, Content = new StringContent("<Response><JobsDetail><JobId>j1</JobId><State>Running</State></JobsDetail></Response>") };
        }
    }
}

using System.Net;
using System.Net.Sockets;
using System.Text;
using CiCodegen.Tests.Faults;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>Faults below the request: of the connection, the certificate, the clock.</summary>
public sealed class FaultConnectionTests
{
    private static readonly string[] s_verbs = ["submit", "describe", "list", "cancel", "wait"];

    public static TheoryData<string> Verbs => [.. s_verbs];

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task NobodyListens(string verb)
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        string endpoint = $"http://{listener.LocalEndpoint}";
        listener.Stop();
        CiTransportException e = await Assert.ThrowsAsync<CiTransportException>(() => RunAsync(endpoint, verb, "j1"));
        Assert.False(e.IsAmbiguous);
    }

    [Theory]
    [MemberData(nameof(Verbs))]
    public async Task WrongCertificate_IsRefused_AndNothingSent(string verb)
    {
        await using FaultServer server = new(tls: true);
        CiTransportException e = await Assert.ThrowsAsync<CiTransportException>(() => RunAsync(server.Endpoint, verb, "j1"));
        Assert.False(e.IsAmbiguous);
        Assert.Empty(server.Requests);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(600)]
    public async Task ResetBeforeOrWhileTheRequestComes(int bytes)
    {
        foreach (string verb in s_verbs)
        {
            await using FaultServer server = new();
            string id = Add(server, verb);
            int connections = 0;
            server.ResetAfter = () => connections++ == 0 ? bytes : null;
            Exception? e = await Record.ExceptionAsync(() => RunAsync(server.Endpoint, verb, id));
            if (verb == "submit" && bytes == 0 && e is null)
            {
                // Reset so early that it counted as never connected: tried again, rightly.
                Assert.Equal(2, server.Service.Ledger.Count);
            }
            else if (verb == "submit")
            {
                // The client cannot see that the job was not taken; it must not try its luck.
                Assert.True(Assert.IsType<CiAmbiguousSubmitException>(e).IsAmbiguous);
                Assert.Single(server.Service.Ledger);
                Assert.Equal(1, connections);
            }
            else
            {
                Assert.Null(e);
                Assert.Equal(verb switch { "cancel" => "Cancel", "wait" => "Success", _ => "Submitted" }, server.Service.Ledger[0].State);
            }
        }
    }

    [Theory]
    [InlineData(-7200)]
    [InlineData(7200)]
    [InlineData(86400 * 400)]
    public async Task SkewedClock_IsCorrected_ForManyCallsAtOnce(int seconds)
    {
        foreach (string verb in s_verbs)
        {
            await using FaultServer server = new();
            server.Service.ClockOffset = TimeSpan.FromSeconds(seconds);
            string[] ids = [.. Enumerable.Range(0, 8).Select(_ => Add(server, verb))];
            using HttpClient http = new(CiClient.CreateHandler());
            CiClient client = Client(http, server.Endpoint);
            await Task.WhenAll(ids.Select(id => RunAsync(client, verb, id)));
            Assert.Equal(verb == "submit" ? 16 : 8, server.Service.Ledger.Count);
            int asked = server.Requests.Count;
            await RunAsync(client, verb == "cancel" ? "describe" : verb, ids[0]);
            Assert.Equal(asked + 1, server.Requests.Count);
        }
    }

    [Fact]
    public async Task HandlerThatRepeatsByItself_CannotMakeASecondJob()
    {
        await using FaultServer server = new();
        server.Choose = _ => Fault.All.Single(fault => fault.Name == "carried out, 503");
        using HttpClient http = new(new Repeating(CiClient.CreateHandler()));
        CiAmbiguousSubmitException e = await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => RunAsync(Client(http, server.Endpoint), "submit", ""));
        Assert.Contains("sent once", e.ToString(), StringComparison.Ordinal);
        Assert.Single(server.Service.Ledger);
    }

    [Fact]
    public async Task HandlerThatGivesUpByItself_IsAFailureOfTheTransport()
    {
        using HttpClient http = new(new Throwing());
        CiClient client = Client(http, "http://127.0.0.1:1");
        Assert.False((await Assert.ThrowsAsync<CiTransportException>(() => RunAsync(client, "submit", ""))).IsAmbiguous);
        Assert.IsType<TimeZoneNotFoundException>((await Assert.ThrowsAsync<CiTransportException>(() => RunAsync(client, "list", ""))).InnerException);
    }

    private static string Add(FaultServer server, string verb)
    {
        LedgerJob job = server.Service.Add();
        job.State = verb == "wait" ? "Running" : "Submitted";
        return job.JobId;
    }

    private static async Task RunAsync(string endpoint, string verb, string jobId)
    {
        using HttpClient http = new(CiClient.CreateHandler());
        await RunAsync(Client(http, endpoint), verb, jobId);
    }

    private static async Task RunAsync(CiClient client, string verb, string jobId)
    {
        switch (verb)
        {
            case "submit":
                await client.SubmitRawAsync("/jobs", Encoding.UTF8.GetBytes(TestRequest.Body));
                break;
            case "describe":
                await client.DescribeAsync<TestJob>(jobId);
                break;
            case "cancel":
                await client.CancelAsync<TestJob>(jobId);
                break;
            case "wait":
                await client.WaitAsync<TestJob>(jobId);
                break;
            default:
                await client.ListAsync<TestJob>(new CiListQuery()).GetAsyncEnumerator().MoveNextAsync();
                break;
        }
    }

    private static CiClient Client(HttpClient http, string endpoint) => new(
        http,
        new CiClientOptions { Endpoint = new Uri(endpoint), Bucket = "b-1", Region = "ap-tokyo", RetryDelay = TimeSpan.FromMilliseconds(1), Wait = new CiWaitOptions { InitialDelay = TimeSpan.FromMilliseconds(2) } },
        new StaticCredentialProvider("AKIDFAKE", "fake-key"));

    private sealed class Repeating(HttpMessageHandler inner) : DelegatingHandler(inner)
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            HttpResponseMessage response = await base.SendAsync(request, cancellationToken);
            return response.IsSuccessStatusCode ? response : await base.SendAsync(request, cancellationToken);
        }
    }

    private sealed class Throwing : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => throw new TimeZoneNotFoundException("whatever a handler throws");
    }
}

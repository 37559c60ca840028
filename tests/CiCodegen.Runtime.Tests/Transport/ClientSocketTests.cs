using System.Net;
using System.Net.Sockets;
using System.Text;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>Faults of real connections, through the platform's own handler.</summary>
public sealed class ClientSocketTests : IDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly HttpClient _http = new(CiClient.CreateHandler());
    private int _accepted;

    private CiClient Client(int port, TimeSpan? tryTimeout = null) => new(
        _http,
        new CiClientOptions
        {
            Bucket = "b-1",
            Region = "ap-tokyo",
            Endpoint = new Uri($"http://127.0.0.1:{port}"),
            RetryDelay = TimeSpan.FromMilliseconds(1),
            TryTimeout = tryTimeout ?? TimeSpan.FromMinutes(5),
        },
        new StaticCredentialProvider("AKIDFAKE", "fake-key"));

    /// <summary>Answers each connection's one request by the next of these; the last one over and over.</summary>
    private CiClient Serve(params Func<Socket, Task>[] answers)
    {
        _listener.Start();
        _ = Task.Run(async () =>
        {
            while (true)
            {
                Socket socket = await _listener.AcceptSocketAsync();
                await answers[Math.Min(_accepted++, answers.Length - 1)](socket);
            }
        });
        return Client(((IPEndPoint)_listener.LocalEndpoint).Port);
    }

    private static async Task ReadRequest(Socket socket)
    {
        byte[] buffer = new byte[8192];
        StringBuilder received = new();
        while (!(received.ToString().StartsWith("GET", StringComparison.Ordinal) && received.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
            && !received.ToString().EndsWith("</Request>", StringComparison.Ordinal))
        {
            int read = await socket.ReceiveAsync(buffer);
            Assert.NotEqual(0, read);
            received.Append(Encoding.UTF8.GetString(buffer, 0, read));
        }
    }

    private static async Task Reset(Socket socket)
    {
        await ReadRequest(socket);
        socket.LingerState = new LingerOption(true, 0);
        socket.Close();
    }

    private static Func<Socket, Task> Send(string answer) => async socket =>
    {
        await ReadRequest(socket);
        await socket.SendAsync(Encoding.UTF8.GetBytes(answer));
        socket.Close();
    };

    private static Func<Socket, Task> Ok { get; } = Send($"HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{FakeService.Job("j1", "Submitted")}");

    [Fact]
    public async Task NobodyListens_TheJobWasNotSent()
    {
        _listener.Start();
        int port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _listener.Stop();
        CiTransportException e = await Assert.ThrowsAsync<CiTransportException>(() => Client(port).SubmitAsync(new TestRequest()));
        Assert.False(e.IsAmbiguous);
        Assert.IsType<HttpRequestException>(e.InnerException);
    }

    [Fact]
    public async Task ResetAfterTheRequest_SubmitsOnce_ReadsAgain()
    {
        CiClient client = Serve(Reset, Reset, Ok);
        await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => client.SubmitAsync(new TestRequest()));
        Assert.Equal(1, _accepted);
        Assert.Equal("j1", (await client.DescribeAsync<TestJob>("j1")).JobId);
        Assert.Equal(3, _accepted);
    }

    [Theory]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n")]
    [InlineData("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n50\r\n")]
    public async Task AnswerThatBreaksOff_IsFinishedByAsking(string head)
    {
        CiClient client = Serve(Send($"{head}<Response><JobsDetail><JobId>j1</JobId><Sta"), Ok);
        Assert.Equal("j1", (await client.SubmitAsync(new TestRequest())).JobId);
        Assert.Equal(2, _accepted);
    }

    [Theory]
    [InlineData("")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Le")]
    [InlineData("HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n<Response><JobsDetail><JobId>j")]
    [InlineData("SSH-2.0-OpenSSH_9.6\r\n")]
    public async Task AnswerWithoutAJobId_IsAmbiguous(string answer)
    {
        CiClient client = Serve(Send(answer));
        await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => client.SubmitAsync(new TestRequest()));
        Assert.Equal(1, _accepted);
    }

    public void Dispose()
    {
        _listener.Dispose();
        _http.Dispose();
    }
}

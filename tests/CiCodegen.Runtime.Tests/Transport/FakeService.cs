using System.Globalization;
using System.Net;
using System.Text;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>What a try put on the wire.</summary>
internal sealed record Sent(string Method, Uri Uri, string Host, Dictionary<string, string> Headers, byte[] Body);

/// <summary>A service in memory: answers each request by the next of its answers, the last one over and over.</summary>
internal sealed class FakeService : HttpMessageHandler
{
    public const string SecretKey = "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk";
    public const string Token = "tttttttttttttttttttttttttttttttt";

    private readonly Queue<Func<Sent, HttpResponseMessage>> _answers = new();
    private Func<Sent, HttpResponseMessage>? _last;

    public TestClock Time { get; } = new();

    public List<Sent> Requests { get; } = [];

    /// <summary>Throws before the body is asked for, as a handler does that cannot connect.</summary>
    public Func<int, Exception?> BeforeSending { get; set; } = _ => null;

    public FakeService Answers(params Func<Sent, HttpResponseMessage>[] answers)
    {
        foreach (Func<Sent, HttpResponseMessage> answer in answers)
        {
            _answers.Enqueue(answer);
        }

        return this;
    }

    public FakeService Answers(HttpStatusCode status, string body, params string[] headers) => Answers(_ => Answer(status, body, headers));

    public CiClient Client(Action<CiClientOptions>? change = null, ICiCredentialProvider? credentials = null)
    {
        CiClientOptions options = new() { Bucket = "examplebucket-1250000000", Region = "ap-guangzhou", TimeProvider = Time, Random = () => 0 };
        change?.Invoke(options);
        HttpClient http = new(this, disposeHandler: false) { Timeout = Timeout.InfiniteTimeSpan };
        return new(http, options, credentials ?? new StaticCredentialProvider(new CiCredentials("AKIDFAKE", SecretKey, Token)));
    }

    public static HttpResponseMessage Answer(HttpStatusCode status, string body, params string[] headers)
    {
        HttpResponseMessage response = new(status) { Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body)) };
        foreach (string[] header in headers.Chunk(2))
        {
            _ = response.Headers.TryAddWithoutValidation(header[0], header[1]) || response.Content.Headers.TryAddWithoutValidation(header[0], header[1]);
        }

        return response;
    }

    public static string Jobs(params string[] details) => $"<Response>{string.Concat(details.Select(detail => $"<JobsDetail>{detail}</JobsDetail>"))}</Response>";

    public static string Job(string id, string state) => Jobs($"<JobId>{id}</JobId><State>{state}</State><Code>Success</Code>");

    public static string Error(string code, string message = "no") => $"<Error><Code>{code}</Code><Message>{message}</Message><RequestId>from-body</RequestId><TraceId>trace-body</TraceId></Error>";

    /// <summary>Waits for a call while the clock moves on.</summary>
    public async Task<T> Get<T>(Task<T> call)
    {
        await Time.RunAsync(call);
        return await call;
    }

    /// <summary>Waits for a call to fail while the clock moves on.</summary>
    public async Task<T> Fails<T>(Task call)
        where T : Exception
    {
        await Time.RunAsync(call);
        return await Assert.ThrowsAnyAsync<T>(() => call);
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        if (BeforeSending(Requests.Count) is { } failure)
        {
            Requests.Add(new(request.Method.Method, request.RequestUri!, "", [], []));
            throw failure;
        }

        byte[] body = [];
        if (request.Content is not null)
        {
            using MemoryStream copy = new();
            await request.Content.CopyToAsync(copy, cancellationToken);
            body = copy.ToArray();
        }

        Dictionary<string, string> headers = new(StringComparer.OrdinalIgnoreCase);
        foreach ((string name, IEnumerable<string> values) in request.Headers.NonValidated.Select(header => (header.Key, header.Value.AsEnumerable()))
            .Concat(request.Content?.Headers.NonValidated.Select(header => (header.Key, header.Value.AsEnumerable())) ?? []))
        {
            headers[name] = string.Join(", ", values);
        }

        Sent sent = new(request.Method.Method, request.RequestUri!, request.Headers.Host ?? "", headers, body);
        Requests.Add(sent);
        _last = _answers.Count > 0 ? _answers.Dequeue() : _last;
        HttpResponseMessage response = _last!(sent);
        response.RequestMessage ??= request;
        if (response.Headers.Contains("x-test-never"))
        {
            Time.Silent();
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        return response;
    }

    public static Func<Sent, HttpResponseMessage> Never { get; } = _ => Answer(HttpStatusCode.OK, "", "x-test-never", "1");

    public static Func<Sent, HttpResponseMessage> Reset { get; } = _ => throw new HttpRequestException("reset", new IOException("reset by peer"));

    /// <summary>An answer whose body breaks off.</summary>
    public static Func<Sent, HttpResponseMessage> Broken(string body) => _ => new(HttpStatusCode.OK) { Content = new StreamContent(new BrokenStream(Encoding.UTF8.GetBytes(body))) };

    public static string Date(DateTimeOffset time) => time.ToString("r", CultureInfo.InvariantCulture);

    private sealed class BrokenStream(byte[] bytes) : MemoryStream(bytes)
    {
        public override int Read(Span<byte> buffer) => base.Read(buffer) is > 0 and int read ? read : throw new IOException("broke off");

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => new(Read(buffer.Span));
    }
}

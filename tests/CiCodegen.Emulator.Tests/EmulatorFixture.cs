using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Xml.Linq;
using CiCodegen.Runtime;
using Microsoft.Extensions.Time.Testing;

namespace CiCodegen.Emulator.Tests;

/// <summary>An answer, taken in whole.</summary>
internal sealed record Answer(HttpStatusCode Status, byte[] Body, HttpResponseHeaders Headers, HttpContentHeaders ContentHeaders)
{
    public string Text => Encoding.UTF8.GetString(Body);

    public XElement Xml => XElement.Parse(Text);

    public string? Code => Xml.Element("Code")?.Value;

    public string Message => Xml.Element("Message")!.Value;

    /// <summary>The only job.</summary>
    public XElement Job => Xml.Elements("JobsDetail").Single();

    public string JobId => Job.Element("JobId")!.Value;

    public string State => Job.Element("State")!.Value;

    public string[] Ids => [.. Xml.Elements("JobsDetail").Select(static job => job.Element("JobId")!.Value)];

    public string? Header(string name) => Headers.TryGetValues(name, out IEnumerable<string>? values) ? values.Single() : null;

    public void IsError(HttpStatusCode status, string code)
    {
        Assert.True(status == Status, Text);
        Assert.Equal(code, Code);
    }
}

/// <summary>An emulator on a clock that stands still, and a client that signs as <see cref="CiSigner"/> does.</summary>
internal sealed class EmulatorFixture : IAsyncDisposable
{
    public const string Host = "photos-1250000001.ci.ap-beijing.myqcloud.com";

    public static readonly DateTimeOffset Start = new(2022, 6, 27, 7, 23, 10, TimeSpan.Zero);

    private readonly HttpClient _http = new();

    private EmulatorFixture(CiEmulator emulator, FakeTimeProvider clock) => (Emulator, Clock) = (emulator, clock);

    public CiEmulator Emulator { get; }

    public FakeTimeProvider Clock { get; }

    public static Task<EmulatorFixture> StartAsync() => StartAsync(static clock => new() { TimeProvider = clock });

    public static async Task<EmulatorFixture> StartAsync(Func<FakeTimeProvider, CiEmulatorOptions> options)
    {
        FakeTimeProvider clock = new(Start);
        return new(await CiEmulator.StartAsync(options(clock)), clock);
    }

    public static string Request(string key = "video/a.mp4", string operation = "<VideoTargetRec><Body>true</Body></VideoTargetRec>")
        => $"<Request><Tag>VideoTargetRec</Tag><Input><Object>{key}</Object></Input><Operation>{operation}</Operation></Request>";

    public Task<Answer> SubmitAsync(string xml, string host = Host, string path = "/jobs") => SendAsync(HttpMethod.Post, path, Encoding.UTF8.GetBytes(xml), host);

    public Task<Answer> GetAsync(string pathAndQuery, string host = Host) => SendAsync(HttpMethod.Get, pathAndQuery, null, host);

    public Task<Answer> CancelAsync(string id) => SendAsync(HttpMethod.Put, $"/jobs/{id}?cancel", null, Host);

    public async Task<Answer> SendAsync(HttpMethod method, string pathAndQuery, byte[]? body, string host = Host)
    {
        using HttpRequestMessage request = Signed(method, pathAndQuery, body, host);
        return await SendAsync(request);
    }

    public HttpRequestMessage Signed(HttpMethod method, string pathAndQuery, byte[]? body = null, string host = Host, CiCredentials? credentials = null, CiKeyTime? time = null)
    {
        HttpRequestMessage request = Unsigned(method, pathAndQuery, body, host);
        Sign(request, credentials ?? Emulator.Credentials, time ?? CiKeyTime.From(Clock.GetUtcNow(), TimeSpan.FromMinutes(10)), out CiSignature signature);
        request.Headers.TryAddWithoutValidation("Authorization", signature.Authorization);
        return request;
    }

    public HttpRequestMessage Unsigned(HttpMethod method, string pathAndQuery, byte[]? body = null, string host = Host)
    {
        HttpRequestMessage request = new(method, new Uri(Emulator.Endpoint, pathAndQuery));
        request.Headers.Host = host;
        if (body is not null)
        {
            request.Content = new ByteArrayContent(body);
            request.Content.Headers.ContentType = new("application/xml");
        }

        return request;
    }

    public static void Sign(HttpRequestMessage request, CiCredentials credentials, CiKeyTime time, out CiSignature signature)
        => signature = CiSigner.Sign(
            credentials, request.Method.Method, Uri.UnescapeDataString(request.RequestUri!.AbsolutePath), Query(request.RequestUri), [new("host", request.Headers.Host)], time);

    public async Task<Answer> SendAsync(HttpRequestMessage request)
    {
        using HttpResponseMessage response = await _http.SendAsync(request);
        return new(response.StatusCode, await response.Content.ReadAsByteArrayAsync(), response.Headers, response.Content.Headers);
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Emulator.DisposeAsync();
    }

    private static List<KeyValuePair<string, string?>> Query(Uri uri)
        => [.. uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries).Select(static part => part.Split('=', 2))
            .Select(static pair => new KeyValuePair<string, string?>(Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""))];
}

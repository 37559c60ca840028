using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;

namespace CiCodegen.Runtime.Tests.Transport;

public sealed class ClientWireTests
{
    private readonly FakeService _service = new();

    private void AssertSigned(Sent sent, string headers, string parameters)
    {
        KeyValuePair<string, string?>[] query = [.. sent.Uri.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=', 2)).Select(pair => new KeyValuePair<string, string?>(Uri.UnescapeDataString(pair[0]), pair.Length > 1 ? Uri.UnescapeDataString(pair[1]) : ""))];
        CiSignatureCheck check = CiSignatureVerifier.Verify(
            sent.Method,
            Uri.UnescapeDataString(sent.Uri.AbsolutePath),
            query,
            sent.Headers.Select(header => new KeyValuePair<string, string?>(header.Key, header.Value)),
            id => id == "AKIDFAKE" ? FakeService.SecretKey : null,
            _service.Time.GetUtcNow());
        Assert.True(check.Status == CiSignatureStatus.Valid, check.ToString());
        Assert.Equal(headers, string.Join(';', check.SignedHeaders));
        Assert.Equal(parameters, string.Join(';', check.SignedParameters));
    }

    [Fact]
    public async Task Submit_SendsASignedDocument()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Job("j1", "Submitted"));
        TestJob job = await _service.Client().SubmitAsync(new TestRequest());
        Assert.Equal("j1", job.JobId);
        Assert.Equal(CiJobState.Submitted, job.State);

        Sent sent = Assert.Single(_service.Requests);
        Assert.Equal("POST https://examplebucket-1250000000.ci.ap-guangzhou.myqcloud.com/jobs", $"{sent.Method} {sent.Uri}");
        Assert.Equal("examplebucket-1250000000.ci.ap-guangzhou.myqcloud.com", sent.Host);
        Assert.Equal(TestRequest.Body, Encoding.UTF8.GetString(sent.Body));
        Assert.Equal("application/xml", sent.Headers["Content-Type"]);
        Assert.Equal(TestRequest.Body.Length.ToString(System.Globalization.CultureInfo.InvariantCulture), sent.Headers["Content-Length"]);
        Assert.Equal(Convert.ToBase64String(MD5.HashData(sent.Body)), sent.Headers["Content-MD5"]);
        Assert.Equal(FakeService.Token, sent.Headers["x-ci-security-token"]);
        Assert.False(sent.Headers.ContainsKey("Accept-Encoding"));
        AssertSigned(sent, "content-length;content-md5;content-type;host;x-ci-security-token", "");
    }

    [Fact]
    public async Task WithoutToken_NoTokenHeader()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Job("j1", "Submitted"));
        await _service.Client(credentials: new StaticCredentialProvider("AKIDFAKE", FakeService.SecretKey)).SubmitAsync(new TestRequest());
        Sent sent = Assert.Single(_service.Requests);
        Assert.False(sent.Headers.ContainsKey("x-ci-security-token"));
        AssertSigned(sent, "content-length;content-md5;content-type;host", "");
    }

    [Fact]
    public async Task SignatureTime_BeginsAMinuteBack()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Job("j1", "Submitted"));
        await _service.Client().SubmitAsync(new TestRequest());
        long now = _service.Time.GetUtcNow().ToUnixTimeSeconds();
        Assert.Contains($"&q-sign-time={now - 60};{now + 900}&", Assert.Single(_service.Requests).Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task InvalidRequest_IsNotSent_UnlessAskedFor()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Job("j1", "Submitted"));
        await Assert.ThrowsAsync<CiValidationException>(() => _service.Client().SubmitAsync(new TestRequest(valid: false)));
        Assert.Empty(_service.Requests);
        await _service.Client(options => options.ValidateRequests = false).SubmitAsync(new TestRequest(valid: false));
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Describe_Cancel_AndRaw_SignPathAndQuery()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Job("j 1", "Running"));
        CiClient client = _service.Client();
        await client.DescribeAsync<TestJob>("j 1");
        Assert.Equal("/jobs/j%201", _service.Requests[0].Uri.PathAndQuery);
        AssertSigned(_service.Requests[0], "host;x-ci-security-token", "");

        CiDescribeResult<TestJob> many = await client.DescribeManyAsync<TestJob>(["a", "b"]);
        Assert.Equal("/jobs/a,b", _service.Requests[1].Uri.PathAndQuery);
        AssertSigned(_service.Requests[1], "host;x-ci-security-token", "");
        Assert.Single(many.Jobs);

        _service.Answers(HttpStatusCode.OK, "");
        await client.CancelAsync<TestJob>("j1");
        Assert.Equal("PUT /jobs/j1?cancel", $"{_service.Requests[2].Method} {_service.Requests[2].Uri.PathAndQuery}");
        AssertSigned(_service.Requests[2], "host;x-ci-security-token", "cancel");

        await client.CancelAsync(TestJob.JobTag with { Family = "pic", Path = "/pic_jobs" }, "j1");
        Assert.Equal("/jobs/j1?cancel", _service.Requests[3].Uri.PathAndQuery);
    }

    [Fact]
    public async Task DescribeMany_TellsWhichDoNotExist()
    {
        _service.Answers(HttpStatusCode.OK, "<Response><JobsDetail><JobId>a</JobId></JobsDetail><NonExistJobIds>b</NonExistJobIds><NonExistJobIds>c</NonExistJobIds></Response>", "x-ci-request-id", "r1");
        CiDescribeResult<TestJob> result = await _service.Client().DescribeManyAsync<TestJob>(["a", "b", "c"]);
        Assert.Equal(["b", "c"], result.NonExistJobIds);
        Assert.Equal("r1", result.RequestId);
        CiRawResult raw = await _service.Client().DescribeRawAsync("/jobs", ["a", "b", "c"]);
        Assert.Equal(["b", "c"], raw.NonExistJobIds);
        Assert.Equal("a", Assert.Single(raw.Jobs).JobId);
        CiJobNotFoundException missing = await Assert.ThrowsAsync<CiJobNotFoundException>(
            () => new FakeService().Answers(HttpStatusCode.OK, "<Response><NonExistJobIds>b</NonExistJobIds></Response>").Client().DescribeAsync<TestJob>("b"));
        Assert.Equal("b", missing.JobId);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("..")]
    [InlineData("a,b")]
    [InlineData("a/b")]
    [InlineData("a?cancel")]
    [InlineData("a%2fb")]
    public async Task WhatIsNoJobId_IsNotSent(string id)
    {
        CiClient client = _service.Client();
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.DescribeAsync<TestJob>(id));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.CancelAsync<TestJob>(id));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => client.WaitAsync<TestJob>(id));
        Assert.Empty(_service.Requests);
    }

    [Fact]
    public async Task List_SendsTheDocumentedParameters_AndPages()
    {
        _service.Answers(
            _ => FakeService.Answer(HttpStatusCode.OK, "<Response><JobsDetail><JobId>a</JobId></JobsDetail><NextToken>t+/=</NextToken></Response>"),
            _ => FakeService.Answer(HttpStatusCode.OK, "<Response><NextToken>t2</NextToken></Response>"),
            _ => FakeService.Answer(HttpStatusCode.OK, "<Response><JobsDetail><JobId>b</JobId></JobsDetail><NextToken></NextToken></Response>"));
        CiListQuery query = new()
        {
            QueueId = "p1",
            OldestFirst = true,
            PageSize = 50,
            States = [CiJobState.Success, CiJobState.Failed],
            StartCreationTime = new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.FromHours(8)),
            InputObject = "视频 a.mp4",
        };
        List<string?> ids = [];
        await foreach (TestJob job in _service.Client().ListAsync<TestJob>(query))
        {
            ids.Add(job.JobId);
        }

        Assert.Equal(["a", "b"], ids);
        Assert.Equal(3, _service.Requests.Count);
        Assert.Equal(
            "?tag=TestTag&queueId=p1&inputObject=%E8%A7%86%E9%A2%91%20a.mp4&orderByTime=Asc&size=50&states=Success%2CFailed&startCreationTime=2026-01-02T03%3A04%3A05%2B0800",
            _service.Requests[0].Uri.Query);
        Assert.Contains("&nextToken=t%2B%2F%3D&", _service.Requests[1].Uri.Query, StringComparison.Ordinal);
        AssertSigned(_service.Requests[1], "host;x-ci-security-token", "inputobject;nexttoken;orderbytime;queueid;size;startcreationtime;states;tag");
    }

    [Fact]
    public async Task List_ThatGoesRoundInACircle_Ends()
    {
        _service.Answers(_ => FakeService.Answer(HttpStatusCode.OK, "<Response><JobsDetail><JobId>a</JobId></JobsDetail><NextToken>same</NextToken></Response>"));
        int seen = 0;
        CiResponseException e = await Assert.ThrowsAsync<CiResponseException>(async () =>
        {
            await foreach (TestJob _ in _service.Client().ListAsync<TestJob>(new CiListQuery()))
            {
                seen++;
            }
        });
        Assert.Equal(2, seen);
        Assert.Contains("NextToken", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<ArgumentException>(async () =>
        {
            await foreach (CiRawResult _ in _service.Client().ListRawAsync(TestJob.JobTag, new CiListQuery { PageSize = 101 }))
            {
            }
        });
    }

    [Fact]
    public async Task OverARealSocket_TheRequestVerifies()
    {
        using TcpListener listener = new(IPAddress.Loopback, 0);
        listener.Start();
        int port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Task<string> server = Task.Run(async () =>
        {
            using TcpClient connection = await listener.AcceptTcpClientAsync();
            NetworkStream stream = connection.GetStream();
            byte[] buffer = new byte[8192];
            StringBuilder received = new();
            while (!received.ToString().EndsWith(TestRequest.Body, StringComparison.Ordinal))
            {
                int read = await stream.ReadAsync(buffer);
                Assert.NotEqual(0, read);
                received.Append(Encoding.UTF8.GetString(buffer, 0, read));
            }

            string body = FakeService.Job("j1", "Submitted");
            await stream.WriteAsync(Encoding.UTF8.GetBytes($"HTTP/1.1 200 OK\r\nContent-Length: {body.Length}\r\n\r\n{body}"));
            return received.ToString();
        });

        using HttpClient http = new(CiClient.CreateHandler());
        CiClient client = new(
            http,
            new CiClientOptions { Bucket = "b-1", Region = "ap-tokyo", Endpoint = new Uri($"http://127.0.0.1:{port}"), TimeProvider = _service.Time, TryTimeout = TimeSpan.FromMinutes(5) },
            new StaticCredentialProvider("AKIDFAKE", FakeService.SecretKey));
        await client.SubmitAsync(new TestRequest());

        string[] head = (await server).Split("\r\n\r\n")[0].Split("\r\n");
        Assert.Equal("POST /jobs HTTP/1.1", head[0]);
        Dictionary<string, string> headers = head.Skip(1).Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        Assert.Equal("b-1.ci.ap-tokyo.myqcloud.com", headers["Host"]);
        Assert.False(headers.ContainsKey("Expect"));
        Assert.False(headers.ContainsKey("Accept-Encoding"));
        AssertSigned(new("POST", new Uri("http://x/jobs"), "", headers, []), "content-length;content-md5;content-type;host", "");
    }

    [Fact]
    public void Options_SayWhatIsWrong()
    {
        void Bad(CiClientOptions options, string part)
            => Assert.Contains(part, Assert.Throws<ArgumentException>(options.Validate).Message, StringComparison.Ordinal);
        Bad(new() { Bucket = "name", Region = "ap-tokyo" }, "'Bucket' is 'name'; expected is a bucket with its owner");
        Bad(new() { Bucket = "b-1", Region = "ap tokyo" }, "'Region'");
        Bad(new() { Bucket = "b-1" }, "'Region' is missing");
        Bad(new(), "'Bucket' and 'Region' are missing");
        Bad(new() { Endpoint = new Uri("http://127.0.0.1/path") }, "'Endpoint'");
        Bad(new() { Endpoint = new Uri("ftp://127.0.0.1") }, "'Endpoint'");
        Bad(new() { Host = "a/b" }, "'Host'");
        Bad(new() { Host = "a.example.com#x" }, "'Host' is 'a.example.com#x'; expected is a host name");
        Bad(new() { Host = "h", MaxTries = 0 }, "'MaxTries'");
        Bad(new() { Host = "h", TryTimeout = TimeSpan.Zero }, "'TryTimeout'");
        Assert.Equal("127.0.0.1:81", new CiClientOptions { Endpoint = new Uri("http://127.0.0.1:81") }.EffectiveHost());
        Assert.Equal("h:1", new CiClientOptions { Bucket = "b-1", Region = "r", Host = "h:1" }.EffectiveHost());
    }
}

using System.IO.Compression;
using System.Net;
using System.Text;

namespace CiCodegen.Runtime.Tests.Transport;

public sealed class ClientErrorTests
{
    private readonly FakeService _service = new();

    [Fact]
    public async Task ServiceError_CarriesWhatTheServiceSaid()
    {
        _service.Answers(HttpStatusCode.BadRequest, FakeService.Error("InvalidArgument", "bad width"), "x-ci-request-id", "from-header", "x-ci-trace-id", "trace-header");
        CiServiceException e = await Assert.ThrowsAsync<CiServiceException>(() => _service.Client().SubmitAsync(new TestRequest()));
        Assert.Equal((400, "InvalidArgument", "bad width", "from-header", "trace-header"), (e.HttpStatus, e.Code, e.ServiceMessage, e.RequestId, e.TraceId));
        Assert.False(e.IsTransient);
        Assert.False(e.IsAmbiguous);
        Assert.Contains("bad width", Encoding.UTF8.GetString(e.Body.Span), StringComparison.Ordinal);
        Assert.Single(_service.Requests);
    }

    [Theory]
    [InlineData("<html>gateway</html>", null, null)]
    [InlineData("", null, null)]
    [InlineData("{\"code\":-46607,\"message\":\"no\"}", "-46607", "no")]
    [InlineData("{\"Error\":{\"Code\":\"X\",\"Message\":\"\\ud800\"}}", "X", null)]
    [InlineData("{", null, null)]
    [InlineData("<Error><Code>X</Code><Message>no</Message></Error>", "X", "no")]
    public async Task AnyBody_IsAServiceError(string body, string? code, string? message)
    {
        _service.Answers(HttpStatusCode.Forbidden, body, "x-cos-request-id", "cos");
        CiServiceException e = await Assert.ThrowsAsync<CiServiceException>(() => _service.Client().DescribeAsync<TestJob>("j1"));
        Assert.Equal((403, code, message, "cos"), (e.HttpStatus, e.Code, e.ServiceMessage, e.RequestId));
        Assert.Equal(body, Encoding.UTF8.GetString(e.Body.Span));
    }

    [Fact]
    public async Task ErrorWithStatus200_IsAServiceError()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Error("InvalidArgument"));
        CiClient client = _service.Client();
        Assert.Equal(200, (await Assert.ThrowsAsync<CiServiceException>(() => client.SubmitAsync(new TestRequest()))).HttpStatus);
        Assert.Equal("from-body", (await Assert.ThrowsAsync<CiServiceException>(() => client.DescribeAsync<TestJob>("j1"))).RequestId);
        await Assert.ThrowsAsync<CiServiceException>(() => client.CancelAsync<TestJob>("j1"));
        await Assert.ThrowsAsync<CiServiceException>(() => client.SubmitRawAsync("/jobs", "<Request/>"u8.ToArray()));
        await Assert.ThrowsAsync<CiServiceException>(() => client.WaitAsync<TestJob>("j1"));
        Assert.Equal(5, _service.Requests.Count);
    }

    [Fact]
    public async Task Body_IsKeptUpTo4KiB()
    {
        _service.Answers(HttpStatusCode.BadRequest, new string('x', 100_000));
        CiServiceException e = await Assert.ThrowsAsync<CiServiceException>(() => _service.Client().DescribeAsync<TestJob>("j1"));
        Assert.Equal(4096, e.Body.Length);
    }

    [Theory]
    [InlineData(HttpStatusCode.Found)]
    [InlineData(HttpStatusCode.TemporaryRedirect)]
    public async Task Redirect_IsAServiceError(HttpStatusCode status)
    {
        _service.Answers(status, "", "Location", "http://elsewhere/jobs");
        CiServiceException e = await Assert.ThrowsAsync<CiServiceException>(() => _service.Client().SubmitAsync(new TestRequest()));
        Assert.Equal((int)status, e.HttpStatus);
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task RedirectFollowedByTheHandler_IsFoundOut()
    {
        HttpRequestMessage? request = null;
        using DelegatingProbe probe = new(_service, message => request = message);
        _service.Answers(_ =>
        {
            request!.RequestUri = new Uri("http://elsewhere/jobs");
            return FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Submitted"));
        });
        using HttpClient http = new(probe);
        CiClient client = new(http, new CiClientOptions { Host = "h", TimeProvider = _service.Time }, new StaticCredentialProvider("AKIDFAKE", "k"));
        CiTransportException e = await Assert.ThrowsAsync<CiTransportException>(() => client.DescribeAsync<TestJob>("j1"));
        Assert.Contains("AllowAutoRedirect", e.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => client.SubmitAsync(new TestRequest()));
        Assert.False(CiClient.CreateHandler().AllowAutoRedirect);
    }

    [Fact]
    public async Task Secrets_AreInNoMessage_EvenWhenTheServerSendsThemBack()
    {
        static HttpResponseMessage Echo(Sent sent, HttpStatusCode status)
            => FakeService.Answer(
                status,
                $"<Error><Code>{sent.Headers["x-ci-security-token"]}</Code><Message>you sent {sent.Headers["Authorization"].Replace("&", "&amp;", StringComparison.Ordinal)} {FakeService.SecretKey}</Message></Error>",
                "x-ci-request-id",
                FakeService.Token);
        foreach (HttpStatusCode status in new[] { HttpStatusCode.Forbidden, HttpStatusCode.InternalServerError, HttpStatusCode.OK })
        {
            FakeService service = new FakeService().Answers(sent => Echo(sent, status));
            CiException e = await Assert.ThrowsAnyAsync<CiException>(() => service.Client().SubmitAsync(new TestRequest()));
            string authorization = service.Requests[0].Headers["Authorization"];
            string text = $"{e} {e.Code} {e.RequestId} {(e as CiServiceException)?.ServiceMessage}";
            Assert.DoesNotContain(FakeService.SecretKey, text, StringComparison.Ordinal);
            Assert.DoesNotContain(FakeService.Token, text, StringComparison.Ordinal);
            Assert.DoesNotContain("q-signature=", text, StringComparison.Ordinal);
            Assert.DoesNotContain(authorization[^40..], text, StringComparison.Ordinal);
            Assert.Contains("***", text, StringComparison.Ordinal);
        }

        // A value that cannot be read is quoted in the message.
        FakeService broken = new FakeService().Answers(sent => FakeService.Answer(HttpStatusCode.OK, FakeService.Jobs($"<JobId>j1</JobId><Width>{sent.Headers["x-ci-security-token"]}</Width>")));
        CiResponseException unreadable = await Assert.ThrowsAsync<CiResponseException>(() => broken.Client().SubmitAsync(new TestRequest()));
        Assert.DoesNotContain(FakeService.Token, unreadable.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task TypedReadThatFails_DoesNotLoseTheJob()
    {
        string body = FakeService.Jobs("<JobId>j1</JobId><State>Submitted</State><Width>wide</Width>");
        _service.Answers(HttpStatusCode.OK, body, "x-ci-request-id", "r1");
        CiClient client = _service.Client();
        foreach (Task call in new Task[] { client.SubmitAsync(new TestRequest()), client.DescribeAsync<TestJob>("j1") })
        {
            CiResponseException e = await Assert.ThrowsAsync<CiResponseException>(() => call);
            CiJobEnvelope job = Assert.Single(e.Jobs);
            Assert.Equal(("j1", CiJobState.Submitted), (job.JobId, job.State));
            Assert.Equal("r1", e.RequestId);
            Assert.Equal(CiFormatError.BadScalar, Assert.IsType<CiFormatException>(e.InnerException).Error);
            Assert.Equal(body, Encoding.UTF8.GetString(e.RawBody.Span));
            Assert.False(e.IsAmbiguous);
        }

        // Nothing is sent again: the next answer would be the same.
        Assert.Equal(2, _service.Requests.Count);
        CiRawResult raw = await client.SubmitRawAsync("/jobs", "<Request/>"u8.ToArray());
        Assert.Equal(("j1", 200, "r1"), (raw.Jobs[0].JobId, raw.HttpStatus, raw.RequestId));
    }

    [Fact]
    public async Task TooLongAnswers_AreCutOff()
    {
        string body = FakeService.Job("j1", "Submitted");
        _service.Answers(HttpStatusCode.OK, body);
        CiClient fits = _service.Client(options => options.MaxResponseLength = body.Length);
        Assert.Equal("j1", (await fits.DescribeAsync<TestJob>("j1")).JobId);
        CiClient tooShort = _service.Client(options => options.MaxResponseLength = body.Length - 1);
        CiResponseException e = await Assert.ThrowsAsync<CiResponseException>(() => tooShort.DescribeAsync<TestJob>("j1"));
        Assert.Equal(body.Length - 1, e.RawBody.Length);
        Assert.True(e.IsTruncated);
        Assert.Equal(CiFormatError.LimitExceeded, Assert.IsType<CiFormatException>(e.InnerException).Error);
        Assert.Equal("j1", Assert.Single(e.Jobs).JobId);
        Assert.Equal(2, _service.Requests.Count);
    }

    [Fact]
    public async Task EncodingThatIsNotUndone_IsNamed()
    {
        _service.Answers(_ => Encoded("br", HttpStatusCode.OK, FakeService.Job("j1", "Submitted"), static to => new BrotliStream(to, CompressionLevel.Optimal)));
        CiClient client = _service.Client(static options => options.MaxTries = 2);

        // Nothing is sent twice, and what became of it stays unknown.
        CiAmbiguousSubmitException submitted = await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => client.SubmitAsync(new TestRequest()));
        Assert.True(submitted.IsAmbiguous);
        Assert.Contains("encoded as 'br'", submitted.Message, StringComparison.Ordinal);
        CiFormatException why = Assert.IsType<CiFormatException>(submitted.InnerException);
        Assert.Equal(CiFormatError.UnsupportedEncoding, why.Error);
        Assert.Contains("content encoding 'br'", why.Detail, StringComparison.Ordinal);
        Assert.Contains("AutomaticDecompression", why.Detail, StringComparison.Ordinal);
        Assert.Single(_service.Requests);

        // The next answer may come another way.
        CiResponseException described = await _service.Fails<CiResponseException>(client.DescribeAsync<TestJob>("j1"));
        Assert.Contains("content encoding 'br'", described.Message, StringComparison.Ordinal);
        Assert.Equal(3, _service.Requests.Count);
    }

    [Fact]
    public async Task RefusalThatIsNotUndone_IsNamed()
    {
        _service.Answers(_ => Encoded("zstd, br", HttpStatusCode.Forbidden, FakeService.Error("AccessDenied"), static to => new BrotliStream(to, CompressionLevel.Optimal)));
        CiServiceException e = await Assert.ThrowsAsync<CiServiceException>(() => _service.Client().SubmitAsync(new TestRequest()));
        Assert.Contains("encoded as 'zstd, br'", e.Message, StringComparison.Ordinal);
        Assert.False(e.IsAmbiguous);
    }

    [Theory]
    [InlineData("gzip")]
    [InlineData("X-GZip")]
    [InlineData("deflate")]
    [InlineData("identity")]
    [InlineData("utf-8")]
    public async Task EncodingThatIsUndone_OrIsNone_IsRead(string encoding)
    {
        _service.Answers(_ => Encoded(encoding, HttpStatusCode.OK, FakeService.Job("j1", "Submitted"), to => encoding switch
        {
            "gzip" or "X-GZip" => new GZipStream(to, CompressionLevel.Optimal),
            "deflate" => new ZLibStream(to, CompressionLevel.Optimal),
            _ => to,
        }));
        Assert.Equal("j1", (await _service.Client().SubmitAsync(new TestRequest())).JobId);
        Assert.Single(_service.Requests);
    }

    [Theory]
    [InlineData("gzip", "none")]
    [InlineData("deflate", "none")]
    [InlineData("deflate", "raw")]
    [InlineData("gzip", "zlib")]
    [InlineData("deflate", "gzip")]
    public async Task HeaderThatIsWrong_TheBytesAreBelieved(string encoding, string really)
    {
        foreach (string body in new[] { FakeService.Job("j1", "Submitted"), $"\uFEFF\r\n{FakeService.Job("j1", "Submitted")}", FakeService.Job("j1", "Submitted") + new string(' ', 100_000) })
        {
            FakeService service = new FakeService().Answers(_ => Encoded(encoding, HttpStatusCode.OK, body, to => really switch
            {
                "raw" => new DeflateStream(to, CompressionLevel.Optimal),
                "zlib" => new ZLibStream(to, CompressionLevel.Optimal),
                "gzip" => new GZipStream(to, CompressionLevel.Optimal),
                _ => to,
            }));
            Assert.Equal("j1", (await service.Client().SubmitAsync(new TestRequest())).JobId);
        }
    }

    [Fact]
    public async Task EncodedAnswer_ThatIsCutOffOrTooLong_KeepsWhatCameOut()
    {
        string body = FakeService.Job("j1", "Submitted") + new string(' ', 1_000_000) + string.Concat(Enumerable.Range(0, 5000));
        using HttpResponseMessage whole = Encoded("gzip", HttpStatusCode.OK, body, static to => new GZipStream(to, CompressionLevel.Optimal));
        byte[] zipped = await whole.Content.ReadAsByteArrayAsync();
        _service.Answers(_ =>
        {
            HttpResponseMessage cut = new(HttpStatusCode.OK) { Content = new ByteArrayContent(zipped[..^2000]) };
            cut.Content.Headers.ContentEncoding.Add("gzip");
            return cut;
        });
        CiRawResult raw = await _service.Client().SubmitRawAsync("/jobs", "<Request/>"u8.ToArray());
        Assert.Equal("j1", Assert.Single(raw.Jobs).JobId);

        FakeService great = new FakeService().Answers(_ => Encoded("gzip", HttpStatusCode.OK, body, static to => new GZipStream(to, CompressionLevel.Optimal)));
        CiResponseException e = await Assert.ThrowsAsync<CiResponseException>(() => great.Client(static options => options.MaxResponseLength = 20_000).DescribeAsync<TestJob>("j1"));
        Assert.Equal((20_000, true, CiFormatError.LimitExceeded), (e.RawBody.Length, e.IsTruncated, Assert.IsType<CiFormatException>(e.InnerException).Error));
    }

    [Fact]
    public async Task DisposedHttpClient_IsNotAskedAgain_AndNamed()
    {
        HttpClient http = new(_service);
        CiClient client = new(http, new CiClientOptions { Host = "h", TimeProvider = _service.Time }, new StaticCredentialProvider("AKIDFAKE", FakeService.SecretKey));
        http.Dispose();
        List<double> pauses = _service.Time.Pauses;
        foreach (Task call in new Task[] { client.DescribeAsync<TestJob>("j1"), client.SubmitAsync(new TestRequest()), client.DeleteTemplateAsync("t1") })
        {
            CiTransportException e = await _service.Fails<CiTransportException>(call);
            Assert.Contains("disposed", e.Message, StringComparison.Ordinal);
            Assert.False(e.IsAmbiguous);
            Assert.IsType<ObjectDisposedException>(e.InnerException);
        }

        Assert.Empty(pauses);
    }

    [Theory]
    [InlineData("utf-8")]
    [InlineData("aws-chunked")]
    [InlineData("br")]
    public async Task GarbledBehindTheJobId_TheJobIsAskedFor_WhateverTheHeaderSays(string encoding)
    {
        foreach (string rest in new[] { "<State>Sub\u0001", "</State></Response>" })
        {
            FakeService service = new();
            service.Answers(
                _ => Encoded(encoding, HttpStatusCode.OK, "<Response><JobsDetail><JobId>j1</JobId>" + rest, static to => to),
                _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Running")));
            Assert.Equal(CiJobState.Running, (await service.Client().SubmitAsync(new TestRequest())).State);
            Assert.Equal(["POST", "GET"], service.Requests.ConvertAll(static sent => sent.Method));
        }
    }

    [Theory]
    [InlineData("<Response></Response>", CiFormatError.UnexpectedRoot, "Response", 0, true)]
    [InlineData("\uFEFF \r\n<html></html>", CiFormatError.UnexpectedRoot, "html", 2, false)]
    [InlineData("<Response><JobsDetail></Response>", CiFormatError.NotWellFormed, "Response.JobsDetail[0]", 1, false)]
    [InlineData("\uFEFF {", CiFormatError.NotWellFormed, "", 1, false)]
    [InlineData("", CiFormatError.NotWellFormed, "", 1, false)]
    public async Task WhatIsNotEncoded_IsToldAsWhatItIs(string body, CiFormatError error, string path, int line, bool isFinal)
    {
        _service.Answers(_ => Encoded("utf-8", HttpStatusCode.OK, body, static to => to));
        CiAmbiguousSubmitException e = await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => _service.Client().SubmitAsync(new TestRequest()));
        CiFormatException why = Assert.IsType<CiFormatException>(e.InnerException);
        Assert.Equal((error, path, line, isFinal), (why.Error, why.Path, why.Line, why.IsFinal));
        Assert.DoesNotContain("content encoding", why.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task RawAnswers_AreKeptOnRequest()
    {
        _service.Answers(HttpStatusCode.OK, FakeService.Job("j1", "Submitted"), "x-ci-request-id", "r1");
        Assert.Null(CiClient.GetRawResponse(await _service.Client().SubmitAsync(new TestRequest())));
        TestJob job = await _service.Client(options => options.KeepRawResponse = true).SubmitAsync(new TestRequest());
        CiRawResult? raw = CiClient.GetRawResponse(job);
        Assert.Equal("r1", raw?.RequestId);
        Assert.Equal(FakeService.Job("j1", "Submitted"), Encoding.UTF8.GetString(raw!.Body.Span));
    }

    [Fact]
    public async Task NoCredentials_NothingIsSent()
    {
        CiClient client = _service.Client(credentials: new EnvironmentCredentialProvider(_ => null));
        await Assert.ThrowsAsync<CiCredentialException>(() => client.SubmitAsync(new TestRequest()));
        CiClient foreign = _service.Client(credentials: new StaticCredentialProvider(new CiCredentials("AKIDFAKE", "k", "tökenhush")));
        CiCredentialException e = await Assert.ThrowsAsync<CiCredentialException>(() => foreign.SubmitAsync(new TestRequest()));
        Assert.DoesNotContain("hush", e.ToString(), StringComparison.Ordinal);
        Assert.Empty(_service.Requests);
    }

    private static HttpResponseMessage Encoded(string encoding, HttpStatusCode status, string body, Func<Stream, Stream> encode)
    {
        using MemoryStream encoded = new();
        using (Stream encoder = encode(encoded))
        {
            encoder.Write(Encoding.UTF8.GetBytes(body));
        }

        HttpResponseMessage response = new(status) { Content = new ByteArrayContent(encoded.ToArray()) };
        Assert.True(response.Content.Headers.TryAddWithoutValidation("Content-Encoding", encoding));
        return response;
    }

    private sealed class DelegatingProbe(HttpMessageHandler inner, Action<HttpRequestMessage> seen) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            seen(request);
            return base.SendAsync(request, cancellationToken);
        }
    }
}

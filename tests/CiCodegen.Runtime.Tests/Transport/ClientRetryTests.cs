using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace CiCodegen.Runtime.Tests.Transport;

public sealed class ClientRetryTests
{
    private readonly FakeService _service = new();

    private static Func<Sent, HttpResponseMessage> Ok => _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Submitted"));

    private static HttpRequestException Refused => new("refused", new SocketException((int)SocketError.ConnectionRefused));

    [Theory]
    [InlineData(HttpStatusCode.InternalServerError)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.ServiceUnavailable)]
    [InlineData(HttpStatusCode.TooManyRequests)]
    public async Task Reads_AreRepeatedOverFailuresThatPass(HttpStatusCode status)
    {
        _service.Answers(_ => FakeService.Answer(status, FakeService.Error("X")), _ => FakeService.Answer(status, "<html/>"), Ok);
        TestJob job = await _service.Get(_service.Client().DescribeAsync<TestJob>("j1"));
        Assert.Equal("j1", job.JobId);
        Assert.Equal(3, _service.Requests.Count);
    }

    [Fact]
    public async Task Reads_AreRepeatedOverTheNetworksFailures()
    {
        _service.Answers(FakeService.Reset, FakeService.Never, FakeService.Broken("<Response><JobsD"), Ok);
        Assert.Equal("j1", (await _service.Get(_service.Client().DescribeAsync<TestJob>("j1"))).JobId);
        Assert.Equal(4, _service.Requests.Count);
    }

    [Fact]
    public async Task Reads_EndAfterMaxTries_WithTheLastFailure()
    {
        _service.Answers(_ => FakeService.Answer(HttpStatusCode.ServiceUnavailable, FakeService.Error("ServiceUnavailable")));
        CiServiceException e = await _service.Fails<CiServiceException>(_service.Client().DescribeAsync<TestJob>("j1"));
        Assert.Equal(503, e.HttpStatus);
        Assert.True(e.IsTransient);
        Assert.Equal(4, _service.Requests.Count);

        FakeService reset = new FakeService().Answers(FakeService.Reset);
        CiTransportException broken = await reset.Fails<CiTransportException>(reset.Client(options => options.MaxTries = 2).DescribeAsync<TestJob>("j1"));
        Assert.False(broken.IsTimeout);
        Assert.Equal(2, reset.Requests.Count);

        FakeService silent = new FakeService().Answers(FakeService.Never);
        CiTransportException timeout = await silent.Fails<CiTransportException>(silent.Client(options => options.MaxTries = 2).DescribeAsync<TestJob>("j1"));
        Assert.True(timeout.IsTimeout);
        Assert.Equal([30, 30], silent.Time.Limits);
    }

    [Theory]
    [InlineData(HttpStatusCode.BadRequest)]
    [InlineData(HttpStatusCode.Unauthorized)]
    [InlineData(HttpStatusCode.NotFound)]
    [InlineData(HttpStatusCode.NotImplemented)]
    public async Task Refusals_AreNotRepeated(HttpStatusCode status)
    {
        _service.Answers(status, FakeService.Error("X"));
        await _service.Fails<CiServiceException>(_service.Client().DescribeAsync<TestJob>("j1"));
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Pauses_Double_AndRetryAfterIsKept()
    {
        _service.Answers(_ => FakeService.Answer(HttpStatusCode.InternalServerError, ""));
        await _service.Fails<CiServiceException>(_service.Client().DescribeAsync<TestJob>("j1"));
        Assert.Equal([0.2, 0.4, 0.8], _service.Time.Pauses);

        FakeService random = new FakeService().Answers(_ => FakeService.Answer(HttpStatusCode.InternalServerError, ""));
        await random.Fails<CiServiceException>(random.Client(options => (options.Random, options.MaxRetryDelay) = (() => 1, TimeSpan.FromSeconds(0.3))).DescribeAsync<TestJob>("j1"));
        Assert.Equal([0.1, 0.15, 0.15], random.Time.Pauses);

        FakeService asked = new FakeService().Answers(_ => FakeService.Answer(HttpStatusCode.TooManyRequests, "", "Retry-After", "7"), Ok);
        await asked.Get(asked.Client().DescribeAsync<TestJob>("j1"));
        Assert.Equal([7], asked.Time.Pauses);

        FakeService date = new();
        date.Answers(_ => FakeService.Answer(HttpStatusCode.ServiceUnavailable, "", "Date", FakeService.Date(date.Time.GetUtcNow()), "Retry-After", FakeService.Date(date.Time.GetUtcNow().AddSeconds(9))), Ok);
        await date.Get(date.Client().DescribeAsync<TestJob>("j1"));
        Assert.Equal([9], date.Time.Pauses);

        FakeService long1 = new FakeService().Answers(_ => FakeService.Answer(HttpStatusCode.TooManyRequests, "", "Retry-After", "3600"));
        CiServiceException e = await long1.Fails<CiServiceException>(long1.Client().DescribeAsync<TestJob>("j1"));
        Assert.Equal(TimeSpan.FromHours(1), e.RetryAfter);
        Assert.Single(long1.Requests);
    }

    [Fact]
    public async Task CallTimeout_EndsTheTries()
    {
        _service.Answers(FakeService.Never);
        await _service.Fails<CiTransportException>(_service.Client(options => options.CallTimeout = TimeSpan.FromSeconds(45)).DescribeAsync<TestJob>("j1"));
        Assert.Equal([30, 14.8], _service.Time.Limits);
        Assert.Equal(2, _service.Requests.Count);
    }

    [Fact]
    public async Task Submit_IsRepeatedWhenNoConnectionWasMade()
    {
        Exception?[] failures = [Refused, new HttpRequestException(HttpRequestError.NameResolutionError), new HttpRequestException(HttpRequestError.ConnectionError), null];
        _service.BeforeSending = request => failures[request];
        _service.Answers(Ok);
        Assert.Equal("j1", (await _service.Get(_service.Client().SubmitAsync(new TestRequest()))).JobId);
        Assert.Equal(4, _service.Requests.Count);

        FakeService down = new() { BeforeSending = _ => Refused };
        CiTransportException e = await down.Fails<CiTransportException>(down.Client().SubmitAsync(new TestRequest()));
        Assert.False(e.IsAmbiguous);
        Assert.Equal(4, down.Requests.Count);
    }

    [Fact]
    public async Task Submit_RefusedAfterTheBodyWentOutOnce_IsAmbiguous()
    {
        // A handler of the caller's that tries again by itself: the first time the body went out, the second time nobody was there.
        _service.Answers(_ => throw Refused);
        await _service.Fails<CiAmbiguousSubmitException>(_service.Client().SubmitAsync(new TestRequest()));
        Assert.Single(_service.Requests);
    }

    [Fact]
    public async Task Submit_IsRepeatedWhenThrottled()
    {
        _service.Answers(_ => FakeService.Answer(HttpStatusCode.TooManyRequests, FakeService.Error("SlowDown")), Ok);
        Assert.Equal("j1", (await _service.Get(_service.Client().SubmitAsync(new TestRequest()))).JobId);
        Assert.Equal(2, _service.Requests.Count);
    }

    public static TheoryData<string, int?> UnknownOutcomes => new()
    {
        { "reset", null }, { "timeout", null }, { "500", 500 }, { "503", 503 }, { "502 html", 502 }, { "200 empty", 200 }, { "200 html", 200 },
        { "200 no job", 200 }, { "200 broken", 200 }, { "200 internal error", 200 }, { "408", 408 },
    };

    [Theory]
    [MemberData(nameof(UnknownOutcomes))]
    public async Task Submit_WithUnknownOutcome_IsSentOnceAndTheCallerIsTold(string name, int? status)
    {
        Func<Sent, HttpResponseMessage> answer = name switch
        {
            "reset" => FakeService.Reset,
            "timeout" => FakeService.Never,
            "500" => _ => FakeService.Answer(HttpStatusCode.InternalServerError, FakeService.Error("InternalError"), "x-ci-request-id", "r1"),
            "503" => _ => FakeService.Answer(HttpStatusCode.ServiceUnavailable, FakeService.Error("ServiceUnavailable"), "Retry-After", "1"),
            "502 html" => _ => FakeService.Answer(HttpStatusCode.BadGateway, "<html></html>"),
            "408" => _ => FakeService.Answer(HttpStatusCode.RequestTimeout, ""),
            "200 empty" => _ => FakeService.Answer(HttpStatusCode.OK, ""),
            "200 html" => _ => FakeService.Answer(HttpStatusCode.OK, "<html></html>"),
            "200 no job" => _ => FakeService.Answer(HttpStatusCode.OK, "<Response/>"),
            "200 broken" => FakeService.Broken("<Response><JobsDetail><Job"),
            _ => _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Error("InternalError")),
        };
        foreach (bool raw in new[] { false, true })
        {
            FakeService service = new FakeService().Answers(answer);
            CiClient client = service.Client();
            Task call = raw ? client.SubmitRawAsync("/jobs", "<Request/>"u8.ToArray()) : client.SubmitAsync(new TestRequest());
            CiAmbiguousSubmitException e = await service.Fails<CiAmbiguousSubmitException>(call);
            Assert.True(e.IsAmbiguous);
            Assert.Equal(status, e.HttpStatus);
            Assert.Single(service.Requests);
        }
    }

    [Fact]
    public async Task Submit_WhoseAnswerBreaksOffBehindTheId_AsksForTheJob()
    {
        Func<Sent, HttpResponseMessage> broken = FakeService.Broken("<Response><JobsDetail><JobId>j1</JobId><State>Subm");
        _service.Answers(broken, Ok);
        Assert.Equal("j1", (await _service.Get(_service.Client().SubmitAsync(new TestRequest()))).JobId);
        Assert.Equal(["POST", "GET"], _service.Requests.Select(sent => sent.Method));

        FakeService lost = new FakeService().Answers(broken, _ => FakeService.Answer(HttpStatusCode.NotFound, ""));
        CiResponseException e = await lost.Fails<CiResponseException>(lost.Client().SubmitAsync(new TestRequest()));
        Assert.Equal("j1", Assert.Single(e.Jobs).JobId);

        FakeService raw = new FakeService().Answers(broken);
        Assert.Equal("j1", Assert.Single((await raw.Get(raw.Client().SubmitRawAsync("/jobs", "<Request/>"u8.ToArray()))).Jobs).JobId);
    }

    [Fact]
    public async Task Cancellation_WhileASubmissionIsUnderWay_SaysThatTheJobMayExist()
    {
        using CancellationTokenSource cancel = new();
        _service.Answers(_ =>
        {
            cancel.Cancel();
            return FakeService.Never(_);
        });
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _service.Client().SubmitAsync(new TestRequest(), cancel.Token));
        Assert.IsType<CiAmbiguousSubmitException>(e.InnerException);
        Assert.Equal(cancel.Token, e.CancellationToken);
        Assert.Single(_service.Requests);

        e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => _service.Client().SubmitAsync(new TestRequest(), cancel.Token));
        Assert.Null(e.InnerException);
        Assert.Single(_service.Requests);
    }

    [Theory]
    [InlineData(HttpStatusCode.Forbidden, "RequestTimeTooSkewed", "no")]
    [InlineData(HttpStatusCode.Unauthorized, "SignatureExpired", "no")]
    [InlineData(HttpStatusCode.Forbidden, "AccessDenied", "Request has expired")]
    public async Task Skew_IsCorrectedOnceFromTheServersDate_AndRemembered(HttpStatusCode status, string code, string message)
    {
        DateTimeOffset server = _service.Time.GetUtcNow().AddHours(-2);
        _service.Answers(_ => FakeService.Answer(status, FakeService.Error(code, message), "Date", FakeService.Date(server)), Ok);
        CiClient client = _service.Client(options => options.MaxTries = 1);
        await client.SubmitAsync(new TestRequest());
        await client.SubmitAsync(new TestRequest());
        Assert.Equal(3, _service.Requests.Count);
        string expected = $"&q-sign-time={server.ToUnixTimeSeconds() - 60};{server.ToUnixTimeSeconds() + 900}&";
        Assert.DoesNotContain(expected, _service.Requests[0].Headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains(expected, _service.Requests[1].Headers["Authorization"], StringComparison.Ordinal);
        Assert.Contains(expected, _service.Requests[2].Headers["Authorization"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task Skew_DoesNotCountAsATry()
    {
        Func<Sent, HttpResponseMessage> busy = _ => FakeService.Answer(HttpStatusCode.ServiceUnavailable, "");
        _service.Answers(
            _ => FakeService.Answer(HttpStatusCode.Forbidden, FakeService.Error("RequestTimeTooSkewed"), "Date", FakeService.Date(_service.Time.GetUtcNow().AddHours(1))), busy, busy, busy, Ok);
        await _service.Get(_service.Client().DescribeAsync<TestJob>("j1"));
        Assert.Equal(5, _service.Requests.Count);
    }

    [Fact]
    public async Task Skew_ThatCannotBeCorrected_IsTheServicesRefusal()
    {
        foreach (string?[] headers in new string?[][] { [], ["Date", FakeService.Date(_service.Time.GetUtcNow().AddSeconds(5))] })
        {
            FakeService service = new FakeService().Answers(HttpStatusCode.Forbidden, FakeService.Error("RequestTimeTooSkewed"), headers!);
            Assert.Equal("RequestTimeTooSkewed", (await service.Fails<CiServiceException>(service.Client().SubmitAsync(new TestRequest()))).Code);
            Assert.Single(service.Requests);
        }

        // A server that will not be pleased is asked twice, not for ever.
        int hours = 0;
        _service.Answers(_ => FakeService.Answer(HttpStatusCode.Forbidden, FakeService.Error("RequestTimeTooSkewed"), "Date", FakeService.Date(_service.Time.GetUtcNow().AddHours(++hours))));
        await _service.Fails<CiServiceException>(_service.Client().SubmitAsync(new TestRequest()));
        Assert.Equal(2, _service.Requests.Count);
    }

    [Fact]
    public async Task Activities_TellTheCall_NotItsSecrets()
    {
        List<Activity> ended = [];
        using ActivityListener listener = new()
        {
            ShouldListenTo = static source => source.Name == "CiCodegen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity =>
            {
                lock (ended)
                {
                    ended.Add(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        _service.Answers(HttpStatusCode.OK, FakeService.Job("j-traced", "Running"), "x-ci-request-id", "r-traced");
        await _service.Client().DescribeAsync<TestJob>("j-traced");
        Activity activity;
        lock (ended)
        {
            activity = Assert.Single(ended, activity => Equals(activity.GetTagItem("tencentcloud.ci.job_id"), "j-traced"));
        }

        Assert.Equal("ci.describe", activity.OperationName);
        Assert.Equal("TestTag", activity.GetTagItem("tencentcloud.ci.tag"));
        Assert.Equal("r-traced", activity.GetTagItem("tencentcloud.request_id"));
        Assert.Equal(200, activity.GetTagItem("http.response.status_code"));
        Assert.DoesNotContain(activity.TagObjects, tag => tag.Value is string text && (text.Contains(FakeService.Token, StringComparison.Ordinal) || text.Contains("q-ak", StringComparison.Ordinal)));
    }
}

using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using CiCodegen.Tests.Faults;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>A job whose answer was lost is found by its mark, or the caller is told.</summary>
public sealed partial class ClientReconcileTests
{
    private const string Body = "<Request><Tag>TestTag</Tag><Operation><UserData>mine</UserData></Operation></Request>";

    [Fact]
    public async Task LostAnswers_TheJobsAreFound()
    {
        Fault[] lost = [.. Fault.All.Where(fault => fault.Name.StartsWith("carried out", StringComparison.Ordinal))];
        Assert.True(lost.Length >= 15);
        await Parallel.ForEachAsync(lost, new ParallelOptions { MaxDegreeOfParallelism = lost.Length }, async (fault, _) =>
        {
            await using FaultServer server = new();
            server.Choose = request => request.Verb == "submit" ? fault : null;
            Enumerable.Range(0, 250).ToList().ForEach(_ => server.Service.Add("older"));
            server.Service.ListLag = TimeSpan.FromSeconds(0.7);
            using HttpClient http = new(CiClient.CreateHandler());
            CiClient client = Client(http, server);
            TestJob job = await client.SubmitAsync(new TestRequest(Body));
            LedgerJob made = Assert.Single(server.Service.Ledger.Skip(250));
            Assert.Equal(made.JobId, job.JobId);
            Assert.Equal("mine", CiSubmissionMark.TextOf(made.UserData));

            CiRawResult raw = await client.SubmitRawAsync(TestJob.JobTag, Encoding.UTF8.GetBytes(Body));
            Assert.Equal(server.Service.Ledger.Last().JobId, Assert.Single(raw.Jobs).JobId);
            Assert.Equal(252, server.Service.Ledger.Count);
        });
    }

    [Theory]
    [InlineData("reset after the request")]
    [InlineData("503 error document")]
    [InlineData("200 page of a proxy")]
    public async Task NotTaken_StaysUnknown(string name)
    {
        await using FaultServer server = new();
        server.Choose = request => request.Verb == "submit" ? Fault.All.Single(fault => fault.Name == name) : null;
        using HttpClient http = new(CiClient.CreateHandler());
        CiAmbiguousSubmitException e = await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => Client(http, server, window: 3).SubmitAsync(new TestRequest(Body)));
        Assert.True(e.Lookups >= 2, $"{e.Lookups} lookups");
        Assert.Equal("TestTag", e.Tag);
        Assert.InRange(DateTimeOffset.UtcNow - e.SentAt, TimeSpan.Zero, TimeSpan.FromMinutes(1));
        Assert.Single(server.Requests, request => request.Verb == "submit");

        // It arrives late: the caller can look for it with what the exception says.
        Assert.Null(await Client(http, server).FindSubmittedAsync(TestJob.JobTag, e.Mark!, e.SentAt));
        string late = server.Service.Add($"mine{e.Mark}").JobId;
        Assert.Equal(late, (await Client(http, server).FindSubmittedAsync(TestJob.JobTag, e.Mark!, e.SentAt))?.JobId);
    }

    [Fact]
    public async Task ListThatFails_LeavesItUnknown_WithinTheTime()
    {
        await using FaultServer server = new();
        server.Choose = request => Fault.All.Single(fault => fault.Name == (request.Verb == "submit" ? "carried out, closed" : "no answer at all"));
        using HttpClient http = new(CiClient.CreateHandler());
        long start = System.Diagnostics.Stopwatch.GetTimestamp();
        CiAmbiguousSubmitException e = await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => Client(http, server, window: 30, limit: 1).SubmitAsync(new TestRequest(Body)));
        Assert.Equal(0, e.Lookups);
        Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(start) < TimeSpan.FromSeconds(10));
    }

    [Fact]
    public async Task JobThatCannotBeAskedFor_IsTold()
    {
        await using FaultServer server = new();
        server.Choose = request => request.Verb switch { "submit" => Fault.All.Single(fault => fault.Name == "carried out, closed"), "describe" => Fault.All.Single(fault => fault.Name == "403 error document"), _ => null };
        using HttpClient http = new(CiClient.CreateHandler());
        CiResponseException e = await Assert.ThrowsAsync<CiResponseException>(() => Client(http, server).SubmitAsync(new TestRequest(Body)));
        Assert.Equal(server.Service.Ledger.Single().JobId, Assert.Single(e.Jobs).JobId);
    }

    [Fact]
    public async Task AnswerOfAnotherSubmission_IsNotBelieved()
    {
        FakeService service = new();
        string? mark = null;
        service.Answers(
            sent =>
            {
                mark = CiSubmissionMark.Find(UserData().Match(Encoding.UTF8.GetString(sent.Body)).Groups[1].Value);
                return FakeService.Answer(HttpStatusCode.OK, FakeService.Jobs($"<JobId>other</JobId><Operation><UserData>{CiSubmissionMark.New()}</UserData></Operation>"));
            },
            _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Jobs("<JobId>other</JobId><Operation><UserData>not marked</UserData></Operation>", $"<JobId>own</JobId><Operation><UserData>{mark}</UserData></Operation>")),
            _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("own", "Submitted")));
        Assert.Equal("own", (await service.Get(service.Client(options => options.MarkSubmissions = true).SubmitAsync(new TestRequest(Body)))).JobId);
        Assert.Equal(["POST", "GET", "GET"], service.Requests.Select(request => request.Method));
        Assert.Contains("startCreationTime=", service.Requests[1].Uri.Query, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CancelledSearch_TellsWhatIsUnknown()
    {
        using CancellationTokenSource cancel = new();
        FakeService service = new();
        service.Answers(FakeService.Reset, _ =>
        {
            cancel.Cancel();
            return FakeService.Never(_);
        });
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.Client(options => options.MarkSubmissions = true).SubmitAsync(new TestRequest(Body), cancel.Token));
        Assert.NotNull(Assert.IsType<CiAmbiguousSubmitException>(e.InnerException).Mark);
    }

    [Fact]
    public async Task UnmarkedSubmission_GoesOutAsItIs()
    {
        FakeService service = new FakeService().Answers(HttpStatusCode.OK, FakeService.Job("j1", "Submitted"));
        await service.Client().SubmitAsync(new TestRequest(Body));
        await service.Client().SubmitRawAsync(TestJob.JobTag, Encoding.UTF8.GetBytes(Body));
        await service.Client(options => options.MarkSubmissions = true).SubmitRawAsync("/jobs", Encoding.UTF8.GetBytes(Body));
        await service.Client(options => options.MarkSubmissions = true).SubmitAsync(new TestRequest());
        Assert.Equal([Body, Body, Body, TestRequest.Body], service.Requests.Select(request => Encoding.UTF8.GetString(request.Body)));
    }

    private static CiClient Client(HttpClient http, FaultServer server, double window = 10, double? limit = null) => new(
        http,
        new CiClientOptions
        {
            Endpoint = new Uri(server.Endpoint),
            Bucket = "b-1",
            Region = "ap-tokyo",
            TryTimeout = TimeSpan.FromSeconds(1),
            RetryDelay = TimeSpan.FromMilliseconds(1),
            MarkSubmissions = true,
            LookupWindow = TimeSpan.FromSeconds(window),
            CallTimeout = limit is { } seconds ? TimeSpan.FromSeconds(seconds) : null,
        },
        new StaticCredentialProvider("AKIDFAKE", "fake-key"));

    [GeneratedRegex("<UserData>(.*?)</UserData>")]
    private static partial Regex UserData();
}

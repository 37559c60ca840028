using System.Diagnostics;
using System.Diagnostics.Metrics;
using System.Net;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>Who only looks on changes nothing, whatever he throws.</summary>
[Collection(Alone.Name)]
public sealed class ClientObserverTests
{
    private const string Body = "<Request><Tag>TestTag</Tag><Operation><UserData>mine</UserData></Operation></Request>";

    private readonly List<CiClientEventKind> _told = [];

    private static Func<Sent, HttpResponseMessage> Ok => _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Submitted"));

    private void Throw(CiClientEvent happened)
    {
        _told.Add(happened.Kind);
        throw new InvalidOperationException("the disk of logs is full");
    }

    [Fact]
    public async Task Events_ThatThrow_CostNoJob()
    {
        FakeService taken = new FakeService().Answers(_ => FakeService.Answer(HttpStatusCode.TooManyRequests, FakeService.Error("SlowDown")), Ok);
        Assert.Equal("j1", (await taken.Get(taken.Client(options => options.Events = Throw).SubmitAsync(new TestRequest()))).JobId);
        Assert.Equal([CiClientEventKind.Retrying, CiClientEventKind.Completed], _told);

        FakeService lost = new FakeService().Answers(FakeService.Reset);
        await lost.Fails<CiAmbiguousSubmitException>(lost.Client(options => options.Events = Throw).SubmitAsync(new TestRequest()));
        Assert.Equal(CiClientEventKind.Failed, _told[^1]);
    }

    [Fact]
    public async Task Events_ThatThrow_LeaveAJobFound()
    {
        FakeService service = new();
        service.Answers(
            sent =>
            {
                string mark = CiSubmissionMark.Find(System.Text.Encoding.UTF8.GetString(sent.Body).Split("UserData>")[1].Split('<')[0])!;
                service.Answers(_ => FakeService.Answer(HttpStatusCode.OK, FakeService.Jobs($"<JobId>j1</JobId><Operation><UserData>{mark}</UserData></Operation>")), Ok);
                return FakeService.Reset(sent);
            });
        CiClient client = service.Client(options => (options.MarkSubmissions, options.Events) = (true, Throw));
        Assert.Equal("j1", (await service.Get(client.SubmitAsync(new TestRequest(Body)))).JobId);
        Assert.Contains(CiClientEventKind.Found, _told);
    }

    [Theory]
    [InlineData("started")]
    [InlineData("stopped")]
    [InlineData("measured")]
    public async Task Listeners_ThatThrow_CostNoJob(string when)
    {
        int thrown = 0;
        void ThrowIf(bool isDue)
        {
            if (isDue)
            {
                thrown++;
                throw new InvalidOperationException("the exporter is gone");
            }
        }

        using ActivityListener activities = new()
        {
            ShouldListenTo = static source => source.Name == "CiCodegen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStarted = _ => ThrowIf(when == "started"),
            ActivityStopped = _ => ThrowIf(when == "stopped"),
        };
        ActivitySource.AddActivityListener(activities);
        using MeterListener meters = new() { InstrumentPublished = static (instrument, listener) => listener.EnableMeasurementEvents(instrument) };
        meters.SetMeasurementEventCallback<long>((instrument, _, _, _) => ThrowIf(when == "measured" && instrument.Meter.Name == "CiCodegen"));
        meters.SetMeasurementEventCallback<double>((instrument, _, _, _) => ThrowIf(when == "measured" && instrument.Meter.Name == "CiCodegen"));
        meters.Start();

        FakeService service = new FakeService().Answers(Ok, FakeService.Reset);
        Assert.Equal("j1", (await service.Client().SubmitAsync(new TestRequest())).JobId);
        await Assert.ThrowsAsync<CiAmbiguousSubmitException>(() => service.Client().SubmitAsync(new TestRequest()));
        Assert.True(thrown > 0);
    }
}

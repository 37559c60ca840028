using System.Net;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>What becomes of a call when whoever gives credentials fails in the middle of it.</summary>
public sealed class ClientCredentialTests
{
    private const string Body = "<Request><Tag>TestTag</Tag><Operation><UserData>mine</UserData></Operation></Request>";

    private static readonly CiCredentialException s_none = new("the token service is down");

    private static Func<Sent, HttpResponseMessage> In(string state) => _ => FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", state));

    public static TheoryData<string> Kinds => ["CiCredentialException", "HttpRequestException", "TaskCanceledException"];

    private static Exception Failure(string kind) => kind switch
    {
        "CiCredentialException" => s_none,
        "HttpRequestException" => new HttpRequestException("hush-hush"),
        _ => new TaskCanceledException("hush-hush"),
    };

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task LostSubmission_StaysUnknown_WhenItCannotBeLookedFor(string kind)
    {
        FakeService service = new FakeService().Answers(FakeService.Reset);
        Provider provider = new(asked => asked > 1 ? Failure(kind) : null);
        CiAmbiguousSubmitException e = await service.Fails<CiAmbiguousSubmitException>(service.Client(options => options.MarkSubmissions = true, provider).SubmitAsync(new TestRequest(Body)));
        Assert.True(e.IsAmbiguous);
        Assert.NotNull(e.Mark);
        Assert.Equal(0, e.Lookups);
        Assert.Single(service.Requests);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Change_SentOnce_ThenWithoutCredentials_MayHaveBeenCarriedOut(string kind)
    {
        foreach (bool isCancel in new[] { false, true })
        {
            FakeService service = new FakeService().Answers(FakeService.Reset);
            CiClient client = service.Client(null, new Provider(asked => asked > 1 ? Failure(kind) : null));
            CiCredentialException e = await service.Fails<CiCredentialException>(isCancel ? client.CancelAsync<TestJob>("j1") : client.DeleteTemplateAsync("t1"));
            Assert.True(e.IsAmbiguous);
            Assert.Contains("may have been carried out", e.Message, StringComparison.Ordinal);
            Assert.DoesNotContain("hush-hush", e.Message, StringComparison.Ordinal);
            Assert.Single(service.Requests);
        }

        // The provider's own exception is not written on: others may have been given it whose requests never went out.
        Assert.False(s_none.IsAmbiguous);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Provider_ThatFailsAtOnce_NothingIsSent(string kind)
    {
        FakeService service = new FakeService().Answers(In("Submitted"));
        CiCredentialException e = await Assert.ThrowsAsync<CiCredentialException>(() => service.Client(null, new Provider(_ => Failure(kind))).SubmitAsync(new TestRequest()));
        Assert.False(e.IsAmbiguous);
        Assert.DoesNotContain("hush-hush", e.Message, StringComparison.Ordinal);
        Assert.Empty(service.Requests);
    }

    [Fact]
    public async Task Cancellation_InTheProvider_IsTheCallers()
    {
        using CancellationTokenSource cancel = new();
        FakeService service = new FakeService().Answers(In("Submitted"));
        Provider provider = new(_ =>
        {
            cancel.Cancel();
            return new OperationCanceledException(cancel.Token);
        });
        OperationCanceledException e = await Assert.ThrowsAnyAsync<OperationCanceledException>(() => service.Client(null, provider).SubmitAsync(new TestRequest(), cancel.Token));
        Assert.Equal(cancel.Token, e.CancellationToken);
    }

    [Fact]
    public async Task Renewal_ThatFails_LeavesTheServicesRefusal()
    {
        FakeService service = new FakeService().Answers(HttpStatusCode.Forbidden, FakeService.Error("ExpiredToken"));
        CiServiceException e = await Assert.ThrowsAsync<CiServiceException>(() => service.Client(null, new Provider(asked => asked > 1 ? Failure("HttpRequestException") : null)).SubmitAsync(new TestRequest()));
        Assert.Equal("ExpiredToken", e.Code);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public async Task Waiting_GoesOnOverAFetchThatFails(string kind)
    {
        FakeService service = new FakeService().Answers(In("Running"), In("Success"));
        Assert.Equal(CiJobState.Success, (await service.Get(service.Client(null, new Provider(asked => asked is > 1 and < 6 ? Failure(kind) : null)).WaitAsync<TestJob>("j1"))).State);

        FakeService all = new FakeService().Answers(In("Running"), In("Success"));
        CiWaitResult<TestJob> result = Assert.Single(await all.Get(ToListAsync(all.Client(null, new Provider(asked => asked is > 1 and < 6 ? Failure(kind) : null)))));
        Assert.Equal(CiJobState.Success, result.Job?.State);
    }

    [Fact]
    public async Task Waiting_EndsWhenFetchesGoOnFailing_AndAtOnceWhenNoneWorked()
    {
        foreach ((int works, int asks) in new[] { (1, 6), (0, 1) })
        {
            FakeService service = new FakeService().Answers(In("Running"));
            Provider provider = new(asked => asked > works ? s_none : null);
            await service.Fails<CiCredentialException>(service.Client(null, provider).WaitAsync<TestJob>("j1"));
            Assert.Equal(asks, provider.Asked);

            FakeService all = new FakeService().Answers(In("Running"));
            provider = new(asked => asked > works ? s_none : null);
            Assert.IsType<CiCredentialException>(Assert.Single(await all.Get(ToListAsync(all.Client(null, provider)))).Error);
            Assert.Equal(asks, provider.Asked);
        }
    }

    private static async Task<List<CiWaitResult<TestJob>>> ToListAsync(CiClient client)
    {
        List<CiWaitResult<TestJob>> results = [];
        await foreach (CiWaitResult<TestJob> result in client.WaitAllAsync<TestJob>(["j1"]))
        {
            results.Add(result);
        }

        return results;
    }

    private sealed class Provider(Func<int, Exception?> fails) : ICiRenewableCredentialProvider
    {
        public int Asked { get; private set; }

        public ValueTask<CiCredentials> GetAsync(CancellationToken cancellationToken = default)
            => fails(++Asked) is { } failure ? throw failure : new(new CiCredentials("AKIDFAKE", FakeService.SecretKey, FakeService.Token));

        public void Refused(CiCredentials credentials)
        {
            // It has no others.
        }
    }
}

using System.Net;
using CiCodegen.Runtime.Tests.Transport;
using CiCodegen.Tests.Faults;
using Microsoft.Extensions.Time.Testing;

namespace CiCodegen.Runtime.Tests.Credentials;

public sealed class RefreshingCredentialTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));
    private int _fetches;

    private CiCredentials Next(TimeSpan? holds = null) => new($"id{++_fetches}", "key", "token", holds is { } time ? _time.GetUtcNow() + time : null);

    private RefreshingCredentialProvider Provider(TimeSpan? holds = null) => new(_ => Task.FromResult(Next(holds)), _time);

    [Fact]
    public async Task ManyWhoAsk_MakeOneFetch()
    {
        TaskCompletionSource<CiCredentials> answer = new();
        RefreshingCredentialProvider provider = new(
            _ =>
            {
                Interlocked.Increment(ref _fetches);
                return answer.Task;
            },
            _time);
        using CancellationTokenSource cancel = new();
        Task<CiCredentials> gaveUp = provider.GetAsync(cancel.Token).AsTask();
        Task<CiCredentials>[] asked = [.. Enumerable.Range(0, 50).Select(_ => Task.Run(async () => await provider.GetAsync()))];
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gaveUp);
        answer.SetResult(new CiCredentials("id", "key", "token"));
        Assert.Single((await Task.WhenAll(asked)).Distinct());
        Assert.Equal(1, _fetches);
    }

    [Fact]
    public async Task FetchWithoutALimit_MayBeAskedFor()
    {
        RefreshingCredentialProvider provider = new(_ => Task.FromResult(Next()), _time) { FetchTimeout = TimeSpan.MaxValue };
        Assert.Equal("id1", (await provider.GetAsync()).SecretId);
    }

    [Fact]
    public async Task Credentials_AreFetchedBeforeTheyEnd_AndNobodyWaits()
    {
        RefreshingCredentialProvider provider = Provider(TimeSpan.FromHours(1));
        Assert.Equal("id1", (await provider.GetAsync()).SecretId);
        _time.Advance(TimeSpan.FromMinutes(54.9));
        Assert.Equal("id1", (await provider.GetAsync()).SecretId);
        _time.Advance(TimeSpan.FromMinutes(0.2));
        Assert.True(provider.GetAsync() is { IsCompletedSuccessfully: true });
        await Until(async () => (await provider.GetAsync()).SecretId == "id2");
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task ShortLives_AreRenewedInTheirLastQuarter()
    {
        RefreshingCredentialProvider provider = Provider(TimeSpan.FromMinutes(4));
        await provider.GetAsync();
        _time.Advance(TimeSpan.FromMinutes(2.9));
        Assert.Equal("id1", (await provider.GetAsync()).SecretId);
        _time.Advance(TimeSpan.FromMinutes(0.2));
        await Until(async () => (await provider.GetAsync()).SecretId == "id2");
    }

    [Fact]
    public async Task FetchThatFails_IsPassedOver_WhileTheOldOnesHold()
    {
        bool down = false;
        RefreshingCredentialProvider provider = new(_ => down ? Failing() : Task.FromResult(Next(TimeSpan.FromMinutes(60))), _time);
        await provider.GetAsync();
        down = true;
        _time.Advance(TimeSpan.FromMinutes(56));
        await provider.GetAsync();
        await Until(() => Task.FromResult(_fetches == 2));
        Assert.Equal("id1", (await provider.GetAsync()).SecretId);
        _time.Advance(TimeSpan.FromMinutes(5));
        CiCredentialException e = await Assert.ThrowsAsync<CiCredentialException>(async () => await provider.GetAsync());
        Assert.DoesNotContain("hush", e.Message, StringComparison.Ordinal);
        down = false;
        _time.Advance(TimeSpan.FromSeconds(11));
        Assert.StartsWith("id", (await provider.GetAsync()).SecretId, StringComparison.Ordinal);

        Task<CiCredentials> Failing()
        {
            _fetches++;
            throw new InvalidOperationException("hush");
        }
    }

    [Fact]
    public async Task EndThatIsUnknownOrOver_DoesNotMeanAFetchPerRequest()
    {
        RefreshingCredentialProvider unknown = Provider();
        await unknown.GetAsync();
        _time.Advance(TimeSpan.FromDays(100));
        await unknown.GetAsync();
        Assert.Equal(1, _fetches);
        RefreshingCredentialProvider over = Provider(TimeSpan.FromHours(-1));
        await over.GetAsync();
        await over.GetAsync();
        Assert.Equal(2, _fetches);
    }

    [Fact]
    public async Task TimesWithoutEnd_AreTakenAsTheyAre()
    {
        RefreshingCredentialProvider provider = new(_ => Task.FromResult(Next(null)), _time) { FetchTimeout = TimeSpan.MaxValue, RetryDelay = TimeSpan.MaxValue, FetchBefore = TimeSpan.MaxValue };
        CiCredentials first = await provider.GetAsync();
        Assert.Same(first, await provider.GetAsync());
        RefreshingCredentialProvider failing = new(_ => throw new InvalidDataException(), _time) { RetryDelay = TimeSpan.MaxValue };
        Assert.IsType<InvalidDataException>((await Assert.ThrowsAsync<CiCredentialException>(async () => await failing.GetAsync())).InnerException);
    }

    [Fact]
    public async Task FetchThatHangs_EndsByItself()
    {
        RefreshingCredentialProvider provider = new(static async cancellationToken =>
        {
            await Task.Delay(Timeout.Infinite, CancellationToken.None);
            return null!;
        }) { FetchTimeout = TimeSpan.FromMilliseconds(50) };
        Assert.Contains("did not end", (await Assert.ThrowsAsync<CiCredentialException>(async () => await provider.GetAsync())).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("submit")]
    [InlineData("describe")]
    public async Task RefusedCredentials_AreFetchedAnew_AndTheRequestSentOnceMore(string verb)
    {
        await using FaultServer server = new();
        server.Service.ExpiredToken = "token1";
        string id = server.Service.Add().JobId;
        RefreshingCredentialProvider provider = new(_ => Task.FromResult(new CiCredentials("id", "key", $"token{++_fetches}")));
        using HttpClient http = new(CiClient.CreateHandler());
        CiClient client = new(http, new CiClientOptions { Endpoint = new Uri(server.Endpoint), Bucket = "b-1", Region = "ap-tokyo", MaxTries = 1 }, new ChainedCredentialProvider(provider));
        Assert.NotNull(verb == "submit" ? (await client.SubmitRawAsync("/jobs", "<Request/>"u8.ToArray())).Jobs[0].JobId : (await client.DescribeAsync<TestJob>(id)).JobId);
        Assert.Equal(2, _fetches);
        Assert.Equal(2, server.Requests.Count);

        // Others are refused as well: told, not tried for ever.
        server.Service.ExpiredToken = "token2";
        RefreshingCredentialProvider same = new(_ => Task.FromResult(new CiCredentials("id", "key", "token2")));
        CiClient helpless = new(http, new CiClientOptions { Endpoint = new Uri(server.Endpoint), Bucket = "b-1", Region = "ap-tokyo" }, same);
        Assert.Equal("ExpiredToken", (await Assert.ThrowsAsync<CiServiceException>(() => helpless.DescribeAsync<TestJob>(id))).Code);
        Assert.Equal(3, server.Requests.Count);
    }

    [Theory]
    [InlineData("""{"TmpSecretId":"id","TmpSecretKey":"key","Token":"t","ExpiredTime":1767323045,"Code":"Success"}""")]
    [InlineData("""{"Response":{"Credentials":{"TmpSecretId":"id","TmpSecretKey":"key","Token":"t"},"ExpiredTime":1767323045,"Expiration":"2026-01-02T03:04:05Z"}}""")]
    [InlineData("""{"credentials":{"tmpSecretId":"id","tmpSecretKey":"key","sessionToken":"t"},"expiration":"2026-01-02T03:04:05Z"}""")]
    public async Task Endpoint_IsUnderstood(string body)
    {
        using HttpClient http = new(new Answering(HttpStatusCode.OK, body));
        CiCredentials credentials = await HttpCredentialSource.CreateProvider(http, new Uri("http://sts.invalid/"), _time).GetAsync();
        Assert.Equal(("id", "key", "t", _time.GetUtcNow()), (credentials.SecretId, credentials.SecretKey, credentials.Token, credentials.Expiration!.Value));
    }

    [Theory]
    [InlineData(HttpStatusCode.NotFound, "hush")]
    [InlineData(HttpStatusCode.OK, "hush")]
    [InlineData(HttpStatusCode.OK, "")]
    [InlineData(HttpStatusCode.OK, "[]")]
    [InlineData(HttpStatusCode.OK, """{"TmpSecretKey":"hush"}""")]
    [InlineData(HttpStatusCode.OK, """{"TmpSecretId":"id","TmpSecretKey":"hu\nsh"}""")]
    public async Task EndpointThatHasNone_IsTold_NeverWhatItSaid(HttpStatusCode status, string body)
    {
        using HttpClient http = new(new Answering(status, body));
        CiCredentialException e = await Assert.ThrowsAsync<CiCredentialException>(async () => await HttpCredentialSource.CreateRoleProvider(http, "role").GetAsync());
        Assert.DoesNotContain("hush", e.ToString(), StringComparison.Ordinal);
        Assert.Contains("metadata.tencentyun.com", e.Message, StringComparison.Ordinal);
    }

    private static async Task Until(Func<Task<bool>> holds)
    {
        for (int i = 0; !await holds(); i++)
        {
            Assert.True(i < 500, "never");
            await Task.Delay(10);
        }
    }

    private sealed class Answering(HttpStatusCode status, string body) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
            => Task.FromResult(new HttpResponseMessage(status) { Content = new StringContent(body) });
    }
}

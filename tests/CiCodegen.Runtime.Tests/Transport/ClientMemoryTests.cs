using System.Globalization;
using System.Net;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>A client that serves for long holds no more in the end than in the beginning.</summary>
/// <remarks>The gate makes 10,000 requests, <c>CICODEGEN_FULL=1</c> 200,000: the bound is the same.</remarks>
[Collection(Alone.Name)]
public sealed class ClientMemoryTests
{
    private const long Bound = 256 * 1024;

    private static readonly int s_requests = Environment.GetEnvironmentVariable("CICODEGEN_FULL") == "1" ? 200_000 : 10_000;

    [Fact]
    public async Task ManyRequests_HoldNothing()
    {
        using HttpClient http = new(new Forgetful());
        CiClientOptions options = new() { Bucket = "examplebucket-1250000000", Region = "ap-guangzhou", MarkSubmissions = true, MaxTries = 2, RetryDelay = TimeSpan.FromTicks(1), MaxRetryDelay = TimeSpan.FromTicks(1) };
        CiClient client = new(http, options, new StaticCredentialProvider(new CiCredentials("AKIDFAKE", FakeService.SecretKey, FakeService.Token)));

        await RunAsync(client, 2_000);
        long before = GC.GetTotalMemory(forceFullCollection: true);
        await RunAsync(client, s_requests);
        long after = GC.GetTotalMemory(forceFullCollection: true);

        TestContext.Current.TestOutputHelper!.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{s_requests} requests: {before} bytes held before, {after} after"));
        Assert.True(after - before < Bound, $"{after - before} bytes more are held after {s_requests} requests.");
    }

    private static async Task RunAsync(CiClient client, int requests)
    {
        // What succeeds, what is refused, what breaks off: each leaves its own things behind.
        for (int i = 0; i < requests; i += 4)
        {
            Assert.NotNull((await client.SubmitAsync(new TestRequest())).JobId);
            Assert.NotNull((await client.DescribeAsync<TestJob>("j1")).JobId);
            await Assert.ThrowsAsync<CiServiceException>(() => client.DescribeAsync<TestJob>("refused"));
            await Assert.ThrowsAsync<CiTransportException>(() => client.DescribeAsync<TestJob>("broken"));
        }
    }

    /// <summary>Answers by the path alone and keeps nothing.</summary>
    private sealed class Forgetful : HttpMessageHandler
    {
        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.Content is not null)
            {
                await request.Content.CopyToAsync(Stream.Null, cancellationToken);
            }

            string path = request.RequestUri!.AbsolutePath;
            return path.EndsWith("/broken", StringComparison.Ordinal) ? throw new HttpRequestException("reset")
                : path.EndsWith("/refused", StringComparison.Ordinal) ? FakeService.Answer(HttpStatusCode.BadRequest, FakeService.Error("InvalidArgument"))
                : FakeService.Answer(HttpStatusCode.OK, FakeService.Job("j1", "Success"));
        }
    }
}

using System.Net;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator.Tests;

public sealed class AuthenticationTests
{
    private static readonly TimeSpan s_tenMinutes = TimeSpan.FromMinutes(10);

    [Fact]
    public async Task Without_a_signature_nobody_gets_in()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        (await ci.SendAsync(ci.Unsigned(HttpMethod.Get, "/jobs/j1"))).IsError(HttpStatusCode.Unauthorized, "MissingAuthorization");
    }

    [Theory]
    [InlineData("Bearer abc")]
    [InlineData("q-sign-algorithm=md5&q-ak=a&q-sign-time=1;2&q-key-time=1;2&q-header-list=&q-url-param-list=&q-signature=0")]
    public async Task What_is_no_signature_is_invalid(string authorization)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        using HttpRequestMessage request = ci.Unsigned(HttpMethod.Get, "/jobs/j1");
        request.Headers.TryAddWithoutValidation("Authorization", authorization);

        (await ci.SendAsync(request)).IsError(HttpStatusCode.Unauthorized, "InvalidAuthorization");
    }

    [Fact]
    public async Task An_unknown_secret_id_is_told_apart_from_a_wrong_key()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        CiEmulatorOptions options = ci.Emulator.Options;

        (await ci.SendAsync(ci.Signed(HttpMethod.Get, "/jobs/j1", credentials: new("AKIDother", options.SecretKey)))).IsError(HttpStatusCode.Unauthorized, "SecretidNotExist");
        Answer wrong = await ci.SendAsync(ci.Signed(HttpMethod.Get, "/jobs/j1", credentials: new(options.SecretId, "other")));
        wrong.IsError(HttpStatusCode.Unauthorized, "AccessDenied");
        Assert.DoesNotContain(options.SecretKey, wrong.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_secrets_of_the_options_count()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync(static clock => new() { TimeProvider = clock, SecretId = "mine", SecretKey = "密钥" });

        Assert.Equal(HttpStatusCode.OK, (await ci.GetAsync("/jobs/j1")).Status);
        (await ci.SendAsync(ci.Signed(HttpMethod.Get, "/jobs/j1", credentials: new(new CiEmulatorOptions().SecretId, "密钥")))).IsError(HttpStatusCode.Unauthorized, "SecretidNotExist");
    }

    [Fact]
    public async Task What_is_signed_must_be_what_is_sent()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        using HttpRequestMessage request = ci.Signed(HttpMethod.Get, "/jobs?tag=VideoTargetRec&size=5");
        request.RequestUri = new Uri(ci.Emulator.Endpoint, "/jobs?tag=VideoTargetRec&size=6");

        (await ci.SendAsync(request)).IsError(HttpStatusCode.Unauthorized, "AccessDenied");
    }

    [Fact]
    public async Task A_signature_ends_on_the_emulator_s_clock()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        CiKeyTime time = CiKeyTime.From(ci.Clock.GetUtcNow(), s_tenMinutes);

        ci.Clock.Advance(s_tenMinutes);
        Assert.Equal(HttpStatusCode.OK, (await ci.SendAsync(ci.Signed(HttpMethod.Get, "/jobs/j1", time: time))).Status);
        ci.Clock.Advance(TimeSpan.FromSeconds(1));
        (await ci.SendAsync(ci.Signed(HttpMethod.Get, "/jobs/j1", time: time))).IsError(HttpStatusCode.Unauthorized, "SignatureExpired");
    }

    [Theory]
    [InlineData(900, true)]
    [InlineData(901, false)]
    public async Task A_signature_may_begin_up_to_fifteen_minutes_ahead(int seconds, bool holds)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        CiKeyTime time = CiKeyTime.From(ci.Clock.GetUtcNow().AddSeconds(seconds), s_tenMinutes);

        Answer answer = await ci.SendAsync(ci.Signed(HttpMethod.Get, "/jobs/j1", time: time));

        Assert.Equal(holds ? null : "SignatureExpired", answer.Code);
    }

    [Theory]
    [InlineData("/jobs/j1")]
    [InlineData("/jobs?tag=VideoTargetRec&inputObject=%E8%A7%86%E9%A2%91%20a%2Bb~%2F..%2Fc.mp4&startCreationTime=2022-06-27T00%3A00%3A00%2B0800")]
    [InlineData("/jobs/a%2Cb%20%E8%A7%86%2Ec")]
    public async Task Escapes_are_decoded_once(string target)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Assert.Equal(HttpStatusCode.OK, (await ci.GetAsync(target)).Status);
    }

    [Fact]
    public async Task A_plus_sign_may_stand_for_itself_or_for_a_blank()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        await ci.SubmitAsync(EmulatorFixture.Request("a b"));
        await ci.SubmitAsync(EmulatorFixture.Request("a+b"));
        using HttpRequestMessage sign = ci.Signed(HttpMethod.Get, "/jobs?tag=VideoTargetRec&inputObject=a%2Bb");
        sign.RequestUri = new Uri(ci.Emulator.Endpoint, "/jobs?tag=VideoTargetRec&inputObject=a+b");
        using HttpRequestMessage blank = ci.Signed(HttpMethod.Get, "/jobs?tag=VideoTargetRec&inputObject=a%20b");
        blank.RequestUri = sign.RequestUri;

        Assert.Equal("a+b", (await ci.SendAsync(sign)).Job.Element("Input")!.Element("Object")!.Value);
        Assert.Equal("a b", (await ci.SendAsync(blank)).Job.Element("Input")!.Element("Object")!.Value);
    }

    [Fact]
    public async Task The_signature_may_stand_in_the_query()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        using HttpRequestMessage request = ci.Unsigned(HttpMethod.Get, "/jobs?tag=VideoTargetRec");
        EmulatorFixture.Sign(request, ci.Emulator.Credentials, CiKeyTime.From(ci.Clock.GetUtcNow(), s_tenMinutes), out CiSignature signature);
        string presigned = signature.Authorization.Replace(";", "%3B", StringComparison.Ordinal);
        request.RequestUri = new Uri($"{request.RequestUri}&{presigned}");
        using HttpRequestMessage forged = ci.Unsigned(HttpMethod.Get, "/jobs");
        forged.RequestUri = new Uri($"{request.RequestUri}".Replace("tag=V", "tag=W", StringComparison.Ordinal));

        Assert.Equal(HttpStatusCode.OK, (await ci.SendAsync(request)).Status);
        (await ci.SendAsync(forged)).IsError(HttpStatusCode.Unauthorized, "AccessDenied");
    }

    [Fact]
    public async Task The_host_may_be_signed_without_its_port()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        using HttpRequestMessage request = ci.Signed(HttpMethod.Get, "/jobs/j1", host: "127.0.0.1");
        request.Headers.Host = ci.Emulator.Endpoint.Authority;

        Assert.Equal(HttpStatusCode.OK, (await ci.SendAsync(request)).Status);
    }
}

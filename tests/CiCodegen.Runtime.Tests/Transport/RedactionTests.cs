using System.Net;
using System.Text;
using System.Text.Json;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>What a server sends back of what it was sent stays out of exceptions, in part and in disguise too.</summary>
public sealed class RedactionTests
{
    // As long as real ones, with what JSON, XML and URLs write otherwise.
    private static readonly string s_token = "To+ken/with==&special\"<chars>'" + string.Concat(Enumerable.Range(0, 40).Select(i => $"{i:x2}")) + "end";

    private readonly FakeService _service = new();

    private CiClient Client => _service.Client(null, new StaticCredentialProvider(new CiCredentials("AKIDFAKE", FakeService.SecretKey, s_token)));

    private static string Text(ReadOnlyMemory<byte> body) => Encoding.UTF8.GetString(body.Span);

    private static void AssertClean(string text, Sent sent)
    {
        foreach (string secret in new[] { s_token[..16], s_token[^16..], FakeService.SecretKey, sent.Headers["Authorization"][^40..] })
        {
            Assert.DoesNotContain(secret, text, StringComparison.Ordinal);
        }

        Assert.Contains("***", text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(HttpStatusCode.OK)]
    [InlineData(HttpStatusCode.BadGateway)]
    [InlineData(HttpStatusCode.BadRequest)]
    public async Task PageThatEchoesTheHeaders_IsKeptWithoutThem(HttpStatusCode status)
    {
        _service.Answers(sent => FakeService.Answer(status, $"<html><pre>before\n{sent.Headers["Authorization"]}\n{sent.Headers["x-ci-security-token"]}\nbehind</pre></html>"));
        CiException e = await _service.Fails<CiException>(Client.DescribeAsync<TestJob>("j1"));
        string kept = Text(e is CiResponseException response ? response.RawBody : ((CiServiceException)e).Body);
        AssertClean(kept, _service.Requests[^1]);
        Assert.StartsWith("<html><pre>before\n***\n", kept, StringComparison.Ordinal);
        Assert.EndsWith("\nbehind</pre></html>", kept, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Secret_AcrossTheCut_IsNotKeptInPart()
    {
        for (int before = 4096 - s_token.Length; before <= 4096; before += 7)
        {
            FakeService service = new FakeService().Answers(sent => FakeService.Answer(HttpStatusCode.BadRequest, new string('.', before) + sent.Headers["x-ci-security-token"] + "behind"));
            CiServiceException e = await Assert.ThrowsAsync<CiServiceException>(
                () => service.Client(null, new StaticCredentialProvider(new CiCredentials("AKIDFAKE", FakeService.SecretKey, s_token))).DescribeAsync<TestJob>("j1"));
            Assert.True(e.Body.Length <= 4096);
            Assert.Matches("^\\.*\\*{0,3}(behind|behin|behi|beh|be|b)?$", Text(e.Body));
        }
    }

    public static TheoryData<string> Forms => ["json", "json by hand", "xml", "xml by number", "url", "url in small letters", "utf-16"];

    private static byte[] Written(string form) => form switch
    {
        "json" => Encoding.UTF8.GetBytes($"{{\"Code\":\"X\",\"Message\":{JsonSerializer.Serialize(s_token)}}}"),
        "json by hand" => Encoding.UTF8.GetBytes($"{{\"Code\":\"X\",\"Message\":\"{s_token.Replace("/", "\\/", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"}}"),
        "xml" => Encoding.UTF8.GetBytes($"<Error><Code>X</Code><Message>{System.Security.SecurityElement.Escape(s_token)}</Message></Error>"),
        "xml by number" => Encoding.UTF8.GetBytes($"<Error><Code>X</Code><Message>{string.Concat(s_token.Select((c, i) => char.IsLetterOrDigit(c) ? $"{c}" : i % 2 == 0 ? $"&#{(int)c};" : $"&#x0{(int)c:X};"))}</Message></Error>"),
        "url" => Encoding.UTF8.GetBytes($"t={Uri.EscapeDataString(s_token)}"),
        "url in small letters" => Encoding.UTF8.GetBytes($"t={WebUtility.UrlEncode(s_token).ToLowerInvariant().Replace("to%2bken", "To%2bken", StringComparison.Ordinal)}"),
        _ => Encoding.Unicode.GetBytes($"<Error><Code>X</Code><Message>t {s_token.Replace("&", "&amp;", StringComparison.Ordinal).Replace("<", "&lt;", StringComparison.Ordinal)}</Message></Error>"),
    };

    [Theory]
    [MemberData(nameof(Forms))]
    public async Task Secret_WrittenInAnotherWay_IsKnown(string form)
    {
        byte[] body = Written(form);
        _service.Answers(_ => new(HttpStatusCode.BadRequest) { Content = new ByteArrayContent(body) });
        CiServiceException e = await Assert.ThrowsAsync<CiServiceException>(() => Client.DescribeAsync<TestJob>("j1"));
        string kept = Text(e.Body).Replace("\0", "", StringComparison.Ordinal);
        Assert.Contains("***", kept, StringComparison.Ordinal);

        // From its first character to its last; the middle of it has nothing to escape.
        Assert.DoesNotContain("ken", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("0a0b0c", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("end", kept, StringComparison.Ordinal);
        Assert.DoesNotContain("0a0b0c", $"{e} {e.ServiceMessage}", StringComparison.Ordinal);
    }

    [Fact]
    public async Task Quote_OfTheBeginning_IsNotKept()
    {
        _service.Answers(sent => FakeService.Answer(HttpStatusCode.OK, FakeService.Jobs($"<JobId>j1</JobId><Width>{System.Security.SecurityElement.Escape(s_token)}</Width>")));
        CiResponseException e = await Assert.ThrowsAsync<CiResponseException>(() => Client.SubmitAsync(new TestRequest()));
        Assert.Equal("j1", Assert.Single(e.Jobs).JobId);
        Assert.DoesNotContain("To+ken", e.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("To+ken", Text(e.RawBody), StringComparison.Ordinal);
        Assert.Contains("***", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task WhatIsNoSecret_StaysAsItCame()
    {
        byte[] body = [.. Enumerable.Range(0, 256).Select(i => (byte)i), .. "100% \\u00e9 &amp; &bogus q-sign-algorithm=sha1 To+ken"u8];
        _service.Answers(_ => new(HttpStatusCode.BadRequest) { Content = new ByteArrayContent(body) });
        CiServiceException e = await Assert.ThrowsAsync<CiServiceException>(() => Client.DescribeAsync<TestJob>("j1"));
        Assert.Equal(body, e.Body.ToArray());
    }
}

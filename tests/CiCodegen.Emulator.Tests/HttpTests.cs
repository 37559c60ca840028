using System.Net;
using System.Net.Sockets;
using System.Text;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator.Tests;

public sealed class HttpTests
{
    [Fact]
    public async Task Every_answer_has_the_service_s_headers_and_the_clock_s_date()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.GetAsync("/jobs/j1");

        Assert.Equal("tencent-ci", answer.Header("Server"));
        Assert.Equal("Mon, 27 Jun 2022 07:23:10 GMT", answer.Header("Date"));
        Assert.NotNull(answer.Header("x-ci-request-id"));
        Assert.Null(answer.Header("x-ci-trace-id"));
        Assert.NotEqual(answer.Header("x-ci-request-id"), (await ci.GetAsync("/jobs/j1")).Header("x-ci-request-id"));
    }

    [Fact]
    public async Task An_error_has_its_ids_in_document_and_headers()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.GetAsync("/nothing/%3Chere%3E%01");

        answer.IsError(HttpStatusCode.NotFound, "InvalidUrl");
        Assert.Equal("application/xml", answer.ContentHeaders.ContentType!.MediaType);
        Assert.Equal("Error", answer.Xml.Name.LocalName);
        Assert.Equal(["Code", "Message", "RequestId", "TraceId"], answer.Xml.Elements().Select(static e => e.Name.LocalName));
        Assert.Contains("/nothing/<here>\uFFFD", answer.Message, StringComparison.Ordinal);
        Assert.Equal(answer.Header("x-ci-request-id"), answer.Xml.Element("RequestId")!.Value);
        Assert.Equal(answer.Header("x-ci-trace-id"), answer.Xml.Element("TraceId")!.Value);
        Assert.Equal("tencent-ci", answer.Header("Server"));
        Assert.True(CiServiceError.TryRead(answer.Body, out CiServiceError? error));
        Assert.Equal(answer.Code, error.Code);
    }

    [Theory]
    [InlineData("GET", "/nothing", 404, "InvalidUrl")]
    [InlineData("GET", "/", 404, "InvalidUrl")]
    [InlineData("GET", "/jobs/", 404, "InvalidUrl")]
    [InlineData("GET", "/jobs/a/b", 404, "InvalidUrl")]
    [InlineData("GET", "/Jobs/a", 404, "InvalidUrl")]
    [InlineData("DELETE", "/jobs", 404, "InvalidUrl")]
    [InlineData("DELETE", "/jobs/a", 404, "InvalidUrl")]
    [InlineData("PUT", "/jobs", 404, "InvalidUrl")]
    [InlineData("POST", "/jobs/a", 404, "InvalidUrl")]
    [InlineData("PATCH", "/template", 404, "InvalidUrl")]
    [InlineData("DELETE", "/queue/p1", 404, "InvalidUrl")]
    [InlineData("POST", "/workflow", 501, "NotImplemented")]
    [InlineData("POST", "/video/auditing", 501, "NotImplemented")]
    [InlineData("DELETE", "/inventorytriggerjob", 404, "InvalidUrl")]
    public async Task What_there_is_not_is_told_apart_from_what_is_not_there_yet(string method, string target, int status, string code)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        (await ci.SendAsync(new HttpMethod(method), target, null)).IsError((HttpStatusCode)status, code);
    }

    [Fact]
    public async Task HEAD_is_answered_without_a_body()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SendAsync(HttpMethod.Head, "/jobs", null);

        Assert.Equal(HttpStatusCode.NotFound, answer.Status);
        Assert.Empty(answer.Body);
    }

    [Theory]
    [InlineData(null, "emulator-1250000000", "ap-guangzhou")]
    [InlineData("localhost:1", "emulator-1250000000", "ap-guangzhou")]
    [InlineData("[::1]:1", "emulator-1250000000", "ap-guangzhou")]
    [InlineData("a-b-125.ci.ap-x.myqcloud.com", "a-b-125", "ap-x")]
    [InlineData("A-B-125.CI.ap-x.myqcloud.com:8080", "a-b-125", "ap-x")]
    public async Task The_host_chooses_bucket_and_region(string? host, string bucket, string region)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync(EmulatorFixture.Request(), host ?? ci.Emulator.Endpoint.Authority);

        Assert.Equal(bucket, answer.Job.Element("Input")!.Element("BucketId")!.Value);
        Assert.Equal(region, answer.Job.Element("Input")!.Element("Region")!.Value);
    }

    [Theory]
    [InlineData(null, "ap-guangzhou")]
    [InlineData("ci.ap-x.myqcloud.com", "ap-x")]
    [InlineData("CI.ap-x.myqcloud.com:8080", "ap-x")]
    public async Task The_path_may_begin_with_the_bucket(string? host, string region)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        host ??= ci.Emulator.Endpoint.Authority;

        Answer answer = await ci.SubmitAsync(EmulatorFixture.Request(), host, "/a-b-125/jobs");

        Assert.Equal(["a-b-125", region], ((string[])["BucketId", "Region"]).Select(name => answer.Job.Element("Input")!.Element(name)!.Value));
        Assert.Equal(answer.JobId, (await ci.GetAsync($"/a-b-125/jobs/{answer.JobId}", host)).JobId);
        Assert.Equal(answer.JobId, (await ci.GetAsync($"/jobs/{answer.JobId}", $"a-b-125.ci.{region}.myqcloud.com")).JobId);
        Assert.Equal([answer.JobId], (await ci.GetAsync("/a-b-125/jobs?tag=VideoTargetRec", host)).Ids);
        Assert.Empty((await ci.GetAsync("/a-b-126/jobs?tag=VideoTargetRec", host)).Ids);
        (await ci.GetAsync("/a-b-125", host)).IsError(HttpStatusCode.NotFound, "InvalidUrl");
        (await ci.GetAsync("/a-b-125/a-b-125/jobs", host)).IsError(HttpStatusCode.NotFound, "InvalidUrl");
    }

    [Fact]
    public async Task A_bucket_in_the_path_is_signed_and_only_where_the_host_names_none()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        using HttpRequestMessage request = ci.Signed(HttpMethod.Get, "/jobs/j1", host: ci.Emulator.Endpoint.Authority);
        request.RequestUri = new Uri(ci.Emulator.Endpoint, "/a-b-125/jobs/j1");

        (await ci.SendAsync(request)).IsError(HttpStatusCode.Unauthorized, "AccessDenied");
        (await ci.GetAsync("/photos-1250000001/jobs/j1")).IsError(HttpStatusCode.NotFound, "InvalidUrl");
        (await ci.GetAsync("/jobs/j1", "ci.ap-x.myqcloud.com")).IsError(HttpStatusCode.BadRequest, "InvalidHost");
    }

    [Fact]
    public async Task A_request_line_that_is_too_long_has_its_error_document()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        string ids = string.Join(',', Enumerable.Range(0, 3000).Select(static i => $"j{i:x32}"));

        (await ci.GetAsync("/jobs/" + ids)).IsError(HttpStatusCode.RequestUriTooLong, "InvalidUrl");
        Assert.Equal(HttpStatusCode.OK, (await ci.GetAsync("/jobs/" + ids[..65_000])).Status);
    }

    [Theory]
    [InlineData("example.com")]
    [InlineData("photos.ci.ap-beijing.myqcloud.com")]
    [InlineData("photos-1250000001.cos.ap-beijing.myqcloud.com")]
    [InlineData("photos-1250000001.ci.myqcloud.com")]
    public async Task Another_host_is_invalid(string host)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        (await ci.GetAsync("/jobs/a", host)).IsError(HttpStatusCode.BadRequest, "InvalidHost");
    }

    [Fact]
    public async Task A_proxy_s_request_line_is_understood()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        CiSignature signature = CiSigner.Sign(
            ci.Emulator.Credentials, "GET", "/jobs", [new("tag", "VideoTargetRec")], [new("host", EmulatorFixture.Host)],
            CiKeyTime.From(ci.Clock.GetUtcNow(), TimeSpan.FromMinutes(1)));
        await ci.SubmitAsync(EmulatorFixture.Request());
        using TcpClient client = new();
        await client.ConnectAsync(ci.Emulator.Endpoint.Host, ci.Emulator.Endpoint.Port);

        await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes(
            $"GET http://{EmulatorFixture.Host}/jobs?tag=VideoTargetRec HTTP/1.1\r\nHost: {EmulatorFixture.Host}\r\nAuthorization: {signature.Authorization}\r\nConnection: close\r\n\r\n"));
        using StreamReader reader = new(client.GetStream());
        string answer = await reader.ReadToEndAsync();

        Assert.StartsWith("HTTP/1.1 200 OK", answer, StringComparison.Ordinal);
        Assert.Contains("<BucketId>photos-1250000001</BucketId>", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_emulators_share_nothing_and_listen_on_this_machine_only()
    {
        await using EmulatorFixture a = await EmulatorFixture.StartAsync();
        await using EmulatorFixture b = await EmulatorFixture.StartAsync();
        string id = (await a.SubmitAsync(EmulatorFixture.Request())).JobId;

        Assert.Equal("127.0.0.1", a.Emulator.Endpoint.Host);
        Assert.NotEqual(a.Emulator.Endpoint.Port, b.Emulator.Endpoint.Port);
        Assert.NotNull((await b.GetAsync($"/jobs/{id}")).Xml.Element("NonExistJobIds"));
    }

    [Fact]
    public async Task After_its_end_nobody_listens()
    {
        EmulatorFixture ci = await EmulatorFixture.StartAsync();
        Uri endpoint = ci.Emulator.Endpoint;
        await ci.DisposeAsync();
        using TcpClient client = new();

        await Assert.ThrowsAnyAsync<SocketException>(() => client.ConnectAsync(endpoint.Host, endpoint.Port));
    }

    [Fact]
    public async Task A_port_in_use_is_told()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        await Assert.ThrowsAsync<IOException>(() => CiEmulator.StartAsync(new() { Port = ci.Emulator.Endpoint.Port }));
    }

    [Fact]
    public async Task Many_at_once_get_ids_of_their_own()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer[] answers = await Task.WhenAll(Enumerable.Range(0, 64).Select(i => ci.SubmitAsync(EmulatorFixture.Request($"k{i}"))));

        Assert.Equal(64, answers.Select(static a => a.JobId).Distinct().Count());
        Assert.Equal(64, (await ci.GetAsync("/jobs?tag=VideoTargetRec&size=100")).Ids.Length);
    }
}

using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Xml.Linq;

namespace CiCodegen.Emulator.Tests;

public sealed class SubmitTests
{
    [Fact]
    public async Task A_submission_answers_with_a_job_that_waits()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync(EmulatorFixture.Request());

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("application/xml", answer.ContentHeaders.ContentType!.MediaType);
        XElement job = answer.Job;
        Assert.Matches("^j[0-9a-f]{32}$", answer.JobId);
        Assert.Equal("VideoTargetRec", job.Element("Tag")!.Value);
        Assert.Equal("Submitted", answer.State);
        Assert.Equal("Success", job.Element("Code")!.Value);
        Assert.Equal("", job.Element("Message")!.Value);
        Assert.Equal("2022-06-27T15:23:10+0800", job.Element("CreationTime")!.Value);
        Assert.Equal("-", job.Element("StartTime")!.Value);
        Assert.Equal("-", job.Element("EndTime")!.Value);
        Assert.Matches("^p[0-9a-f]{32}$", job.Element("QueueId")!.Value);
        Assert.Equal("photos-1250000001", job.Element("Input")!.Element("BucketId")!.Value);
        Assert.Equal("ap-beijing", job.Element("Input")!.Element("Region")!.Value);
        Assert.Equal("video/a.mp4", job.Element("Input")!.Element("Object")!.Value);
    }

    [Fact]
    public async Task The_operation_comes_back_without_results_and_with_the_template_s_name()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync(EmulatorFixture.Request(
            operation: "<SnapshotPrefix>shots/</SnapshotPrefix><UserData>a &lt; b</UserData><JobLevel>1</JobLevel><TemplateId>t1</TemplateId>"));

        XElement operation = answer.Job.Element("Operation")!;
        Assert.Equal(["TemplateId", "TemplateName", "UserData", "JobLevel", "SnapshotPrefix"], operation.Elements().Select(static e => e.Name.LocalName));
        Assert.Equal("a < b", operation.Element("UserData")!.Value);
        Assert.StartsWith("synthetic", operation.Element("TemplateName")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_template_there_is_no_template_name()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync(EmulatorFixture.Request());

        Assert.Equal(["VideoTargetRec"], answer.Job.Element("Operation")!.Elements().Select(static e => e.Name.LocalName));
    }

    [Fact]
    public async Task The_tag_may_come_last_in_pieces_behind_what_looks_like_one()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync(
            "<?xml version='1.0'?><!-- c --><Request><Unknown><Tag>Nothing</Tag></Unknown><Input><Object>a</Object></Input>"
            + "<Operation><TemplateId>t1</TemplateId></Operation><Size>10</Size><Tag><![CDATA[Video]]>Target<!-- c -->Rec</Tag></Request>");

        Assert.Equal("Submitted", answer.State);
    }

    [Fact]
    public async Task What_no_schema_knows_is_not_echoed()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync(EmulatorFixture.Request(operation: "<TemplateId>t1</TemplateId><Nothing>x</Nothing>"));

        Assert.Null(answer.Job.Element("Operation")!.Element("Nothing"));
    }

    [Theory]
    [InlineData("<Operation><TemplateId>t1</TemplateId></Operation><Operation><TemplateId>t2</TemplateId></Operation>", "DuplicateNode")]
    [InlineData("<Operation><VideoTargetRec><Body>yes</Body></VideoTargetRec></Operation>", "Request.Operation.VideoTargetRec.Body")]
    public async Task A_node_that_cannot_be_read_is_an_invalid_argument_with_its_place(string operation, string part)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync($"<Request><Tag>VideoTargetRec</Tag><Input><Object>a</Object></Input>{operation}</Request>");

        answer.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Contains(part, answer.Message, StringComparison.Ordinal);
        Assert.Contains("(1,", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_in_UTF_16_is_read()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SendAsync(HttpMethod.Post, "/jobs", [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(EmulatorFixture.Request("视频.mp4"))]);

        Assert.Equal("视频.mp4", answer.Job.Element("Input")!.Element("Object")!.Value);
    }

    [Fact]
    public async Task What_is_not_well_formed_is_invalid_content_with_its_place()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync("<Request>\n  <Tag>VideoTargetRec</Tug>\n</Request>");

        answer.IsError(HttpStatusCode.BadRequest, "InvalidContent");
        Assert.Contains("(2,", answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<!DOCTYPE Request [<!ENTITY a 'b'>]><Request><Tag>&a;</Tag></Request>")]
    [InlineData("<Response/>")]
    [InlineData("no xml")]
    public async Task What_is_no_request_is_invalid_content(string body)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        (await ci.SubmitAsync(body)).IsError(HttpStatusCode.BadRequest, "InvalidContent");
    }

    [Fact]
    public async Task An_empty_body_is_missing_content()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        (await ci.SubmitAsync("")).IsError(HttpStatusCode.BadRequest, "MissingContent");
    }

    [Fact]
    public async Task A_body_of_unknown_length_is_refused()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        using HttpRequestMessage request = ci.Signed(HttpMethod.Post, "/jobs", Encoding.UTF8.GetBytes(EmulatorFixture.Request()));
        request.Headers.TransferEncodingChunked = true;

        (await ci.SendAsync(request)).IsError(HttpStatusCode.LengthRequired, "MissingContentLength");
    }

    [Fact]
    public async Task A_body_over_the_limit_is_refused_and_one_at_the_limit_is_not()
    {
        byte[] body = Encoding.UTF8.GetBytes(EmulatorFixture.Request());
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync(clock => new() { TimeProvider = clock, MaxRequestLength = body.Length });

        Assert.Equal(HttpStatusCode.OK, (await ci.SendAsync(HttpMethod.Post, "/jobs", body)).Status);
        (await ci.SendAsync(HttpMethod.Post, "/jobs", [.. body, (byte)'\n'])).IsError(HttpStatusCode.RequestEntityTooLarge, "InvalidContent");
    }

    [Fact]
    public async Task Content_MD5_must_be_that_of_the_body()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        byte[] body = Encoding.UTF8.GetBytes(EmulatorFixture.Request());
        using HttpRequestMessage right = ci.Signed(HttpMethod.Post, "/jobs", body);
        right.Content!.Headers.ContentMD5 = MD5.HashData(body);
        using HttpRequestMessage wrong = ci.Signed(HttpMethod.Post, "/jobs", body);
        wrong.Content!.Headers.ContentMD5 = MD5.HashData("other"u8);

        Assert.Equal(HttpStatusCode.OK, (await ci.SendAsync(right)).Status);
        (await ci.SendAsync(wrong)).IsError(HttpStatusCode.BadRequest, "InvalidContent");
    }

    [Fact]
    public async Task An_unknown_tag_is_named()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync("<Request><Tag>VideoTargetRek</Tag></Request>");

        answer.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Contains("VideoTargetRek", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_tag_is_named()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync("<Request><Input><Object>a</Object></Input><Operation/></Request>");

        answer.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Contains("Request.Tag", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Every_violation_is_told()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync(
            "<Request><Tag>VideoTargetRec</Tag><Operation><JobLevel>7</JobLevel></Operation><CallBackFormat>YAML</CallBackFormat></Request>");

        answer.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        foreach (string part in (string[])["Request.Input", "Request.Operation.JobLevel", "Request.CallBackFormat", "(atLeastOne)"])
        {
            Assert.Contains(part, answer.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Several_operations_become_jobs_all_of_them_or_none()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        const string Good = "<Operation><Tag>VideoTargetRec</Tag><VideoTargetRec><Body>true</Body></VideoTargetRec></Operation>";
        static string Of(params string[] operations) => $"<Request><Input><Object>a</Object></Input>{string.Concat(operations)}</Request>";

        Assert.Equal(2, (await ci.SubmitAsync(Of(Good, Good))).Ids.Length);
        (await ci.SubmitAsync(Of(Good, "<Operation><Tag>Snapshot</Tag></Operation>"))).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        (await ci.SubmitAsync(Of([.. Enumerable.Repeat(Good, 7)]))).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Equal(2, (await ci.GetAsync("/jobs?tag=VideoTargetRec")).Ids.Length);
    }

    [Theory]
    [InlineData("<Operation><Tag>VideoTargetRec</Tag><VideoTargetRec><Body>yes</Body></VideoTargetRec></Operation>", "(3,1) BadScalar at Request.Operation[1].VideoTargetRec.Body")]
    [InlineData("<Operation><Tag>VideoTargetRec</Tag><JobLevel>7</JobLevel></Operation>", "Request.Operation[1].JobLevel: ")]
    [InlineData("<Operation><JobLevel>1</JobLevel></Operation>", "Request.Operation[1].Tag: ")]
    [InlineData("<Operation/>", "Request.Operation[1].Tag: ")]
    public async Task An_error_in_one_of_several_operations_has_its_index_and_its_place_in_what_was_sent(string operation, string message)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync(
            $"<Request><Input><Object>a</Object></Input>\n<Operation><Tag>VideoTargetRec</Tag><VideoTargetRec><Body>true</Body></VideoTargetRec></Operation>\n{operation}\n</Request>");

        answer.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Contains(message, answer.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/jobs")]
    [InlineData("/template")]
    public async Task A_DTD_is_refused_in_words_of_ours_with_its_place(string path)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SubmitAsync("<!-- c -->\n<!DOCTYPE Request [<!ENTITY a 'b'>]><Request><Tag>&a;</Tag></Request>", path: path);

        answer.IsError(HttpStatusCode.BadRequest, "InvalidContent");
        Assert.Contains("DtdProhibited", answer.Message, StringComparison.Ordinal);
        Assert.Contains("(2,", answer.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("DtdProcessing", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_document_of_too_many_levels_is_refused()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        string deep = $"<Request><Operation><Tag>Snapshot</Tag>{string.Concat(Enumerable.Repeat("<a>", 200_000))}{string.Concat(Enumerable.Repeat("</a>", 200_000))}</Operation></Request>";

        (await ci.SubmitAsync(deep)).IsError(HttpStatusCode.BadRequest, "InvalidContent");
    }

    [Fact]
    public async Task A_refused_submission_leaves_no_job_and_takes_no_id()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        await using EmulatorFixture other = await EmulatorFixture.StartAsync();

        await ci.SubmitAsync("<Request><Tag>VideoTargetRec</Tag></Request>");

        Assert.Empty((await ci.GetAsync("/jobs?tag=VideoTargetRec")).Ids);
        Assert.Equal((await other.SubmitAsync(EmulatorFixture.Request())).JobId, (await ci.SubmitAsync(EmulatorFixture.Request())).JobId);
    }
}

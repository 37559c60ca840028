using System.Net;

namespace CiCodegen.Emulator.Tests;

/// <summary>What a job names: templates and a queue.</summary>
public sealed class ReferenceTests
{
    private const string Other = "videos-1250000001.ci.ap-beijing.myqcloud.com";

    [Fact]
    public async Task A_job_has_its_template_s_name()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        string template = await TemplateAsync(ci);

        Answer answer = await JobAsync(ci, template);

        Assert.Equal("mine", answer.Job.Element("Operation")!.Element("TemplateName")!.Value);
        Assert.StartsWith("synthetic", (await JobAsync(ci, "t1")).Job.Element("Operation")!.Element("TemplateName")!.Value, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_that_is_deleted_or_of_another_bucket_or_Tag_is_not_found()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        string deleted = await TemplateAsync(ci);
        Assert.Equal(HttpStatusCode.OK, (await ci.SendAsync(HttpMethod.Delete, $"/template/{deleted}", null)).Status);
        string elsewhere = await TemplateAsync(ci, host: Other);
        string cover = await TemplateAsync(ci, "SmartCover", "<SmartCover><Format>jpg</Format><Width>1280</Width><Height>960</Height></SmartCover>");

        foreach (string id in (string[])[deleted, elsewhere, cover])
        {
            (await JobAsync(ci, id)).IsError(HttpStatusCode.NotFound, "TemplateNotFound");
        }

        Assert.Empty((await ci.GetAsync("/jobs?tag=VideoTargetRec")).Ids);
    }

    [Fact]
    public async Task Templates_without_jobs_of_their_own_Tag_serve_transcodings()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        string template = await TemplateAsync(ci, "HighSpeedHd", "<Container><Format>mp4</Format></Container><Video><Codec>H.264</Codec></Video>");

        Answer answer = await ci.SubmitAsync(
            $"<Request><Tag>Transcode</Tag><Input><Object>a</Object></Input><Operation><TemplateId>{template}</TemplateId><Output><Region>r</Region><Bucket>b</Bucket><Object>o</Object></Output></Operation><QueueId>p1</QueueId></Request>");

        Assert.Equal("mine", answer.Job.Element("Operation")!.Element("TemplateName")!.Value);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_queue_is_of_the_Tag_s_family_and_one_of_nothing_is_taken_unless_it_must_be_known(bool known)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync(clock => new() { TimeProvider = clock, RequireKnownReferences = known });
        static string Request(string queue) => $"<Request><Tag>VideoTag</Tag><Input><Object>a</Object></Input><Operation><VideoTag><Scenario>Stream</Scenario></VideoTag></Operation><QueueId>{queue}</QueueId></Request>";
        string media = await QueueAsync("/queue");

        Answer unknown = await ci.SubmitAsync(Request("pnope"));
        Assert.Equal(known ? "QueueNotFound" : null, unknown.Code);
        Assert.Equal(known ? HttpStatusCode.NotFound : HttpStatusCode.OK, unknown.Status);
        (await ci.SubmitAsync(Request(await QueueAsync("/asrqueue")))).IsError(HttpStatusCode.NotFound, "QueueNotFound");
        Assert.Equal(media, (await ci.SubmitAsync(Request(media))).Job.Element("QueueId")!.Value);

        async Task<string> QueueAsync(string path) => (await ci.GetAsync(path)).Xml.Element("QueueList")!.Element("QueueId")!.Value;
    }

    [Fact]
    public async Task A_template_of_nothing_is_not_found_where_it_must_be_known()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync(static clock => new() { TimeProvider = clock, RequireKnownReferences = true });

        (await JobAsync(ci, "t1")).IsError(HttpStatusCode.NotFound, "TemplateNotFound");
        Assert.Equal(HttpStatusCode.OK, (await JobAsync(ci, await TemplateAsync(ci))).Status);
        Assert.Equal(HttpStatusCode.OK, (await ci.SubmitAsync(EmulatorFixture.Request())).Status);
    }

    private static async Task<string> TemplateAsync(
        EmulatorFixture ci, string tag = "VideoTargetRec", string parameters = "<VideoTargetRec><Body>true</Body></VideoTargetRec>", string host = EmulatorFixture.Host)
    {
        Answer answer = await ci.SubmitAsync($"<Request><Tag>{tag}</Tag><Name>mine</Name>{parameters}</Request>", host, "/template");
        Assert.True(answer.Status == HttpStatusCode.OK, answer.Text);
        return answer.Xml.Element("Template")!.Element("TemplateId")!.Value;
    }

    private static Task<Answer> JobAsync(EmulatorFixture ci, string template) => ci.SubmitAsync(EmulatorFixture.Request(operation: $"<TemplateId>{template}</TemplateId>"));
}

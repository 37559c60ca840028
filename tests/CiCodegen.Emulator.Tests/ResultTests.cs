using System.Globalization;
using System.Xml;
using System.Xml.Linq;
using CiCodegen.Emulator.Tests.CiJobs;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Emulator.Tests;

public sealed class ResultTests
{
    private static readonly string s_soundProbe = new StreamReader(typeof(ResultTests).Assembly.GetManifestResourceStream("SoundProbe.ci.yaml")!).ReadToEnd();

    private static async Task<Answer> DoneAsync(int seed = 1, int before = 0, string operation = "<TemplateId>t1</TemplateId>")
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync(clock => new() { TimeProvider = clock, Seed = seed });
        for (int i = 0; i < before; i++)
        {
            await ci.SubmitAsync(EmulatorFixture.Request());
        }

        string id = (await ci.SubmitAsync(EmulatorFixture.Request(operation: operation))).JobId;
        ci.Clock.Advance(TimeSpan.FromMinutes(1));
        return await ci.GetAsync($"/jobs/{id}");
    }

    [Fact]
    public async Task Every_node_of_the_result_is_there_and_says_that_it_is_synthetic()
    {
        Answer answer = await DoneAsync();

        XElement result = answer.Job.Element("Operation")!.Element("VideoTargetRecResult")!;
        foreach ((string recognition, string info, string name) in (ReadOnlySpan<(string, string, string)>)[
            ("BodyRecognition", "BodyInfo", "body"), ("PetRecognition", "PetInfo", "pet"), ("CarRecognition", "CarInfo", "car")])
        {
            Assert.InRange(result.Elements(recognition).Count(), 1, 3);
            foreach (XElement found in result.Elements(recognition))
            {
                Assert.Matches(@"^\d+\.\d{6}$", found.Element("Time")!.Value);
                Assert.StartsWith($"http://photos-1250000001.cos.ap-beijing.myqcloud.com/synthetic/{answer.JobId}/", found.Element("Url")!.Value, StringComparison.Ordinal);
                Assert.InRange(found.Elements(info).Count(), 1, 3);
                foreach (XElement item in found.Elements(info))
                {
                    Assert.Equal($"synthetic-{name}", item.Element("Name")!.Value);
                    Assert.InRange(int.Parse(item.Element("Score")!.Value, CultureInfo.InvariantCulture), 0, 100);
                    Assert.Equal(["X", "Y", "Height", "Width"], item.Element("Location")!.Elements().Select(static e => e.Name.LocalName));
                    Assert.All(item.Element("Location")!.Elements(), static e => Assert.InRange(int.Parse(e.Value, CultureInfo.InvariantCulture), 0, 10_000));
                }
            }
        }

        decimal[] times = [.. result.Elements().Select(static e => decimal.Parse(e.Element("Time")!.Value, CultureInfo.InvariantCulture))];
        Assert.Equal(times.Order(), times);
    }

    [Fact]
    public async Task What_the_request_may_have_is_never_made_up()
    {
        Answer answer = await DoneAsync();

        Assert.Equal(["TemplateId", "TemplateName", "VideoTargetRecResult"], answer.Job.Element("Operation")!.Elements().Select(static e => e.Name.LocalName));
    }

    [Fact]
    public async Task The_answer_is_read_by_the_tag_s_own_code_in_both_lanes()
    {
        Answer answer = await DoneAsync(operation: "<VideoTargetRec><Body>true</Body></VideoTargetRec><JobLevel>2</JobLevel>");
        CiTagBinding binding = Emulator.CiJobs.CiTagCatalog.Find("VideoTargetRec")!;
        using XmlReader reader = XmlReader.Create(new StringReader(answer.Text));

        foreach (object read in (object[])[binding.ReadResponse(answer.Body), binding.ReadResponse(reader)])
        {
            Emulator.CiJobs.VideoTargetRecJob job = Assert.Single(((ICiJobResponse<Emulator.CiJobs.VideoTargetRecJob>)read).JobsDetail);
            Assert.Equal(answer.JobId, job.JobId);
            Assert.Equal(CiJobState.Success, job.State);
            Assert.Equal(EmulatorFixture.Start, job.CreationTime);
            Assert.NotNull(job.EndTime);
            Assert.True(job.Operation!.VideoTargetRec!.Body);
            Assert.Equal(
                answer.Job.Descendants("CarInfo").Select(static e => e.Element("Location")!.Element("X")!.Value),
                job.Operation.VideoTargetRecResult!.CarRecognition.SelectMany(static c => c.CarInfo).Select(static i => i.Location!.X!.Value.ToString(CultureInfo.InvariantCulture)));
        }
    }

    [Fact]
    public async Task Equal_seeds_and_requests_give_equal_answers_and_others_do_not()
    {
        string text = (await DoneAsync()).Text;

        Assert.Equal(text, (await DoneAsync()).Text);
        Assert.NotEqual(text, (await DoneAsync(seed: 2)).Text);
        Assert.NotEqual(text, (await DoneAsync(before: 1)).Text);
    }

    [Fact]
    public async Task A_result_stays_what_it_was()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;
        ci.Clock.Advance(TimeSpan.FromMinutes(1));
        Answer first = await ci.GetAsync($"/jobs/{id}");
        ci.Clock.Advance(TimeSpan.FromDays(1));

        Assert.Equal(first.Text, (await ci.GetAsync($"/jobs/{id}")).Text);
        Assert.Equal(first.Job.ToString(), (await ci.GetAsync("/jobs?tag=VideoTargetRec")).Job.ToString());
    }

    [Fact]
    public async Task A_tag_of_one_s_own_works_by_its_schema_alone()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync(static clock => new()
        {
            TimeProvider = clock,
            Schemas = [new SchemaText("SoundProbe.ci.yaml", s_soundProbe)],
            Bindings = [CiTagCatalog.Find("SoundProbe")!],
        });
        const string Request = "<Request><Tag>SoundProbe</Tag><Input><Object>a</Object></Input><Operation><SoundProbe><Depth>3</Depth></SoundProbe><Output_a><Object>x</Object></Output_a></Operation></Request>";
        string id = (await ci.SubmitAsync(Request, path: "/asr_jobs")).JobId;
        Assert.Matches("^s[0-9a-f]{32}$", id);
        ci.Clock.Advance(TimeSpan.FromMinutes(1));

        Answer answer = await ci.GetAsync($"/asr_jobs/{id}");

        XElement operation = answer.Job.Element("Operation")!;
        Assert.Equal("3", operation.Element("SoundProbe")!.Element("Depth")!.Value);

        // Of what a pattern stands for, what was asked for is echoed, and one name is made up.
        Assert.Equal("x", Assert.Single(operation.Elements("Output_a")).Element("Object")!.Value);
        XElement result = operation.Element("SoundProbeResult")!;
        Assert.Contains(result.Element("Kind")!.Value, (string[])["Wind", "Rain"]);
        Assert.InRange(decimal.Parse(result.Element("Level")!.Value, CultureInfo.InvariantCulture), 0.001m, 0.999m);
        Assert.Equal("5", result.Element("Beats")!.Value);
        Assert.Contains(result.Element("Loud")!.Value, (string[])["true", "false"]);
        Assert.Equal("probe", result.Element("Code")!.Value);
        Assert.Equal(answer.Job.Element("EndTime")!.Value, result.Element("Noted")!.Value);
        Assert.Equal("synt", result.Element("Label")!.Value);
        Assert.Equal(4, result.Elements("Peak").Count());
        Assert.StartsWith($"synthetic/{id}/", result.Element("Object")!.Value, StringComparison.Ordinal);
        Assert.NotNull(result.Element("Band_1"));
        CiTagCatalog.Find("SoundProbe")!.ReadResponse(answer.Body);
        Assert.Equal([id], (await ci.GetAsync("/asr_jobs?tag=SoundProbe&queueType=Speeching")).Ids);

        Assert.NotNull((await ci.SubmitAsync(Request)).JobId);
        Answer elsewhere = await ci.SubmitAsync(EmulatorFixture.Request(), path: "/asr_jobs");
        elsewhere.IsError(System.Net.HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Contains("'/jobs'", elsewhere.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_without_a_binding_and_a_binding_without_a_schema_are_refused()
    {
        SchemaText schema = new("SoundProbe.ci.yaml", s_soundProbe);

        Assert.Contains("SoundProbe", (await Assert.ThrowsAsync<ArgumentException>(() => CiEmulator.StartAsync(new() { Schemas = [schema] }))).Message, StringComparison.Ordinal);
        Assert.Contains("SoundProbe", (await Assert.ThrowsAsync<ArgumentException>(() => CiEmulator.StartAsync(new() { Bindings = [CiTagCatalog.Find("SoundProbe")!] }))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_schema_with_an_error_is_refused_with_its_place()
    {
        SchemaText schema = new("Bad.ci.yaml", "kind: tag\ntagg: Bad\n");

        Assert.Contains("Bad.ci.yaml(2,", (await Assert.ThrowsAsync<ArgumentException>(() => CiEmulator.StartAsync(new() { Schemas = [schema] }))).Message, StringComparison.Ordinal);
    }
}

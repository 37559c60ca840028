using System.Net;
using System.Xml.Linq;

namespace CiCodegen.Emulator.Tests;

public sealed class LifeTests
{
    private static Task<EmulatorFixture> StartAsync(double speed = 1)
        => EmulatorFixture.StartAsync(clock => new() { TimeProvider = clock, QueueTime = TimeSpan.FromSeconds(60), RunTime = TimeSpan.FromSeconds(120), Speed = speed });

    [Fact]
    public async Task A_job_moves_with_the_clock()
    {
        await using EmulatorFixture ci = await StartAsync();
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;

        async Task At(int seconds, string state, string start, string end, string progress)
        {
            ci.Clock.SetUtcNow(EmulatorFixture.Start.AddSeconds(seconds));
            XElement job = (await ci.GetAsync($"/jobs/{id}")).Job;
            Assert.Equal(
                [state, "2022-06-27T15:23:10+0800", start, end, progress],
                ((string[])["State", "CreationTime", "StartTime", "EndTime", "Progress"]).Select(name => job.Element(name)!.Value));
        }

        await At(0, "Submitted", "-", "-", "0");
        await At(59, "Submitted", "-", "-", "0");
        await At(60, "Running", "2022-06-27T15:24:10+0800", "-", "0");
        await At(120, "Running", "2022-06-27T15:24:10+0800", "-", "50");
        await At(180, "Success", "2022-06-27T15:24:10+0800", "2022-06-27T15:26:10+0800", "100");
        await At(100_000, "Success", "2022-06-27T15:24:10+0800", "2022-06-27T15:26:10+0800", "100");
    }

    [Fact]
    public async Task Speed_shortens_all_times()
    {
        await using EmulatorFixture ci = await StartAsync(speed: 60);
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;

        ci.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Running", (await ci.GetAsync($"/jobs/{id}")).State);
        ci.Clock.Advance(TimeSpan.FromSeconds(2));
        Assert.Equal("Success", (await ci.GetAsync($"/jobs/{id}")).State);
    }

    [Fact]
    public async Task Without_times_a_job_is_done_when_it_is_asked_for()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync(static clock => new() { TimeProvider = clock, QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero });

        Assert.Equal("Success", (await ci.GetAsync($"/jobs/{(await ci.SubmitAsync(EmulatorFixture.Request())).JobId}")).State);
    }

    [Fact]
    public async Task A_queue_without_end_keeps_a_job_waiting()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync(static clock => new() { TimeProvider = clock, QueueTime = TimeSpan.MaxValue, Speed = 0.1 });
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;
        ci.Clock.Advance(TimeSpan.FromDays(10_000));

        Assert.Equal("Submitted", (await ci.GetAsync($"/jobs/{id}")).State);
    }

    [Fact]
    public async Task Hundreds_of_jobs_can_be_asked_for_at_once()
    {
        await using EmulatorFixture ci = await StartAsync();
        string[] ids = [.. Enumerable.Range(0, 500).Select(static i => $"j{i:x32}")];

        Assert.Equal(ids, (await ci.GetAsync("/jobs/" + string.Join(',', ids))).Xml.Elements("NonExistJobIds").Select(static e => e.Value));
    }

    [Fact]
    public async Task A_job_fails_whose_input_asks_for_it()
    {
        await using EmulatorFixture ci = await StartAsync();
        string id = (await ci.SubmitAsync(EmulatorFixture.Request(CiEmulator.FailurePrefix + "a.mp4"))).JobId;
        Assert.Equal("Success", (await ci.GetAsync($"/jobs/{id}")).Job.Element("Code")!.Value);

        ci.Clock.Advance(TimeSpan.FromSeconds(180));
        Answer answer = await ci.GetAsync($"/jobs/{id}");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Failed", answer.State);
        Assert.Equal(CiEmulator.FailureCode, answer.Job.Element("Code")!.Value);
        Assert.NotEqual("", answer.Job.Element("Message")!.Value);
        Assert.Null(answer.Job.Element("Operation")!.Element("VideoTargetRecResult"));
        Assert.Equal("2022-06-27T15:26:10+0800", answer.Job.Element("EndTime")!.Value);
    }

    [Fact]
    public async Task Results_come_with_success_and_not_before()
    {
        await using EmulatorFixture ci = await StartAsync();
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;

        ci.Clock.Advance(TimeSpan.FromSeconds(179));
        Assert.Null((await ci.GetAsync($"/jobs/{id}")).Job.Element("Operation")!.Element("VideoTargetRecResult"));
        ci.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotNull((await ci.GetAsync($"/jobs/{id}")).Job.Element("Operation")!.Element("VideoTargetRecResult"));
    }

    [Fact]
    public async Task Several_jobs_are_told_in_the_order_asked_and_unknown_ones_listed()
    {
        await using EmulatorFixture ci = await StartAsync();
        string a = (await ci.SubmitAsync(EmulatorFixture.Request("a"))).JobId;
        string b = (await ci.SubmitAsync(EmulatorFixture.Request("b"))).JobId;

        Answer answer = await ci.GetAsync($"/jobs/{b},jx,{a},j%3Cy%01,{b}");

        Assert.Equal([b, a], answer.Ids);
        Assert.Equal(["jx", "j<y\uFFFD"], answer.Xml.Elements("NonExistJobIds").Select(static e => e.Value));
        Assert.Empty((await ci.GetAsync($"/jobs/{a}")).Xml.Elements("NonExistJobIds"));
    }

    [Fact]
    public async Task A_job_belongs_to_its_bucket_and_region()
    {
        await using EmulatorFixture ci = await StartAsync();
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;

        foreach (string host in (string[])["videos-1250000001.ci.ap-beijing.myqcloud.com", "photos-1250000001.ci.ap-shanghai.myqcloud.com"])
        {
            Assert.Equal(id, (await ci.GetAsync($"/jobs/{id}", host)).Xml.Element("NonExistJobIds")!.Value);
            Assert.Empty((await ci.GetAsync("/jobs?tag=VideoTargetRec", host)).Ids);
        }
    }

    [Fact]
    public async Task A_waiting_job_can_be_cancelled()
    {
        await using EmulatorFixture ci = await StartAsync();
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;
        ci.Clock.Advance(TimeSpan.FromSeconds(59));

        Answer answer = await ci.CancelAsync(id);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Empty(answer.Body);
        Assert.Equal(0, answer.ContentHeaders.ContentLength);
        ci.Clock.Advance(TimeSpan.FromHours(1));
        XElement job = (await ci.GetAsync($"/jobs/{id}")).Job;
        Assert.Equal(["Cancel", "-", "2022-06-27T15:24:09+0800"], ((string[])["State", "StartTime", "EndTime"]).Select(name => job.Element(name)!.Value));
        (await ci.CancelAsync(id)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
    }

    [Theory]
    [InlineData(60, "Running")]
    [InlineData(180, "Success")]
    public async Task A_job_that_has_begun_cannot(int seconds, string state)
    {
        await using EmulatorFixture ci = await StartAsync();
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;
        ci.Clock.Advance(TimeSpan.FromSeconds(seconds));

        (await ci.CancelAsync(id)).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Equal(state, (await ci.GetAsync($"/jobs/{id}")).State);
    }

    [Fact]
    public async Task An_unknown_job_cannot_be_cancelled_and_another_word_than_cancel_is_refused()
    {
        await using EmulatorFixture ci = await StartAsync();
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;

        (await ci.CancelAsync("jx")).IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        (await ci.SendAsync(HttpMethod.Put, $"/jobs/{id}?pause", null)).IsError(HttpStatusCode.NotFound, "InvalidUrl");
        Assert.Equal("Submitted", (await ci.GetAsync($"/jobs/{id}")).State);
    }

    [Fact]
    public async Task Cancelling_without_the_word_is_taken_as_well()
    {
        await using EmulatorFixture ci = await StartAsync();
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;

        Assert.Equal(HttpStatusCode.OK, (await ci.SendAsync(HttpMethod.Put, $"/jobs/{id}", null)).Status);
        Assert.Equal("Cancel", (await ci.GetAsync($"/jobs/{id}")).State);
    }
}

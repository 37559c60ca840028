using System.Net;

namespace CiCodegen.Emulator.Tests;

public sealed class ListTests
{
    private const string List = "/jobs?tag=VideoTargetRec";

    /// <summary>An emulator with jobs <c>k0</c>, <c>k1</c>, … a minute apart; a job waits a minute and runs a minute.</summary>
    private static async Task<(EmulatorFixture Ci, string[] Ids)> StartAsync(int jobs)
    {
        EmulatorFixture ci = await EmulatorFixture.StartAsync(
            static clock => new() { TimeProvider = clock, QueueTime = TimeSpan.FromMinutes(1), RunTime = TimeSpan.FromMinutes(1) });
        List<string> ids = [];
        for (int i = 0; i < jobs; i++)
        {
            ci.Clock.SetUtcNow(EmulatorFixture.Start.AddMinutes(i));
            ids.Add((await ci.SubmitAsync(EmulatorFixture.Request($"k{i}"))).JobId);
        }

        return (ci, [.. ids]);
    }

    [Fact]
    public async Task The_newest_come_first_ten_at_a_time()
    {
        (EmulatorFixture ci, string[] ids) = await StartAsync(12);
        await using (ci)
        {
            Answer answer = await ci.GetAsync(List);

            Assert.Equal(ids.Reverse().Take(10), answer.Ids);
            Assert.NotEqual("", answer.Xml.Element("NextToken")!.Value);
        }
    }

    [Fact]
    public async Task Lists_may_lag_behind()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync(static clock => new() { TimeProvider = clock, ListDelay = TimeSpan.FromSeconds(5) });
        string id = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;
        Assert.Empty((await ci.GetAsync(List)).Ids);
        Assert.Equal([id], (await ci.GetAsync($"/jobs/{id}")).Ids);
        ci.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([id], (await ci.GetAsync(List)).Ids);
    }

    [Theory]
    [InlineData("Desc", 3)]
    [InlineData("Asc", 3)]
    [InlineData("Asc", 7)]
    [InlineData("Desc", 100)]
    public async Task The_token_leads_through_all_pages(string order, int size)
    {
        (EmulatorFixture ci, string[] ids) = await StartAsync(7);
        await using (ci)
        {
            List<string> seen = [];
            string token = "";
            int pages = 0;
            do
            {
                Answer page = await ci.GetAsync($"{List}&orderByTime={order}&size={size}&nextToken={token}");
                Assert.InRange(page.Ids.Length, 1, size);
                seen.AddRange(page.Ids);
                token = page.Xml.Element("NextToken")!.Value;
                pages++;
            }
            while (token.Length > 0);

            Assert.Equal(order == "Asc" ? ids : ids.Reverse(), seen);
            Assert.Equal((7 + size - 1) / size, pages);
        }
    }

    [Fact]
    public async Task Jobs_that_come_between_two_pages_move_nothing()
    {
        (EmulatorFixture ci, string[] ids) = await StartAsync(4);
        await using (ci)
        {
            Answer first = await ci.GetAsync($"{List}&size=2");
            await ci.SubmitAsync(EmulatorFixture.Request("late"));
            Answer second = await ci.GetAsync($"{List}&size=2&nextToken={first.Xml.Element("NextToken")!.Value}");

            Assert.Equal([ids[1], ids[0]], second.Ids);
        }
    }

    [Fact]
    public async Task Jobs_of_one_moment_keep_their_order_across_pages()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        string a = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;
        string b = (await ci.SubmitAsync(EmulatorFixture.Request())).JobId;

        Answer first = await ci.GetAsync($"{List}&size=1");
        Answer second = await ci.GetAsync($"{List}&size=1&nextToken={first.Xml.Element("NextToken")!.Value}");

        Assert.Equal([b, a], [.. first.Ids, .. second.Ids]);
    }

    [Theory]
    [InlineData("Submitted", "k3")]
    [InlineData("Running", "k2")]
    [InlineData("Success,Submitted", "k3 k1 k0")]
    [InlineData("All", "k3 k2 k1 k0")]
    [InlineData("Running,All", "k3 k2 k1 k0")]
    [InlineData("Failed", "")]
    public async Task States_choose(string states, string keys) => await Chooses($"states={states}", keys);

    [Theory]
    [InlineData("2022-06-27T15:24:10%2B0800", "2022-06-27T15:25:10%2B0800", "k2 k1")]
    [InlineData("2022-06-27T07:24:11%2B0000", "2022-06-27T15:25:09%2B08:00", "")]
    [InlineData("2022-06-27T15:25:11%2B0800", "", "k3")]
    [InlineData("", "2022-06-27T15:23:10%2B0800", "k0")]
    public async Task Times_choose_with_both_ends(string from, string to, string keys)
        => await Chooses($"startCreationTime={from}&endCreationTime={to}", keys);

    [Theory]
    [InlineData("inputObject=k2", "k2")]
    [InlineData("inputObject=k", "")]
    [InlineData("queueId=pother", "")]
    [InlineData("queueType=Transcoding", "k3 k2 k1 k0")]
    [InlineData("queueType=SpeedTranscoding", "")]
    [InlineData("workflowId=w1", "")]
    [InlineData("OrderByTime=Asc", "k0 k1 k2 k3")]
    public async Task Other_parameters_choose(string parameters, string keys) => await Chooses(parameters, keys);

    [Fact]
    public async Task The_queue_of_a_job_finds_it()
    {
        (EmulatorFixture ci, string[] ids) = await StartAsync(1);
        await using (ci)
        {
            string queue = (await ci.GetAsync(List)).Job.Element("QueueId")!.Value;

            Assert.Equal(ids, (await ci.GetAsync($"{List}&queueId={queue}&queueType=SpeedTranscoding")).Ids);
        }
    }

    [Theory]
    [InlineData("/jobs", "tag")]
    [InlineData("/jobs?tag=Nothing", "Nothing")]
    [InlineData(List + "&size=0", "size")]
    [InlineData(List + "&size=101", "size")]
    [InlineData(List + "&size=x", "size")]
    [InlineData(List + "&orderByTime=asc", "orderByTime")]
    [InlineData(List + "&states=Running,Done", "Done")]
    [InlineData(List + "&nextToken=zz", "nextToken")]
    [InlineData(List + "&queueType=Other", "queueType")]
    [InlineData(List + "&startCreationTime=2022-06-27", "startCreationTime")]
    [InlineData(List + "&endCreationTime=2022-06-27T15:23:10", "endCreationTime")]
    public async Task A_parameter_that_breaks_a_rule_is_named(string target, string named)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.GetAsync(target);

        answer.IsError(HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Contains($"'{named}'", answer.Message, StringComparison.Ordinal);
    }

    private static async Task Chooses(string parameters, string keys)
    {
        (EmulatorFixture ci, _) = await StartAsync(4);
        await using (ci)
        {
            Answer answer = await ci.GetAsync($"{List}&{parameters}");

            Assert.Equal(keys, string.Join(' ', answer.Xml.Elements("JobsDetail").Select(static job => job.Element("Input")!.Element("Object")!.Value)));
            Assert.Equal("", answer.Xml.Element("NextToken")!.Value);
        }
    }
}

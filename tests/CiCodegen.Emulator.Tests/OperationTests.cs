using CiCodegen.Emulator.Tests.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator.Tests;

public sealed class OperationTests
{
    [Fact]
    public async Task Each_family_has_a_queue_that_can_be_listed_and_changed()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        ListQueuesResponse media = await ci.Client.SendAsync(new ListQueues { Parameters = { Family = ListQueuesFamily.Media } });
        ListQueuesResponse speech = await ci.Client.SendAsync(new ListQueues { Parameters = { Family = ListQueuesFamily.Speech } });

        Assert.Equal(("Transcoding", "Speeching"), (Assert.Single(media.QueueList).Category, Assert.Single(speech.QueueList).Category));
        Assert.Equal((1, 1, 10), (media.TotalCount, media.PageNumber, media.PageSize));
        UpdateQueue update = new()
        {
            Parameters = { Family = UpdateQueueFamily.Media, QueueId = media.QueueList[0].QueueId },
            Request = new() { Name = "mine", State = new("Paused"), NotifyConfig = new() { State = new("Off") } },
        };
        UpdateQueueResponse changed = await ci.Client.SendAsync(update);
        Assert.Equal(("mine", "Paused"), (changed.Queue?.Name, changed.Queue?.State));
        Assert.Empty((await ci.Client.SendAsync(new ListQueues { Parameters = { Family = ListQueuesFamily.Media, State = ListQueuesState.Active } })).QueueList);
    }

    [Fact]
    public async Task A_paused_queue_takes_no_jobs()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        string queue = (await ci.Client.SendAsync(new ListQueues { Parameters = { Family = ListQueuesFamily.Media } })).QueueList[0].QueueId!;
        UpdateQueueRequest Of(string state) => new() { Name = "q", State = new(state), NotifyConfig = new() };
        AnimationRequest request = new() { Input = new() { Object = "a" }, Operation = new() { TemplateId = "t1", Output = new() { Region = "r", Bucket = "b", Object = "o" } } };

        await ci.Client.SendAsync(new UpdateQueue { Parameters = { Family = UpdateQueueFamily.Media, QueueId = queue }, Request = Of("Paused") });
        CiServiceException refused = await Assert.ThrowsAsync<CiServiceException>(() => ci.Client.SubmitAsync(request));
        await ci.Client.SendAsync(new UpdateQueue { Parameters = { Family = UpdateQueueFamily.Media, QueueId = queue }, Request = Of("Active") });

        Assert.Equal((403, "QueuePaused"), (refused.HttpStatus, refused.Code));
        Assert.NotNull((await ci.Client.SubmitAsync(request)).JobId);
    }

    [Fact]
    public async Task Batches_go_on_from_page_to_page_while_they_move()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        for (int i = 0; i < 3; i++)
        {
            CreateInventoryJob create = new() { Request = new() { Name = $"b{i}", Type = CreateInventoryJobType.Workflow, Input = new() { Prefix = "a" }, Operation = new() { WorkflowIds = "w1" } } };
            await ci.Client.SendAsync(create);
        }

        ListInventoryJobs first = new() { Parameters = { States = [new("Submitted"), new("Running")], Size = 1 } };
        ListInventoryJobsResponse page = await ci.Client.SendAsync(first);
        ci.Clock.Advance(TimeSpan.FromHours(1));
        ListInventoryJobsResponse next = await ci.Client.SendAsync(new ListInventoryJobs { Parameters = { NextToken = page.NextToken, Size = 1 } });

        Assert.Equal(("b2", "b1"), (Assert.Single(page.JobsDetail).Name, Assert.Single(next.JobsDetail).Name));
    }

    [Fact]
    public async Task Ids_go_as_a_list_with_commas_and_what_does_not_exist_is_named()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        string id = (await ci.Client.SendAsync(new ListQueues { Parameters = { Family = ListQueuesFamily.Media } })).QueueList[0].QueueId!;

        ListQueuesResponse answer = await ci.Client.SendAsync(new ListQueues { Parameters = { Family = ListQueuesFamily.Media, QueueIds = [id, "p0", "p1"] } });

        Assert.Equal(id, Assert.Single(answer.QueueList).QueueId);
        Assert.Equal(["p0", "p1"], answer.NonExistPIDs);
    }

    [Fact]
    public async Task Parameters_and_document_are_checked_together_before_anything_is_sent()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        CiValidationException e = await Assert.ThrowsAsync<CiValidationException>(() => ci.Client.SendAsync(new UpdateQueue { Request = new() { Name = "n", State = new("Active"), NotifyConfig = new() { State = new("On") } } }));

        Assert.Equal(
            ["Parameters.Family", "Parameters.QueueId", "Request.NotifyConfig.Event", "Request.NotifyConfig.Type"],
            e.Violations.Select(static v => v.Path).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_parameter_cannot_leave_its_place_in_the_path()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => ci.Client.SendAsync(new DescribeInventoryJob { Parameters = { JobId = "../jobs" } }));
    }

    [Fact]
    public async Task A_batch_is_made_described_listed_and_cancelled()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        CreateInventoryJob create = new()
        {
            Request = new()
            {
                Name = "batch",
                Type = CreateInventoryJobType.Job,
                Input = new() { Prefix = "in/" },
                Operation = new() { Tag = "Transcode", QueueId = "p1", JobParam = new() { TemplateId = "t1" }, Output = new() { Region = "ap-beijing", Bucket = "photos-1250000001", Object = "out/${InventoryTriggerJobId}" } },
            },
        };

        CreateInventoryJobJob made = (await ci.Client.SendAsync(create)).JobsDetail!;

        Assert.Equal(("batch", "Submitted", "Transcode", "in/"), (made.Name, made.State?.Text, made.Tag, made.Input?.Prefix));
        ci.Clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal("Running", Assert.Single((await ci.Client.SendAsync(new DescribeInventoryJob { Parameters = { JobId = made.JobId } })).JobsDetail).State?.Text);
        Assert.Equal(["b0"], (await ci.Client.SendAsync(new DescribeInventoryJob { Parameters = { JobId = "b0" } })).NonExistJobIds);
        await ci.Client.SendAsync(new CancelInventoryJob { Parameters = { JobId = made.JobId } });
        ListInventoryJobsResponse list = await ci.Client.SendAsync(new ListInventoryJobs { Parameters = { States = [new("Cancel"), new("Failed")], Size = 1 } });
        Assert.Equal(made.JobId, Assert.Single(list.JobsDetail).JobId);
        Assert.Equal("InvalidArgument", (await Assert.ThrowsAsync<CiServiceException>(() => ci.Client.SendAsync(new CancelInventoryJob { Parameters = { JobId = made.JobId } }))).Code);
    }

    [Theory]
    [InlineData("states=Foo")]
    [InlineData("states=Success,Foo")]
    [InlineData("orderByTime=x")]
    [InlineData("type=y")]
    [InlineData("size=0")]
    [InlineData("nextToken=x")]
    [InlineData("startCreationTime=yesterday")]
    public async Task A_list_of_batches_takes_no_more_than_one_of_jobs(string query)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.GetAsync($"/inventorytriggerjob?{query}");

        answer.IsError(System.Net.HttpStatusCode.BadRequest, "InvalidArgument");
        Assert.Contains(query[..query.IndexOf('=', StringComparison.Ordinal)], answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_of_batches_chooses_by_time_and_workflow()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        foreach (string workflows in (string[])["w1,w2", "w2", "w3"])
        {
            await ci.SubmitAsync($"<Request><Name>{workflows.Replace(',', '-')}</Name><Type>Workflow</Type><Input><Prefix>a</Prefix></Input><Operation><WorkflowIds>{workflows}</WorkflowIds></Operation></Request>", path: "/inventorytriggerjob");
            ci.Clock.Advance(TimeSpan.FromMinutes(1));
        }

        async Task<string[]> Names(string query) => [.. (await ci.GetAsync($"/inventorytriggerjob?orderByTime=Asc&{query}")).Xml.Elements("JobsDetail").Select(static j => j.Element("Name")!.Value)];
        Assert.Equal(["w1-w2", "w2"], await Names("workflowId=w2"));
        Assert.Equal(["w2", "w3"], await Names("startCreationTime=2022-06-27T15%3A24%3A10%2B0800"));
        Assert.Equal(["w1-w2", "w2"], await Names("endCreationTime=2022-06-27T15%3A24%3A10%2B0800"));
    }

    [Theory]
    [InlineData(0, "-", "2022-06-27T15:23:10+0800")]
    [InlineData(2, "2022-06-27T15:23:11+0800", "2022-06-27T15:23:12+0800")]
    public async Task A_batch_that_was_cancelled_ended_then(int seconds, string start, string end)
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();
        string id = (await ci.SubmitAsync("<Request><Name>b</Name><Type>Workflow</Type><Input><Prefix>a</Prefix></Input><Operation><WorkflowIds>w</WorkflowIds></Operation></Request>", path: "/inventorytriggerjob")).JobId;
        ci.Clock.Advance(TimeSpan.FromSeconds(seconds));
        await ci.SendAsync(HttpMethod.Put, $"/inventorytriggerjob/{id}?cancel", null);
        ci.Clock.Advance(TimeSpan.FromHours(1));

        Answer answer = await ci.GetAsync($"/inventorytriggerjob/{id}");

        Assert.Equal(["Cancel", start, end], ((string[])["State", "StartTime", "EndTime"]).Select(name => answer.Job.Element(name)!.Value));
    }

    [Fact]
    public async Task Of_two_changes_of_a_queue_at_once_none_is_lost()
    {
        InterruptedClock clock = new();
        QueueStore store = new(new() { TimeProvider = clock });
        BucketAddress bucket = new("a-1", "r");
        string id = store.Of("/queue", bucket).Single().Element("QueueId")!.Value;
        void Change(string name, string value) => store.Change("/queue", bucket, id, new("Request", new System.Xml.Linq.XElement(name, value)));

        // A change asks for the time in its middle: there the other one comes, and waits or does not.
        Task other = Task.CompletedTask;
        clock.Interruption = () =>
        {
            other = Task.Run(() => Change("State", "Paused"));
            other.Wait(TimeSpan.FromMilliseconds(500));
        };
        Change("Name", "mine");
        await other;

        System.Xml.Linq.XElement queue = store.Of("/queue", bucket).Single();
        Assert.Equal(("mine", "Paused"), (queue.Element("Name")!.Value, queue.Element("State")!.Value));
    }

    [Fact]
    public async Task A_queue_that_is_not_there_cannot_be_changed()
    {
        await using EmulatorFixture ci = await EmulatorFixture.StartAsync();

        Answer answer = await ci.SendAsync(HttpMethod.Put, "/queue/p0", "<Request><Name>q</Name><State>Active</State><NotifyConfig><State>Off</State></NotifyConfig></Request>"u8.ToArray());

        answer.IsError(System.Net.HttpStatusCode.NotFound, "QueueNotFound");
    }

    [Fact]
    public async Task Exactly_one_source_of_objects_is_asked_for()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        CreateInventoryJob create = new() { Request = new() { Name = "b", Type = CreateInventoryJobType.Workflow, Input = new() { Prefix = "a", Object = "b" }, Operation = new() } };

        CiValidationException e = await Assert.ThrowsAsync<CiValidationException>(() => ci.Client.SendAsync(create));

        Assert.Equal(["exactlyOne", "requiredWhen"], e.Violations.Select(static v => v.Rule).Order(StringComparer.Ordinal));
    }

    private sealed class InterruptedClock : TimeProvider
    {
        /// <summary>Done once, when the time is asked for next.</summary>
        public Action? Interruption { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            Action? interruption = Interruption;
            Interruption = null;
            interruption?.Invoke();
            return EmulatorFixture.Start;
        }
    }
}

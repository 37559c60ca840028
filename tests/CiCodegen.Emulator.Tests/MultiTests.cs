using CiCodegen.Emulator.Tests.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator.Tests;

public sealed class MultiTests
{
    private static AnimationRequest Animation(string input = "in.mp4") => new()
    {
        Input = new() { Object = input },
        Operation = new() { TemplateId = "t1", Output = new() { Region = "ap-beijing", Bucket = "photos-1250000001", Object = "out.gif" } },
    };

    private static SnapshotRequest Snapshot() => new()
    {
        Input = new() { Object = "in.mp4" },
        Operation = new() { TemplateId = "t2", UserData = "<&>", Output = new() { Region = "ap-beijing", Bucket = "photos-1250000001", Object = "shot-${number}.jpg" } },
    };

    [Fact]
    public async Task Each_operation_becomes_a_job_of_its_own_type()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        IReadOnlyList<CiJob> jobs = await ci.Client.SubmitManyAsync([Animation(), Snapshot()]);

        AnimationJob animation = Assert.IsType<AnimationJob>(jobs[0]);
        SnapshotJob snapshot = Assert.IsType<SnapshotJob>(jobs[1]);
        Assert.Equal(("t1", "t2"), (animation.Operation?.TemplateId, snapshot.Operation?.TemplateId));
        Assert.Equal("<&>", CiSubmissionMark.TextOf(snapshot.Operation?.UserData));
        Assert.NotEqual(animation.JobId, snapshot.JobId);
        Assert.Equal(snapshot.JobId, (await ci.Client.DescribeAsync<SnapshotJob>(snapshot.JobId!)).JobId);
    }

    [Fact]
    public async Task What_is_not_the_operation_s_own_must_be_equal()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        ArgumentException e = await Assert.ThrowsAsync<ArgumentException>(() => ci.Client.SubmitManyAsync([Animation("a.mp4"), Snapshot()]));

        Assert.Contains("Request 2", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_are_at_most_six()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();

        await Assert.ThrowsAsync<ArgumentException>(() => ci.Client.SubmitManyAsync(Enumerable.Repeat(Animation(), 7)));
        await Assert.ThrowsAsync<ArgumentException>(() => ci.Client.SubmitManyAsync([]));
        Assert.Equal(6, (await ci.Client.SubmitManyAsync(Enumerable.Repeat(Animation(), 6))).Count);
    }

    [Fact]
    public async Task One_that_breaks_a_rule_keeps_all_from_being_sent()
    {
        await using VerbFixture ci = await VerbFixture.StartAsync();
        SnapshotRequest bad = Snapshot();
        bad.Operation!.UserData = new string('x', 2000);

        await Assert.ThrowsAsync<CiValidationException>(() => ci.Client.SubmitManyAsync([Animation(), bad]));

        int count = 0;
        await foreach (AnimationJob job in ci.Client.ListAsync<AnimationJob>(new()))
        {
            count++;
        }

        Assert.Equal(0, count);
    }
}

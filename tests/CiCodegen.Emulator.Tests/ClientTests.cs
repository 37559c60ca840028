using CiCodegen.Emulator.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator.Tests;

/// <summary>The project's own client against the emulator, as a user would run it.</summary>
public sealed class ClientTests
{
    private static async Task<(CiEmulator Emulator, HttpClient Http, CiClient Client)> StartAsync(CiEmulatorOptions? options = null)
    {
        CiEmulator emulator = await CiEmulator.StartAsync(options ?? new() { QueueTime = TimeSpan.Zero, RunTime = TimeSpan.Zero });
        HttpClient http = new();
        CiClientOptions client = new() { Bucket = "photos-1250000001", Region = "ap-beijing", Endpoint = emulator.Endpoint, MaxTries = 1 };
        return (emulator, http, new(http, client, new StaticCredentialProvider(emulator.Credentials)));
    }

    private static VideoTargetRecRequest Request(string key) => new()
    {
        Tag = "VideoTargetRec",
        Input = new() { Object = key },
        Operation = new() { VideoTargetRec = new() { Body = true } },
    };

    [Fact]
    public async Task A_job_goes_from_submission_to_result()
    {
        (CiEmulator emulator, HttpClient http, CiClient client) = await StartAsync();
        await using (emulator)
        {
            using (http)
            {
                VideoTargetRecJob submitted = await client.SubmitAsync(Request("a.mp4"));
                VideoTargetRecJob ended = await client.WaitAsync<VideoTargetRecJob>(submitted.JobId!);

                Assert.Equal(CiJobState.Success, ended.State);
                Assert.NotEmpty(ended.Operation!.VideoTargetRecResult!.BodyRecognition);
                Assert.Equal("a.mp4", (await client.DescribeAsync<VideoTargetRecJob>(submitted.JobId!)).Input!.Object);
            }
        }
    }

    [Fact]
    public async Task A_list_is_paged_and_a_waiting_job_cancelled()
    {
        (CiEmulator emulator, HttpClient http, CiClient client) = await StartAsync(new() { QueueTime = TimeSpan.FromDays(1) });
        await using (emulator)
        {
            using (http)
            {
                List<string?> submitted = [];
                for (int i = 0; i < 5; i++)
                {
                    submitted.Add((await client.SubmitAsync(Request($"k{i}"))).JobId);
                }

                await client.CancelAsync<VideoTargetRecJob>(submitted[2]!);
                List<VideoTargetRecJob> listed = [];
                await foreach (VideoTargetRecJob job in client.ListAsync<VideoTargetRecJob>(new() { OldestFirst = true, PageSize = 2, StartCreationTime = DateTimeOffset.UtcNow.AddHours(-1) }))
                {
                    listed.Add(job);
                }

                Assert.Equal(submitted, listed.Select(static job => job.JobId));
                Assert.Equal(CiJobState.Cancel, listed[2].State);
                CiDescribeResult<VideoTargetRecJob> described = await client.DescribeManyAsync<VideoTargetRecJob>([submitted[0]!, "jx"]);
                Assert.Equal(["jx"], described.NonExistJobIds);
            }
        }
    }

    [Fact]
    public async Task A_refusal_is_told_with_all_its_parts()
    {
        (CiEmulator emulator, HttpClient http, CiClient client) = await StartAsync();
        await using (emulator)
        {
            using (http)
            {
                CiServiceException refused = await Assert.ThrowsAsync<CiServiceException>(() => client.CancelAsync<VideoTargetRecJob>("jx"));

                Assert.Equal(400, refused.HttpStatus);
                Assert.Equal("InvalidArgument", refused.Code);
                Assert.NotNull(refused.RequestId);
                Assert.NotNull(refused.TraceId);
            }
        }
    }
}

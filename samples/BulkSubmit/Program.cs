using BulkSubmit.CiJobs;
using CiCodegen.Emulator;
using CiCodegen.Runtime;

// Submits a job for each of many videos, each once: what the journal has is not submitted again, so the program may be stopped and started at any point.
if (args is not [string journalFile])
{
    Console.Error.WriteLine("usage: BulkSubmit <journal>");
    return 2;
}

await using CiEmulator emulator = await CiEmulator.StartAsync(new() { Speed = 50 });
using HttpClient http = new(CiClient.CreateHandler());
CiClient client = new(http, new() { Endpoint = emulator.Endpoint, Bucket = "demo-1250000000", Region = "ap-chongqing" }, new StaticCredentialProvider(emulator.Credentials));

await using FileCiJournal journal = FileCiJournal.Open(journalFile);
Dictionary<CiBulkStatus, int> counts = [];
List<string> submitted = [];
await foreach (CiBulkResult result in client.SubmitAllAsync(Requests(), new CiBulkOptions { Journal = journal, RatePerSecond = 500 }))
{
    counts[result.Status] = counts.GetValueOrDefault(result.Status) + 1;
    if (result.Status == CiBulkStatus.Submitted)
    {
        submitted.Add(result.JobId!);
    }
}

Console.WriteLine(string.Join(", ", counts.OrderBy(count => count.Key).Select(count => $"{count.Key}: {count.Value}")));
int succeeded = 0;
await foreach (CiWaitResult<VideoTargetRecJob> waited in client.WaitAllAsync<VideoTargetRecJob>(submitted))
{
    succeeded += waited.Job?.State == CiJobState.Success ? 1 : 0;
}

Console.WriteLine($"succeeded: {succeeded}");
return 0;

static async IAsyncEnumerable<CiBulkRequest<VideoTargetRecJob>> Requests()
{
    for (int i = 0; i < 100; i++)
    {
        string video = $"input/{i:D3}.mp4";
        yield return new(video, new VideoTargetRecRequest { Input = new() { Object = video }, Operation = new() { VideoTargetRec = new() { Body = true } } });
        await Task.Yield();
    }
}

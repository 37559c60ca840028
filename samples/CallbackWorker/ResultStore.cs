using System.Collections.Concurrent;
using CallbackWorker.CiJobs;
using CiCodegen.Extensions;
using CiCodegen.Runtime;

namespace CallbackWorker;

/// <summary>Keeps what jobs came to. A callback can be forged by whoever knows its address, so the service is asked.</summary>
internal sealed class ResultStore(CiClient client) : ICiCallbackHandler<VideoTargetRecJob>
{
    private readonly ConcurrentDictionary<string, string> _results = new();

    public string? Find(string jobId) => _results.GetValueOrDefault(jobId);

    public async Task HandleAsync(VideoTargetRecJob job, CiCallbackContext context, CancellationToken cancellationToken)
    {
        VideoTargetRecJob told = await client.WaitAsync<VideoTargetRecJob>(job.JobId!, cancellationToken);
        _results[told.JobId!] = $"{told.State}, {told.Operation?.VideoTargetRecResult?.BodyRecognition.Count ?? 0} bodies";
    }
}

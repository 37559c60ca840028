using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace CiCodegen.Emulator;

/// <summary>Which verb a method and path mean.</summary>
internal sealed class Router(CiEmulatorOptions options, EmulatedTags tags, JobVerbs jobs, TemplateVerbs templates, QueueVerbs queues, BatchVerbs batches)
{
    // What the service has and the emulator has not; jobs' paths among them, for families without a Tag so far.
    private static readonly HashSet<string> s_later = new(StringComparer.Ordinal)
    {
        "/jobs", "/pic_jobs", "/ai_jobs", "/asr_jobs", "/doc_jobs", "/file_jobs",
        "/workflow", "/workflowexecution", "/triggerworkflow", "/mediabucket",
        "/virus", "/video", "/image", "/text", "/audio", "/document", "/webpage",
    };

    /// <summary>Carries out a request.</summary>
    /// <param name="request">The request.</param>
    /// <param name="target">Its path, without a bucket that it may begin with.</param>
    /// <param name="bucket">The bucket.</param>
    /// <param name="http">The server's own request, for the body.</param>
    /// <param name="requestId">The answer's id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The answer's document; null for an empty answer.</returns>
    /// <exception cref="ServiceFault">The request is refused.</exception>
    public async Task<XElement?> DispatchAsync(CiRequest request, string target, BucketAddress bucket, HttpRequest http, string requestId, CancellationToken cancellationToken)
    {
        int slash = target.IndexOf('/', 1);
        string path = slash < 0 ? target : target[..slash];
        string? id = slash < 0 ? null : target[(slash + 1)..];
        if (id?.Length == 0 || id?.Contains('/', StringComparison.Ordinal) == true)
        {
            throw ServiceFault.InvalidUrl($"There is nothing at '{request.Path}'.");
        }

        Task<byte[]> Body() => RequestBody.ReadAsync(http, options.MaxRequestLength, cancellationToken);
        if (tags.HasPath(path))
        {
            switch (request.Method, id)
            {
                case ("POST", null):
                    return jobs.Submit(path, bucket, await Body().ConfigureAwait(false));
                case ("GET", null):
                    return jobs.List(ListQuery.Of(request), bucket);
                case ("GET", { } jobId):
                    return jobs.Describe(jobId, bucket);

                // The vendor's SDK for Java leaves '?cancel' away.
                case ("PUT", { } jobId) when request.Query.Count == 0 || request.HasParameter("cancel"):
                    jobs.Cancel(jobId, bucket);
                    return null;
            }
        }
        else if (path == "/template")
        {
            switch (request.Method, id)
            {
                case ("POST", null):
                    return templates.Create(bucket, await Body().ConfigureAwait(false), requestId);
                case ("GET", null):
                    return templates.List(request, bucket, requestId);
                case ("PUT", { } templateId):
                    return templates.Update(templateId, bucket, await Body().ConfigureAwait(false), requestId);
                case ("DELETE", { } templateId):
                    return templates.Delete(templateId, bucket, requestId);
            }
        }
        else if (path == "/inventorytriggerjob")
        {
            switch (request.Method, id)
            {
                case ("POST", null):
                    return batches.Create(bucket, await Body().ConfigureAwait(false), requestId);
                case ("GET", null):
                    return batches.List(request, bucket, requestId);
                case ("GET", { } batchId):
                    return batches.Describe(batchId, bucket, requestId);
                case ("PUT", { } batchId) when request.HasParameter("cancel"):
                    batches.Cancel(batchId, bucket);
                    return null;
            }
        }
        else if (QueueStore.HasPath(path))
        {
            switch (request.Method, id)
            {
                case ("GET", null):
                    return queues.List(path, request, bucket, requestId);
                case ("PUT", { } queueId):
                    return queues.Change(path, queueId, bucket, await Body().ConfigureAwait(false), requestId);
            }
        }
        else
        {
            throw s_later.Contains(path)
                ? ServiceFault.NotImplemented($"The emulator does not have '{path}' yet.")
                : ServiceFault.InvalidUrl($"There is nothing at '{request.Path}'.");
        }

        throw ServiceFault.InvalidUrl($"'{request.Path}' does not take {request.Method}.");
    }
}

using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace CiCodegen.Emulator;

/// <summary>Which verb a method and path mean.</summary>
internal sealed class Router(CiEmulatorOptions options, EmulatedTags tags, JobVerbs jobs)
{
    // What the service has and the emulator has not; jobs' paths among them, for families without a Tag so far.
    private static readonly HashSet<string> s_later = new(StringComparer.Ordinal)
    {
        "/jobs", "/pic_jobs", "/ai_jobs", "/asr_jobs", "/doc_jobs", "/file_jobs", "/inventorytriggerjob",
        "/template", "/queue", "/picqueue", "/ai_queue", "/asrqueue", "/docqueue", "/file_queue",
        "/workflow", "/workflowexecution", "/triggerworkflow", "/mediabucket",
        "/virus", "/video", "/image", "/text", "/audio", "/document", "/webpage",
    };

    /// <summary>Carries out a request.</summary>
    /// <returns>The answer's document; null for an empty answer.</returns>
    /// <exception cref="ServiceFault">The request is refused.</exception>
    public async Task<XElement?> DispatchAsync(CiRequest request, BucketAddress bucket, HttpRequest http, CancellationToken cancellationToken)
    {
        int slash = request.Path.IndexOf('/', 1);
        string path = slash < 0 ? request.Path : request.Path[..slash];
        string? id = slash < 0 ? null : request.Path[(slash + 1)..];
        if (!tags.HasPath(path))
        {
            throw s_later.Contains(path)
                ? ServiceFault.NotImplemented($"The emulator does not have '{path}' yet.")
                : ServiceFault.InvalidUrl($"There is nothing at '{request.Path}'.");
        }

        if (id is null && HttpMethods.IsPost(request.Method))
        {
            byte[] body = await RequestBody.ReadAsync(http, options.MaxRequestLength, cancellationToken).ConfigureAwait(false);
            return jobs.Submit(path, bucket, body);
        }

        if (id is null && HttpMethods.IsGet(request.Method))
        {
            return jobs.List(ListQuery.Of(request), bucket);
        }

        if (!string.IsNullOrEmpty(id) && !id.Contains('/', StringComparison.Ordinal))
        {
            if (HttpMethods.IsGet(request.Method))
            {
                return jobs.Describe(id, bucket);
            }

            // The vendor's SDK for Java leaves '?cancel' away.
            if (HttpMethods.IsPut(request.Method) && (request.Query.Count == 0 || request.HasParameter("cancel")))
            {
                jobs.Cancel(id, bucket);
                return null;
            }
        }

        throw ServiceFault.InvalidUrl($"'{request.Path}' does not take {request.Method}.");
    }
}

using System.Globalization;
using System.Xml.Linq;
using Microsoft.AspNetCore.Http;

namespace CiCodegen.Emulator;

/// <summary>One request from its head to its answer: ids and headers, address, signature, verb, errors.</summary>
internal sealed class Service : IAsyncDisposable
{
    /// <summary>A description may name hundreds of jobs. The server takes more, so that the error has its document.</summary>
    private const int MaxTargetLength = 64 * 1024;

    private readonly CiEmulatorOptions _options;
    private readonly Authenticator _authenticator;
    private readonly BucketAddress _local;
    private readonly Ids _ids;
    private readonly CallbackSender _callbacks;
    private readonly JobVerbs _jobs;
    private readonly Router _router;

    public Service(CiEmulatorOptions options, EmulatedTags tags, JobJournal? journal)
    {
        _options = options;
        _authenticator = new(options);
        _local = new(options.DefaultBucket, options.DefaultRegion);
        _ids = new(options.Seed);
        QueueStore queues = new(options);
        _callbacks = new(options, queues);
        TemplateVerbs templates = new(options, tags);
        _jobs = new(options, tags, journal, queues, templates, _callbacks);
        _router = new(options, tags, _jobs, templates, new QueueVerbs(queues), new BatchVerbs(options));
    }

    /// <summary>Goes on with what an emulator before has left to do.</summary>
    public void Resume() => _jobs.Resume();

    public ValueTask DisposeAsync() => _callbacks.DisposeAsync();

    public async Task HandleAsync(HttpContext context)
    {
        HttpResponse response = context.Response;
        string requestId = _ids.NextRequestId();
        response.Headers.Server = "tencent-ci";
        response.Headers.Date = _options.TimeProvider.GetUtcNow().ToString("R", CultureInfo.InvariantCulture);
        response.Headers["x-ci-request-id"] = requestId;

        XElement? document;
        try
        {
            CiRequest request = CiRequest.Of(context);
            (BucketAddress bucket, string path) = BucketAddress.Of(request.Host, request.Path, _local);
            if (request.TargetLength > MaxTargetLength)
            {
                throw new ServiceFault(414, "InvalidUrl", string.Create(CultureInfo.InvariantCulture, $"Path and query have {request.TargetLength} characters; allowed are {MaxTargetLength}."));
            }

            _authenticator.Check(request);
            document = await _router.DispatchAsync(request, path, bucket, context.Request, requestId, context.RequestAborted).ConfigureAwait(false);
        }
        catch (Exception e) when (!context.RequestAborted.IsCancellationRequested)
        {
            // Anything else is a bug of the emulator; its caller shall see it as one.
            ServiceFault fault = e as ServiceFault ?? new ServiceFault(500, "InternalError", $"{e.GetType().Name}: {e.Message}");
            string traceId = _ids.TraceId(requestId);
            response.StatusCode = fault.Status;
            response.Headers["x-ci-trace-id"] = traceId;
            document = Documents.Error(fault.Code, fault.Message, requestId, traceId);
        }

        if (document is null)
        {
            response.ContentLength = 0;
            return;
        }

        byte[] body = Documents.Write(document);
        response.ContentType = "application/xml";
        response.ContentLength = body.Length;
        if (!HttpMethods.IsHead(context.Request.Method))
        {
            await response.Body.WriteAsync(body, context.RequestAborted).ConfigureAwait(false);
        }
    }
}

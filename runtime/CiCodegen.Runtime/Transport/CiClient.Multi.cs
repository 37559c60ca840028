using System.Buffers;

namespace CiCodegen.Runtime;

/// <content>Several operations on one input in one request.</content>
public sealed partial class CiClient
{
    /// <summary>How many operations one request can have.</summary>
    public const int MaxOperations = 6;

    private const string MultiPath = "/jobs";

    /// <summary>Submits several operations on one input as one request: the service makes a job of each.</summary>
    /// <param name="requests">A request an operation, of any Tags that are submitted to <c>/jobs</c>; everything beside Tag and operation must be equal, as the service takes it once. Up to <see cref="MaxOperations"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The jobs, in the order of the requests; each is of its Tag's own type.</returns>
    /// <remarks>
    /// The request is sent once, as that of a single job is. With <see cref="CiClientOptions.MarkSubmissions"/> each operation carries a mark of
    /// its own. When an answer is lost or tells of some of the jobs only, the others are not looked for: <see cref="CiException.Operations"/> has the marks, for
    /// <see cref="FindSubmittedAsync"/>.
    /// </remarks>
    /// <exception cref="ArgumentException">There are none or too many requests, or they differ in more than Tag and operation.</exception>
    /// <exception cref="CiValidationException">A request breaks its schema; nothing was sent.</exception>
    /// <exception cref="CiException">As for <see cref="SubmitAsync"/>.</exception>
    public async Task<IReadOnlyList<CiJob>> SubmitManyAsync(IEnumerable<ICiJobRequest> requests, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(requests);
        ICiJobRequest[] all = [.. requests];
        if (all.Length is 0 or > MaxOperations)
        {
            throw new ArgumentException($"There are {all.Length} requests; one to {MaxOperations} can go together.", nameof(requests));
        }

        List<CiSubmittedOperation> operations = [];
        byte[] body = Compose(all, operations);
        Submission submission = new(new CiTag("", "", "POST", MultiPath, CiVerbs.Create | CiVerbs.Multi), body, null, _options.TimeProvider.GetUtcNow(), _options.TimeProvider.GetTimestamp());
        try
        {
            return await SendAsync(submission, reply => ReadMany(reply, all, operations), cancellationToken).ConfigureAwait(false);
        }
        catch (CiException e)
        {
            Tell(e, operations);
            throw;
        }
        catch (OperationCanceledException e) when (e.InnerException is CiException inner)
        {
            Tell(inner, operations);
            throw;
        }
    }

    private static void Tell(CiException e, List<CiSubmittedOperation> operations)
    {
        e.Operations = operations;

        // The service took all of them or none, and the answer does not name all.
        if (e is CiResponseException response && response.Jobs.Count(static job => !string.IsNullOrEmpty(job.JobId)) < operations.Count)
        {
            e.IsAmbiguous = true;
        }
    }

    private byte[] Compose(ICiJobRequest[] requests, List<CiSubmittedOperation> submitted)
    {
        byte[]? common = null;
        using PooledBufferWriter operations = new(4096);
        for (int i = 0; i < requests.Length; i++)
        {
            if (_options.ValidateRequests)
            {
                requests[i].Validate().ThrowIfInvalid();
            }

            if (requests[i].JobTag.Path != MultiPath)
            {
                throw new ArgumentException($"Request {i + 1} is of Tag '{requests[i].JobTag.Name}', which is submitted to '{requests[i].JobTag.Path}'; several operations go to '{MultiPath}'.", nameof(requests));
            }

            List<DocumentParts.Part> parts = DocumentParts.Of(Marked(requests[i], submitted), "Request", CiReaderOptions.Default);
            byte[] shared = [.. parts.Where(static p => p.Name is not ("Tag" or "Operation")).SelectMany(static p => p.Whole.ToArray())];
            if (common is not null && !common.AsSpan().SequenceEqual(shared))
            {
                throw new ArgumentException($"Request {i + 1} differs from the first in more than Tag and operation; the service takes Input, queue and callback once for all.", nameof(requests));
            }

            common ??= shared;
            operations.Write("<Operation><Tag>"u8);
            operations.Write((parts.Find(static p => p.Name == "Tag") is { Name: not null } tag ? tag : throw new ArgumentException($"Request {i + 1} has no Tag.", nameof(requests))).Inner.Span);
            operations.Write("</Tag>"u8);
            operations.Write(parts.FirstOrDefault(static p => p.Name == "Operation").Inner.Span);
            operations.Write("</Operation>"u8);
        }

        return [.. "<Request>"u8, .. common!, .. operations.Written, .. "</Request>"u8];
    }

    private byte[] Marked(ICiJobRequest request, List<CiSubmittedOperation> submitted)
    {
        using PooledBufferWriter buffer = new(4096);
        request.WriteTo(buffer);
        byte[] document = buffer.Written.ToArray();
        string? mark = _options.MarkSubmissions ? CiSubmissionMark.New() : null;
        byte[]? marked = mark is null ? null : MarkedRequest.With(document, mark);
        submitted.Add(new(request.JobTag, marked is null ? null : mark));
        return marked ?? document;
    }

    private CiJob[] ReadMany(CiReply reply, ICiJobRequest[] requests, List<CiSubmittedOperation> submitted)
    {
        CiReaderOptions options = _options.ReaderOptions;
        if (CiEncoding.Detect(reply.Body.Span, out int bom) != CiEncodingKind.Utf8)
        {
            throw new CiFormatException(CiFormatError.UnsupportedEncoding, "Response", 0, 0, "the answer is not in UTF-8") { IsFinal = true };
        }

        DocumentParts.Part[] details = [.. DocumentParts.Of(reply.Body[bom..], "Response", options).Where(static p => p.Name == "JobsDetail")];
        if (details.Length != requests.Length)
        {
            throw new CiFormatException(CiFormatError.UnexpectedRoot, "Response", 0, 0, $"the answer has {details.Length} jobs for {requests.Length} operations") { IsFinal = true };
        }

        CiJob?[] jobs = new CiJob?[requests.Length];
        for (int i = 0; i < details.Length; i++)
        {
            byte[] single = [.. "<Response>"u8, .. details[i].Whole.Span, .. "</Response>"u8];
            int at = PlaceOf(single, i, submitted, reply);
            CiJob job = requests[at].ReadJob(single, options) is { JobId.Length: > 0 } read && jobs[at] is null ? read : throw NoJob();

            // Some answers have the Tag in the operation.
            if (job.Tag is { Length: > 0 } tag && tag != requests[at].JobTag.Name)
            {
                throw new CiFormatException(CiFormatError.UnexpectedRoot, "Response", 0, 0, $"job {i + 1} is of Tag '{tag}', the operation of Tag '{requests[at].JobTag.Name}'") { IsFinal = true };
            }

            jobs[at] = job;
        }

        return [.. jobs.Select(static job => job!)];
    }

    /// <summary>Which operation a job is of: by its mark where it has one, else by its place in the answer.</summary>
    private static int PlaceOf(byte[] single, int place, List<CiSubmittedOperation> submitted, CiReply reply)
    {
        if (CiSubmissionMark.Find(CiJobEnvelope.ReadAll(single).FirstOrDefault()?.UserData) is not { } mark)
        {
            return place;
        }

        // An answer with another's mark came over a connection out of step.
        int at = submitted.FindIndex(o => o.Mark == mark);
        return at >= 0 ? at
            : submitted.TrueForAll(static o => o.Mark is null) ? place
            : throw new CiAmbiguousSubmitException("The jobs may have been taken: the answer is that of another submission. Look for them before they are sent again.", new(reply.Status, null, reply.RequestId, reply.TraceId), default, null);
    }
}

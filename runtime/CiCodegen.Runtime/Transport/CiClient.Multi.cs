using System.Buffers;

namespace CiCodegen.Runtime;

/// <content>Several operations on one input in one request.</content>
public sealed partial class CiClient
{
    /// <summary>How many operations one request can have.</summary>
    public const int MaxOperations = 6;

    /// <summary>Submits several operations on one input as one request: the service makes a job of each.</summary>
    /// <param name="requests">A request an operation, of any Tags of media jobs; everything beside Tag and operation must be equal, as the service takes it once. Up to <see cref="MaxOperations"/>.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The jobs, in the order of the requests; each is of its Tag's own type.</returns>
    /// <remarks>
    /// The request is sent once, as that of a single job is. With <see cref="CiClientOptions.MarkSubmissions"/> each operation carries a mark of
    /// its own. When an answer is lost, the jobs are not looked for: <see cref="CiAmbiguousSubmitException.Marks"/> has the marks, for <see cref="FindSubmittedAsync"/>.
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

        List<string> marks = [];
        byte[] body = Compose(all, marks);
        Submission submission = new(new CiTag("", "", "POST", all[0].JobTag.Path, CiVerbs.Create | CiVerbs.Multi), body, null, _options.TimeProvider.GetUtcNow(), _options.TimeProvider.GetTimestamp());
        try
        {
            return await SendAsync(submission, reply => ReadMany(reply, all), cancellationToken).ConfigureAwait(false);
        }
        catch (CiAmbiguousSubmitException e)
        {
            e.Marks = marks;
            throw;
        }
        catch (OperationCanceledException e) when (e.InnerException is CiAmbiguousSubmitException inner)
        {
            inner.Marks = marks;
            throw;
        }
    }

    private byte[] Compose(ICiJobRequest[] requests, List<string> marks)
    {
        byte[]? common = null;
        using PooledBufferWriter operations = new(4096);
        for (int i = 0; i < requests.Length; i++)
        {
            if (_options.ValidateRequests)
            {
                requests[i].Validate().ThrowIfInvalid();
            }

            if (requests[i].JobTag.Path != requests[0].JobTag.Path)
            {
                throw new ArgumentException($"Request {i + 1} is of Tag '{requests[i].JobTag.Name}', which is submitted to '{requests[i].JobTag.Path}', the first to '{requests[0].JobTag.Path}'.", nameof(requests));
            }

            List<DocumentParts.Part> parts = DocumentParts.Of(Marked(requests[i], marks), "Request", CiReaderOptions.Default);
            byte[] shared = [.. parts.Where(static p => p.Name is not ("Tag" or "Operation")).SelectMany(static p => p.Whole.ToArray())];
            if (common is not null && !common.AsSpan().SequenceEqual(shared))
            {
                throw new ArgumentException($"Request {i + 1} differs from the first in more than Tag and operation; the service takes Input, queue and callback once for all.", nameof(requests));
            }

            common ??= shared;
            operations.Write("<Operation><Tag>"u8);
            operations.Write(parts.First(static p => p.Name == "Tag").Inner.Span);
            operations.Write("</Tag>"u8);
            operations.Write(parts.FirstOrDefault(static p => p.Name == "Operation").Inner.Span);
            operations.Write("</Operation>"u8);
        }

        return [.. "<Request>"u8, .. common!, .. operations.Written, .. "</Request>"u8];
    }

    private byte[] Marked(ICiJobRequest request, List<string> marks)
    {
        using PooledBufferWriter buffer = new(4096);
        request.WriteTo(buffer);
        byte[] document = buffer.Written.ToArray();
        string? mark = _options.MarkSubmissions ? CiSubmissionMark.New() : null;
        if (mark is null || MarkedRequest.With(document, mark) is not { } marked)
        {
            return document;
        }

        marks.Add(mark);
        return marked;
    }

    private CiJob[] ReadMany(CiReply reply, ICiJobRequest[] requests)
    {
        CiReaderOptions options = _options.ReaderOptions;
        ReadOnlyMemory<byte> body = CiEncoding.Detect(reply.Body.Span, out int bom) == CiEncodingKind.Utf8 ? reply.Body[bom..] : reply.Body;
        List<DocumentParts.Part> parts = DocumentParts.Of(body, "Response", options);
        DocumentParts.Part[] details = [.. parts.Where(static p => p.Name == "JobsDetail")];
        if (details.Length != requests.Length)
        {
            throw new CiFormatException(CiFormatError.UnexpectedRoot, "Response", 0, 0, $"the answer has {details.Length} jobs for {requests.Length} operations") { IsFinal = true };
        }

        CiJob[] jobs = new CiJob[requests.Length];
        for (int i = 0; i < jobs.Length; i++)
        {
            byte[] single = [.. "<Response>"u8, .. details[i].Whole.Span, .. "</Response>"u8];
            jobs[i] = requests[i].ReadJob(single, options) is { JobId.Length: > 0 } job ? job : throw NoJob();

            // Some answers have the Tag in the operation.
            if (jobs[i].Tag is { Length: > 0 } tag && tag != requests[i].JobTag.Name)
            {
                throw new CiFormatException(CiFormatError.UnexpectedRoot, "Response", 0, 0, $"job {i + 1} is of Tag '{tag}', the operation of Tag '{requests[i].JobTag.Name}'") { IsFinal = true };
            }
        }

        return jobs;
    }
}

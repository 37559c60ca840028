namespace CiCodegen.Runtime;

/// <content>Submitting a job, once.</content>
public sealed partial class CiClient
{
    /// <summary>Submits a job.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="request">The request; checked against its schema first, unless the options say otherwise.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job as the service took it, mostly in state <c>Submitted</c>.</returns>
    /// <remarks>With <see cref="CiClientOptions.MarkSubmissions"/>, a job whose answer was lost is looked for and returned when it is found.</remarks>
    /// <exception cref="CiValidationException">The request breaks its schema; it was not sent.</exception>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry; it was not sent.</exception>
    /// <exception cref="CiCredentialException">There is nothing to sign with; it was not sent.</exception>
    /// <exception cref="CiServiceException">The service refused it.</exception>
    /// <exception cref="CiTransportException">The service could not be reached; it was not sent.</exception>
    /// <exception cref="CiAmbiguousSubmitException">Nobody knows whether the service took it.</exception>
    /// <exception cref="CiResponseException">The service took it, but its answer cannot be read; the job's id is in the exception.</exception>
    public async Task<TJob> SubmitAsync<TJob>(ICiJobRequest<TJob> request, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(request);
        if (_options.ValidateRequests)
        {
            request.Validate().ThrowIfInvalid();
        }

        Submission submission = Prepare(TJob.JobTag, Written(request), _options.MarkSubmissions ? CiSubmissionMark.New() : null);
        try
        {
            return await SendAsync(submission, reply => ReadOne<TJob>(reply, null), cancellationToken).ConfigureAwait(false);
        }
        catch (CiResponseException e) when (IsCutOff(e) && Taken(e.Jobs) is { } taken)
        {
            // The answer broke off behind the id: the job exists, so it can be asked for.
            return await DescribeKnownAsync<TJob>(taken, e, submission.Started, cancellationToken).ConfigureAwait(false);
        }
        catch (CiAmbiguousSubmitException e) when (submission.Mark is not null)
        {
            CiJobEnvelope found = await LookForAsync(submission, e, cancellationToken).ConfigureAwait(false);
            CiResponseException unread = new("The answer was lost; the job was found by its mark, but cannot be asked for.", default, [found], default, isTruncated: false, innerException: null);
            return await DescribeKnownAsync<TJob>(found, unread, submission.Started, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Submits a document as it is; no schema is asked, nothing is marked. POSTs to the path.</summary>
    /// <param name="path">The path, as in <c>/jobs</c>.</param>
    /// <param name="xml">The document, in UTF-8.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The path does not begin with a slash, or has a query.</exception>
    /// <exception cref="CiException">As for <see cref="SubmitAsync"/>.</exception>
    public Task<CiRawResult> SubmitRawAsync(string path, ReadOnlyMemory<byte> xml, CancellationToken cancellationToken = default)
        => SubmitRawCoreAsync(Prepare(new CiTag("", "", "POST", CheckedPath(path), CiVerbs.Create), xml.ToArray(), mark: null), cancellationToken);

    /// <summary>Submits a document of a Tag; no schema is asked. With <see cref="CiClientOptions.MarkSubmissions"/> it is marked, and looked for when its answer is lost.</summary>
    /// <param name="tag">The Tag.</param>
    /// <param name="xml">The document, in UTF-8.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiException">As for <see cref="SubmitAsync"/>.</exception>
    public Task<CiRawResult> SubmitRawAsync(CiTag tag, ReadOnlyMemory<byte> xml, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tag);
        return SubmitRawCoreAsync(Prepare(tag, xml.ToArray(), _options.MarkSubmissions ? CiSubmissionMark.New() : null), cancellationToken);
    }

    /// <summary>Looks through the service's list for a job that carries a mark, newest first.</summary>
    /// <param name="tag">The job's Tag.</param>
    /// <param name="mark">The mark, as in <see cref="CiAmbiguousSubmitException.Mark"/>.</param>
    /// <param name="notBefore">When the submission began, as in <see cref="CiAmbiguousSubmitException.SentAt"/>: older jobs are not looked at.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The job; null when it is not there now, which proves nothing: lists lag, and what is under way may still arrive.</returns>
    /// <exception cref="ArgumentException">The mark is none.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, or its answer cannot be read.</exception>
    public async Task<CiJobEnvelope?> FindSubmittedAsync(CiTag tag, string mark, DateTimeOffset notBefore, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(mark);
        if (!CiSubmissionMark.IsMark(mark))
        {
            throw new ArgumentException($"'{mark}' is no mark.", nameof(mark));
        }

        LookupPass pass = await Lookup.PassAsync(tag, [mark], notBefore, started: null, cancellationToken).ConfigureAwait(false);
        return pass.Found.TryGetValue(mark, out CiJobEnvelope? job) ? job : pass.Failure is null ? null : throw pass.Failure;
    }

    /// <summary>Looks jobs up by their marks.</summary>
    internal SubmissionLookup Lookup => new(_pipeline, _transport, _options);

    /// <summary>A submission with its mark in place.</summary>
    /// <param name="tag">The Tag, or the path alone.</param>
    /// <param name="body">The document.</param>
    /// <param name="mark">The mark; null for none.</param>
    internal Submission Prepare(CiTag tag, byte[] body, string? mark)
    {
        byte[]? marked = mark is null ? null : MarkedRequest.With(body, mark);
        return new(tag, marked ?? body, marked is null ? null : mark, _options.TimeProvider.GetUtcNow(), _options.TimeProvider.GetTimestamp());
    }

    /// <summary>Sends a submission.</summary>
    /// <exception cref="CiAmbiguousSubmitException">Nobody knows whether the service took it; it was not looked for.</exception>
    internal async Task<T> SendAsync<T>(Submission submission, Func<CiReply, T> read, CancellationToken cancellationToken, Action<TimeSpan?>? throttled = null)
    {
        CiCall call = new()
        {
            Operation = "submit",
            Method = new HttpMethod(submission.Tag.Method),
            Path = submission.Tag.Path,
            Tag = submission.Tag.Name.Length > 0 ? submission.Tag.Name : null,
            Body = submission.Body,
            Effect = CallEffect.Submits,
            Started = submission.Started,
            Throttled = throttled,
        };
        try
        {
            return await _pipeline.SendAsync(call, reply => submission.Mark is null ? read(reply) : Own(reply, submission.Mark, read), cancellationToken).ConfigureAwait(false);
        }
        catch (CiAmbiguousSubmitException e)
        {
            submission.Describe(e);
            throw;
        }
        catch (OperationCanceledException e) when (e.InnerException is CiAmbiguousSubmitException inner)
        {
            submission.Describe(inner);
            throw;
        }
    }

    private async Task<CiRawResult> SubmitRawCoreAsync(Submission submission, CancellationToken cancellationToken)
    {
        try
        {
            return await SendAsync(submission, reply => Raw(reply, needsJob: true), cancellationToken).ConfigureAwait(false);
        }
        catch (CiResponseException e) when (Taken(e.Jobs) is not null)
        {
            // Cut off or garbled, yet the id is known: the job is there.
            return new(e.HttpStatus ?? 0, e.RequestId, e.Jobs, e.RawBody);
        }
        catch (CiAmbiguousSubmitException e) when (submission.Mark is not null)
        {
            CiJobEnvelope found = await LookForAsync(submission, e, cancellationToken).ConfigureAwait(false);
            return new(e.HttpStatus ?? 0, e.RequestId, [found], default);
        }
    }

    /// <summary>Looks for a submission of unknown outcome until it is found or the window has passed.</summary>
    /// <exception cref="CiAmbiguousSubmitException">It was not found.</exception>
    private async Task<CiJobEnvelope> LookForAsync(Submission submission, CiAmbiguousSubmitException unknown, CancellationToken cancellationToken)
    {
        try
        {
            CiJobEnvelope found = await Lookup.WindowAsync(submission, unknown, cancellationToken).ConfigureAwait(false) ?? throw unknown;
            _options.Tell(new(CiClientEventKind.Found, "submit", unknown.Tag, found.JobId, unknown.Lookups, _options.TimeProvider.GetElapsedTime(submission.Started), unknown.HttpStatus, unknown.RequestId, null, unknown));
            return found;
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            throw new OperationCanceledException("The search for a job that may have been taken was cancelled.", unknown, e.CancellationToken);
        }
    }

    /// <summary>Asks for a job whose id is known; fails with what is known when it cannot be asked for.</summary>
    private async Task<TJob> DescribeKnownAsync<TJob>(CiJobEnvelope job, CiResponseException known, long started, CancellationToken cancellationToken)
        where TJob : CiJob, ICiJob<TJob>
    {
        try
        {
            return await DescribeCoreAsync<TJob>(job.JobId!, started, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e) when (e is CiException or OperationCanceledException)
        {
            throw known;
        }
    }

    // An answer that echoes another's mark came over a connection out of step: the job it names is somebody else's.
    private static T Own<T>(CiReply reply, string mark, Func<CiReply, T> read)
    {
        T value = read(reply);
        return Taken(CiJobEnvelope.ReadAll(reply.Body)) is { UserData: { } echo } && CiSubmissionMark.Find(echo) is { } other && other != mark
            ? throw new CiAmbiguousSubmitException("The job may have been taken: the answer is that of another submission. Look for it before it is sent again.", new(reply.Status, null, reply.RequestId, reply.TraceId), default, null)
            : value;
    }

    /// <summary>The first job that has an id; null when none has.</summary>
    internal static CiJobEnvelope? Taken(IReadOnlyList<CiJobEnvelope> jobs)
    {
        foreach (CiJobEnvelope job in jobs)
        {
            if (!string.IsNullOrEmpty(job.JobId))
            {
                return job;
            }
        }

        return null;
    }

    private static CiJobEnvelope? Find(IReadOnlyList<CiJobEnvelope> jobs, string jobId)
    {
        foreach (CiJobEnvelope job in jobs)
        {
            if (job.JobId == jobId)
            {
                return job;
            }
        }

        return null;
    }

    /// <summary>The id of the job that was made.</summary>
    internal string ReadJobId(CiReply reply) => Taken(Raw(reply, needsJob: true).Jobs)!.JobId!;

    /// <summary>Whether an answer is cut off or garbled, but for what came before.</summary>
    private static bool IsCutOff(CiResponseException e)
        => e.IsTruncated || e.InnerException is CiFormatException { Error: CiFormatError.NotWellFormed or CiFormatError.IllegalCharacter };

    private static byte[] Written<TJob>(ICiJobRequest<TJob> request)
        where TJob : CiJob, ICiJob<TJob>
    {
        // The array of its own outlives the call: a handler may still be sending when a try was given up.
        using PooledBufferWriter buffer = new(4096);
        request.WriteTo(buffer);
        return buffer.Written.ToArray();
    }
}

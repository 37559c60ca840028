namespace CiCodegen.Runtime;

/// <summary>A document on its way to become a job.</summary>
/// <param name="Tag">Its Tag; without a name when a document goes out as it is.</param>
/// <param name="Body">The document as it is sent.</param>
/// <param name="Mark">The mark that it carries; null for none.</param>
/// <param name="SentAt">When it began, by this machine's clock.</param>
/// <param name="Started">The same for measuring.</param>
internal sealed record Submission(CiTag Tag, byte[] Body, string? Mark, DateTimeOffset SentAt, long Started)
{
    /// <summary>Tells an exception what it is about.</summary>
    public void Describe(CiAmbiguousSubmitException e)
    {
        e.Tag = Tag.Name.Length > 0 ? Tag.Name : null;
        e.Mark = Mark;
        e.SentAt = SentAt;
    }
}

/// <summary>Looks for submitted jobs by their marks in the service's list.</summary>
internal sealed class SubmissionLookup(CiPipeline pipeline, CiTransport transport, CiClientOptions options)
{
    private const int MaxPages = 1000;
    private const int MaxPageFailures = 3;
    private static readonly TimeSpan s_firstPause = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromSeconds(2);

    // The service takes signatures of clocks that are wrong by a quarter of an hour, so that much may lie between its clock and an unknown one.
    private static readonly TimeSpan s_knownClock = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_unknownClock = TimeSpan.FromMinutes(16);

    /// <summary>Looks again and again until the job is found, the window has passed, or the call's time is up.</summary>
    public async Task<CiJobEnvelope?> WindowAsync(Submission submission, CiAmbiguousSubmitException unknown, CancellationToken cancellationToken)
    {
        TimeProvider time = options.TimeProvider;
        TimeSpan window = options.CallTimeout is { } limit ? Min(options.LookupWindow, limit - time.GetElapsedTime(submission.Started)) : options.LookupWindow;
        if (window <= TimeSpan.Zero)
        {
            return null;
        }

        long begin = time.GetTimestamp();
        using CancellationTokenSource end = new(Timers.Fitting(window), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, end.Token);
        TimeSpan pause = s_firstPause;
        while (true)
        {
            try
            {
                LookupPass pass = await PassAsync(submission.Tag, [submission.Mark!], submission.SentAt, submission.Started, either.Token).ConfigureAwait(false);
                unknown.Lookups += pass.Failure is null ? 1 : 0;
                if (pass.Found.TryGetValue(submission.Mark!, out CiJobEnvelope? job))
                {
                    return job;
                }
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
            {
                return null;
            }

            TimeSpan left = window - time.GetElapsedTime(begin);
            if (left <= TimeSpan.FromMilliseconds(1))
            {
                return null;
            }

            // The last look stands at the window's end, less what it takes.
            await Task.Delay(Min(pause, left * 0.9), time, cancellationToken).ConfigureAwait(false);
            pause = Min(pause * 2, s_longestPause);
        }
    }

    /// <summary>Looks through the list once, newest first.</summary>
    /// <param name="tag">The jobs' Tag.</param>
    /// <param name="marks">The marks.</param>
    /// <param name="notBefore">When the oldest of the submissions began, by this machine's clock.</param>
    /// <param name="started">When the call began of which this is a part; null for none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task<LookupPass> PassAsync(CiTag tag, IReadOnlyCollection<string> marks, DateTimeOffset notBefore, long? started, CancellationToken cancellationToken)
    {
        DateTimeOffset oldest = notBefore + (transport.ServerAhead ?? transport.ClockOffset) - (transport.ServerAhead is null ? s_unknownClock : s_knownClock);
        LookupPass pass = new(new HashSet<string>(marks, StringComparer.Ordinal));
        CiListQuery query = new() { StartCreationTime = oldest, PageSize = 100 };
        string? token = null;
        int failures = 0;
        for (int page = 0; page < MaxPages && !pass.IsDone; page++)
        {
            CiCall call = CiClient.ListCall(tag, query, token, started);
            IReadOnlyList<CiJobEnvelope> jobs;
            string? next;
            try
            {
                (jobs, next) = await pipeline.SendAsync(
                    call,
                    reply => (CiJobEnvelope.ReadAll(reply.Body, options.ReaderOptions), CiXml.Read<RawPage>(reply.Body, options.ReaderOptions).NextToken),
                    cancellationToken).ConfigureAwait(false);
            }
            catch (CiException e) when (++failures <= MaxPageFailures && e is not CiCredentialException)
            {
                // A pass of many pages would never come to its end if one refusal ended it.
                await Task.Delay(s_firstPause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
                continue;
            }
            catch (CiException e)
            {
                pass.Failure = e;
                return pass;
            }

            pass.Take(jobs);

            // A service that does not know the parameter would list a month.
            if (string.IsNullOrEmpty(next) || next == token || (jobs.Count > 0 && jobs.All(job => job.CreationTime < oldest)))
            {
                break;
            }

            token = next;
        }

        return pass;
    }

    private static TimeSpan Min(TimeSpan a, TimeSpan b) => a < b ? a : b;
}

/// <summary>What one look through the list brought.</summary>
internal sealed class LookupPass(HashSet<string> marks)
{
    /// <summary>The jobs that are there, by their marks.</summary>
    public Dictionary<string, CiJobEnvelope> Found { get; } = new(StringComparer.Ordinal);

    /// <summary>Why it did not come to the list's end; null when it did. What was found until then counts.</summary>
    public CiException? Failure { get; set; }

    public bool IsDone => Found.Count == marks.Count;

    public void Take(IEnumerable<CiJobEnvelope> jobs)
    {
        foreach (CiJobEnvelope job in jobs)
        {
            if (!string.IsNullOrEmpty(job.JobId) && CiSubmissionMark.Find(job.UserData) is { } mark && marks.Contains(mark))
            {
                Found.TryAdd(mark, job);
            }
        }
    }
}

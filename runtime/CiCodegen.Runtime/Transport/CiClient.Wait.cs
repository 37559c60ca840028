namespace CiCodegen.Runtime;

/// <content>Waiting for a job to end.</content>
public sealed partial class CiClient
{
    // So many questions in a row may fail before waiting ends; each has its own tries behind it already.
    private const int MaxFailedPolls = 5;

    /// <summary>Waits until a job has ended, as <see cref="CiClientOptions.Wait"/> says.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="jobId">The job's id.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the job.</param>
    /// <returns>The job in its last state; it may have failed.</returns>
    /// <exception cref="CiWaitTimeoutException">The job did not end in time.</exception>
    /// <exception cref="CiException">As for <see cref="DescribeAsync"/>.</exception>
    public Task<TJob> WaitAsync<TJob>(string jobId, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
        => WaitAsync<TJob>(jobId, null, null, cancellationToken);

    /// <summary>Waits until a job has ended. Only its envelope is read until then, so a change in a Tag's results does not end the waiting.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="jobId">The job's id.</param>
    /// <param name="options">How to wait; null for <see cref="CiClientOptions.Wait"/>.</param>
    /// <param name="progress">Is told what each question brought; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the job.</param>
    /// <returns>The job in its last state; it may have failed.</returns>
    /// <exception cref="CiWaitTimeoutException">The job did not end in time.</exception>
    /// <exception cref="CiResponseException">The job ended but cannot be read as <typeparamref name="TJob"/>; its id and state are in the exception.</exception>
    /// <exception cref="CiException">As for <see cref="DescribeAsync"/>.</exception>
    public Task<TJob> WaitAsync<TJob>(string jobId, CiWaitOptions? options, IProgress<CiJobEnvelope>? progress, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
        => WaitCoreAsync(TJob.JobTag.Path, TJob.JobTag.Name, jobId, options, progress, reply => ReadOne<TJob>(reply, jobId), cancellationToken);

    /// <summary>Waits until a job of any Tag has ended.</summary>
    /// <param name="path">The path of its submission, as in <c>/jobs</c>.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="options">How to wait; null for <see cref="CiClientOptions.Wait"/>.</param>
    /// <param name="progress">Is told what each question brought; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the job.</param>
    /// <returns>The answer with the job in its last state; the job may have failed.</returns>
    /// <exception cref="CiWaitTimeoutException">The job did not end in time.</exception>
    /// <exception cref="CiException">As for <see cref="DescribeRawAsync"/>.</exception>
    public Task<CiRawResult> WaitRawAsync(string path, string jobId, CiWaitOptions? options, IProgress<CiJobEnvelope>? progress, CancellationToken cancellationToken = default)
        => WaitCoreAsync(CheckedPath(path), null, jobId, options, progress, reply => Raw(reply, needsJob: true), cancellationToken);

    private async Task<T> WaitCoreAsync<T>(
        string path,
        string? tag,
        string jobId,
        CiWaitOptions? options,
        IProgress<CiJobEnvelope>? progress,
        Func<CiReply, T> readEnded,
        CancellationToken cancellationToken)
        where T : class
    {
        CiWaitOptions wait = options ?? _options.Wait;
        wait.Validate();
        CiCall call = DescribeCall(path, tag, [jobId]);
        TimeProvider time = _options.TimeProvider;
        long start = time.GetTimestamp();
        using CancellationTokenSource deadline = new(Timers.Fitting(wait.Deadline), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using CiJobSignals.Subscription? signals = wait.Signals?.Subscribe(signalled => signalled == jobId);
        CiJobEnvelope? lastSeen = null;
        CiException? lastFailure = null;
        TimeSpan pause = wait.InitialDelay;
        int failed = 0;
        bool wasSigned = false;
        try
        {
            while (true)
            {
                try
                {
                    (CiJobEnvelope? seen, T? ended) = await _pipeline.SendAsync(call, reply => Poll(reply, jobId, readEnded), either.Token).ConfigureAwait(false);
                    failed = 0;
                    lastFailure = null;
                    lastSeen = seen ?? lastSeen;
                    if (seen is not null)
                    {
                        progress?.Report(seen);
                    }

                    if (ended is not null)
                    {
                        return ended;
                    }
                }
                catch (CiException e) when (++failed < MaxFailedPolls && (Passes(e, wasSigned) || e is CiResponseException { IsTruncated: true }))
                {
                    lastFailure = e;
                }
                catch (CiJobNotFoundException e) when (failed < MaxFailedPolls && (lastSeen is not null || lastFailure is not CiJobNotFoundException))
                {
                    // A job just made may not be seen at once everywhere, nor may one that was seen; one that stays away is gone.
                    lastFailure = e;
                }

                wasSigned |= lastFailure is not CiCredentialException;

                // Up to a quarter less, so that many waiters do not ask at the same moment.
                await PauseAsync(signals, Timers.Times(pause, 1 - (_options.Random() / 4)), either.Token).ConfigureAwait(false);
                TimeSpan next = Timers.Times(pause, wait.Growth);
                pause = next < wait.MaxDelay ? next : wait.MaxDelay;
            }
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
        {
            throw new CiWaitTimeoutException(jobId, lastSeen, time.GetElapsedTime(start), lastFailure);
        }
        catch (OperationCanceledException e) when (cancellationToken.IsCancellationRequested)
        {
            // Under the caller's own token, not the one that also knows the deadline.
            throw new OperationCanceledException(e.Message, e, cancellationToken);
        }
    }

    /// <summary>Whether a later question may do better.</summary>
    /// <param name="e">Why this one failed.</param>
    /// <param name="wasSigned">Whether there were credentials before: then whoever gives them is out of order only for a while.</param>
    private static bool Passes(CiException e, bool wasSigned)
        => e is CiTransportException or CiServiceException { IsTransient: true } || (wasSigned && e is CiCredentialException);

    private (CiJobEnvelope? Seen, T? Ended) Poll<T>(CiReply reply, string jobId, Func<CiReply, T> readEnded)
        where T : class
    {
        IReadOnlyList<CiJobEnvelope> jobs = CiJobEnvelope.ReadAll(reply.Body, _options.ReaderOptions);
        CiJobEnvelope? seen = Find(jobs, jobId);
        if (seen is null)
        {
            // Tells an error document and a broken answer from one that does not know the job.
            RawPage page = CiXml.Read<RawPage>(reply.Body, _options.ReaderOptions);
            throw Missing(reply, jobId, jobs.Count > 0 && !page.NonExistJobIds.Contains(jobId));
        }

        return (seen, seen.State is { IsFinal: true } ? readEnded(reply) : null);
    }
}

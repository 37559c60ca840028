using System.Runtime.CompilerServices;

namespace CiCodegen.Runtime;

/// <content>Waiting for many jobs to end.</content>
public sealed partial class CiClient
{
    // A path of fifty ids stays below two thousand characters.
    private const int MaxIdsAtOnce = 50;

    /// <summary>Waits until many jobs have ended; each is returned when it has. Up to fifty are asked for with one request.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="jobIds">The jobs' ids; ones that come twice count once.</param>
    /// <param name="options">How to wait; null for <see cref="CiClientOptions.Wait"/>. The pause grows while nothing ends and shrinks when something did.</param>
    /// <param name="progress">Is told how far it is after each question; null for nobody.</param>
    /// <param name="cancellationToken">Cancels the waiting, not the jobs.</param>
    /// <returns>One result for each job, in the order in which they end; at the deadline the rest, each with a <see cref="CiWaitTimeoutException"/>.</returns>
    /// <exception cref="ArgumentException">An id cannot be one, or an option is out of range.</exception>
    public async IAsyncEnumerable<CiWaitResult<TJob>> WaitAllAsync<TJob>(
        IEnumerable<string> jobIds, CiWaitOptions? options = null, IProgress<CiWaitProgress>? progress = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(jobIds);
        CiWaitOptions wait = options ?? _options.Wait;
        wait.Validate();
        string[] ids = [.. jobIds.Distinct(StringComparer.Ordinal)];
        Array.ForEach(ids, CheckId);
        WaitRound<TJob> round = new(this, ids);
        TimeProvider time = _options.TimeProvider;
        long start = time.GetTimestamp();
        using CancellationTokenSource deadline = new(Timers.Fitting(wait.Deadline), time);
        using CancellationTokenSource either = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, deadline.Token);
        using CiJobSignals.Subscription? signals = wait.Signals?.Subscribe(round.IsOpen);
        TimeSpan pause = wait.InitialDelay;
        long lastRound = start;
        IReadOnlyList<string> ask = ids;
        while (true)
        {
            bool over = false;
            try
            {
                await round.AskAsync(ask, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
            {
                over = true;
            }

            bool anyEnded = round.Ended.Count > 0;
            while (round.Ended.TryDequeue(out CiWaitResult<TJob>? ended))
            {
                yield return ended;
            }

            progress?.Report(new(ids.Length, ids.Length - round.Open.Count, round.Running));
            if (round.Open.Count == 0)
            {
                yield break;
            }

            try
            {
                TimeSpan left = Timers.Times(pause, 1 - (_options.Random() / 4)) - time.GetElapsedTime(lastRound);
                ask = over ? [] : await PauseAsync(signals, left > TimeSpan.Zero ? left : TimeSpan.Zero, either.Token).ConfigureAwait(false);
            }
            catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested && deadline.IsCancellationRequested)
            {
                over = true;
            }

            if (over)
            {
                foreach (CiWaitResult<TJob> late in round.Late(time.GetElapsedTime(start)))
                {
                    yield return late;
                }

                yield break;
            }

            if (ask.Count == 0)
            {
                // The whole round again: sooner when jobs are ending, later when nothing moves.
                ask = [.. round.Open.Keys];
                lastRound = time.GetTimestamp();
                TimeSpan next = anyEnded ? pause / wait.Growth : Timers.Times(pause, wait.Growth);
                pause = next < wait.InitialDelay ? wait.InitialDelay : next < wait.MaxDelay ? next : wait.MaxDelay;
            }
        }
    }

    /// <summary>Pauses; a signal ends the pause.</summary>
    /// <returns>The jobs that were signalled; none when the pause is over.</returns>
    private async Task<IReadOnlyList<string>> PauseAsync(CiJobSignals.Subscription? signals, TimeSpan pause, CancellationToken cancellationToken)
    {
        if (signals is not null)
        {
            return await signals.WaitAsync(pause, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        }

        await Timers.DelayAsync(pause, _options.TimeProvider, cancellationToken).ConfigureAwait(false);
        return [];
    }

    /// <summary>The jobs that are waited for, and what was seen of them.</summary>
    private sealed class WaitRound<TJob>(CiClient client, IEnumerable<string> ids)
        where TJob : CiJob, ICiJob<TJob>
    {
        // Whoever signals looks in here, from any thread.
        private readonly object _lock = new();
        private bool _oneByOne;
        private bool _wasSigned;

        public Dictionary<string, Waited> Open { get; } = ids.ToDictionary(static id => id, static _ => new Waited(), StringComparer.Ordinal);

        public Queue<CiWaitResult<TJob>> Ended { get; } = new();

        public int Running => Open.Values.Count(static waited => waited.LastSeen?.State == CiJobState.Running);

        public bool IsOpen(string jobId)
        {
            lock (_lock)
            {
                return Open.ContainsKey(jobId);
            }
        }

        public IEnumerable<CiWaitResult<TJob>> Late(TimeSpan waited)
            => Open.Select(pair => new CiWaitResult<TJob>(pair.Key, null, new CiWaitTimeoutException(pair.Key, pair.Value.LastSeen, waited, pair.Value.LastFailure)));

        /// <summary>Asks for jobs, as many at once as the service lets.</summary>
        public async Task AskAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken)
        {
            foreach (string[] batch in jobIds.Where(Open.ContainsKey).Chunk(_oneByOne ? 1 : MaxIdsAtOnce))
            {
                try
                {
                    await AskBatchAsync(batch, cancellationToken).ConfigureAwait(false);
                    _wasSigned = true;
                }
                catch (CiServiceException e) when (batch.Length > 1 && !e.IsTransient && e.HttpStatus is 400 or 404 or 405)
                {
                    // Not every family takes several ids.
                    (_oneByOne, _wasSigned) = (true, true);
                    await AskAsync(batch, cancellationToken).ConfigureAwait(false);
                }
                catch (CiException e)
                {
                    bool passes = Passes(e, _wasSigned) || e is CiResponseException;
                    _wasSigned |= e is not CiCredentialException;
                    Array.ForEach(batch, id => Failed(id, e, passes ? MaxFailedPolls : 1));
                }
            }
        }

        private async Task AskBatchAsync(string[] batch, CancellationToken cancellationToken)
        {
            (IReadOnlyList<CiJobEnvelope> jobs, RawPage page, CiReply reply) = await client._pipeline.SendAsync(
                DescribeCall(TJob.JobTag.Path, TJob.JobTag.Name, batch),
                reply => (CiJobEnvelope.ReadAll(reply.Body, client._options.ReaderOptions), CiXml.Read<RawPage>(reply.Body, client._options.ReaderOptions), reply),
                cancellationToken).ConfigureAwait(false);
            List<string> over = [];
            foreach (string id in batch)
            {
                CiJobEnvelope? seen = jobs.FirstOrDefault(job => job.JobId == id);
                if (seen is null)
                {
                    // A job just made may not be seen at once everywhere, nor may one that was seen; one that stays away is gone.
                    bool unknown = page.NonExistJobIds.Contains(id) || jobs.Count == 0;
                    Failed(id, new CiJobNotFoundException(id, new(reply.Status, null, reply.RequestId, reply.TraceId)), unknown && Open[id].LastSeen is null ? 2 : MaxFailedPolls);
                    continue;
                }

                Open[id].See(seen);
                if (seen.State is { IsFinal: true })
                {
                    over.Add(id);
                }
            }

            List<TJob> typed = over.Count > 0 ? TryRead(reply) : [];
            foreach (string id in over)
            {
                if (typed.Find(job => job.JobId == id) is { } job)
                {
                    End(new(id, job, null));
                }
                else
                {
                    await AskAloneAsync(id, cancellationToken).ConfigureAwait(false);
                }
            }
        }

        private List<TJob> TryRead(CiReply reply)
        {
            try
            {
                return client.ReadAll<TJob>(reply).JobsDetail;
            }
            catch (CiFormatException)
            {
                // One job spoils it for all: each is asked for alone, and its own exception says what cannot be read.
                return [];
            }
        }

        private async Task AskAloneAsync(string id, CancellationToken cancellationToken)
        {
            try
            {
                End(new(id, await client.DescribeAsync<TJob>(id, cancellationToken).ConfigureAwait(false), null));
            }
            catch (CiException e)
            {
                Failed(id, e, Passes(e, wasSigned: true) ? MaxFailedPolls : 1);
            }
        }

        private void Failed(string id, CiException e, int limit)
        {
            if (Open.TryGetValue(id, out Waited? waited) && waited.Fail(e) >= limit)
            {
                End(new(id, null, e));
            }
        }

        private void End(CiWaitResult<TJob> result)
        {
            lock (_lock)
            {
                Open.Remove(result.JobId);
            }

            Ended.Enqueue(result);
        }
    }

    /// <summary>What was seen of a job that is waited for.</summary>
    private sealed class Waited
    {
        private int _failures;

        public CiJobEnvelope? LastSeen { get; private set; }

        public CiException? LastFailure { get; private set; }

        public void See(CiJobEnvelope job)
        {
            LastSeen = job;

            // One that has ended is here because it cannot be asked for alone.
            if (job.State is not { IsFinal: true })
            {
                LastFailure = null;
                _failures = 0;
            }
        }

        public int Fail(CiException e)
        {
            LastFailure = e;
            return ++_failures;
        }
    }
}

using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using System.Threading.Channels;

namespace CiCodegen.Runtime;

/// <summary>One of many requests on its way.</summary>
/// <param name="Index">Its position.</param>
/// <param name="Key">Its key in the journal.</param>
/// <param name="Tag">Its Tag.</param>
/// <param name="Body">Its document, without a mark.</param>
/// <param name="Invalid">Why it cannot be sent; null when it can.</param>
internal sealed record BulkWork(long Index, string Key, CiTag Tag, byte[] Body, Exception? Invalid)
{
    public string Hash { get; } = Convert.ToHexString(SHA256.HashData(Body).AsSpan(0, 16)).ToLowerInvariant();
}

/// <summary>Submits many requests: writes down what it is about to send, sends, writes down what became of it, looks for what was lost.</summary>
/// <remarks>
/// A run ends in one of two ways. When its consumer leaves or cancels, what is under way is broken off. When something fails (the source of
/// requests, the journal, too many submissions in a row), nothing more is begun, but what was sent is finished and told before the failure is.
/// </remarks>
internal sealed class BulkRun : IDisposable
{
    // So often a request that is too much for the service is sent again, at an ever slower pace, before it counts as not sent.
    private const int MaxThrottledRounds = 20;

    private readonly CiClient _client;
    private readonly CiClientOptions _options;
    private readonly CiBulkOptions _bulk;
    private readonly ICiPace _pace;
    private readonly Channel<CiBulkResult> _results;
    private readonly LostWorks _lost;
    private readonly long[] _counts = new long[5];

    // Only the consumer cancels this one.
    private readonly CancellationTokenSource _left;

    // Something failed: nothing more is begun.
    private readonly CancellationTokenSource _ending;
    private Exception? _failure;
    private int _failuresInARow;

    private BulkRun(CiClient client, CiClientOptions options, CiBulkOptions bulk, CancellationToken cancellationToken)
    {
        _left = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _ending = CancellationTokenSource.CreateLinkedTokenSource(_left.Token);
        _client = client;
        _options = options;
        _bulk = bulk;
        _pace = bulk.Pace ?? new AdaptivePace(bulk.RatePerSecond, options.TimeProvider);
        _results = Channel.CreateBounded<CiBulkResult>(Math.Max(16, bulk.MaxConcurrency));
        _lost = new(client, options, FoundAsync, NotFoundAsync);
    }

    /// <summary>Runs; each enumeration is a run of its own.</summary>
    public static async IAsyncEnumerable<CiBulkResult> RunAsync(
        CiClient client, CiClientOptions options, CiBulkOptions bulk, IAsyncEnumerable<BulkWork> works, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using BulkRun run = new(client, options, bulk, cancellationToken);
        Task running = Task.Run(() => run.RunAllAsync(works), CancellationToken.None);
        try
        {
            await foreach (CiBulkResult result in run._results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                yield return result;
            }
        }
        finally
        {
            // Nothing of the run goes on when the enumeration is left, however it is left.
            await run._left.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    public void Dispose()
    {
        _ending.Dispose();
        _left.Dispose();
    }

    private async Task RunAllAsync(IAsyncEnumerable<BulkWork> works)
    {
        Task searching = EndingAtFailure(_lost.SearchAsync(_ending.Token, _left.Token));
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _bulk.MaxConcurrency, CancellationToken = _ending.Token };
        Exception? failure = await FailureOf(Parallel.ForEachAsync(works, parallel, (work, ending) => new(EndingAtFailure(ProcessAsync(work, ending))))).ConfigureAwait(false);
        _lost.NoMore();
        await FailureOf(searching).ConfigureAwait(false);
        Exception? untold = await FailureOf(TellLeftAsync()).ConfigureAwait(false);

        // What failed is why the rest was cancelled.
        _results.Writer.Complete(Volatile.Read(ref _failure) ?? failure ?? untold);
    }

    /// <summary>When the search itself has failed, what it had not found is unknown.</summary>
    private async Task TellLeftAsync()
    {
        foreach (LostWork lost in _left.IsCancellationRequested ? [] : _lost.TakeAll())
        {
            await ReportAsync(lost.Work, CiBulkStatus.Unknown, null, lost.Unknown).ConfigureAwait(false);
        }
    }

    private async Task EndingAtFailure(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch (Exception e)
        {
            Interlocked.CompareExchange(ref _failure, e, null);
            await _ending.CancelAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<Exception?> FailureOf(Task task)
    {
        try
        {
            await task.ConfigureAwait(false);
            return null;
        }
        catch (Exception e)
        {
            return e;
        }
    }

    private async Task ProcessAsync(BulkWork work, CancellationToken ending)
    {
        if (work.Invalid is not null)
        {
            await ReportAsync(work, CiBulkStatus.Refused, null, work.Invalid).ConfigureAwait(false);
            return;
        }

        CiJournalEntry? entry = _bulk.Journal is { } journal ? await journal.FindAsync(work.Key, _left.Token).ConfigureAwait(false) : null;
        if (entry is not null && entry.Hash != work.Hash)
        {
            throw new CiJournalException($"The journal's request '{work.Key}' is another one than this run's: give each its own journal.");
        }

        switch (entry?.State)
        {
            case CiJournalState.Done:
                await ReportAsync(work, CiBulkStatus.Already, entry.JobId, null).ConfigureAwait(false);
                break;
            case CiJournalState.Sending:
                CiAmbiguousSubmitException unknown = new("The job may have been taken: an earlier run was broken off while it was sent.", default, default, null) { Tag = work.Tag.Name, Mark = entry.Mark, SentAt = entry.At };
                await LoseAsync(new(work, entry.Mark, entry.At, entry.SentAgainAt ?? entry.At, Started: null, unknown, IsOfEarlierRun: true, IsResent: false)).ConfigureAwait(false);
                break;
            default:
                await SendAsync(work, null, ending).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Sends a request until its outcome is known or lost.</summary>
    /// <param name="work">The request.</param>
    /// <param name="earlier">How it was lost, when it is sent again: by the same mark, so that whoever looks finds either job.</param>
    /// <param name="ending">Nothing more is begun when this is cancelled.</param>
    private async Task SendAsync(BulkWork work, LostWork? earlier, CancellationToken ending)
    {
        CiServiceException? throttled = null;
        Submission submission = _client.Prepare(work.Tag, work.Body, earlier?.Mark ?? CiSubmissionMark.New());
        for (int round = 1; ; round++)
        {
            try
            {
                await _pace.WaitAsync(ending).ConfigureAwait(false);
            }
            catch (OperationCanceledException e) when (ending.IsCancellationRequested)
            {
                await HeldBackAsync(work, earlier, submission.Mark, throttled, e).ConfigureAwait(false);
                return;
            }

            DateTimeOffset now = _options.TimeProvider.GetUtcNow();
            submission = submission with { SentAt = earlier?.SentAt ?? now, Started = _options.TimeProvider.GetTimestamp() };
            await WriteDownAsync(new(work.Key, CiJournalState.Sending, work.Hash, submission.Mark, submission.SentAt, null) { SentAgainAt = earlier is null ? null : now }).ConfigureAwait(false);
            string jobId;
            try
            {
                jobId = await _client.SendAsync(submission, _client.ReadJobId, _left.Token, _pace.Slower).ConfigureAwait(false);
            }
            catch (CiResponseException e) when (CiClient.Taken(e.Jobs) is { } taken)
            {
                jobId = taken.JobId!;
            }
            catch (CiAmbiguousSubmitException e)
            {
                e.Lookups = earlier?.Unknown.Lookups ?? 0;
                await LoseAsync(new(work, submission.Mark, submission.SentAt, now, earlier?.Started ?? submission.Started, e, IsOfEarlierRun: false, IsResent: earlier is not null)).ConfigureAwait(false);
                return;
            }
            catch (CiServiceException e) when (e.IsThrottled && round < MaxThrottledRounds)
            {
                // The pace knows already.
                throttled = e;
                continue;
            }
            catch (CiException e) when (earlier is not null)
            {
                // That it does not go out again says nothing of the first time: the journal leaves it to be looked for.
                await ReportAsync(work, CiBulkStatus.Unknown, null, earlier.NotResent(e)).ConfigureAwait(false);
                ThrowIfHopeless(e);
                return;
            }
            catch (CiException e)
            {
                bool refused = e is CiServiceException { IsThrottled: false };
                await WriteDownAsync(work, refused ? CiJournalState.Refused : CiJournalState.Unsent, submission.Mark, null).ConfigureAwait(false);
                await ReportAsync(work, refused ? CiBulkStatus.Refused : CiBulkStatus.Unsent, null, e).ConfigureAwait(false);
                ThrowIfHopeless(e);
                return;
            }
            catch (OperationCanceledException e) when (e.InnerException is CiResponseException known && CiClient.Taken(known.Jobs) is { } taken)
            {
                await WriteDownAsync(work, CiJournalState.Done, submission.Mark, taken.JobId).ConfigureAwait(false);
                throw;
            }
            catch (OperationCanceledException e) when (e.InnerException is not CiException && earlier is null)
            {
                // Surely not sent; with an exception of ours inside it may have been, and the journal says so.
                await WriteDownAsync(work, CiJournalState.Unsent, submission.Mark, null).ConfigureAwait(false);
                throw;
            }

            _pace.Taken();
            await DoneAsync(work, CiBulkStatus.Submitted, submission.Mark, jobId).ConfigureAwait(false);
            return;
        }
    }

    /// <summary>What was taken from the source and is not sent, or not again, because the run ends.</summary>
    private async Task HeldBackAsync(BulkWork work, LostWork? earlier, string? mark, CiServiceException? throttled, OperationCanceledException cause)
    {
        if (throttled is not null && earlier is null)
        {
            // The journal says that it is about to be sent.
            await WriteDownAsync(work, CiJournalState.Unsent, mark, null).ConfigureAwait(false);
        }

        _left.Token.ThrowIfCancellationRequested();
        if (earlier is not null)
        {
            await ReportAsync(work, CiBulkStatus.Unknown, null, earlier.Unknown).ConfigureAwait(false);
            return;
        }

        await ReportAsync(work, CiBulkStatus.Unsent, null, throttled ?? (Exception)new OperationCanceledException("The run ended before it was sent.", cause)).ConfigureAwait(false);
    }

    private async Task DoneAsync(BulkWork work, CiBulkStatus status, string? mark, string jobId)
    {
        Volatile.Write(ref _failuresInARow, 0);
        await WriteDownAsync(work, CiJournalState.Done, mark, jobId).ConfigureAwait(false);
        await ReportAsync(work, status, jobId, null).ConfigureAwait(false);
    }

    private Task LoseAsync(LostWork lost)
        => lost.Mark is null ? ReportAsync(lost.Work, CiBulkStatus.Unknown, null, lost.Unknown).AsTask() : _lost.AddAsync(lost, _ending.Token);

    private Task FoundAsync(LostWork lost, string jobId)
        => DoneAsync(lost.Work, lost.IsOfEarlierRun ? CiBulkStatus.Already : CiBulkStatus.Submitted, lost.Mark, jobId);

    private Task NotFoundAsync(LostWork lost)
        => _bulk.ResendUnfound && !lost.IsResent && !_ending.IsCancellationRequested
            ? SendAsync(lost.Work, lost, _ending.Token)
            : ReportAsync(lost.Work, CiBulkStatus.Unknown, null, lost.Unknown).AsTask();

    // Never cancelled: what was sent must be written down, most of all when the run is being stopped.
    private ValueTask WriteDownAsync(BulkWork work, CiJournalState state, string? mark, string? jobId)
        => WriteDownAsync(new(work.Key, state, work.Hash, mark, _options.TimeProvider.GetUtcNow(), jobId));

    private ValueTask WriteDownAsync(CiJournalEntry entry) => _bulk.Journal?.AppendAsync(entry, CancellationToken.None) ?? default;

    private async ValueTask ReportAsync(BulkWork work, CiBulkStatus status, string? jobId, Exception? error)
    {
        lock (_counts)
        {
            _counts[(int)status]++;
            _bulk.Progress?.Report(new(_counts[0], _counts[1], _counts[2], _counts[3], _counts[4], _lost.Count));
        }

        await _results.Writer.WriteAsync(new(work.Index, work.Key, status, jobId, error), _left.Token).ConfigureAwait(false);
    }

    private void ThrowIfHopeless(CiException last)
    {
        if (last is CiCredentialException)
        {
            throw last;
        }

        int failures = Interlocked.Increment(ref _failuresInARow);
        if (failures >= _bulk.StopAfterFailures)
        {
            throw new CiBulkStoppedException(failures, last);
        }
    }
}

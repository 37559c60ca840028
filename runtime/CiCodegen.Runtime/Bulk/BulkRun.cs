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
internal sealed class BulkRun
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
    private int _failuresInARow;

    private BulkRun(CiClient client, CiClientOptions options, CiBulkOptions bulk)
    {
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
        BulkRun run = new(client, options, bulk);
        using CancellationTokenSource stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        Task running = Task.Run(() => run.RunAllAsync(works, stop), CancellationToken.None);
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
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    private async Task RunAllAsync(IAsyncEnumerable<BulkWork> works, CancellationTokenSource stop)
    {
        Task searching = StoppingAtFailure(_lost.SearchAsync(stop.Token), stop);
        ParallelOptions parallel = new() { MaxDegreeOfParallelism = _bulk.MaxConcurrency, CancellationToken = stop.Token };
        Task sending = StoppingAtFailure(Parallel.ForEachAsync(works, parallel, ProcessAsync), stop);
        Exception? failure = await FailureOf(sending).ConfigureAwait(false);
        _lost.NoMore();
        Exception? searchFailure = await FailureOf(searching).ConfigureAwait(false);

        // That the one was cancelled is because of the other.
        _results.Writer.Complete(failure is null or OperationCanceledException && searchFailure is not null ? searchFailure : failure);
    }

    private static async Task StoppingAtFailure(Task task, CancellationTokenSource stop)
    {
        try
        {
            await task.ConfigureAwait(false);
        }
        catch
        {
            await stop.CancelAsync().ConfigureAwait(false);
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

    private async ValueTask ProcessAsync(BulkWork work, CancellationToken cancellationToken)
    {
        if (work.Invalid is not null)
        {
            await ReportAsync(work, CiBulkStatus.Refused, null, work.Invalid, cancellationToken).ConfigureAwait(false);
            return;
        }

        CiJournalEntry? entry = _bulk.Journal is { } journal ? await journal.FindAsync(work.Key, cancellationToken).ConfigureAwait(false) : null;
        if (entry is not null && entry.Hash != work.Hash)
        {
            throw new CiJournalException($"The journal's request '{work.Key}' is another one than this run's: give each its own journal.");
        }

        switch (entry?.State)
        {
            case CiJournalState.Done:
                await ReportAsync(work, CiBulkStatus.Already, entry.JobId, null, cancellationToken).ConfigureAwait(false);
                break;
            case CiJournalState.Sending:
                CiAmbiguousSubmitException unknown = new("The job may have been taken: an earlier run was broken off while it was sent.", default, default, null) { Tag = work.Tag.Name, Mark = entry.Mark, SentAt = entry.At };
                await LoseAsync(new(work, entry.Mark, entry.At, entry.SentAgainAt ?? entry.At, unknown, IsOfEarlierRun: true, IsResent: false), cancellationToken).ConfigureAwait(false);
                break;
            default:
                await SendAsync(work, null, cancellationToken).ConfigureAwait(false);
                break;
        }
    }

    /// <summary>Sends a request until its outcome is known or lost.</summary>
    /// <param name="work">The request.</param>
    /// <param name="earlier">How it was lost, when it is sent again: by the same mark, so that whoever looks finds either job.</param>
    /// <param name="cancellationToken">Cancels.</param>
    private async Task SendAsync(BulkWork work, LostWork? earlier, CancellationToken cancellationToken)
    {
        Submission submission = _client.Prepare(work.Tag, work.Body, earlier?.Mark ?? CiSubmissionMark.New());
        for (int round = 1; ; round++)
        {
            await _pace.WaitAsync(cancellationToken).ConfigureAwait(false);
            DateTimeOffset now = _options.TimeProvider.GetUtcNow();
            submission = submission with { SentAt = earlier?.SentAt ?? now, Started = _options.TimeProvider.GetTimestamp() };
            await WriteDownAsync(new(work.Key, CiJournalState.Sending, work.Hash, submission.Mark, submission.SentAt, null) { SentAgainAt = earlier is null ? null : now }).ConfigureAwait(false);
            string jobId;
            try
            {
                jobId = await _client.SendAsync(submission, _client.ReadJobId, cancellationToken, _pace.Slower).ConfigureAwait(false);
            }
            catch (CiResponseException e) when (CiClient.Taken(e.Jobs) is { } taken)
            {
                jobId = taken.JobId!;
            }
            catch (CiAmbiguousSubmitException e)
            {
                e.Lookups = earlier?.Unknown.Lookups ?? 0;
                await LoseAsync(new(work, submission.Mark, submission.SentAt, now, e, IsOfEarlierRun: false, IsResent: earlier is not null), cancellationToken).ConfigureAwait(false);
                return;
            }
            catch (CiServiceException e) when (e.IsThrottled && round < MaxThrottledRounds)
            {
                // The pace knows already.
                continue;
            }
            catch (CiException e) when (earlier is not null)
            {
                // That it does not go out again says nothing of the first time: the journal leaves it to be looked for.
                await ReportAsync(work, CiBulkStatus.Unknown, null, earlier.NotResent(e), cancellationToken).ConfigureAwait(false);
                ThrowIfHopeless(e);
                return;
            }
            catch (CiException e)
            {
                bool refused = e is CiServiceException { IsThrottled: false };
                await WriteDownAsync(work, refused ? CiJournalState.Refused : CiJournalState.Unsent, submission.Mark, null).ConfigureAwait(false);
                await ReportAsync(work, refused ? CiBulkStatus.Refused : CiBulkStatus.Unsent, null, e, cancellationToken).ConfigureAwait(false);
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
            await DoneAsync(work, CiBulkStatus.Submitted, submission.Mark, jobId, cancellationToken).ConfigureAwait(false);
            return;
        }
    }

    private async Task DoneAsync(BulkWork work, CiBulkStatus status, string? mark, string jobId, CancellationToken cancellationToken)
    {
        Volatile.Write(ref _failuresInARow, 0);
        await WriteDownAsync(work, CiJournalState.Done, mark, jobId).ConfigureAwait(false);
        await ReportAsync(work, status, jobId, null, cancellationToken).ConfigureAwait(false);
    }

    private async Task LoseAsync(LostWork lost, CancellationToken cancellationToken)
    {
        if (lost.Mark is null)
        {
            await ReportAsync(lost.Work, CiBulkStatus.Unknown, null, lost.Unknown, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            await _lost.AddAsync(lost, cancellationToken).ConfigureAwait(false);
        }
    }

    private Task FoundAsync(LostWork lost, string jobId, CancellationToken cancellationToken)
        => DoneAsync(lost.Work, lost.IsOfEarlierRun ? CiBulkStatus.Already : CiBulkStatus.Submitted, lost.Mark, jobId, cancellationToken);

    private Task NotFoundAsync(LostWork lost, CancellationToken cancellationToken)
        => _bulk.ResendUnfound && !lost.IsResent
            ? SendAsync(lost.Work, lost, cancellationToken)
            : ReportAsync(lost.Work, CiBulkStatus.Unknown, null, lost.Unknown, cancellationToken).AsTask();

    // Never cancelled: what was sent must be written down, most of all when the run is being stopped.
    private ValueTask WriteDownAsync(BulkWork work, CiJournalState state, string? mark, string? jobId)
        => WriteDownAsync(new(work.Key, state, work.Hash, mark, _options.TimeProvider.GetUtcNow(), jobId));

    private ValueTask WriteDownAsync(CiJournalEntry entry) => _bulk.Journal?.AppendAsync(entry, CancellationToken.None) ?? default;

    private async ValueTask ReportAsync(BulkWork work, CiBulkStatus status, string? jobId, Exception? error, CancellationToken cancellationToken)
    {
        lock (_counts)
        {
            _counts[(int)status]++;
            _bulk.Progress?.Report(new(_counts[0], _counts[1], _counts[2], _counts[3], _counts[4], _lost.Count));
        }

        await _results.Writer.WriteAsync(new(work.Index, work.Key, status, jobId, error), cancellationToken).ConfigureAwait(false);
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

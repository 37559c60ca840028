namespace CiCodegen.Runtime;

/// <summary>A request of unknown outcome.</summary>
/// <param name="Work">The request.</param>
/// <param name="Mark">What to look for; null when it carries no mark.</param>
/// <param name="SentAt">When it was sent first, by this machine's clock.</param>
/// <param name="LastSentAt">When it was sent last.</param>
/// <param name="Started">When it was sent first, for measuring; null when an earlier run sent it.</param>
/// <param name="Unknown">What is known.</param>
/// <param name="IsOfEarlierRun">Whether an earlier run sent it.</param>
/// <param name="IsResent">Whether it was sent again already.</param>
internal sealed record LostWork(BulkWork Work, string? Mark, DateTimeOffset SentAt, DateTimeOffset LastSentAt, long? Started, CiAmbiguousSubmitException Unknown, bool IsOfEarlierRun, bool IsResent)
{
    /// <summary>When this run began to look for it, for measuring.</summary>
    public long Added { get; set; }

    /// <summary>How long it had been lost then.</summary>
    public TimeSpan Age { get; set; }

    /// <summary>What is known when sending it again came to nothing.</summary>
    /// <param name="failure">What it came to.</param>
    public CiAmbiguousSubmitException NotResent(CiException failure)
        => new($"{Unknown.Message} It was not found; sending it again failed: {failure.Message}", new(failure.HttpStatus, failure.Code, failure.RequestId, failure.TraceId), Unknown.Body, failure)
        {
            Tag = Unknown.Tag,
            Mark = Mark,
            SentAt = SentAt,
            Lookups = Unknown.Lookups,
        };
}

/// <summary>Looks for all requests of unknown outcome together: one pass through the list, however many there are.</summary>
internal sealed class LostWorks(
    CiClient client, CiClientOptions options, Func<LostWork, string, Task> found, Func<LostWork, Task> notFound)
{
    private const int Room = 5000;
    // A list that fails all the time is given up as well, only later.
    private static readonly TimeSpan s_failureGrace = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan s_pause = TimeSpan.FromMilliseconds(500);

    private readonly object _lock = new();
    private readonly List<LostWork> _lost = [];
    private readonly SemaphoreSlim _room = new(Room);
    private readonly SemaphoreSlim _changed = new(0);
    private volatile bool _noMore;

    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _lost.Count;
            }
        }
    }

    /// <summary>Adds one to look for.</summary>
    /// <param name="work">The request.</param>
    /// <param name="ending">Whoever waits for room no longer does when this is cancelled.</param>
    public async Task AddAsync(LostWork work, CancellationToken ending)
    {
        // Whoever adds waits when too many are lost: then something is wrong that more requests will not mend. Not so the search itself.
        if (!work.IsResent && !_room.Wait(0, CancellationToken.None))
        {
            await _room.WaitAsync(ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        Add(work);
    }

    /// <summary>Says that no more will be added from outside.</summary>
    public void NoMore()
    {
        _noMore = true;
        _changed.Release();
    }

    /// <summary>Looks until there is nothing left and no more will come.</summary>
    /// <param name="ending">When this is cancelled, each is looked for once more and then given up.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task SearchAsync(CancellationToken ending, CancellationToken cancellationToken)
    {
        while (true)
        {
            // In this order: what is added before nothing more comes must be seen.
            bool noMore = _noMore;
            bool isLast = ending.IsCancellationRequested;
            LostWork[] now = Snapshot();
            if (now.Length == 0)
            {
                if (noMore)
                {
                    return;
                }

                await _changed.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            foreach (IGrouping<CiTag, LostWork> group in now.GroupBy(static work => work.Work.Tag))
            {
                await PassAsync(group.Key, [.. group], isLast, cancellationToken).ConfigureAwait(false);
            }

            if (Count > 0)
            {
                // The end is looked at above.
                await Task.Delay(s_pause, options.TimeProvider, ending).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    /// <summary>Gives out what is still looked for, when the search has ended.</summary>
    public LostWork[] TakeAll()
    {
        lock (_lock)
        {
            LostWork[] all = [.. _lost];
            _lost.Clear();
            return all;
        }
    }

    private async Task PassAsync(CiTag tag, LostWork[] works, bool isLast, CancellationToken cancellationToken)
    {
        TimeProvider time = options.TimeProvider;
        long began = time.GetTimestamp();
        LookupPass pass = await client.Lookup.PassAsync(tag, [.. works.Select(static work => work.Mark!)], works.Min(SentBy), started: null, cancellationToken).ConfigureAwait(false);
        foreach (LostWork work in works)
        {
            work.Unknown.Lookups += pass.Failure is null ? 1 : 0;
            TimeSpan looked = time.GetElapsedTime(work.Added, began);
            if (pass.Found.GetValueOrDefault(work.Mark!) is { } job)
            {
                Remove(work);
                await found(work, job.JobId!).ConfigureAwait(false);
            }
            else if (isLast || (pass.Failure is null ? looked + work.Age : looked - s_failureGrace) >= options.LookupWindow)
            {
                Remove(work);
                await notFound(work).ConfigureAwait(false);
            }
        }
    }

    /// <summary>When one was sent at the latest, by the clock as it goes now: it may have been set back since.</summary>
    private DateTimeOffset SentBy(LostWork work)
        => work.Started is { } started && options.TimeProvider.GetUtcNow() - options.TimeProvider.GetElapsedTime(started) is var sent && sent < work.SentAt ? sent : work.SentAt;

    private void Add(LostWork work)
    {
        work.Added = options.TimeProvider.GetTimestamp();

        // What an earlier run lost long ago needs no window of its own: the list has had its time.
        TimeSpan age = work.IsOfEarlierRun ? options.TimeProvider.GetUtcNow() - work.LastSentAt : TimeSpan.Zero;
        work.Age = age > TimeSpan.Zero ? age : TimeSpan.Zero;
        lock (_lock)
        {
            _lost.Add(work);
        }

        _changed.Release();
    }

    private void Remove(LostWork work)
    {
        lock (_lock)
        {
            _lost.Remove(work);
        }

        if (!work.IsResent)
        {
            _room.Release();
        }
    }

    private LostWork[] Snapshot()
    {
        lock (_lock)
        {
            return [.. _lost];
        }
    }
}

namespace CiCodegen.Runtime;

/// <summary>A request of unknown outcome.</summary>
/// <param name="Work">The request.</param>
/// <param name="Mark">What to look for; null when it carries no mark.</param>
/// <param name="SentAt">When it was sent first, by this machine's clock.</param>
/// <param name="LastSentAt">When it was sent last.</param>
/// <param name="Unknown">What is known.</param>
/// <param name="IsOfEarlierRun">Whether an earlier run sent it.</param>
/// <param name="IsResent">Whether it was sent again already.</param>
internal sealed record LostWork(BulkWork Work, string? Mark, DateTimeOffset SentAt, DateTimeOffset LastSentAt, CiAmbiguousSubmitException Unknown, bool IsOfEarlierRun, bool IsResent)
{
    /// <summary>When it was lost.</summary>
    public DateTimeOffset LostAt { get; set; }

    /// <summary>When this run began to look for it.</summary>
    public DateTimeOffset AddedAt { get; set; }

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
    CiClient client, CiClientOptions options, Func<LostWork, string, CancellationToken, Task> found, Func<LostWork, CancellationToken, Task> notFound)
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

    public async Task AddAsync(LostWork work, CancellationToken cancellationToken)
    {
        // Whoever adds waits when too many are lost: then something is wrong that more requests will not mend. Not so the search itself.
        if (!work.IsResent)
        {
            await _room.WaitAsync(cancellationToken).ConfigureAwait(false);
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
    public async Task SearchAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            LostWork[] now = Snapshot();
            if (now.Length == 0)
            {
                if (_noMore)
                {
                    return;
                }

                await _changed.WaitAsync(cancellationToken).ConfigureAwait(false);
                continue;
            }

            foreach (IGrouping<CiTag, LostWork> group in now.GroupBy(static work => work.Work.Tag))
            {
                await PassAsync(group.Key, [.. group], cancellationToken).ConfigureAwait(false);
            }

            if (Count > 0)
            {
                await Task.Delay(s_pause, options.TimeProvider, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task PassAsync(CiTag tag, LostWork[] works, CancellationToken cancellationToken)
    {
        DateTimeOffset began = options.TimeProvider.GetUtcNow();
        LookupPass pass = await client.Lookup.PassAsync(tag, [.. works.Select(static work => work.Mark!)], works.Min(static work => work.SentAt), started: null, cancellationToken).ConfigureAwait(false);
        foreach (LostWork work in works)
        {
            work.Unknown.Lookups += pass.Failure is null ? 1 : 0;
            if (pass.Found.GetValueOrDefault(work.Mark!) is { } job)
            {
                Remove(work);
                await found(work, job.JobId!, cancellationToken).ConfigureAwait(false);
            }
            else if (began - (pass.Failure is null ? work.LostAt : work.AddedAt + s_failureGrace) >= options.LookupWindow)
            {
                Remove(work);
                await notFound(work, cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private void Add(LostWork work)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        work.AddedAt = now;

        // What an earlier run lost long ago needs no window of its own: the list has had its time.
        work.LostAt = work.IsOfEarlierRun && work.LastSentAt < now ? work.LastSentAt : now;
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

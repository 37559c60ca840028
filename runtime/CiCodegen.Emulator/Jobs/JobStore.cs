using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>All jobs of all buckets, in memory and, where it is asked for, in a file.</summary>
internal sealed class JobStore
{
    private readonly JobJournal? _journal;
    private readonly Lock _lock = new();
    private readonly Dictionary<string, Job> _byId = new(StringComparer.Ordinal);
    private readonly List<Job> _all = [];

    public JobStore(JobJournal? journal)
    {
        _journal = journal;
        foreach (Job job in journal?.Jobs ?? [])
        {
            _all.Add(job);
            _byId.Add(job.JobId, job);
        }
    }

    /// <summary>Adds the job that a maker makes of the next running number.</summary>
    public Job Add(Func<long, Job> make)
    {
        lock (_lock)
        {
            Job job = make(_all.Count + 1);
            _journal?.Made(job);
            _all.Add(job);
            _byId.Add(job.JobId, job);
            return job;
        }
    }

    /// <summary>A bucket's job; another bucket's is not found.</summary>
    public Job? Find(string jobId, BucketAddress bucket)
    {
        lock (_lock)
        {
            return _byId.TryGetValue(jobId, out Job? job) && job.Bucket == bucket ? job : null;
        }
    }

    /// <summary>A bucket's jobs, oldest first.</summary>
    public List<Job> Of(BucketAddress bucket)
    {
        lock (_lock)
        {
            return [.. _all.Where(job => job.Bucket == bucket).OrderBy(static job => job.Created).ThenBy(static job => job.Sequence)];
        }
    }

    /// <summary>Cancels a job that has not begun.</summary>
    /// <returns>Its state before; only <c>Submitted</c> was cancelled.</returns>
    public CiJobState Cancel(Job job, CiEmulatorOptions options)
    {
        lock (_lock)
        {
            DateTimeOffset now = options.TimeProvider.GetUtcNow();
            CiJobState state = JobStatus.Of(job, options, now).State;
            if (state == CiJobState.Submitted)
            {
                _journal?.Cancelled(job.JobId, now);
                job.Cancelled = now;
            }

            return state;
        }
    }
}

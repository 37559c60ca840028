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

    /// <summary>Adds the jobs of one request, all of them or none.</summary>
    /// <param name="requests">What each is made of.</param>
    /// <param name="make">Makes a job of the next running number.</param>
    /// <exception cref="IOException">They could not be written to the file.</exception>
    public IReadOnlyList<Job> Add<T>(IReadOnlyList<T> requests, Func<T, long, Job> make)
    {
        lock (_lock)
        {
            List<Job> jobs = [];
            long sequence = _all.Count;
            foreach (T request in requests)
            {
                // A number may be taken where somebody took a line out of the file.
                Job job;
                do
                {
                    job = make(request, ++sequence);
                }
                while (_byId.ContainsKey(job.JobId));
                jobs.Add(job);
            }

            _journal?.Made(jobs);
            foreach (Job job in jobs)
            {
                _all.Add(job);
                _byId.Add(job.JobId, job);
            }

            return jobs;
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

    /// <summary>Takes note that a job's callback was sent, or given up.</summary>
    /// <exception cref="IOException">It could not be written to the file.</exception>
    public void Told(Job job, DateTimeOffset now)
    {
        lock (_lock)
        {
            job.IsTold = true;
            _journal?.Told(job.JobId, now);
        }
    }
}

using System.Xml.Linq;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>The verbs of jobs.</summary>
internal sealed class JobVerbs(CiEmulatorOptions options, EmulatedTags tags, JobJournal? journal, QueueStore queues, CallbackSender callbacks)
{
    private readonly JobStore _store = new(journal);
    private readonly Ids _ids = new(options.Seed);
    private readonly JobDocument _document = new(options);

    /// <summary>Makes a job, or one for each operation of a request with several: all of them or none.</summary>
    /// <exception cref="ServiceFault">The body is no request of a known Tag, or breaks its rules.</exception>
    public XElement Submit(string path, BucketAddress bucket, byte[] body)
    {
        List<(EmulatedTag Tag, XElement Request)> read = [.. (JobRequest.Split(body) ?? [body]).Select(single => JobRequest.Read(tags, path, single))];
        foreach ((EmulatedTag tag, XElement request) in read)
        {
            if (queues.IsPaused(bucket, QueueOf(tag, request, bucket)))
            {
                throw new ServiceFault(403, "QueuePaused", $"The queue '{QueueOf(tag, request, bucket)}' is paused.");
            }
        }

        return new("Response", read.Select(one => Make(one.Tag, one.Request, bucket)));
    }

    /// <summary>Takes note of jobs that were there before and have not ended: their callbacks are still to come.</summary>
    public void Resume()
    {
        foreach (Job job in journal?.Jobs ?? [])
        {
            if (Status(job, Now).Ended is null)
            {
                Expect(job);
            }
        }
    }

    private string QueueOf(EmulatedTag tag, XElement request, BucketAddress bucket)
        => request.Element("QueueId")?.Value is { Length: > 0 } given ? given : _ids.QueueId(bucket, tag.Model.Family);

    private void Expect(Job job) => callbacks.Expect(job, () => new XElement("Response", new XElement("EventName", "TaskFinish"), _document.Of(job, Status(job, Now), withProgress: false)));

    private XElement Make(EmulatedTag tag, XElement request, BucketAddress bucket)
    {
        string queueId = QueueOf(tag, request, bucket);
        DateTimeOffset now = Now;
        Job job = _store.Add(sequence => new()
        {
            Sequence = sequence,
            JobId = _ids.JobId(tag.Model.Family, sequence),
            Tag = tag,
            Bucket = bucket,
            QueueId = queueId,
            Created = now,
            Request = request,
        });
        Expect(job);
        return _document.Of(job, Status(job, now), withProgress: false);
    }

    /// <summary>Tells of jobs by id, one or several with commas between them.</summary>
    public XElement Describe(string ids, BucketAddress bucket)
    {
        DateTimeOffset now = Now;
        List<XElement> found = [];
        List<XElement> missing = [];
        foreach (string id in ids.Split(',', StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal))
        {
            if (_store.Find(id, bucket) is { } job)
            {
                found.Add(_document.Of(job, Status(job, now), withProgress: true));
            }
            else
            {
                missing.Add(Documents.Text("NonExistJobIds", id));
            }
        }

        return new("Response", found, missing);
    }

    /// <summary>Tells of a page of jobs.</summary>
    /// <exception cref="ServiceFault">The Tag is unknown.</exception>
    public XElement List(ListQuery query, BucketAddress bucket)
    {
        if (tags.Find(query.Tag) is null)
        {
            throw JobRequest.UnknownTag(query.Tag, tags);
        }

        DateTimeOffset now = Now;
        List<Job> jobs = _store.Of(bucket);
        if (!query.OldestFirst)
        {
            jobs.Reverse();
        }

        // One more than the page has tells whether another page follows.
        List<(Job Job, JobStatus Status)> page = [.. jobs
            .Where(job => job.Created + options.ListDelay <= now && query.Takes(job) && (query.After is not { } after || after.IsBefore(job, query.OldestFirst)))
            .Select(job => (job, Status(job, now)))
            .Where(pair => query.States?.Contains(pair.Item2.State) != false)
            .Take(query.Size + 1)];
        bool more = page.Count > query.Size;
        return new(
            "Response",
            page.Take(query.Size).Select(pair => _document.Of(pair.Job, pair.Status, withProgress: true)),
            new XElement("NextToken", more ? PageToken.Of(page[query.Size - 1].Job).ToString() : ""));
    }

    /// <summary>Cancels a job that has not begun.</summary>
    /// <exception cref="ServiceFault">There is no such job, or it has begun.</exception>
    public void Cancel(string id, BucketAddress bucket)
    {
        Job job = _store.Find(id, bucket) ?? throw ServiceFault.InvalidArgument($"There is no job '{id}'.");
        CiJobState state = _store.Cancel(job, options);
        if (state != CiJobState.Submitted)
        {
            throw ServiceFault.InvalidArgument($"Job '{id}' is {state}; only a job that is Submitted can be cancelled.");
        }
    }

    private DateTimeOffset Now => options.TimeProvider.GetUtcNow();

    private JobStatus Status(Job job, DateTimeOffset now) => JobStatus.Of(job, options, now);
}

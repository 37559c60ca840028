using System.Xml.Linq;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>The verbs of jobs.</summary>
internal sealed class JobVerbs(CiEmulatorOptions options, EmulatedTags tags, JobJournal? journal, QueueStore queues, TemplateVerbs templates, CallbackSender callbacks)
{
    private readonly JobStore _store = new(journal);
    private readonly Ids _ids = new(options.Seed);
    private readonly JobDocument _document = new(options);

    /// <summary>Makes a job, or one for each operation of a request with several: all of them or none.</summary>
    /// <exception cref="ServiceFault">The body is no request of a known Tag, or breaks its rules.</exception>
    public XElement Submit(string path, BucketAddress bucket, byte[] body)
    {
        List<NewJob> read = [.. JobRequest.Read(tags, path, body).Select(one => Checked(one.Tag, one.Request, bucket))];
        DateTimeOffset now = Now;
        IReadOnlyList<Job> jobs = _store.Add(read, (one, sequence) => new()
        {
            Sequence = sequence,
            JobId = _ids.JobId(one.Tag.Model.Family, sequence),
            Tag = one.Tag,
            Bucket = bucket,
            QueueId = one.QueueId,
            TemplateName = one.TemplateName,
            Created = now,
            Request = one.Request,
        });
        foreach (Job job in jobs)
        {
            Expect(job);
        }

        return new("Response", jobs.Select(job => _document.Of(job, Status(job, now), withProgress: false)));
    }

    /// <summary>Takes note of jobs that were there before and whose callbacks are still to come, be it that they ended while there was no emulator.</summary>
    public void Resume()
    {
        foreach (Job job in journal?.Jobs ?? [])
        {
            if (!job.IsTold)
            {
                Expect(job);
            }
        }
    }

    /// <summary>Finds what a request refers to.</summary>
    /// <exception cref="ServiceFault">It is not there, or takes no jobs.</exception>
    private NewJob Checked(EmulatedTag tag, XElement request, BucketAddress bucket)
    {
        string queue = request.Element("QueueId")?.Value is { Length: > 0 } given ? given : _ids.QueueId(bucket, tag.Model.Family);
        queues.Check(bucket, queue, tag.Model.Family);
        return new(tag, request, queue, templates.NameOf(request.Element("Operation")?.Element("TemplateId")?.Value, tag.Name, bucket));
    }

    private void Expect(Job job) => callbacks.Expect(
        job,
        () => new XElement("Response", new XElement("EventName", "TaskFinish"), _document.Of(job, Status(job, Now), withProgress: false)),
        () => _store.Told(job, Now));

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

    /// <summary>What a job is made of.</summary>
    private sealed record NewJob(EmulatedTag Tag, XElement Request, string QueueId, string? TemplateName);
}

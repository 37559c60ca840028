using System.Xml.Linq;
using CiCodegen.Emulator.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>The verbs of batches over an inventory of objects. A batch moves as a job does; the emulator has no objects, so that it makes no jobs.</summary>
internal sealed class BatchVerbs(CiEmulatorOptions options)
{
    private readonly Ids _ids = new(options.Seed);
    private readonly Lock _lock = new();
    private readonly List<Batch> _all = [];

    public XElement Create(BucketAddress bucket, byte[] body, string requestId)
    {
        XElement request = RequestDocument.Normal<CreateInventoryJobRequest>(body, static r => CiValidationContext.Check(r));
        lock (_lock)
        {
            Batch batch = new(_ids.BatchId(_all.Count + 1), bucket, request, options.TimeProvider.GetUtcNow());
            _all.Add(batch);
            return new("Response", new XElement("RequestId", requestId), Document(batch));
        }
    }

    public XElement Describe(string id, BucketAddress bucket, string requestId)
    {
        lock (_lock)
        {
            XElement found = _all.Find(b => b.Id == id && b.Bucket == bucket) is { } batch ? Document(batch) : Documents.Text("NonExistJobIds", id);
            return new("Response", new XElement("RequestId", requestId), found);
        }
    }

    public XElement List(CiRequest request, BucketAddress bucket, string requestId)
    {
        int size = int.TryParse(request.Parameter("size") ?? "10", out int asked) && asked is >= 1 and <= 100
            ? asked
            : throw ServiceFault.InvalidArgument($"'size' is '{request.Parameter("size")}'; allowed is 1 to 100.");
        string[]? states = request.Parameter("states")?.Split(',') is { } given && !given.Contains("All") ? given : null;
        string? type = request.Parameter("type");
        string? name = request.Parameter("name");
        string? id = request.Parameter("jobId");
        lock (_lock)
        {
            Batch[] all = [.. _all.Where(b => b.Bucket == bucket)];
            if (request.Parameter("orderByTime") != "Asc")
            {
                Array.Reverse(all);
            }

            // The token is a batch, not a place among those that are found now: they move on between two pages.
            int start = request.Parameter("nextToken") is { } token ? Array.FindIndex(all, b => b.Id == token) : 0;
            if (start < 0)
            {
                throw ServiceFault.InvalidArgument("'nextToken' is of no page.");
            }

            Batch[] found = [.. all.Skip(start)
                .Where(b => states?.Contains(StateOf(b)) != false && (type is null || Text(b, "Type") == type) && (name is null || Text(b, "Name") == name) && (id is null || b.Id == id))
                .Take(size + 1)];
            return new(
                "Response",
                new XElement("RequestId", requestId),
                found.Take(size).Select(Document),
                new XElement("NextToken", found.Length > size ? found[size].Id : ""));
        }
    }

    public void Cancel(string id, BucketAddress bucket)
    {
        lock (_lock)
        {
            int at = _all.FindIndex(b => b.Id == id && b.Bucket == bucket);
            if (at < 0)
            {
                throw ServiceFault.InvalidArgument($"There is no batch '{id}'.");
            }

            string state = StateOf(_all[at]);
            if (state is not ("Submitted" or "Running"))
            {
                throw ServiceFault.InvalidArgument($"Batch '{id}' is {state}; only one that has not ended can be cancelled.");
            }

            _all[at] = _all[at] with { IsCancelled = true };
        }
    }

    private XElement Document(Batch batch)
    {
        string state = StateOf(batch);
        return new(
            "JobsDetail",
            new XElement("Code", "Success"),
            new XElement("Message"),
            new XElement("JobId", batch.Id),
            batch.Request.Element("Name"),
            batch.Request.Element("Type"),
            batch.Request.Element("Operation")?.Element("Tag"),
            new XElement("State", state),
            new XElement("CreationTime", JobDocument.Time(batch.Created)),
            new XElement("StartTime", JobDocument.Time(state is "Running" or "Success" ? JobStatus.Later(batch.Created, options.QueueTime, options.Speed) : null)),
            new XElement("EndTime", JobDocument.Time(state == "Success" ? EndOf(batch) : null)),
            batch.Request.Element("Operation")?.Element("QueueId"),
            batch.Request.Element("Input"),
            batch.Request.Element("Operation"));
    }

    private string StateOf(Batch batch)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        return batch.IsCancelled ? "Cancel" : now < JobStatus.Later(batch.Created, options.QueueTime, options.Speed) ? "Submitted" : now < EndOf(batch) ? "Running" : "Success";
    }

    private DateTimeOffset EndOf(Batch batch) => JobStatus.Later(JobStatus.Later(batch.Created, options.QueueTime, options.Speed), options.RunTime, options.Speed);

    private static string Text(Batch batch, string name) => batch.Request.Element(name)?.Value ?? "";

    private sealed record Batch(string Id, BucketAddress Bucket, XElement Request, DateTimeOffset Created)
    {
        public bool IsCancelled { get; init; }
    }
}

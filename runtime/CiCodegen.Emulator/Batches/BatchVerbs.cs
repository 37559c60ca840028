using System.Xml.Linq;
using CiCodegen.Emulator.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>The verbs of batches over an inventory of objects. A batch moves as a job does; the emulator has no objects, so that it makes no jobs.</summary>
internal sealed class BatchVerbs(CiEmulatorOptions options)
{
    private static readonly string[] s_types = ["Workflow", "Job"];

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
        int size = ListQuery.SizeOf(request);
        IReadOnlySet<CiJobState>? states = ListQuery.StatesOf(request);
        string? type = ListQuery.OneOf(request, "type", s_types);
        bool oldestFirst = ListQuery.OneOf(request, "orderByTime", ListQuery.Orders) == "Asc";
        DateTimeOffset? from = ListQuery.Time(request, "startCreationTime");
        DateTimeOffset? to = ListQuery.Time(request, "endCreationTime");
        string? workflow = request.Parameter("workflowId");
        string? name = request.Parameter("name");
        string? id = request.Parameter("jobId");
        bool Takes(Batch b) => states?.Contains(StateOf(b)) != false
            && (type is null || Text(b, "Type") == type)
            && (name is null || Text(b, "Name") == name)
            && (id is null || b.Id == id)
            && (workflow is null || b.Request.Element("Operation")?.Element("WorkflowIds")?.Value.Split(',').Contains(workflow) == true)
            && !(b.CreatedSecond < from)
            && !(b.CreatedSecond > to);
        lock (_lock)
        {
            Batch[] all = [.. _all.Where(b => b.Bucket == bucket)];
            if (!oldestFirst)
            {
                Array.Reverse(all);
            }

            // The token is a batch, not a place among those that are found now: they move on between two pages.
            int start = request.Parameter("nextToken") is { } token ? Array.FindIndex(all, b => b.Id == token) : 0;
            if (start < 0)
            {
                throw ServiceFault.InvalidArgument("'nextToken' is of no page.");
            }

            Batch[] found = [.. all.Skip(start).Where(Takes).Take(size + 1)];
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

            CiJobState state = StateOf(_all[at]);
            if (state != CiJobState.Submitted && state != CiJobState.Running)
            {
                throw ServiceFault.InvalidArgument($"Batch '{id}' is {state}; only one that has not ended can be cancelled.");
            }

            _all[at] = _all[at] with { Cancelled = options.TimeProvider.GetUtcNow() };
        }
    }

    private XElement Document(Batch batch)
    {
        CiJobState state = StateOf(batch);
        DateTimeOffset start = StartOf(batch);
        bool hasStarted = batch.Cancelled is { } cancelled ? cancelled >= start : state != CiJobState.Submitted;
        return new(
            "JobsDetail",
            new XElement("Code", "Success"),
            new XElement("Message"),
            new XElement("JobId", batch.Id),
            batch.Request.Element("Name"),
            batch.Request.Element("Type"),
            batch.Request.Element("Operation")?.Element("Tag"),
            new XElement("State", state.Text),
            new XElement("CreationTime", JobDocument.Time(batch.Created)),
            new XElement("StartTime", JobDocument.Time(hasStarted ? start : null)),
            new XElement("EndTime", JobDocument.Time(batch.Cancelled ?? (state == CiJobState.Success ? EndOf(batch) : null))),
            batch.Request.Element("Operation")?.Element("QueueId"),
            batch.Request.Element("Input"),
            batch.Request.Element("Operation"));
    }

    private CiJobState StateOf(Batch batch)
    {
        DateTimeOffset now = options.TimeProvider.GetUtcNow();
        return batch.Cancelled is not null ? CiJobState.Cancel : now < StartOf(batch) ? CiJobState.Submitted : now < EndOf(batch) ? CiJobState.Running : CiJobState.Success;
    }

    private DateTimeOffset StartOf(Batch batch) => JobStatus.Later(batch.Created, options.QueueTime, options.Speed);

    private DateTimeOffset EndOf(Batch batch) => JobStatus.Later(StartOf(batch), options.RunTime, options.Speed);

    private static string Text(Batch batch, string name) => batch.Request.Element(name)?.Value ?? "";

    private sealed record Batch(string Id, BucketAddress Bucket, XElement Request, DateTimeOffset Created)
    {
        public DateTimeOffset? Cancelled { get; init; }

        /// <summary>The creation time as answers tell it, to the second.</summary>
        public DateTimeOffset CreatedSecond => DateTimeOffset.FromUnixTimeSeconds(Created.ToUnixTimeSeconds());
    }
}

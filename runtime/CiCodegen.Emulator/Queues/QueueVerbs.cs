using System.Globalization;
using System.Xml.Linq;
using CiCodegen.Emulator.CiJobs;

namespace CiCodegen.Emulator;

/// <summary>The verbs of queues: list and change. The service has none that makes or deletes one.</summary>
internal sealed class QueueVerbs(QueueStore store)
{
    public XElement List(string path, CiRequest request, BucketAddress bucket, string requestId)
    {
        (int number, int size) = RequestDocument.Page(request);
        string? state = request.Parameter("state");
        if (state is not (null or "Active" or "Paused"))
        {
            throw ServiceFault.InvalidArgument($"'state' is '{state}'; allowed are Active, Paused.");
        }

        // The page on AI queues calls the parameter otherwise.
        string[]? ids = (request.Parameter("queueIds") ?? request.Parameter("queueId"))?.Split(',');
        string? category = request.Parameter("category");
        XElement[] queues = [.. store.Of(path, bucket)];
        XElement[] found = [.. queues
            .Where(q => ids?.Contains(Text(q, "QueueId")) != false)
            .Where(q => state is null || Text(q, "State") == state)
            .Where(q => category is null or "CateAll" || Text(q, "Category") == category)];
        return new(
            "Response",
            new XElement("RequestId", requestId),
            new XElement("TotalCount", found.Length.ToString(CultureInfo.InvariantCulture)),
            new XElement("PageNumber", number.ToString(CultureInfo.InvariantCulture)),
            new XElement("PageSize", size.ToString(CultureInfo.InvariantCulture)),
            RequestDocument.Page(found, number, size),
            (ids ?? []).Where(id => !queues.Any(q => Text(q, "QueueId") == id)).Select(static id => Documents.Text("NonExistPIDs", id)));
    }

    public XElement Change(string path, string id, BucketAddress bucket, byte[] body, string requestId)
    {
        XElement request = RequestDocument.Normal<UpdateQueueRequest>(body, static r => CiCodegen.Runtime.CiValidationContext.Check(r));
        XElement queue = store.Change(path, bucket, id, request) ?? throw new ServiceFault(404, "QueueNotFound", $"There is no queue '{id}'.");
        queue.Name = "Queue";
        return new("Response", new XElement("RequestId", requestId), queue);
    }

    private static string Text(XElement queue, string name) => queue.Element(name)?.Value ?? "";
}

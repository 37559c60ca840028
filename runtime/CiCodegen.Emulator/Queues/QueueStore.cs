using System.Xml.Linq;

namespace CiCodegen.Emulator;

/// <summary>The queues that each bucket has from the start, one a family, and what was changed of them.</summary>
internal sealed class QueueStore(CiEmulatorOptions options)
{
    /// <summary>The families by the path of their queues.</summary>
    private static readonly Dictionary<string, (string Family, string Category)> s_families = new(StringComparer.Ordinal)
    {
        ["/queue"] = ("media", "Transcoding"),
        ["/picqueue"] = ("pic", "PicProcess"),
        ["/ai_queue"] = ("ai", "AIProcess"),
        ["/asrqueue"] = ("asr", "Speeching"),
        ["/docqueue"] = ("doc", "DocProcess"),
        ["/file_queue"] = ("file", "FileProcess"),
    };

    private readonly Ids _ids = new(options.Seed);
    private readonly Lock _lock = new();
    private readonly Dictionary<(BucketAddress Bucket, string QueueId), XElement> _changed = [];
    private readonly string _made = JobDocument.Time(options.TimeProvider.GetUtcNow());

    public static bool HasPath(string path) => s_families.ContainsKey(path);

    /// <summary>A family's queues.</summary>
    public IEnumerable<XElement> Of(string path, BucketAddress bucket)
    {
        lock (_lock)
        {
            return [Current(path, bucket)];
        }
    }

    /// <summary>Changes a queue.</summary>
    /// <returns>The queue as it is now; null when the bucket has no such queue.</returns>
    public XElement? Change(string path, BucketAddress bucket, string queueId, XElement request)
    {
        // One lock from reading to writing: of two changes at once, neither takes back the other.
        lock (_lock)
        {
            XElement queue = Current(path, bucket);
            if (queue.Element("QueueId")!.Value != queueId)
            {
                return null;
            }

            foreach (string name in new[] { "Name", "State", "NotifyConfig" })
            {
                if (request.Element(name) is { } given)
                {
                    queue.Element(name)!.ReplaceWith(new XElement(given));
                }
            }

            queue.Element("UpdateTime")!.Value = JobDocument.Time(options.TimeProvider.GetUtcNow());
            _changed[(bucket, queueId)] = queue;
            return new XElement(queue);
        }
    }

    /// <summary>Makes sure that a queue takes jobs of a family.</summary>
    /// <exception cref="ServiceFault">It is another family's, or none where those of an account are not taken; or it is paused.</exception>
    public void Check(BucketAddress bucket, string queueId, string family)
    {
        string own = _ids.QueueId(bucket, family);
        if (queueId != own && (options.RequireKnownReferences || s_families.Values.Any(other => queueId == _ids.QueueId(bucket, other.Family))))
        {
            throw new ServiceFault(404, "QueueNotFound", $"There is no queue '{queueId}' for these jobs; theirs is '{own}'.");
        }

        lock (_lock)
        {
            if (_changed.TryGetValue((bucket, queueId), out XElement? queue) && queue.Element("State")?.Value == "Paused")
            {
                throw new ServiceFault(403, "QueuePaused", $"The queue '{queueId}' is paused.");
            }
        }
    }

    /// <summary>Where callbacks of a queue's jobs go; null when they are off.</summary>
    public CallbackTarget? CallbackOf(BucketAddress bucket, string queueId)
    {
        lock (_lock)
        {
            return _changed.TryGetValue((bucket, queueId), out XElement? queue) && queue.Element("NotifyConfig") is { } config
                && config.Element("State")?.Value == "On" && config.Element("Url")?.Value is { Length: > 0 } url
                && config.Element("Event")?.Value.Split(',').Contains("TaskFinish") != false
                ? new(url, config.Element("ResultFormat")?.Value ?? "XML", config.Element("Type")?.Value ?? "Url")
                : null;
        }
    }

    private XElement Current(string path, BucketAddress bucket)
    {
        (string family, string category) = s_families[path];
        string id = _ids.QueueId(bucket, family);
        return new XElement(_changed.TryGetValue((bucket, id), out XElement? changed) ? changed : Fresh(id, family, category));
    }

    private XElement Fresh(string id, string family, string category) => new(
        "QueueList",
        new XElement("QueueId", id),
        new XElement("Name", $"queue-{family}-1"),
        new XElement("State", "Active"),
        new XElement("NotifyConfig", new XElement("State", "Off"), new XElement("Event", "TaskFinish"), new XElement("ResultFormat", "XML"), new XElement("Type", "Url"), new XElement("Url", "")),
        new XElement("MaxSize", "10000"),
        new XElement("MaxConcurrent", "10"),
        new XElement("Category", category),
        new XElement("UpdateTime", _made),
        new XElement("CreateTime", _made));
}

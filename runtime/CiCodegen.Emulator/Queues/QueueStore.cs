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
        (string family, string category) = s_families[path];
        string id = _ids.QueueId(bucket, family);
        lock (_lock)
        {
            return [new XElement(_changed.TryGetValue((bucket, id), out XElement? changed) ? changed : Fresh(id, family, category))];
        }
    }

    /// <summary>Changes a queue.</summary>
    /// <returns>The queue as it is now; null when the bucket has no such queue.</returns>
    public XElement? Change(string path, BucketAddress bucket, string queueId, XElement request)
    {
        if (Of(path, bucket).FirstOrDefault(q => q.Element("QueueId")?.Value == queueId) is not { } queue)
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
        lock (_lock)
        {
            _changed[(bucket, queueId)] = queue;
        }

        return new XElement(queue);
    }

    /// <summary>Whether a queue takes no jobs.</summary>
    public bool IsPaused(BucketAddress bucket, string queueId)
    {
        lock (_lock)
        {
            return _changed.TryGetValue((bucket, queueId), out XElement? queue) && queue.Element("State")?.Value == "Paused";
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

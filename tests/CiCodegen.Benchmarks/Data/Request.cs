namespace CiCodegen.Benchmarks.Data;

/// <summary>A request as a plain class.</summary>
public sealed class Request
{
    /// <summary>Node of the same name.</summary>
    public string? Tag { get; set; }

    /// <summary>Node of the same name.</summary>
    public RequestOperation? Operation { get; set; }

    /// <summary>Node of the same name.</summary>
    public RequestInput? Input { get; set; }

    /// <summary>Node of the same name.</summary>
    public string? CallBackFormat { get; set; }

    /// <summary>Node of the same name.</summary>
    public string? CallBackType { get; set; }

    /// <summary>Node of the same name.</summary>
    public string? CallBack { get; set; }

    internal static Request Make() => new()
    {
        Tag = "VideoTargetRec",
        Operation = new RequestOperation
        {
            VideoTargetRec = new RequestParameters { Body = true, Pet = false, Car = true, SnapshotFreq = 0.5m, ProcessType = "DisableTranscode" },
            UserData = "camera 12, north gate & yard",
            JobLevel = "1",
        },
        Input = new RequestInput { Object = "videos/north/part-1.mp4" },
        CallBackFormat = "XML",
        CallBackType = "Url",
        CallBack = "https://example.com/callbacks/detections",
    };
}

/// <summary>Node <c>Operation</c>.</summary>
public sealed class RequestOperation
{
    /// <summary>Node of the same name.</summary>
    public RequestParameters? VideoTargetRec { get; set; }

    /// <summary>Node of the same name.</summary>
    public string? UserData { get; set; }

    /// <summary>Node of the same name.</summary>
    public string? JobLevel { get; set; }
}

/// <summary>Node <c>VideoTargetRec</c>.</summary>
public sealed class RequestParameters
{
    /// <summary>Node of the same name.</summary>
    public bool Body { get; set; }

    /// <summary>Node of the same name.</summary>
    public bool Pet { get; set; }

    /// <summary>Node of the same name.</summary>
    public bool Car { get; set; }

    /// <summary>Node of the same name.</summary>
    public decimal SnapshotFreq { get; set; }

    /// <summary>Node of the same name.</summary>
    public string? ProcessType { get; set; }
}

/// <summary>Node <c>Input</c>.</summary>
public sealed class RequestInput
{
    /// <summary>Node of the same name.</summary>
    public string? Object { get; set; }
}

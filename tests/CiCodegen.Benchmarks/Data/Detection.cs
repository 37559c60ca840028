using System.Runtime.Serialization;
using System.Xml.Serialization;

namespace CiCodegen.Benchmarks.Data;

// The same response as plain classes, as somebody writes them by hand for XmlSerializer, DataContractSerializer or System.Text.Json.
// Times and enums are texts here, which those read faster than what the emitted classes hold.

/// <summary>Node <c>Response</c>.</summary>
[XmlRoot("Response")]
[DataContract(Name = "Response", Namespace = "")]
public sealed class Response
{
    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 0)]
    [XmlElement]
    public List<Job> JobsDetail { get; set; } = [];

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 1)]
    public string? EventName { get; set; }
}

/// <summary>Node <c>JobsDetail</c>.</summary>
[DataContract(Name = "Job", Namespace = "")]
public sealed class Job
{
    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 0)]
    public string? Code { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 1)]
    public string? Message { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 2)]
    public string? JobId { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 3)]
    public string? Tag { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 4)]
    public string? State { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 5)]
    public string? CreationTime { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 6)]
    public string? StartTime { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 7)]
    public string? EndTime { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 8)]
    public string? QueueId { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 9)]
    public Operation? Operation { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 10)]
    public Input? Input { get; set; }
}

/// <summary>Node <c>Input</c>.</summary>
[DataContract(Namespace = "")]
public sealed class Input
{
    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 0)]
    public string? Region { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 1)]
    public string? BucketId { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 2)]
    public string? Object { get; set; }
}

/// <summary>Node <c>Operation</c>.</summary>
[DataContract(Namespace = "")]
public sealed class Operation
{
    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 0)]
    public string? TemplateId { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 1)]
    public string? TemplateName { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 2)]
    public Result? VideoTargetRecResult { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 3)]
    public string? UserData { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 4)]
    public string? JobLevel { get; set; }
}

/// <summary>Node <c>VideoTargetRecResult</c>.</summary>
[DataContract(Namespace = "")]
public sealed class Result
{
    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 0)]
    [XmlElement]
    public List<Body> BodyRecognition { get; set; } = [];

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 1)]
    [XmlElement]
    public List<Car> CarRecognition { get; set; } = [];
}

/// <summary>Node <c>BodyRecognition</c>.</summary>
[DataContract(Namespace = "")]
public sealed class Body
{
    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 0)]
    public string? Time { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 1)]
    public string? Url { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 2)]
    [XmlElement]
    public List<Info> BodyInfo { get; set; } = [];
}

/// <summary>Node <c>CarRecognition</c>.</summary>
[DataContract(Namespace = "")]
public sealed class Car
{
    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 0)]
    public string? Time { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 1)]
    public string? Url { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 2)]
    [XmlElement]
    public List<Info> CarInfo { get; set; } = [];
}

/// <summary>Nodes <c>BodyInfo</c> and <c>CarInfo</c>.</summary>
[DataContract(Namespace = "")]
public sealed class Info
{
    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 0)]
    public string? Name { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 1)]
    public int Score { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 2)]
    public Location? Location { get; set; }
}

/// <summary>Node <c>Location</c>.</summary>
[DataContract(Namespace = "")]
public sealed class Location
{
    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 0)]
    public int X { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 1)]
    public int Y { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 2)]
    public int Height { get; set; }

    /// <summary>Node of the same name.</summary>
    [DataMember(Order = 3)]
    public int Width { get; set; }
}

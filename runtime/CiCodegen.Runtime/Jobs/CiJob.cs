namespace CiCodegen.Runtime;

/// <summary>What every job has, whatever its Tag: the nodes of <c>JobsDetail</c> beside <c>Input</c> and <c>Operation</c>.</summary>
public abstract class CiJob : CiContainer
{
    /// <summary>Node <c>Code</c>. Meaningful only when <see cref="State"/> is <c>Failed</c>; otherwise the service mostly says <c>Success</c>.</summary>
    public string? Code { get; set; }

    /// <summary>Node <c>Message</c>. Meaningful only when <see cref="State"/> is <c>Failed</c>; often empty.</summary>
    public string? Message { get; set; }

    /// <summary>Node <c>JobId</c>.</summary>
    public string? JobId { get; set; }

    /// <summary>Node <c>Tag</c>.</summary>
    public string? Tag { get; set; }

    /// <summary>Node <c>SubTag</c>: no page has it, the vendor's SDK for Go reads it.</summary>
    public string? SubTag { get; set; }

    /// <summary>Node <c>State</c>.</summary>
    public CiJobState? State { get; set; }

    /// <summary>Node <c>Progress</c>: percent, 0 to 100, on list and describe pages.</summary>
    public string? Progress { get; set; }

    /// <summary>Node <c>CreationTime</c>.</summary>
    public DateTimeOffset? CreationTime { get; set; }

    /// <summary>Node <c>StartTime</c>; null until the job runs (the wire has <c>-</c>).</summary>
    public DateTimeOffset? StartTime { get; set; }

    /// <summary>Node <c>EndTime</c>; null until the job ends (the wire has <c>-</c>).</summary>
    public DateTimeOffset? EndTime { get; set; }

    /// <summary>Node <c>QueueId</c>.</summary>
    public string? QueueId { get; set; }

    /// <summary>The job's id and state.</summary>
    public override string ToString() => $"{JobId} {State?.Text}";
}

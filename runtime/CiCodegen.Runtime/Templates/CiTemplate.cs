namespace CiCodegen.Runtime;

/// <summary>What every template has, whatever its Tag: the nodes of <c>Template</c> beside the parameters it keeps.</summary>
public abstract class CiTemplate : CiContainer
{
    /// <summary>Node <c>TemplateId</c>: what a job's <c>Operation.TemplateId</c> names.</summary>
    public string? TemplateId { get; set; }

    /// <summary>Node <c>Name</c>.</summary>
    public string? Name { get; set; }

    /// <summary>Node <c>State</c>: no page has it, answers say <c>Normal</c>.</summary>
    public string? State { get; set; }

    /// <summary>Node <c>Tag</c>.</summary>
    public string? Tag { get; set; }

    /// <summary>Node <c>BucketId</c>: the bucket that the template belongs to.</summary>
    public string? BucketId { get; set; }

    /// <summary>Node <c>Category</c>: <c>Custom</c> or <c>Official</c>.</summary>
    public string? Category { get; set; }

    /// <summary>Node <c>CreateTime</c>.</summary>
    public DateTimeOffset? CreateTime { get; set; }

    /// <summary>Node <c>UpdateTime</c>.</summary>
    public DateTimeOffset? UpdateTime { get; set; }

    /// <summary>The template's id and name.</summary>
    public override string ToString() => $"{TemplateId} {Name}";
}

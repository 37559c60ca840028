namespace CiCodegen.Runtime;

/// <summary>An answer as it came, with what a tolerant pass found in it: for what no schema knows yet.</summary>
public sealed class CiRawResult
{
    internal CiRawResult(int httpStatus, string? requestId, IReadOnlyList<CiJobEnvelope> jobs, ReadOnlyMemory<byte> body)
    {
        HttpStatus = httpStatus;
        RequestId = requestId;
        Jobs = jobs;
        Body = body;
    }

    /// <summary>The HTTP status.</summary>
    public int HttpStatus { get; }

    /// <summary>The id by which the service knows the request, or null.</summary>
    public string? RequestId { get; }

    /// <summary>Id, state and code of each job in the answer.</summary>
    public IReadOnlyList<CiJobEnvelope> Jobs { get; }

    /// <summary>Node <c>NextToken</c> of a list; null when there is none.</summary>
    public string? NextToken { get; internal init; }

    /// <summary>Node <c>NonExistJobIds</c> of a description.</summary>
    public IReadOnlyList<string> NonExistJobIds { get; internal init; } = [];

    /// <summary>The body as it came.</summary>
    public ReadOnlyMemory<byte> Body { get; }
}

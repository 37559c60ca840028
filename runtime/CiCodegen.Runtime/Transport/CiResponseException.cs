namespace CiCodegen.Runtime;

/// <summary>The service carried the request out, but its answer could not be read as asked. What could be found of the jobs travels here.</summary>
public sealed class CiResponseException : CiException
{
    internal CiResponseException(
        string message, in CiAnswer answer, IReadOnlyList<CiJobEnvelope> jobs, ReadOnlyMemory<byte> rawBody, bool isTruncated, CiFormatException? innerException)
        : base(message, answer, innerException)
    {
        Jobs = jobs;
        RawBody = rawBody;
        IsTruncated = isTruncated;
    }

    /// <summary>Id, state and code of each job in the answer, as far as they could be found.</summary>
    public IReadOnlyList<CiJobEnvelope> Jobs { get; }

    /// <summary>The answer's body as it came, but for secrets that it sent back; what was received of it when <see cref="IsTruncated"/>.</summary>
    public ReadOnlyMemory<byte> RawBody { get; }

    /// <summary>Whether the answer broke off, or passed <see cref="CiClientOptions.MaxResponseLength"/>.</summary>
    public bool IsTruncated { get; }
}

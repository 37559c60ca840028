namespace CiCodegen.Runtime;

/// <summary>The service knows no such job: it never was, is of another bucket, or was made so long ago that its record is gone.</summary>
public sealed class CiJobNotFoundException : CiException
{
    internal CiJobNotFoundException(string jobId, in CiAnswer answer)
        : base($"The service knows no job '{jobId}'.", answer, innerException: null) => JobId = jobId;

    /// <summary>The id that was asked for.</summary>
    public string JobId { get; }
}

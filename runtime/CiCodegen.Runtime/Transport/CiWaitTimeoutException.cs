namespace CiCodegen.Runtime;

/// <summary>A job did not end within the time that the caller would wait. It goes on; wait again with its id.</summary>
public sealed class CiWaitTimeoutException : CiException
{
    internal CiWaitTimeoutException(string jobId, CiJobEnvelope? lastSeen, TimeSpan waited, Exception? innerException)
        : base($"Job '{jobId}' did not end within {waited}; its last known state is {lastSeen?.State?.Text ?? "unknown"}.", innerException)
    {
        JobId = jobId;
        LastSeen = lastSeen;
    }

    /// <summary>The job.</summary>
    public string JobId { get; }

    /// <summary>The job's state as last seen; null when it was never seen.</summary>
    public CiJobState? LastState => LastSeen?.State;

    /// <summary>The job as last seen; null when it was never seen.</summary>
    public CiJobEnvelope? LastSeen { get; }
}

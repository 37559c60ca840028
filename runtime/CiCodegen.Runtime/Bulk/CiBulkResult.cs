namespace CiCodegen.Runtime;

/// <summary>How one of many submissions ended.</summary>
public enum CiBulkStatus
{
    /// <summary>The job was made by this run.</summary>
    Submitted,

    /// <summary>An earlier run had made the job; the journal says so, or the service's list did.</summary>
    Already,

    /// <summary>The service or the request's schema refused it; there is no job.</summary>
    Refused,

    /// <summary>It surely did not reach the service; there is no job.</summary>
    Unsent,

    /// <summary>Nobody knows whether there is a job; it was looked for and not found.</summary>
    Unknown,
}

/// <summary>The outcome of one of many submissions.</summary>
/// <param name="Index">Which of the requests, from 0.</param>
/// <param name="Key">Its key in the journal.</param>
/// <param name="Status">How it ended.</param>
/// <param name="JobId">The job's id; null when there is none or it is not known.</param>
/// <param name="Error">Why there is no job, or why nobody knows; null otherwise.</param>
public sealed record CiBulkResult(long Index, string Key, CiBulkStatus Status, string? JobId, Exception? Error);

/// <summary>One of many requests, with a key of the caller's.</summary>
/// <typeparam name="TJob">The Tag's job.</typeparam>
/// <param name="Key">What the journal calls it: the same in every run, and no other request's. Whole text: no surrogate alone.</param>
/// <param name="Request">The request.</param>
public sealed record CiBulkRequest<TJob>(string Key, ICiJobRequest<TJob> Request)
    where TJob : CiJob, ICiJob<TJob>;

/// <summary>One of many documents of any Tag.</summary>
/// <param name="Key">What the journal calls it: the same in every run, and no other request's. Whole text: no surrogate alone.</param>
/// <param name="Tag">The Tag.</param>
/// <param name="Xml">The request document in UTF-8; it is not checked.</param>
public sealed record CiBulkDocument(string Key, CiTag Tag, ReadOnlyMemory<byte> Xml);

/// <summary>A run was stopped because nothing got through any more. With a journal it can be resumed.</summary>
public sealed class CiBulkStoppedException : CiException
{
    internal CiBulkStoppedException(int failures, Exception last)
        : base($"Stopped after {failures} submissions in a row that came to nothing. The last one: {last.Message}", last)
    {
    }
}

namespace CiCodegen.Runtime;

/// <summary>What is known of a request in a journal.</summary>
public enum CiJournalState
{
    /// <summary>It is about to be sent; whether it was is not known.</summary>
    Sending,

    /// <summary>The job is there.</summary>
    Done,

    /// <summary>The service refused it; there is no job.</summary>
    Refused,

    /// <summary>It surely did not reach the service; there is no job.</summary>
    Unsent,
}

/// <summary>One entry of a journal. The last one of a key counts.</summary>
/// <param name="Key">The request.</param>
/// <param name="State">What is known.</param>
/// <param name="Hash">A hash of the document, so that a key that stands for something else is noticed.</param>
/// <param name="Mark">The mark that was sent with it, to look for; null for none.</param>
/// <param name="At">When, by this machine's clock. Of one that is about to be sent again: when it was sent first.</param>
/// <param name="JobId">The job; null when there is none.</param>
public sealed record CiJournalEntry(string Key, CiJournalState State, string Hash, string? Mark, DateTimeOffset At, string? JobId)
{
    /// <summary>When it was about to be sent again, with the same mark, because it had not been found; null when it was not.</summary>
    public DateTimeOffset? SentAgainAt { get; init; }
}

/// <summary>Keeps what was sent, across runs. Called by many at once, but never twice at a time for one key.</summary>
public interface ICiJournal
{
    /// <summary>The last entry of a key; null when there is none.</summary>
    /// <param name="key">The request.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask<CiJournalEntry?> FindAsync(string key, CancellationToken cancellationToken = default);

    /// <summary>Adds an entry. When this returns, the entry must outlive the process: the request is sent right after.</summary>
    /// <param name="entry">The entry.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask AppendAsync(CiJournalEntry entry, CancellationToken cancellationToken = default);
}

/// <summary>A journal cannot be used: it is damaged, in use, or of other requests.</summary>
public sealed class CiJournalException : Exception
{
    /// <summary>Makes the exception.</summary>
    /// <param name="message">What is wrong.</param>
    /// <param name="innerException">What lies beneath; null for nothing.</param>
    public CiJournalException(string message, Exception? innerException = null)
        : base(message, innerException)
    {
    }
}

namespace CiCodegen.Runtime;

/// <summary>A job was sent and nobody knows whether the service took it: do not send it again before looking for it.</summary>
public sealed class CiAmbiguousSubmitException : CiException
{
    internal CiAmbiguousSubmitException(string message, in CiAnswer answer, ReadOnlyMemory<byte> body, Exception? innerException)
        : base(message, answer, innerException)
    {
        Body = body;
        IsAmbiguous = true;
    }

    /// <summary>What came of an answer, cut off after 4 KiB; empty when none came.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>The Tag that was submitted; null when a document went out as it was.</summary>
    public string? Tag { get; internal set; }

    /// <summary>The mark that the job carries, for <see cref="CiClient.FindSubmittedAsync"/>; null when it was not marked.</summary>
    public string? Mark { get; internal set; }

    /// <summary>When the submission began, by this machine's clock.</summary>
    public DateTimeOffset SentAt { get; internal set; }

    /// <summary>How often the service's list was looked through for the mark. Not to find it proves nothing: lists lag, and what is under way may still arrive.</summary>
    public int Lookups { get; internal set; }
}

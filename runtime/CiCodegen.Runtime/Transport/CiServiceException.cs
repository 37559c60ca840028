namespace CiCodegen.Runtime;

/// <summary>The service, or something on the way to it, refused the request: it was not carried out.</summary>
public sealed class CiServiceException : CiException
{
    internal CiServiceException(string message, in CiAnswer answer, string? serviceMessage, ReadOnlyMemory<byte> body, TimeSpan? retryAfter, bool isTransient)
        : base(message, answer, innerException: null)
    {
        ServiceMessage = serviceMessage;
        Body = body;
        RetryAfter = retryAfter;
        IsTransient = isTransient;
    }

    /// <summary>The service's own message, or null when the answer had none.</summary>
    public string? ServiceMessage { get; }

    /// <summary>The answer's body as it came, but for secrets that it sent back; cut off after 4 KiB.</summary>
    public ReadOnlyMemory<byte> Body { get; }

    /// <summary>How long the service asked to wait, or null.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>Whether the service took too many requests to take this one.</summary>
    public bool IsThrottled => HttpStatus == 429 || Code == "SlowDown";

    /// <summary>Whether the same request may succeed later: throttled, or a server's own failure.</summary>
    public bool IsTransient { get; }
}

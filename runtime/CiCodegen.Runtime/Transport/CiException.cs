namespace CiCodegen.Runtime;

/// <summary>What <see cref="CiClient"/> and credential providers throw when the service, the network or an answer is at fault.</summary>
/// <remarks>No message holds a secret key, a token or an <c>Authorization</c> header, not even one that a server sent back.</remarks>
public abstract class CiException : Exception
{
    private protected CiException(string message, Exception? innerException)
        : base(message, innerException)
    {
    }

    private protected CiException(string message, in CiAnswer answer, Exception? innerException)
        : base(message, innerException)
    {
        HttpStatus = answer.HttpStatus;
        Code = answer.Code;
        RequestId = answer.RequestId;
        TraceId = answer.TraceId;
    }

    /// <summary>The HTTP status, or null when there was no answer.</summary>
    public int? HttpStatus { get; }

    /// <summary>The service's error code, as in <c>InvalidArgument</c>, or null when there was none. Together with <see cref="HttpStatus"/> it is the key of an error.</summary>
    public string? Code { get; }

    /// <summary>The id by which the service knows the request, or null.</summary>
    public string? RequestId { get; }

    /// <summary>The id by which the service traces a failure, or null.</summary>
    public string? TraceId { get; }

    /// <summary>Whether the request may have been carried out although it failed.</summary>
    public bool IsAmbiguous { get; internal set; }

    /// <summary>What a request with several operations was made of, in their order; empty for any other. What may have been taken can be looked for by it, with <see cref="CiClient.FindSubmittedAsync"/>.</summary>
    public IReadOnlyList<CiSubmittedOperation> Operations { get; internal set; } = [];
}

/// <summary>What an exception keeps of an answer.</summary>
internal readonly record struct CiAnswer(int? HttpStatus, string? Code, string? RequestId, string? TraceId);

/// <summary>One operation of a request with several.</summary>
/// <param name="Tag">Its Tag.</param>
/// <param name="Mark">The mark that it carries; null when it has none, because marks are off or its UserData has no room.</param>
public sealed record CiSubmittedOperation(CiTag Tag, string? Mark);

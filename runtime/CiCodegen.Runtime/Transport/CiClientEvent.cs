namespace CiCodegen.Runtime;

/// <summary>What happened to a call.</summary>
public enum CiClientEventKind
{
    /// <summary>It succeeded.</summary>
    Completed,

    /// <summary>A try failed and another one follows.</summary>
    Retrying,

    /// <summary>The server's clock was learnt; the request is signed anew.</summary>
    ClockCorrected,

    /// <summary>The service refused the credentials; the request goes out with others.</summary>
    CredentialsRenewed,

    /// <summary>A job whose answer was lost was found by its mark.</summary>
    Found,

    /// <summary>It failed.</summary>
    Failed,
}

/// <summary>Something that happened to a call, for logs. Has no secret in it.</summary>
/// <param name="Kind">What happened.</param>
/// <param name="Operation">The verb: submit, describe, list, cancel.</param>
/// <param name="Tag">The Tag; null when the call has none.</param>
/// <param name="JobId">The job that was asked for; null when there is not one.</param>
/// <param name="Try">Which try it was, from 1.</param>
/// <param name="Elapsed">How long the call has taken.</param>
/// <param name="HttpStatus">The last answer's status; null when there was none.</param>
/// <param name="RequestId">The last answer's request id; null when there was none.</param>
/// <param name="Pause">How long until the next try; null when there is none.</param>
/// <param name="Failure">What failed; null when nothing did.</param>
public sealed record CiClientEvent(
    CiClientEventKind Kind, string Operation, string? Tag, string? JobId, int Try, TimeSpan Elapsed, int? HttpStatus, string? RequestId, TimeSpan? Pause, Exception? Failure);

namespace CiCodegen.Runtime;

/// <summary>One request to make, however many tries it takes.</summary>
internal sealed class CiCall
{
    /// <summary>The verb's name in activities and messages: submit, describe, list, cancel.</summary>
    public required string Operation { get; init; }

    public required HttpMethod Method { get; init; }

    /// <summary>The path, decoded: what is signed.</summary>
    public required string Path { get; init; }

    /// <summary>The path as it goes out.</summary>
    public string? EncodedPath { get; init; }

    public IReadOnlyList<KeyValuePair<string, string?>> Query { get; init; } = [];

    public byte[]? Body { get; init; }

    public string? Tag { get; init; }

    public string? JobId { get; init; }

    /// <summary>When the call began of which this is a part, so that all parts share one time limit; null when it begins now.</summary>
    public long? Started { get; init; }

    /// <summary>Is told when the service says that it is too much, and how long it asks to wait.</summary>
    public Action<TimeSpan?>? Throttled { get; init; }

    /// <summary>What the service does when it takes the request.</summary>
    public CallEffect Effect { get; init; }

    /// <summary>Whether something has happened to the service when it takes the request.</summary>
    public bool IsChange => Effect is CallEffect.Changes or CallEffect.Creates;

    /// <summary>A submission is carried out anew by every try that the service takes.</summary>
    public bool IsSubmit => Effect == CallEffect.Submits;
}

/// <summary>What a request does to the service.</summary>
internal enum CallEffect
{
    /// <summary>Nothing: it can be repeated, and nothing has happened when it fails.</summary>
    Reads,

    /// <summary>Every time the same: it can be repeated, but may have been carried out although it failed.</summary>
    Changes,

    /// <summary>Something new each time: it must not be repeated when it may have been carried out.</summary>
    Creates,

    /// <summary>A job each time: as <see cref="Creates"/>, and the job can be looked for.</summary>
    Submits,
}

/// <summary>An answer, whole or in part.</summary>
internal sealed class CiReply
{
    public required int Status { get; init; }

    public required ReadOnlyMemory<byte> Body { get; init; }

    public required string? ContentType { get; init; }

    /// <summary>What the body is encoded as still; null when it is as it was written.</summary>
    public required string? Encoding { get; init; }

    public required string? RequestId { get; init; }

    public required string? TraceId { get; init; }

    public required TimeSpan? RetryAfter { get; init; }

    public required DateTimeOffset? Date { get; init; }

    public required Redactor Redactor { get; init; }

    /// <summary>Why the body is not whole; null when it is.</summary>
    public Exception? BodyFailure { get; init; }

    /// <summary>Whether the body passed the limit: another try would not help.</summary>
    public bool IsTooLong { get; init; }

    public bool IsTruncated => BodyFailure is not null || IsTooLong;

    public bool IsSuccess => Status is >= 200 and < 300;
}

/// <summary>How a try ended without an answer.</summary>
internal enum TryFailure
{
    /// <summary>It has an answer.</summary>
    None,

    /// <summary>No connection was made, so nothing was sent.</summary>
    NotConnected,

    /// <summary>Time ran out.</summary>
    Timeout,

    /// <summary>The connection broke.</summary>
    Broken,

    /// <summary>The caller's HTTP client is gone.</summary>
    Disposed,

    /// <summary>The caller's HTTP handler went to another address by itself.</summary>
    Redirected,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}

/// <summary>The outcome of one try.</summary>
/// <param name="Reply">The answer, or null.</param>
/// <param name="Failure">How it ended without one.</param>
/// <param name="Cause">What was thrown.</param>
/// <param name="SurelyNotTaken">Whether the service cannot have seen the whole request.</param>
/// <param name="ClockOffset">What had been added to the clock when it was signed.</param>
/// <param name="Credentials">What it was signed with.</param>
internal readonly record struct CiTry(CiReply? Reply, TryFailure Failure, Exception? Cause, bool SurelyNotTaken, TimeSpan ClockOffset, CiCredentials? Credentials);

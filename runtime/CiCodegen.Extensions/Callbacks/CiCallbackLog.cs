using Microsoft.Extensions.Logging;

namespace CiCodegen.Extensions;

/// <summary>What happens to callbacks, as log messages; the ids are part of the interface.</summary>
internal static partial class CiCallbackLog
{
    [LoggerMessage(101, LogLevel.Debug, "Callback of job {JobId}, {State}, Tag {Tag}; seen before: {IsKnown}")]
    public static partial void Received(ILogger logger, string jobId, string? state, string? tag, bool isKnown);

    [LoggerMessage(102, LogLevel.Warning, "A callback was answered with {Status}: {Reason}")]
    public static partial void Refused(ILogger logger, int status, string reason);

    [LoggerMessage(103, LogLevel.Error, "The handler of the callback of job {JobId}, {State}, failed at try {Try} of {MaxTries}")]
    public static partial void HandlerFailed(ILogger logger, string jobId, string? state, int @try, int maxTries, Exception exception);

    [LoggerMessage(104, LogLevel.Warning, "The callback of job {JobId}, {State}, Tag {Tag} has no handler")]
    public static partial void NoHandler(ILogger logger, string jobId, string? state, string? tag);

    [LoggerMessage(105, LogLevel.Error, "The callback of job {JobId} cannot be forgotten")]
    public static partial void StoreFailed(ILogger logger, string jobId, Exception exception);

    [LoggerMessage(106, LogLevel.Error, "What an earlier process left in the store cannot be read; it is asked again in {Pause} s")]
    public static partial void NotListed(ILogger logger, double pause, Exception exception);

    [LoggerMessage(107, LogLevel.Warning, "The queue of callbacks ends and {Count} were not handled: what the store does not keep is lost")]
    public static partial void Dropped(ILogger logger, int count);
}

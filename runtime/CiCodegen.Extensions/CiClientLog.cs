using CiCodegen.Runtime;
using Microsoft.Extensions.Logging;

namespace CiCodegen.Extensions;

/// <summary>Writes what happens to calls as log messages; the ids are part of the interface. Exceptions are not written with them: whoever made the call has them.</summary>
internal static partial class CiClientLog
{
    public static void Write(ILogger logger, CiClientEvent happened)
    {
        switch (happened.Kind)
        {
            case CiClientEventKind.Completed:
                Completed(logger, happened.Operation, happened.Tag, happened.JobId, happened.HttpStatus, happened.RequestId, happened.Try, happened.Elapsed.TotalMilliseconds);
                break;
            case CiClientEventKind.Retrying:
                Retrying(logger, happened.Operation, happened.Tag, happened.JobId, happened.HttpStatus, happened.RequestId, happened.Try, happened.Pause?.TotalMilliseconds, happened.Failure?.Message);
                break;
            case CiClientEventKind.ClockCorrected:
                ClockCorrected(logger, happened.Operation, happened.RequestId);
                break;
            case CiClientEventKind.CredentialsRenewed:
                CredentialsRenewed(logger, happened.Operation, happened.RequestId);
                break;
            case CiClientEventKind.Found:
                Found(logger, happened.Tag, happened.JobId, happened.Elapsed.TotalMilliseconds);
                break;
            case CiClientEventKind.Failed when happened.Failure is CiException { IsAmbiguous: true }:
                Unknown(logger, happened.Operation, happened.Tag, happened.JobId, happened.HttpStatus, happened.RequestId, happened.Failure.Message);
                break;
            case CiClientEventKind.Failed:
                Failed(logger, happened.Operation, happened.Tag, happened.JobId, happened.HttpStatus, happened.RequestId, happened.Try, happened.Failure?.Message);
                break;
        }
    }

    [LoggerMessage(1, LogLevel.Debug, "{Operation} {Tag} {JobId} completed: HTTP {HttpStatus}, request {RequestId}, try {Try}, {Elapsed} ms")]
    private static partial void Completed(ILogger logger, string operation, string? tag, string? jobId, int? httpStatus, string? requestId, int @try, double elapsed);

    [LoggerMessage(2, LogLevel.Information, "{Operation} {Tag} {JobId} is tried again in {Pause} ms after try {Try}: HTTP {HttpStatus}, request {RequestId}. {Reason}")]
    private static partial void Retrying(ILogger logger, string operation, string? tag, string? jobId, int? httpStatus, string? requestId, int @try, double? pause, string? reason);

    [LoggerMessage(3, LogLevel.Warning, "The clock differs from the server's; {Operation} is signed anew by the server's. Request {RequestId}")]
    private static partial void ClockCorrected(ILogger logger, string operation, string? requestId);

    [LoggerMessage(4, LogLevel.Information, "The service refused the credentials; {Operation} goes out with others. Request {RequestId}")]
    private static partial void CredentialsRenewed(ILogger logger, string operation, string? requestId);

    [LoggerMessage(5, LogLevel.Information, "The answer of a submission of {Tag} was lost; its job {JobId} was found by its mark after {Elapsed} ms")]
    private static partial void Found(ILogger logger, string? tag, string? jobId, double elapsed);

    [LoggerMessage(6, LogLevel.Error, "{Operation} {Tag} {JobId} may have been carried out: HTTP {HttpStatus}, request {RequestId}. {Reason}")]
    private static partial void Unknown(ILogger logger, string operation, string? tag, string? jobId, int? httpStatus, string? requestId, string reason);

    [LoggerMessage(7, LogLevel.Warning, "{Operation} {Tag} {JobId} failed at try {Try}: HTTP {HttpStatus}, request {RequestId}. {Reason}")]
    private static partial void Failed(ILogger logger, string operation, string? tag, string? jobId, int? httpStatus, string? requestId, int @try, string? reason);
}

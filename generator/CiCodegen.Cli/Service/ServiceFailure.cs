using System.Text.Json;
using CiCodegen.Cli.Output;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Service;

/// <summary>Why a service command failed.</summary>
/// <param name="Kind">Usage, document, validation, credentials, service, transport, timeout, ambiguous, response, notFound, manifest, journal, stopped, cancelled or failure.</param>
/// <param name="Message">What happened.</param>
internal sealed record ServiceFailure(string Kind, string Message)
{
    public bool IsAmbiguous { get; init; }

    public int? Status { get; init; }

    public string? Code { get; init; }

    public string? RequestId { get; init; }

    public string? TraceId { get; init; }

    /// <summary>The job, where it is known all the same.</summary>
    public string? JobId { get; init; }

    public string? State { get; init; }

    public IReadOnlyList<CiViolation> Violations { get; init; } = [];

    public int ExitCode { get; init; } = Cli.ExitCode.Failure;

    /// <summary>The failure as one that is expected; null when it is a bug.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <param name="isSubmit">Whether a job was being submitted.</param>
    public static ServiceFailure? Of(Exception exception, bool isSubmit) => exception switch
    {
        CliException e => new(e.Code is CliException.Usage or CliException.UnknownTag ? "usage" : e.Code == NoCredentials ? "credentials" : "document", e.Message),
        ArgumentException e => new("usage", e.Message),
        CiFormatException e => new("document", DocumentError.Of(e).ToLine("-")) { ExitCode = Cli.ExitCode.Findings },
        CiException e => Of(e, isSubmit),
        CiJournalException e => new("journal", e.Message),
        OperationCanceledException { InnerException: CiException e } => Of(e, isSubmit),
        OperationCanceledException => new("cancelled", "The command was cancelled."),
        _ => null,
    };

    /// <summary>The code of a failure for want of credentials.</summary>
    public const string NoCredentials = "NoCredentials";

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", false);
        writer.WriteString("jobId", JobId);
        if (State is not null)
        {
            writer.WriteString("state", State);
        }

        writer.WriteStartObject("error");
        writer.WriteString("kind", Kind);
        writer.WriteBoolean("ambiguous", IsAmbiguous);
        if (Status is { } status)
        {
            writer.WriteNumber("status", status);
        }
        else
        {
            writer.WriteNull("status");
        }

        writer.WriteString("code", Code);
        writer.WriteString("requestId", RequestId);
        writer.WriteString("traceId", TraceId);
        writer.WriteString("message", Message);
        if (Violations.Count > 0)
        {
            Commands.ViolationJson.Write(writer, Violations);
        }

        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static ServiceFailure Of(CiException e, bool isSubmit)
    {
        ServiceFailure failure = e switch
        {
            CiServiceException s => new("service", s.ServiceMessage is { Length: > 0 } message ? message : s.Message),
            CiAmbiguousSubmitException => new("ambiguous", e.Message),
            CiTransportException t => new(t.IsTimeout ? "timeout" : "transport", e.Message),
            CiJobNotFoundException n => new("notFound", e.Message) { JobId = n.JobId, ExitCode = Cli.ExitCode.Findings },
            CiWaitTimeoutException w => new("timeout", e.Message) { JobId = w.JobId, State = w.LastState?.Text },
            CiResponseException r => new("response", e.Message) { JobId = r.Jobs.FirstOrDefault(j => !string.IsNullOrEmpty(j.JobId))?.JobId },
            CiBulkStoppedException => new("stopped", e.Message),
            CiCredentialException => new("credentials", e.Message),
            _ => new("failure", e.Message),
        };
        return failure with
        {
            // An answer that cannot be read means that the job was taken.
            IsAmbiguous = e.IsAmbiguous || (isSubmit && e is CiResponseException),
            Status = e.HttpStatus,
            Code = e.Code,
            RequestId = e.RequestId,
            TraceId = e.TraceId,
        };
    }
}

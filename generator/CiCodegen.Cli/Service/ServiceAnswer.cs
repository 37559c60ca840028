using System.Text.Json;
using CiCodegen.Cli.Output;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Service;

/// <summary>What a service command brought.</summary>
/// <param name="Jobs">The jobs.</param>
internal sealed record ServiceAnswer(IReadOnlyList<JobAnswer> Jobs)
{
    /// <summary>The id by which the service knows the request.</summary>
    public string? RequestId { get; init; }

    /// <summary>Where the next page of a list begins.</summary>
    public string? NextToken { get; init; }

    /// <summary>Whether the jobs are printed as a list even when there is one.</summary>
    public bool IsList { get; init; }

    /// <summary>Whether the jobs' values are printed.</summary>
    public bool HasValues { get; init; }

    public int ExitCode { get; init; } = Cli.ExitCode.Done;

    public void Write(Utf8JsonWriter writer)
    {
        JobAnswer? first = IsList ? null : Jobs.FirstOrDefault();
        writer.WriteStartObject();
        writer.WriteBoolean("ok", true);
        writer.WriteString("jobId", first?.JobId);
        writer.WriteString("state", first?.State);
        writer.WriteStrings("ids", Jobs.Select(j => j.JobId));
        writer.WriteString("requestId", RequestId);
        if (IsList)
        {
            writer.WriteString("nextToken", NextToken);
            writer.WriteStartArray("jobs");
            foreach (JobAnswer job in Jobs)
            {
                job.WriteValue(writer);
            }

            writer.WriteEndArray();
        }
        else if (HasValues)
        {
            writer.WritePropertyName("job");
            if (first is null)
            {
                writer.WriteNullValue();
            }
            else
            {
                first.WriteValue(writer);
            }

            if (Jobs.Count > 1)
            {
                writer.WriteStartArray("jobs");
                foreach (JobAnswer job in Jobs)
                {
                    job.WriteValue(writer);
                }

                writer.WriteEndArray();
            }
        }

        if (Jobs.Select(j => j.ReadError).FirstOrDefault(e => e is not null) is { } error)
        {
            // The job is there, only its own nodes cannot be read.
            writer.WritePropertyName("readError");
            ErrorJson.WriteBare(writer, error);
        }

        writer.WriteEndObject();
    }
}

/// <summary>One job of an answer.</summary>
/// <param name="JobId">Its id.</param>
/// <param name="State">Its state, or null.</param>
/// <param name="Tag">Its Tag, or null.</param>
/// <param name="Envelope">What every job has.</param>
internal sealed record JobAnswer(string JobId, string? State, string? Tag, CiJobEnvelope? Envelope)
{
    /// <summary>The typed value as JSON; null when no schema knows the Tag or the job cannot be read.</summary>
    public string? Json { get; init; }

    /// <summary>Why the job cannot be read.</summary>
    public DocumentError? ReadError { get; init; }

    /// <summary>Jobs with an id, each once: an answer may be doubled on its way, and pages of a list may overlap.</summary>
    public static IReadOnlyList<JobAnswer> Distinct(IEnumerable<JobAnswer> jobs) => [.. jobs.Where(job => job.JobId.Length > 0).DistinctBy(job => job.JobId)];

    public static JobAnswer Of(CiJobEnvelope job) => new(job.JobId ?? "", job.State?.Text, job.Tag, job);

    public void WriteValue(Utf8JsonWriter writer)
    {
        if (Json is not null)
        {
            writer.WriteRawValue(Json, skipInputValidation: true);
            return;
        }

        writer.WriteStartObject();
        Member(writer, "Code", Envelope?.Code);
        Member(writer, "Message", Envelope?.Message);
        Member(writer, "JobId", JobId);
        Member(writer, "Tag", Tag);
        Member(writer, "State", State);
        Member(writer, "QueueId", Envelope?.QueueId);
        writer.WriteEndObject();
    }

    private static void Member(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }
}

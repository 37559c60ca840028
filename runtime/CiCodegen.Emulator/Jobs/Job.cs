using System.Xml.Linq;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>A job as it was submitted. What has become of it is computed from the clock.</summary>
internal sealed class Job
{
    public required long Sequence { get; init; }

    public required string JobId { get; init; }

    public required EmulatedTag Tag { get; init; }

    public required BucketAddress Bucket { get; init; }

    public required string QueueId { get; init; }

    /// <summary>The name that its template had when the job was made; null without a template, or with one that the emulator has not made.</summary>
    public string? TemplateName { get; init; }

    public required DateTimeOffset Created { get; init; }

    /// <summary>The request in its normal form: what the Tag's own writer made of it.</summary>
    public required XElement Request { get; init; }

    /// <summary>When it was cancelled; set under the store's lock.</summary>
    public DateTimeOffset? Cancelled { get; set; }

    /// <summary>Whether its callback has been sent, or given up.</summary>
    public bool IsTold { get; set; }

    public string? InputObject => Request.Element("Input")?.Element("Object")?.Value;

    public bool Fails => InputObject?.StartsWith(CiEmulator.FailurePrefix, StringComparison.Ordinal) == true;

    /// <summary>The creation time as answers tell it, to the second.</summary>
    public DateTimeOffset CreatedSecond => DateTimeOffset.FromUnixTimeSeconds(Created.ToUnixTimeSeconds());
}

/// <summary>Where a job stands at a moment.</summary>
internal sealed record JobStatus(CiJobState State, DateTimeOffset? Started, DateTimeOffset? Ended, int Progress)
{
    public static JobStatus Of(Job job, CiEmulatorOptions options, DateTimeOffset now)
    {
        if (job.Cancelled is { } cancelled)
        {
            return new(CiJobState.Cancel, null, cancelled, 0);
        }

        DateTimeOffset start = Later(job.Created, options.QueueTime, options.Speed);
        if (now < start)
        {
            return new(CiJobState.Submitted, null, null, 0);
        }

        DateTimeOffset end = Later(start, options.RunTime, options.Speed);
        if (now < end)
        {
            return new(CiJobState.Running, start, null, (int)(100 * ((now - start) / (end - start))));
        }

        return job.Fails ? new(CiJobState.Failed, start, end, 0) : new(CiJobState.Success, start, end, 100);
    }

    /// <summary>When a job that is not cancelled ends; null for one that never does.</summary>
    public static DateTimeOffset? EndOf(Job job, CiEmulatorOptions options)
    {
        DateTimeOffset end = Later(Later(job.Created, options.QueueTime, options.Speed), options.RunTime, options.Speed);
        return job.Cancelled is null && end < DateTimeOffset.MaxValue ? end : null;
    }

    /// <summary>A time that lies a span ahead; a span that never ends leads to the end of time.</summary>
    internal static DateTimeOffset Later(DateTimeOffset time, TimeSpan span, double speed)
    {
        double ticks = span.Ticks / speed;
        return ticks < (DateTimeOffset.MaxValue - time).Ticks ? time.AddTicks((long)ticks) : DateTimeOffset.MaxValue;
    }
}

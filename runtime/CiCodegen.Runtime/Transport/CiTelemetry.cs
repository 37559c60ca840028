using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace CiCodegen.Runtime;

/// <summary>The activities and measurements of the library, all under the name <c>CiCodegen</c>. No secret gets into either, and what a listener throws changes no call.</summary>
internal static class CiTelemetry
{
    public const string Name = "CiCodegen";

    private static readonly ActivitySource Source = new(Name);
    private static readonly Meter Meter = new(Name);
    private static readonly Counter<long> Tries = Meter.CreateCounter<long>("cicodegen.client.tries", "{try}", "Requests sent, each try counted.");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("cicodegen.client.duration", "s", "Calls with all their tries and pauses.");

    public static Activity? Start(string operation, string? tag, string? jobId)
    {
        try
        {
            Activity? activity = Source.StartActivity($"ci.{operation}", ActivityKind.Client);
            if (activity is not null)
            {
                SetTag(activity, "tencentcloud.ci.tag", tag);
                SetTag(activity, "tencentcloud.ci.job_id", jobId);
            }

            return activity;
        }
        catch (Exception)
        {
            // A listener's; here and below.
            return null;
        }
    }

    public static void Tried(string operation, int? status)
    {
        try
        {
            Tries.Add(1, new("tencentcloud.ci.operation", operation), new("http.response.status_code", status));
        }
        catch (Exception)
        {
        }
    }

    /// <summary>Ends an activity.</summary>
    public static void Ended(Activity? activity, string operation, TimeSpan duration, string? requestId, int? status, Exception? failure)
    {
        try
        {
            Duration.Record(duration.TotalSeconds, new("tencentcloud.ci.operation", operation), new("error.type", failure?.GetType().Name));
        }
        catch (Exception)
        {
        }

        try
        {
            Describe(activity, requestId, status, failure);
            activity?.Dispose();
        }
        catch (Exception)
        {
        }
    }

    private static void Describe(Activity? activity, string? requestId, int? status, Exception? failure)
    {
        if (activity is not null)
        {
            SetTag(activity, "tencentcloud.request_id", requestId);
            if (status is { } code)
            {
                activity.SetTag("http.response.status_code", code);
            }

            if (failure is not null)
            {
                activity.SetStatus(ActivityStatusCode.Error);
                activity.SetTag("error.type", failure.GetType().Name);
            }
        }
    }

    private static void SetTag(Activity activity, string name, string? value)
    {
        if (value is not null)
        {
            activity.SetTag(name, value);
        }
    }
}

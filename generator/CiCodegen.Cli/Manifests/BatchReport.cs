using System.Globalization;
using CiCodegen.Cli.Output;
using CiCodegen.Runtime;
using Spectre.Console;

namespace CiCodegen.Cli.Manifests;

/// <summary>Prints a batch's results as they come, a bar for people, and the sum.</summary>
/// <param name="run">The run.</param>
/// <param name="count">How many requests there are.</param>
internal sealed class BatchReport(Invocation run, long count) : IProgress<CiBulkProgress>
{
    private volatile CiBulkProgress _sum = new(0, 0, 0, 0, 0, 0);
    private ProgressTask? _bar;

    public void Report(CiBulkProgress value)
    {
        _sum = value;
        if (_bar is { } bar)
        {
            bar.Value = value.Submitted + value.Already + value.Refused + value.Unsent + value.Unknown;
            bar.Description = value.Searching > 0 ? string.Create(CultureInfo.InvariantCulture, $"{value.Searching} searched for") : "submitting";
        }
    }

    /// <summary>Does the work under a bar where a person looks on.</summary>
    public Task WithBarAsync(Func<Task> work)
        => !run.Host.IsErrorTerminal || run.IsJson ? work() : Terminal.For(run.Host, run.Error).Progress().HideCompleted(true).StartAsync(context =>
        {
            _bar = context.AddTask("submitting", maxValue: count);
            return work();
        });

    /// <summary>Prints a result.</summary>
    public void Add(CiBulkResult result)
    {
        string status = Name(result.Status);
        if (run.IsJson)
        {
            run.WriteJson(writer =>
            {
                writer.WriteStartObject();
                writer.WriteString("key", result.Key);
                writer.WriteString("status", status);
                writer.WriteString("jobId", result.JobId);
                writer.WriteString("error", result.Error?.Message);
                writer.WriteEndObject();
            });
        }
        else
        {
            run.Out.Write($"{result.Key}\t{status}\t{result.JobId}\n");
            if (result.Error is not null)
            {
                run.Error.WriteLine($"error: {result.Key}: {result.Error.Message}");
            }
        }

        // Whoever reads along has each result when it is there, also when the process is killed.
        run.Out.Flush();
    }

    public string Summary()
    {
        CiBulkProgress sum = _sum;
        return string.Create(CultureInfo.InvariantCulture, $"{sum.Submitted} submitted, {sum.Already} already there, {sum.Refused} refused, {sum.Unsent} not sent, {sum.Unknown} unknown, of {count}");
    }

    /// <summary>Prints the sum.</summary>
    /// <returns>The exit code.</returns>
    public int End()
    {
        CiBulkProgress sum = _sum;
        bool ok = sum.Submitted + sum.Already == count;
        if (run.IsJson)
        {
            run.WriteJson(writer =>
            {
                writer.WriteStartObject();
                writer.WriteBoolean("ok", ok);
                writer.WriteNumber("submitted", sum.Submitted);
                writer.WriteNumber("already", sum.Already);
                writer.WriteNumber("refused", sum.Refused);
                writer.WriteNumber("unsent", sum.Unsent);
                writer.WriteNumber("unknown", sum.Unknown);
                writer.WriteEndObject();
            });
        }
        else
        {
            run.Error.WriteLine($"{Summary()}.");
        }

        return ok ? ExitCode.Done : ExitCode.Findings;
    }

    private static string Name(CiBulkStatus status) => status switch
    {
        CiBulkStatus.Submitted => "submitted",
        CiBulkStatus.Already => "already",
        CiBulkStatus.Refused => "refused",
        CiBulkStatus.Unsent => "unsent",
        _ => "unknown",
    };
}

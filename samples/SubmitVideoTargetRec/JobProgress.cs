using CiCodegen.Runtime;
using Spectre.Console;
using SubmitVideoTargetRec.CiJobs;

namespace SubmitVideoTargetRec;

/// <summary>Waits for jobs and shows their states; where there is no terminal, a line per change.</summary>
internal static class JobProgress
{
    public static async Task<VideoTargetRecJob[]> ShowAsync(IReadOnlyList<VideoTargetRecJob> jobs, Func<VideoTargetRecJob, IProgress<CiJobEnvelope>, Task<VideoTargetRecJob>> wait)
    {
        if (!AnsiConsole.Profile.Capabilities.Interactive)
        {
            return await Task.WhenAll(jobs.Select(job => wait(job, new Lines(job))));
        }

        return await AnsiConsole.Progress()
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new SpinnerColumn())
            .StartAsync(context => Task.WhenAll(jobs.Select(async job =>
            {
                ProgressTask bar = context.AddTask(Describe(job.JobId, job.State), maxValue: 3);
                VideoTargetRecJob finished = await wait(job, new Bar(bar));
                bar.Value = 3;
                return finished;
            })));
    }

    private static string Describe(string? jobId, CiJobState? state) => Markup.Escape($"{jobId} {state}");

    private sealed class Bar(ProgressTask task) : IProgress<CiJobEnvelope>
    {
        public void Report(CiJobEnvelope value)
        {
            task.Description = Describe(value.JobId, value.State);
            task.Value = value.State == CiJobState.Submitted ? 1 : value.State == CiJobState.Running ? 2 : 3;
        }
    }

    private sealed class Lines(VideoTargetRecJob job) : IProgress<CiJobEnvelope>
    {
        private CiJobState? _last = job.State;

        public void Report(CiJobEnvelope value)
        {
            if (value.State != _last)
            {
                _last = value.State;
                Console.WriteLine($"{value.JobId}: {value.State}");
            }
        }
    }
}

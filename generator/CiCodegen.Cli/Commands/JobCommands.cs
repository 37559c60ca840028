using System.CommandLine;
using CiCodegen.Cli.Documents;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Schemas;
using CiCodegen.Cli.Service;
using CiCodegen.Runtime;
using Spectre.Console;

namespace CiCodegen.Cli.Commands;

/// <summary>What <c>describe</c>, <c>cancel</c> and <c>wait</c> share: jobs by id.</summary>
internal sealed class JobOptions
{
    private const string CommonPath = "/jobs";

    public Option<string?> Tag { get; } = DocumentOptions.TagOption("The jobs' Tag; without it, jobs below /jobs, read as the Tag that they name.");

    public Option<string?> Schema { get; } = SchemaLoader.Option();

    public ServiceOptions Service { get; } = new();

    public void AddTo(Command command)
    {
        command.Add(Tag);
        command.Add(Schema);
        Service.AddTo(command);
    }

    /// <summary>The Tag that is named, or one for jobs of any Tag.</summary>
    /// <exception cref="CliException">No schema has the Tag.</exception>
    public CiTag TagOf(ServiceSession session)
        => session.Run.Get(Tag) is { } tag ? session.Binding(tag).Tag : new CiTag("", "media", "POST", CommonPath, CiVerbs.Describe | CiVerbs.Cancel);

    public Task<int> RunAsync(Invocation run, Func<ServiceSession, Task<ServiceAnswer>> verb) => ServiceSession.RunAsync(run, Service, run.Get(Schema), isSubmit: false, verb);

    /// <summary>The failure that the service does not know a job.</summary>
    public static ServiceFailureException NotFound(string jobId, string? requestId)
        => new(new ServiceFailure("notFound", $"The service knows no job '{jobId}'.") { JobId = jobId, RequestId = requestId, ExitCode = ExitCode.Findings });
}

/// <summary><c>describe</c>: jobs by id.</summary>
internal static class DescribeCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string[]> ids = new("JobId") { Description = "The job's id; several are asked for at once.", Arity = ArgumentArity.OneOrMore };
        JobOptions options = new();
        Command command = new("describe", "Ask for jobs by id.") { ids };
        options.AddTo(command);
        cli.Handle(command, run => options.RunAsync(run, async session =>
        {
            string[] asked = run.Get(ids)!;
            CiRawResult answer = await session.Client.DescribeRawAsync(options.TagOf(session).Path, asked, run.Cancellation);
            IReadOnlyList<JobAnswer> jobs = JobAnswer.Distinct(session.Read(answer, run.Get(options.Tag)).Where(j => asked.Contains(j.JobId)));
            string[] missing = [.. answer.NonExistJobIds];
            if (jobs.Count == 0)
            {
                throw JobOptions.NotFound(asked[0], answer.RequestId);
            }

            foreach (string id in missing)
            {
                run.Error.WriteLine($"error: The service knows no job '{id}'.");
            }

            return new ServiceAnswer(jobs)
            {
                RequestId = answer.RequestId,
                HasValues = true,
                ExitCode = missing.Length > 0 || jobs.Any(j => j.ReadError is not null) ? ExitCode.Findings : ExitCode.Done,
            };
        }));
        return command;
    }
}

/// <summary><c>cancel</c>: a job that has not started.</summary>
internal static class CancelCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string> id = new("JobId") { Description = "The job's id." };
        JobOptions options = new();
        Command command = new("cancel", "Cancel a job that has not started.") { id };
        options.AddTo(command);
        cli.Handle(command, run => options.RunAsync(run, async session =>
        {
            string jobId = run.Get(id)!;
            try
            {
                await session.Client.CancelAsync(options.TagOf(session), jobId, run.Cancellation);
            }
            catch (CiException e) when (ServiceFailure.Of(e, isSubmit: false) is { } failure)
            {
                throw new ServiceFailureException(failure with { JobId = jobId });
            }

            return new ServiceAnswer([new JobAnswer(jobId, CiJobState.Cancel.Text, run.Get(options.Tag), null)]);
        }));
        return command;
    }
}

/// <summary><c>wait</c>: until a job has ended.</summary>
internal static class WaitCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string> id = new("JobId") { Description = "The job's id." };
        JobOptions options = new();
        Command command = new("wait", "Wait until a job has ended, and print it.") { id };
        options.AddTo(command);
        cli.Handle(command, run => options.RunAsync(run, async session =>
        {
            string path = options.TagOf(session).Path;
            string jobId = run.Get(id)!;
            CiRawResult answer = await WithProgressAsync(run, jobId, progress => session.Client.WaitRawAsync(path, jobId, null, progress, run.Cancellation));
            IReadOnlyList<JobAnswer> jobs = JobAnswer.Distinct(session.Read(answer, run.Get(options.Tag)).Where(j => j.JobId == jobId));
            return new ServiceAnswer(jobs)
            {
                RequestId = answer.RequestId,
                HasValues = true,
                ExitCode = jobs.All(j => j.State == CiJobState.Success.Text && j.ReadError is null) ? ExitCode.Done : ExitCode.Findings,
            };
        }));
        return command;
    }

    private static async Task<CiRawResult> WithProgressAsync(Invocation run, string jobId, Func<IProgress<CiJobEnvelope>?, Task<CiRawResult>> wait)
    {
        if (!run.Host.IsErrorTerminal || run.IsJson)
        {
            return await wait(null);
        }

        return await Terminal.For(run.Host, run.Error).Status().StartAsync(
            Markup.Escape(jobId),
            status => wait(new Progress(job => status.Status = Markup.Escape($"{jobId} {job.State?.Text} {job.Progress}"))));
    }

    // System.Progress reports on the thread pool, after the end as well.
    private sealed class Progress(Action<CiJobEnvelope> report) : IProgress<CiJobEnvelope>
    {
        public void Report(CiJobEnvelope value) => report(value);
    }
}

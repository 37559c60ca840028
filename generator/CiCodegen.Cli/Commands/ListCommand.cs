using System.CommandLine;
using CiCodegen.Cli.Documents;
using CiCodegen.Cli.Schemas;
using CiCodegen.Cli.Service;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Commands;

/// <summary><c>list</c>: a Tag's jobs.</summary>
internal static class ListCommand
{
    public static Command Create(CliContext cli)
    {
        Option<string?> tag = DocumentOptions.TagOption();
        tag.Required = true;
        Option<string[]> state = new("--state") { Description = "Only jobs in this state; may be given more than once.", HelpName = "state" };
        Option<string?> queue = new("--queue-id") { Description = "Only jobs of this queue.", HelpName = "id" };
        Option<int?> size = new("--size") { Description = "How many jobs a page has, 1 to 100; the service takes 10.", HelpName = "number" };
        Option<int?> limit = new("--limit") { Description = "How many jobs at least before no further page is asked for; without it, all.", HelpName = "number" };
        Option<string?> nextToken = new("--next-token") { Description = "Where to begin: what an earlier list ended with.", HelpName = "token" };
        Option<bool> oldest = new("--oldest-first") { Description = "The oldest come first." };
        Option<string?> schema = SchemaLoader.Option();
        ServiceOptions service = new();
        Command command = new("list", "List a Tag's jobs.") { tag, state, queue, size, limit, nextToken, oldest, schema };
        service.AddTo(command);
        cli.Handle(command, run => ServiceSession.RunAsync(run, service, run.Get(schema), isSubmit: false, async session =>
        {
            CiListQuery query = new()
            {
                States = [.. (run.Get(state) ?? []).Select(s => new CiJobState(s))],
                QueueId = run.Get(queue),
                PageSize = run.Get(size),
                NextToken = run.Get(nextToken),
                OldestFirst = run.Get(oldest),
            };
            return await ListAsync(session, run.Get(tag)!, query, run.Get(limit), service.DeadlineOf(run));
        }));
        return command;
    }

    private static async Task<ServiceAnswer> ListAsync(ServiceSession session, string tag, CiListQuery query, int? limit, TimeSpan? deadline)
    {
        using CancellationTokenSource whole = CancellationTokenSource.CreateLinkedTokenSource(session.Run.Cancellation);
        if (deadline is { } time)
        {
            whole.CancelAfter(time);
        }

        List<JobAnswer> jobs = [];
        string? requestId = null;
        string? next = null;
        try
        {
            await foreach (CiRawResult page in session.Client.ListRawAsync(session.Binding(tag).Tag, query, whole.Token))
            {
                jobs.AddRange(session.Read(page, tag));
                requestId = page.RequestId;
                next = page.NextToken;
                if (jobs.Count >= limit)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!session.Run.Cancellation.IsCancellationRequested)
        {
            throw new ServiceFailureException(new ServiceFailure("timeout", $"The list did not end within {deadline}; {Plural.Of(jobs.Count, "job")} had come."));
        }

        return new ServiceAnswer(JobAnswer.Distinct(jobs))
        {
            RequestId = requestId,
            NextToken = string.IsNullOrEmpty(next) ? null : next,
            IsList = true,
            ExitCode = jobs.Any(j => j.ReadError is not null) ? ExitCode.Findings : ExitCode.Done,
        };
    }
}

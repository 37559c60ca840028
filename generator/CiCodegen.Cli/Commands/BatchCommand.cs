using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using CiCodegen.Cli.Documents;
using CiCodegen.Cli.Manifests;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Schemas;
using CiCodegen.Cli.Service;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Commands;

/// <summary><c>batch</c>: many jobs from a manifest, with a journal.</summary>
internal static class BatchCommand
{
    public static Command Create(CliContext cli)
    {
        BatchOptions options = new();
        Command command = new("batch", "Submit the jobs of a manifest, each once, and resume where an earlier run ended.") { options.Manifest, options.Tag, options.Base, options.Journal, options.Concurrency, options.Rate, options.Resend, options.Schema };
        options.Service.AddTo(command);
        cli.Handle(command, run => ServiceSession.RunPrintingAsync(run, options.Service, c => c.CallTimeout = null, run.Get(options.Schema), isSubmit: false, session => RunAsync(session, options)));
        return command;
    }

    private static async Task<int> RunAsync(ServiceSession session, BatchOptions options)
    {
        Invocation run = session.Run;
        string path = run.Get(options.Manifest)!;
        using CancellationTokenSource whole = CancellationTokenSource.CreateLinkedTokenSource(run.Cancellation);
        TimeSpan? deadline = options.Service.DeadlineOf(run);
        if (deadline is { } time)
        {
            whole.CancelAfter(time);
        }

        Manifest manifest = new(session, path, run.Get(options.Tag), options.Template(session));
        long count = await CheckAsync(session, manifest, path, whole.Token);
        await using FileCiJournal journal = FileCiJournal.Open(run.Host.FullPath(run.Get(options.Journal) ?? $"{path}.journal"));
        BatchReport report = new(run, count);
        try
        {
            CiBulkOptions bulk = new()
            {
                MaxConcurrency = run.Get(options.Concurrency),
                RatePerSecond = run.Get(options.Rate),
                ResendUnfound = run.Get(options.Resend),
                Journal = journal,
                Progress = report,
            };
            await report.WithBarAsync(async () =>
            {
                await foreach (CiBulkResult result in session.Client.SubmitAllRawAsync(manifest.DocumentsAsync(static (_, _) => { }, whole.Token), bulk, whole.Token))
                {
                    report.Add(result);
                }
            });
        }
        catch (OperationCanceledException) when (!run.Cancellation.IsCancellationRequested)
        {
            throw new ServiceFailureException(new ServiceFailure("timeout", $"The batch did not end within {deadline}; {report.Summary()}. Run it again to go on."));
        }

        return report.End();
    }

    /// <summary>Reads and checks all of a manifest, so that nothing is sent when something is wrong with it.</summary>
    private static async Task<long> CheckAsync(ServiceSession session, Manifest manifest, string path, CancellationToken cancellationToken)
    {
        const int MaxTold = 20;
        List<string> wrong = [];
        long count = 0;
        HashSet<string> keys = new(StringComparer.Ordinal);
        try
        {
            await foreach (CiBulkDocument document in manifest.DocumentsAsync((line, what) => Complain(line, what), cancellationToken))
            {
                count++;
                if (!keys.Add(document.Key))
                {
                    Complain(0, $"the key '{document.Key}' is there twice");
                }
            }
        }
        catch (ManifestException e)
        {
            Complain(e.Line, e.Message);
        }

        if (wrong.Count == 0)
        {
            return count;
        }

        wrong.Take(MaxTold).ToList().ForEach(session.Run.Error.WriteLine);
        throw new ServiceFailureException(new ServiceFailure("manifest", $"The manifest '{path}' has {Plural.Of(wrong.Count, "mistake")}; nothing was sent. The first: {wrong[0]}") { ExitCode = ExitCode.Findings });

        void Complain(int line, string what) => wrong.Add(line > 0 ? string.Create(CultureInfo.InvariantCulture, $"{path}({line}): {what}") : $"{path}: {what}");
    }
}

/// <summary>The options of <c>batch</c>.</summary>
internal sealed class BatchOptions
{
    public Argument<string> Manifest { get; } = new("manifest") { Description = "The requests: *.csv with a head of nodes, or JSON lines." };

    public Option<string?> Tag { get; } = DocumentOptions.TagOption("The Tag of requests that do not say theirs.");

    public Option<string?> Base { get; } = new("--base") { Description = "A request, XML or JSON, with what all have in common.", HelpName = "file" };

    public Option<string?> Journal { get; } = new("--journal") { Description = "Where it is written down what was sent; without it, <manifest>.journal.", HelpName = "file" };

    public Option<int> Concurrency { get; } = new("--concurrency") { Description = "Submissions under way at once.", HelpName = "number", DefaultValueFactory = _ => 8 };

    public Option<double> Rate { get; } = new("--rate") { Description = "Submissions a second at most.", HelpName = "number", DefaultValueFactory = _ => 20 };

    public Option<bool> Resend { get; } = new("--resend-unfound") { Description = "Send again what may have been taken and is not found; it may then be there twice." };

    public Option<string?> Schema { get; } = SchemaLoader.Option();

    public ServiceOptions Service { get; } = new();

    /// <summary>What all requests have in common; null for nothing.</summary>
    /// <exception cref="CliException">There is no Tag to read it as.</exception>
    /// <exception cref="ServiceFailureException">It cannot be read.</exception>
    public JsonObject? Template(ServiceSession session)
    {
        if (session.Run.Get(Base) is not { } file)
        {
            return null;
        }

        CiTagBinding binding = session.Binding(session.Run.Get(Tag) ?? throw new CliException(CliException.Usage, "--base needs --tag, to know what it is read as."));
        ReadOnlyMemory<byte> document = DocumentFile.Read(session.Run.Host, file);
        try
        {
            object request = CiCallbackParser.DetectFormat(document.Span) == CiDocumentFormat.Xml ? binding.ReadRequest(document) : binding.ReadRequestJson(document);
            return (JsonObject)JsonNode.Parse(DocumentWriter.ToJson(new ReadDocument(binding, request)).Span, documentOptions: new() { MaxDepth = 1000 })!;
        }
        catch (CiFormatException e)
        {
            throw new ServiceFailureException(new ServiceFailure("document", DocumentError.Of(e).ToLine(file)) { Code = e.Error.ToString(), ExitCode = ExitCode.Findings });
        }
    }
}

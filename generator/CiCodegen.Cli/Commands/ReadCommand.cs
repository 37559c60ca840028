using System.CommandLine;
using System.Text.Json;
using CiCodegen.Cli.Documents;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Schemas;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Commands;

/// <summary><c>read</c>: a document as the JSON of its typed value.</summary>
internal static class ReadCommand
{
    private static readonly string[] s_kinds = [DocumentKind.Request, DocumentKind.Response, DocumentKind.Callback, DocumentKind.Any];

    public static Command Create(CliContext cli)
    {
        DocumentOptions options = new("The document; '-' is stdin.", DocumentKind.Response, s_kinds);
        Command command = new("read", "Read a document and print the JSON of its typed value.");
        Option<bool> jobs = new("--jobs") { Description = "Print each job of a response as a line of JSON while the document comes, however long it is." };
        options.AddTo(command);
        Option<bool> extras = DocumentOptions.ExtrasOption();
        Option<bool> lenient = new("--lenient") { Description = "Read characters that XML does not allow as U+FFFD; lane utf8 only." };
        command.Add(jobs);
        command.Add(extras);
        command.Add(lenient);
        cli.Handle(command, run =>
        {
            CiReaderOptions reading = new() { Extras = run.Get(extras), Lenient = run.Get(lenient) };
            if (reading.Lenient && run.Get(options.Lane) != DocumentLane.Utf8)
            {
                throw new CliException(CliException.Usage, "--lenient goes with --lane utf8.");
            }

            return run.Get(jobs) ? RunJobsAsync(run, options, reading) : RunAsync(run, options, reading);
        });
        return command;
    }

    private static async Task<int> RunJobsAsync(Invocation run, DocumentOptions options, CiReaderOptions reading)
    {
        DocumentRequest request = options.Single(run) with { Options = reading };
        if (request.As is not (DocumentKind.Response or DocumentKind.Callback) || run.Get(options.Batch))
        {
            throw new CliException(CliException.Usage, "--jobs goes with --as response or callback, as XML, and not with --batch.");
        }

        DocumentReader reader = new(run.Host, BindingSource.Load(run, run.Get(options.Schema)));
        CiTagBinding binding = reader.Binding(request.Tag, run.Cancellation);
        try
        {
            await foreach (CiJob job in reader.ReadJobsAsync(request, binding, run.Cancellation))
            {
                JsonOutput.WriteUtf8(run.Out, DocumentWriter.ToJson(new ReadDocument(binding, job)).Span);
                run.Out.Write('\n');
                await run.Out.FlushAsync(run.Cancellation);
            }

            return ExitCode.Done;
        }
        catch (CiFormatException e)
        {
            return run.Unreadable(request.File, e);
        }
    }

    private static async Task<int> RunAsync(Invocation run, DocumentOptions options, CiReaderOptions reading)
    {
        bool isBatch = run.Get(options.Batch);
        DocumentRequest request = (isBatch ? options.Defaults(run) : options.Single(run)) with { Options = reading };
        DocumentReader reader = new(run.Host, BindingSource.Load(run, run.Get(options.Schema)));
        if (isBatch)
        {
            return await Batch.RunAsync(run, (line, w) => Answer(w, reader.Read(line.Document(request, s_kinds), run.Cancellation)));
        }

        try
        {
            ReadDocument? document = reader.Read(request, run.Cancellation);
            if (document is null)
            {
                run.WriteJson(w =>
                {
                    w.WriteStartObject();
                    w.WriteBoolean("ok", true);
                    w.WriteEndObject();
                });
                return ExitCode.Done;
            }

            if (document.Value is CiCallback callback)
            {
                string why = callback.Tag is { } tag ? $"no schema has the Tag '{tag}'" : "its jobs name no Tag, or several";
                run.Error.WriteLine($"note: Only what every callback has was read: {why}.");
            }

            Print(run, DocumentWriter.ToJson(document));
            return ExitCode.Done;
        }
        catch (CiFormatException e)
        {
            return run.Unreadable(request.File, e);
        }
    }

    private static void Answer(Utf8JsonWriter writer, ReadDocument? document)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", true);
        if (document is not null)
        {
            writer.WritePropertyName("value");
            writer.WriteRawValue(DocumentWriter.ToJson(document).Span, skipInputValidation: true);
        }

        writer.WriteEndObject();
    }

    private static void Print(Invocation run, ReadOnlyMemory<byte> json)
    {
        if (run.IsJson || !run.Host.IsOutTerminal)
        {
            JsonOutput.WriteUtf8(run.Out, json.Span);
            run.Out.Write('\n');
            return;
        }

        using JsonDocument parsed = JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = 1000 });
        JsonOutput.WriteLine(run.Out, parsed.RootElement.WriteTo, indented: true);
    }
}

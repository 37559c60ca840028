using System.CommandLine;
using System.Runtime.InteropServices;
using CiCodegen.Cli.Documents;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Schemas;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Commands;

/// <summary><c>write</c>: the JSON of a typed value as XML.</summary>
internal static class WriteCommand
{
    private static readonly string[] s_kinds = [DocumentKind.Request, DocumentKind.Response];

    public static Command Create(CliContext cli)
    {
        DocumentOptions options = new("The JSON, as 'read' prints it; '-' is stdin.", DocumentKind.Request, s_kinds);
        Command command = new("write", "Write the JSON of a typed value as XML.");
        Option<bool> extras = DocumentOptions.ExtrasOption();
        options.AddTo(command);
        command.Add(extras);
        cli.Handle(command, run => RunAsync(run, options, new CiReaderOptions { Extras = run.Get(extras) }));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, DocumentOptions options, CiReaderOptions reading)
    {
        bool isBatch = run.Get(options.Batch);
        DocumentRequest request = isBatch ? options.Defaults(run) : options.Single(run);
        DocumentReader reader = new(run.Host, BindingSource.Load(run, run.Get(options.Schema)));
        if (isBatch)
        {
            return await Batch.RunAsync(run, (line, w) =>
            {
                CiTagBinding binding = reader.Binding(line.Text("tag") ?? request.Tag, run.Cancellation);
                string kind = line.Word("as", request.As, s_kinds);
                string lane = line.Word("lane", request.Lane, DocumentLane.Utf8, DocumentLane.XmlReader);
                if (!line.Element.TryGetProperty("value", out System.Text.Json.JsonElement value))
                {
                    throw Batch.Missing("value");
                }

                ReadOnlyMemory<byte> json = JsonMarshal.GetRawUtf8Value(value).ToArray();
                WriteAnswer(w, DocumentWriter.ToXml(binding, json, kind, lane, reading));
            });
        }

        try
        {
            CiTagBinding binding = reader.Binding(request.Tag, run.Cancellation);
            ReadOnlyMemory<byte> xml = DocumentWriter.ToXml(binding, DocumentFile.Read(run.Host, request.File), request.As, request.Lane, reading);
            if (run.IsJson)
            {
                run.WriteJson(w => WriteAnswer(w, xml));
                return ExitCode.Done;
            }

            // Byte for byte what would be sent; only a person gets a line end.
            JsonOutput.WriteUtf8(run.Out, xml.Span);
            run.Out.Write(run.Host.IsOutTerminal ? "\n" : "");
            return ExitCode.Done;
        }
        catch (CiFormatException e)
        {
            return run.Unreadable(request.File, e);
        }
    }

    private static void WriteAnswer(System.Text.Json.Utf8JsonWriter writer, ReadOnlyMemory<byte> xml)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", true);
        writer.WriteString("xml", xml.Span);
        writer.WriteEndObject();
    }
}

using System.CommandLine;
using System.Text.Json;
using CiCodegen.Cli.Documents;
using CiCodegen.Cli.Schemas;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Commands;

/// <summary><c>validate</c>: what a request's schema says against it.</summary>
internal static class ValidateCommand
{
    private static readonly string[] s_kinds = [DocumentKind.Request, DocumentKind.Response, DocumentKind.Callback];

    public static Command Create(CliContext cli)
    {
        DocumentOptions options = new("The request, as XML or JSON; '-' is stdin.", DocumentKind.Request, s_kinds);
        Command command = new("validate", "Check a request against its schema.");
        options.AddTo(command);
        cli.Handle(command, run => RunAsync(run, options));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, DocumentOptions options)
    {
        bool isBatch = run.Get(options.Batch);
        DocumentRequest request = isBatch ? options.Defaults(run) : options.Single(run);
        DocumentReader reader = new(run.Host, BindingSource.Load(run, run.Get(options.Schema)));
        if (isBatch)
        {
            return await Batch.RunAsync(run, (line, w) => ViolationJson.WriteAnswer(w, Check(reader, line.Document(request, s_kinds), run.Cancellation)));
        }

        try
        {
            ReadDocument document = reader.ReadByContent(request with { Options = new CiReaderOptions { Extras = true } }, run.Cancellation);
            IReadOnlyList<CiViolation> violations = Violations(request, document);
            foreach (string path in request.As == DocumentKind.Request ? UnknownNodes.Of(document.Binding!, document.Value) : [])
            {
                run.Error.WriteLine($"{request.File}: '{path}' is no node of Tag '{request.Tag}'; it would not be sent.");
            }

            if (run.IsJson)
            {
                run.WriteJson(w => ViolationJson.WriteAnswer(w, violations));
            }
            else
            {
                foreach (CiViolation violation in violations)
                {
                    run.Out.Write($"{violation.Path}: {violation.Message} ({violation.Rule})\n");
                }

                run.Error.WriteLine($"{request.File}: {Plural.Of(violations.Count, "violation")}");
            }

            return violations.Count > 0 ? ExitCode.Findings : ExitCode.Done;
        }
        catch (CiFormatException e)
        {
            return run.Unreadable(request.File, e);
        }
    }

    private static IReadOnlyList<CiViolation> Check(DocumentReader reader, DocumentRequest request, CancellationToken cancellationToken)
        => Violations(request, reader.ReadByContent(request, cancellationToken));

    private static IReadOnlyList<CiViolation> Violations(DocumentRequest request, ReadDocument document)
        => request.As == DocumentKind.Request ? document.Binding!.Validate(document.Value).Violations : [];
}

/// <summary>Violations as JSON.</summary>
internal static class ViolationJson
{
    public static void WriteAnswer(Utf8JsonWriter writer, IReadOnlyList<CiViolation> violations)
    {
        writer.WriteStartObject();
        writer.WriteBoolean("ok", true);
        Write(writer, violations);
        writer.WriteEndObject();
    }

    public static void Write(Utf8JsonWriter writer, IReadOnlyList<CiViolation> violations)
    {
        writer.WriteStartArray("violations");
        foreach (CiViolation violation in violations)
        {
            writer.WriteStartObject();
            writer.WriteString("path", violation.Path);
            writer.WriteString("rule", violation.Rule);
            writer.WriteString("message", violation.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }
}

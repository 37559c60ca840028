using System.CommandLine;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CiCodegen.Cli.Documents;
using CiCodegen.Cli.Schemas;
using CiCodegen.Cli.Service;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Commands;

/// <summary><c>submit</c>: one job.</summary>
internal static class SubmitCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string> file = new("file") { Description = "The request, as XML or JSON; '-' is stdin." };
        Option<string?> tag = DocumentOptions.TagOption();
        tag.Required = true;
        Option<string?> userData = new("--user-data") { Description = "Text of your own that comes back with the job; it takes the place of the request's own.", HelpName = "text" };
        Option<bool> mark = new("--mark") { Description = "Mark the job at the end of its UserData, and look for it when the answer is lost." };
        Option<string?> schema = SchemaLoader.Option();
        ServiceOptions service = new();
        Command command = new("submit", "Submit a job and print its id.") { file, tag, userData, mark, schema };
        service.AddTo(command);
        cli.Handle(command, run => ServiceSession.RunAsync(run, service, o => o.MarkSubmissions = run.Get(mark), run.Get(schema), isSubmit: true, s => SubmitAsync(s, run.Get(tag)!, run.Get(file)!, run.Get(userData))));
        return command;
    }

    private static async Task<ServiceAnswer> SubmitAsync(ServiceSession session, string tag, string file, string? userData)
    {
        CiTagBinding binding = session.Binding(tag);
        ReadOnlyMemory<byte> document = DocumentFile.Read(session.Run.Host, file);
        object request = Read(binding, document, file, CiReaderOptions.Default);

        // A job costs money: that less is asked for than the file says must not go unseen.
        foreach (string path in UnknownNodes.Of(binding, Read(binding, document, file, new CiReaderOptions { Extras = true })))
        {
            session.Run.Error.WriteLine($"{file}: '{path}' is no node of Tag '{tag}'; it is not sent.");
        }

        if (userData is not null)
        {
            request = WithUserData(binding, request, userData);
        }

        CiValidationResult checkedRequest = binding.Validate(request);
        if (!checkedRequest.IsValid)
        {
            throw new ServiceFailureException(new ServiceFailure("validation", $"The request breaks the schema of Tag '{tag}': {Plural.Of(checkedRequest.Violations.Count, "violation")}. It was not sent.")
            {
                Violations = checkedRequest.Violations,
                ExitCode = ExitCode.Findings,
            });
        }

        ReadOnlyMemory<byte> xml = DocumentWriter.ToXml(binding, request, DocumentLane.Utf8);
        CiRawResult answer = await session.Client.SubmitRawAsync(binding.Tag, xml, session.Run.Cancellation);
        return new ServiceAnswer(JobAnswer.Distinct(session.Read(answer, tag))) { RequestId = answer.RequestId };
    }

    private static object Read(CiTagBinding binding, ReadOnlyMemory<byte> document, string file, CiReaderOptions options)
    {
        try
        {
            return CiCallbackParser.DetectFormat(document.Span) == CiDocumentFormat.Xml ? binding.ReadRequest(document, options) : binding.ReadRequestJson(document, options);
        }
        catch (CiFormatException e)
        {
            throw new ServiceFailureException(new ServiceFailure("document", Output.DocumentError.Of(e).ToLine(file)) { Code = e.Error.ToString(), ExitCode = ExitCode.Findings });
        }
    }

    // By way of JSON, where nodes have their wire names whatever the Tag.
    private static object WithUserData(CiTagBinding binding, object request, string userData)
    {
        JsonNode root = JsonNode.Parse(DocumentWriter.ToJson(new ReadDocument(binding, request)).Span, documentOptions: new JsonDocumentOptions { MaxDepth = 1000 })!;
        JsonNode operations = root["Operation"] ??= new JsonObject();
        JsonObject[] each = operations is JsonArray many ? [.. many.OfType<JsonObject>()] : [(JsonObject)operations];
        foreach (JsonObject operation in each)
        {
            operation["UserData"] = userData;
        }

        object changed = binding.ReadRequestJson(Encoding.UTF8.GetBytes(root.ToJsonString()));

        // An unknown node is passed over when read: then the text is not there.
        using JsonDocument written = JsonDocument.Parse(DocumentWriter.ToJson(new ReadDocument(binding, changed)), new JsonDocumentOptions { MaxDepth = 1000 });
        JsonElement operation1 = written.RootElement.TryGetProperty("Operation", out JsonElement found) ? found : default;
        JsonElement first = operation1.ValueKind == JsonValueKind.Array ? operation1.EnumerateArray().FirstOrDefault() : operation1;
        return first.ValueKind == JsonValueKind.Object && first.TryGetProperty("UserData", out _)
            ? changed
            : throw new CliException(CliException.Usage, $"Requests of Tag '{binding.Tag.Name}' have no node 'Operation.UserData', so --user-data has no place.");
    }
}

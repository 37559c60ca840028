using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json.Nodes;
using CiCodegen.Cli.Documents;
using CiCodegen.Cli.Service;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Manifests;

/// <summary>A file of requests, made into documents of their Tags.</summary>
/// <param name="session">Knows the Tags.</param>
/// <param name="path">The file.</param>
/// <param name="tag">The Tag of entries that do not say theirs; null when all do.</param>
/// <param name="template">What every request has that does not say otherwise; null for nothing.</param>
internal sealed class Manifest(ServiceSession session, string path, string? tag, JsonObject? template)
{
    /// <summary>The entries' documents; what is wrong with an entry is told and the entry left out.</summary>
    /// <param name="complain">Is told the line and what is wrong with it.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ManifestException">The file cannot be read any further.</exception>
    public async IAsyncEnumerable<CiBulkDocument> DocumentsAsync(Action<int, string> complain, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using Stream input = DocumentFile.Open(session.Run.Host, path);
        IAsyncEnumerable<ManifestEntry> entries = path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) ? CsvManifest.ReadAsync(input, cancellationToken) : JsonLinesManifest.ReadAsync(input, cancellationToken);
        await foreach (ManifestEntry entry in entries)
        {
            if (Document(entry, complain) is { } document)
            {
                yield return document;
            }
        }
    }

    private CiBulkDocument? Document(ManifestEntry entry, Action<int, string> complain)
    {
        if ((entry.Tag ?? tag) is not { } name)
        {
            complain(entry.Line, "neither the entry nor --tag says the Tag");
            return null;
        }

        JsonObject request = template is null ? entry.Request : Merged((JsonObject)template.DeepClone(), entry.Request);
        request["Tag"] ??= name;
        try
        {
            CiTagBinding binding = session.Binding(name);
            object value = binding.ReadRequestJson(Encoding.UTF8.GetBytes(request.ToJsonString()));
            CiValidationResult result = binding.Validate(value);
            foreach (CiViolation violation in result.Violations)
            {
                complain(entry.Line, $"{violation.Path}: {violation.Message} ({violation.Rule})");
            }

            return result.IsValid ? new(entry.Key, binding.Tag, DocumentWriter.ToXml(binding, value, DocumentLane.Utf8)) : null;
        }
        catch (Exception e) when (e is CiFormatException or CliException)
        {
            complain(entry.Line, e.Message);
            return null;
        }
    }

    // What both have is the entry's; containers are merged.
    private static JsonObject Merged(JsonObject into, JsonObject from)
    {
        foreach ((string name, JsonNode? value) in from)
        {
            into[name] = into[name] is JsonObject outer && value is JsonObject inner ? Merged((JsonObject)outer.DeepClone(), inner) : value?.DeepClone();
        }

        return into;
    }
}

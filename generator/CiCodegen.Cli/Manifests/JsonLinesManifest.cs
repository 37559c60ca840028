using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using CiCodegen.Cli.Documents;

namespace CiCodegen.Cli.Manifests;

/// <summary>A manifest of JSON lines: a request on each, or <c>{"key","tag","request"}</c>.</summary>
internal static class JsonLinesManifest
{
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 1000, AllowTrailingCommas = true, CommentHandling = JsonCommentHandling.Skip };

    /// <exception cref="ManifestException">A line is no such object.</exception>
    public static async IAsyncEnumerable<ManifestEntry> ReadAsync(Stream input, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        LineReader lines = new(input);
        int number = 0;
        int line = 0;
        while (await lines.ReadAsync(cancellationToken) is { } text)
        {
            line++;
            ReadOnlyMemory<byte> json = line == 1 && text.Span.StartsWith("\uFEFF"u8) ? text[3..] : text;
            if (json.Span.IndexOfAnyExcept(" \t\r"u8) >= 0)
            {
                yield return Entry(json, line, ++number);
            }
        }
    }

    private static ManifestEntry Entry(ReadOnlyMemory<byte> json, int line, int number)
    {
        JsonObject value;
        try
        {
            value = JsonNode.Parse(json.Span, documentOptions: s_options) as JsonObject ?? throw new ManifestException(line, "a line must be a JSON object");

            // Members that come twice are found out only when they are asked for.
            _ = value.Count;
        }
        catch (Exception e) when (e is JsonException or ArgumentException)
        {
            throw new ManifestException(line, e.Message);
        }

        string key = number.ToString(CultureInfo.InvariantCulture);
        return value["request"] is JsonObject request
            ? new(line, Text(value, "key", line) ?? key, Text(value, "tag", line), (JsonObject)request.DeepClone())
            : new(line, key, null, value);
    }

    private static string? Text(JsonObject value, string name, int line) => value[name] switch
    {
        null => null,
        JsonValue text when text.GetValueKind() == JsonValueKind.String => text.GetValue<string>(),
        JsonValue number when number.GetValueKind() == JsonValueKind.Number => number.ToJsonString(),
        _ => throw new ManifestException(line, $"'{name}' must be a text"),
    };
}

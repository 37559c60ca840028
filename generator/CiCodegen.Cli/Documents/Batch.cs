using System.Text.Json;
using CiCodegen.Cli.Output;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>JSON lines in, JSON lines out: one answer per line, in order, each flushed. A line that fails is answered with its error.</summary>
internal static class Batch
{
    private const string BadLine = "BadLine";

    // The lanes judge how deep a value may be; the line around it does not.
    private static readonly JsonDocumentOptions s_options = new() { MaxDepth = 1000 };

    public static async Task<int> RunAsync(Invocation run, Action<BatchLine, Utf8JsonWriter> answer)
    {
        LineReader lines = new(run.Host.Input);
        bool isFirst = true;
        while (await lines.ReadAsync(run.Cancellation) is { } line)
        {
            if (isFirst && line.Span.StartsWith("\uFEFF"u8))
            {
                line = line[3..];
            }

            isFirst = false;
            if (line.Span.IndexOfAnyExcept(" \t\r"u8) < 0)
            {
                continue;
            }

            Answer(run, line, answer);
            await run.Out.FlushAsync(run.Cancellation);
        }

        return ExitCode.Done;
    }

    private static void Answer(Invocation run, ReadOnlyMemory<byte> line, Action<BatchLine, Utf8JsonWriter> answer)
    {
        DocumentError error;
        try
        {
            using JsonDocument document = JsonDocument.Parse(line, s_options);
            if (document.RootElement.ValueKind != JsonValueKind.Object)
            {
                throw new CliException(BadLine, "A line must be a JSON object.");
            }

            // Into a buffer first, so that nothing of an answer is out when its middle fails.
            run.WriteJson(w => answer(new BatchLine(document.RootElement), w));
            return;
        }
        catch (CiFormatException e)
        {
            error = DocumentError.Of(e);
        }
        catch (CliException e)
        {
            error = DocumentError.Of(e);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException { Source: "System.Text.Json" })
        {
            error = new DocumentError(BadLine, $"The line is no JSON: {e.Message}");
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            error = new DocumentError("InternalFailure", $"failure inside cicodegen: {e.GetType().Name}: {e.Message}");
        }

        run.WriteJson(w => ErrorJson.Write(w, error));
    }

    /// <summary>A member that is no text.</summary>
    public static CliException NotText(string name) => new(BadLine, $"'{name}' must be a text.");

    /// <summary>A member that is missing.</summary>
    public static CliException Missing(string name) => new(BadLine, $"The line needs the member '{name}'.");

    /// <summary>A member that is not as it must be.</summary>
    public static CliException Bad(string message) => new(BadLine, message);
}

/// <summary>A batch line's members.</summary>
/// <param name="Element">The line.</param>
internal readonly record struct BatchLine(JsonElement Element)
{
    /// <summary>A text; null when it is missing or null.</summary>
    public string? Text(string name)
        => !Element.TryGetProperty(name, out JsonElement value) || value.ValueKind == JsonValueKind.Null ? null
            : value.ValueKind == JsonValueKind.String ? value.GetString()
            : throw Batch.NotText(name);

    /// <summary>A text that must be there.</summary>
    public string Needed(string name) => Text(name) ?? throw Batch.Missing(name);

    /// <summary>A word, one of some.</summary>
    public string Word(string name, string fallback, params string[] words)
    {
        string word = Text(name) ?? fallback;
        return words.Contains(word, StringComparer.Ordinal) ? word : throw Batch.Bad($"'{name}' is '{word}'; known are {string.Join(", ", words)}.");
    }

    /// <summary>What a line about a document asks for.</summary>
    /// <param name="defaults">What holds where the line says nothing.</param>
    /// <param name="kinds">What it may be read as.</param>
    public DocumentRequest Document(DocumentRequest defaults, params string[] kinds)
    {
        string file = Needed("file");
        if (file == DocumentFile.Stdin)
        {
            throw Batch.Bad("'file' is '-'; stdin has the lines of the batch.");
        }

        return new DocumentRequest(file, Text("tag") ?? defaults.Tag, Word("as", defaults.As, kinds), Word("lane", defaults.Lane, DocumentLane.Utf8, DocumentLane.XmlReader)) { Options = defaults.Options };
    }
}

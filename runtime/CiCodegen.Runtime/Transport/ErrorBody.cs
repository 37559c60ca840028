using System.Text.Json;

namespace CiCodegen.Runtime;

/// <summary>Reads what an error answer says, whatever it is written in.</summary>
internal static class ErrorBody
{
    /// <summary>The error of an XML or JSON document; null for anything else (HTML of a proxy, nothing).</summary>
    public static CiServiceError? TryRead(ReadOnlyMemory<byte> body)
    {
        if (body.IsEmpty)
        {
            return null;
        }

        if (CiServiceError.TryRead(body, out CiServiceError? error))
        {
            return error;
        }

        return body.Span.TrimStart(" \t\r\n"u8) is [(byte)'{', ..] ? FromJson(body) : null;
    }

    private static CiServiceError? FromJson(ReadOnlyMemory<byte> body)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = 64 });
            JsonElement root = document.RootElement;
            foreach (string outer in (ReadOnlySpan<string>)["Response", "Error", "error"])
            {
                if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(outer, out JsonElement inner) && inner.ValueKind == JsonValueKind.Object)
                {
                    root = inner;
                }
            }

            CiServiceError error = new(Text(root, "Code", "code"), Text(root, "Message", "message"), Text(root, "RequestId", "requestId"), Text(root, "TraceId", "traceId"), null);
            return error.Code is null && error.Message is null ? null : error;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string? Text(JsonElement root, string name, string other)
        => root.ValueKind == JsonValueKind.Object && (root.TryGetProperty(name, out JsonElement value) || root.TryGetProperty(other, out value))
            ? value.ValueKind switch
            {
                JsonValueKind.String => Decoded(value),
                JsonValueKind.Number => value.GetRawText(),
                _ => null,
            }
            : null;

    private static string? Decoded(JsonElement value)
    {
        try
        {
            return value.GetString();
        }
        catch (InvalidOperationException)
        {
            // A lone surrogate escape is no text.
            return null;
        }
    }
}

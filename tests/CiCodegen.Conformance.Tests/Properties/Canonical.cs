using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>Values as one text each, so that equal values are equal texts: a number's scale counts, how a text is escaped does not.</summary>
internal static class Canonical
{
    public static string Of(JsonNode value)
    {
        using JsonDocument document = JsonDocument.Parse(value.ToJsonString());
        return Of(document.RootElement);
    }

    public static string Of(CiTagBinding tag, object value)
    {
        ArrayBufferWriter<byte> output = new();
        tag.WriteJson(value, output);
        using JsonDocument document = JsonDocument.Parse(output.WrittenMemory);
        return Of(document.RootElement);
    }

    private static string Of(JsonElement root)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output))
        {
            Write(writer, root);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in element.EnumerateObject())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(writer, item);
                }

                writer.WriteEndArray();
                break;
            case JsonValueKind.String:
                writer.WriteStringValue(element.GetString());
                break;
            default:
                writer.WriteRawValue(element.GetRawText());
                break;
        }
    }
}

using System.Buffers;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>Values as one text each, so that equal values are equal texts: a number's scale counts, how a text is escaped does not.</summary>
/// <remarks>Members are sorted where their order is not asked for: maps keep the order in which their entries came.</remarks>
internal static class Canonical
{
    public static string Of(JsonNode value, bool isSorted = false)
    {
        using JsonDocument document = JsonDocument.Parse(value.ToJsonString());
        return Of(document.RootElement, isSorted);
    }

    public static string Of(CiTagBinding tag, object value, bool isSorted = false)
    {
        ArrayBufferWriter<byte> output = new();
        tag.WriteJson(value, output);
        using JsonDocument document = JsonDocument.Parse(output.WrittenMemory);
        return Of(document.RootElement, isSorted);
    }

    private static string Of(JsonElement root, bool isSorted)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output))
        {
            Write(writer, root, isSorted);
        }

        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static void Write(Utf8JsonWriter writer, JsonElement element, bool isSorted)
    {
        switch (element.ValueKind)
        {
            case JsonValueKind.Object:
                writer.WriteStartObject();
                foreach (JsonProperty property in isSorted ? element.EnumerateObject().OrderBy(p => p.Name, StringComparer.Ordinal) : element.EnumerateObject().AsEnumerable())
                {
                    writer.WritePropertyName(property.Name);
                    Write(writer, property.Value, isSorted);
                }

                writer.WriteEndObject();
                break;
            case JsonValueKind.Array:
                writer.WriteStartArray();
                foreach (JsonElement item in element.EnumerateArray())
                {
                    Write(writer, item, isSorted);
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

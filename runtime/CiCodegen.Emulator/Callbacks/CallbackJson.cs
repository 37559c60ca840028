using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Xml.Linq;

namespace CiCodegen.Emulator;

/// <summary>A callback as the service writes it in JSON: no root, every value a text, what repeats an array, and what stands once bare.</summary>
internal static class CallbackJson
{
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static byte[] Of(XElement response)
    {
        ArrayBufferWriter<byte> output = new();
        using (Utf8JsonWriter writer = new(output, s_options))
        {
            WriteObject(writer, response);
        }

        return output.WrittenSpan.ToArray();
    }

    private static void WriteObject(Utf8JsonWriter writer, XElement element)
    {
        writer.WriteStartObject();
        foreach (IGrouping<string, XElement> same in element.Elements().GroupBy(static e => e.Name.LocalName))
        {
            // Empty elements are left out; jobs are an array even where there is one.
            XElement[] elements = [.. same.Where(static e => e.HasElements || e.Value.Length > 0)];
            if (elements.Length == 0)
            {
                continue;
            }

            writer.WritePropertyName(same.Key);
            bool isArray = elements.Length > 1 || same.Key == "JobsDetail";
            if (isArray)
            {
                writer.WriteStartArray();
            }

            foreach (XElement one in elements)
            {
                if (one.HasElements)
                {
                    WriteObject(writer, one);
                }
                else
                {
                    writer.WriteStringValue(one.Value);
                }
            }

            if (isArray)
            {
                writer.WriteEndArray();
            }
        }

        writer.WriteEndObject();
    }
}

using System.Buffers;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CiCodegen.Cli.Output;

/// <summary>JSON as it leaves the command line: compact, one value a line.</summary>
internal static class JsonOutput
{
    // Nothing here ends up in a web page: 'ä' and '<' stay readable.
    public static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, MaxDepth = 1000 };

    public static void WriteLine(TextWriter output, Action<Utf8JsonWriter> write, bool indented = false)
    {
        ArrayBufferWriter<byte> buffer = new();
        using (Utf8JsonWriter writer = new(buffer, Options with { Indented = indented, NewLine = "\n" }))
        {
            write(writer);
        }

        WriteUtf8(output, buffer.WrittenSpan);
        output.Write('\n');
    }

    /// <summary>Prints UTF-8 text piece by piece: the whole as a string would double what a large document costs.</summary>
    public static void WriteUtf8(TextWriter output, ReadOnlySpan<byte> utf8)
    {
        Decoder decoder = Encoding.UTF8.GetDecoder();
        char[] chars = ArrayPool<char>.Shared.Rent(16 * 1024);
        while (!utf8.IsEmpty)
        {
            decoder.Convert(utf8, chars, flush: false, out int read, out int written, out _);
            output.Write(chars, 0, written);
            utf8 = utf8[read..];
        }

        ArrayPool<char>.Shared.Return(chars);
    }

    /// <summary>A list of texts.</summary>
    public static void WriteStrings(this Utf8JsonWriter writer, string name, IEnumerable<string> values)
    {
        writer.WriteStartArray(name);
        foreach (string value in values)
        {
            writer.WriteStringValue(value);
        }

        writer.WriteEndArray();
    }
}

using System.Buffers;
using System.Text;
using System.Xml;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>Writes typed values as XML or JSON.</summary>
internal static class DocumentWriter
{
    /// <summary>With these the bytes are those of the direct lane.</summary>
    public static XmlWriterSettings Settings { get; } = new()
    {
        OmitXmlDeclaration = true,
        Indent = false,
        NewLineHandling = NewLineHandling.None,
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
    };

    /// <summary>Reads a value from JSON and writes it as XML.</summary>
    /// <exception cref="CiFormatException">The JSON breaks a rule, or a text cannot stand in XML.</exception>
    public static ReadOnlyMemory<byte> ToXml(CiTagBinding binding, ReadOnlyMemory<byte> json, string kind, string lane, CiReaderOptions options)
        => ToXml(binding, kind == DocumentKind.Request ? binding.ReadRequestJson(json, options) : binding.ReadResponseJson(json, options), lane);

    /// <summary>Writes a value as XML.</summary>
    /// <exception cref="CiFormatException">A text cannot stand in XML.</exception>
    public static ReadOnlyMemory<byte> ToXml(CiTagBinding binding, object value, string lane)
    {
        if (lane == DocumentLane.XmlReader)
        {
            using MemoryStream stream = new();
            using (XmlWriter writer = XmlWriter.Create(stream, Settings))
            {
                binding.Write(value, writer);
            }

            return stream.GetBuffer().AsMemory(0, (int)stream.Length);
        }

        ArrayBufferWriter<byte> output = new();
        binding.Write(value, output);
        return output.WrittenMemory;
    }

    /// <summary>Writes a value as JSON.</summary>
    public static ReadOnlyMemory<byte> ToJson(ReadDocument document)
    {
        ArrayBufferWriter<byte> output = new();
        if (document.Value is CiCallback callback)
        {
            callback.WriteJson(output);
        }
        else
        {
            document.Binding!.WriteJson(document.Value, output);
        }

        return output.WrittenMemory;
    }
}

using System.Text;
using System.Xml;
using System.Xml.Linq;

namespace CiCodegen.Emulator;

/// <summary>Makes and writes answer documents.</summary>
internal static class Documents
{
    private static readonly XmlWriterSettings s_settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        OmitXmlDeclaration = true,

        // A carriage return comes back as one.
        NewLineHandling = NewLineHandling.Entitize,
    };

    /// <summary>An element with text; what XML cannot carry, as from an escaped path, becomes U+FFFD.</summary>
    public static XElement Text(string name, string text) => new(name, Carried(text));

    public static XElement Error(string code, string message, string requestId, string traceId)
        => new("Error", Text("Code", code), Text("Message", message), Text("RequestId", requestId), Text("TraceId", traceId));

    public static byte[] Write(XElement root)
    {
        using MemoryStream stream = new();
        using (XmlWriter writer = XmlWriter.Create(stream, s_settings))
        {
            root.WriteTo(writer);
        }

        return stream.ToArray();
    }

    private static string Carried(string text)
    {
        StringBuilder? carried = null;
        for (int i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i]))
            {
                carried?.Append(text[i]);
            }
            else if (i + 1 < text.Length && XmlConvert.IsXmlSurrogatePair(text[i + 1], text[i]))
            {
                carried?.Append(text, i, 2);
                i++;
            }
            else
            {
                carried ??= new StringBuilder().Append(text, 0, i);
                carried.Append('\uFFFD');
            }
        }

        return carried?.ToString() ?? text;
    }
}

using System.Runtime.Serialization;
using System.Xml;
using System.Xml.Serialization;
using CiCodegen.Benchmarks.CiJobs;
using CiCodegen.Benchmarks.Data;
using CiCodegen.Benchmarks.Measure;
using CiCodegen.Benchmarks.Peers;
using CiCodegen.Runtime;

namespace CiCodegen.Benchmarks.Cases;

/// <summary>All that reads a response from XML.</summary>
internal static class ReadCases
{
    public const string Reference = "XmlSerializer";

    private static readonly XmlSerializer s_serializer = new(typeof(Response));
    private static readonly DataContractSerializer s_contract = new(typeof(Response));
    private static readonly CiReaderOptions s_options = new() { MaxDocumentLength = 1 << 28 };

    /// <summary>The cases over a document; the first is the reference.</summary>
    public static IReadOnlyList<Case> Of(Document document)
    {
        byte[] xml = document.Xml;
        byte[] contract = ContractXml(document.Content);
        BarePasses bare = new(xml);
        VideoTargetRecResponse graph = CiXml.Read<VideoTargetRecResponse>(xml, s_options);
        XmlDictionaryReader? pooled = null;
        return
        [
            Plain(Reference, () => (Response)s_serializer.Deserialize(XmlReader.Create(new MemoryStream(xml)))!),
            Plain("DataContractSerializer", () => (Response)s_contract.ReadObject(new MemoryStream(contract))!),
            Plain("XDocument", () => HandWritten.Query(xml)),
            Plain("XmlReader by hand", () => HandWritten.Read(xml)),
            Emitted("emitted, utf8", () => CiXml.Read<VideoTargetRecResponse>(xml, s_options)),
            Emitted("emitted, XmlReader", () =>
            {
                using XmlReader reader = XmlReader.Create(new MemoryStream(xml));
                return CiXmlInterop.Read<VideoTargetRecResponse>(reader, s_options);
            }),
            Emitted("emitted, pooled dictionary reader", () => CiXmlInterop.Read<VideoTargetRecResponse>(Pooled(ref pooled, xml), s_options)),
            new Case("bare XmlReader", bare.Default),
            new Case("bare XmlReader, fastest settings", bare.Fastest),
            new Case("bare dictionary reader, pooled", bare.Dictionary),
            new Case("bare UTF-8 scan", () => bare.Scan()),
            Emitted("the graph alone", () => Graph.Copy(graph)),
        ];
    }

    private static Case Plain(string name, Func<Response> read) => new(name, () => read(), () => PlainJson.Line(read()));

    private static Case Emitted(string name, Func<VideoTargetRecResponse> read) => new(name, () => read(), () => PlainJson.Line(Graph.Plain(read())));

    private static XmlDictionaryReader Pooled(ref XmlDictionaryReader? reader, byte[] document)
    {
        if (reader is null)
        {
            reader = XmlDictionaryReader.CreateTextReader(document, XmlDictionaryReaderQuotas.Max);
        }
        else
        {
            ((IXmlTextReaderInitializer)reader).SetInput(document, 0, document.Length, null, XmlDictionaryReaderQuotas.Max, null);
        }

        return reader;
    }

    // Lists stand in an element of their own there, so it reads a document of its own with the same content.
    private static byte[] ContractXml(Response response)
    {
        using MemoryStream stream = new();
        s_contract.WriteObject(stream, response);
        return stream.ToArray();
    }
}

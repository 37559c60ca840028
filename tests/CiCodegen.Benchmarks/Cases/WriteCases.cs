using System.Buffers;
using System.Text;
using System.Xml;
using System.Xml.Serialization;
using CiCodegen.Benchmarks.CiJobs;
using CiCodegen.Benchmarks.Data;
using CiCodegen.Benchmarks.Measure;
using CiCodegen.Benchmarks.Peers;
using CiCodegen.Runtime;

namespace CiCodegen.Benchmarks.Cases;

/// <summary>All that writes a request or a response as XML.</summary>
internal static class WriteCases
{
    private static readonly XmlSerializer s_response = new(typeof(Response));
    private static readonly XmlSerializer s_request = new(typeof(Request));
    private static readonly XmlSerializerNamespaces s_none = new([XmlQualifiedName.Empty]);
    private static readonly XmlWriterSettings s_settings = new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };

    /// <summary>Writing what stands in a document; the first case is the reference.</summary>
    public static IReadOnlyList<Case> OfResponse(Document document)
    {
        VideoTargetRecResponse emitted = CiXml.Read<VideoTargetRecResponse>(document.Xml);
        return Of(s_response, document.Content, emitted);
    }

    /// <summary>Writing a request with all parameters; the first case is the reference.</summary>
    public static IReadOnlyList<Case> OfRequest()
    {
        Request plain = Request.Make();
        using MemoryStream stream = new();
        Serialize(s_request, plain, stream);
        return Of(s_request, plain, CiXml.Read<VideoTargetRecRequest>(stream.ToArray()));
    }

    private static Case[] Of<TEmitted>(XmlSerializer serializer, object plain, TEmitted emitted)
        where TEmitted : class, ICiDocument<TEmitted>
    {
        MemoryStream stream = new();
        ArrayBufferWriter<byte> buffer = new(1 << 20);
        XmlDictionaryWriter pooled = XmlDictionaryWriter.CreateTextWriter(stream);
        CiXml.Write(emitted, buffer);
        BareWrites bare = new(buffer.WrittenSpan.ToArray());
        string Written(Action run)
        {
            run();
            return Encoding.UTF8.GetString(buffer.WrittenCount > 0 ? buffer.WrittenSpan : stream.ToArray());
        }

        void Serializer()
        {
            Reset();
            Serialize(serializer, plain, stream);
        }

        void Utf8()
        {
            Reset();
            CiXml.Write(emitted, buffer);
        }

        void Lane()
        {
            Reset();
            using XmlWriter writer = XmlWriter.Create(stream, s_settings);
            CiXmlInterop.Write(emitted, writer);
        }

        void Dictionary()
        {
            Reset();
            ((IXmlTextWriterInitializer)pooled).SetOutput(stream, Encoding.UTF8, false);
            CiXmlInterop.Write(emitted, pooled);
        }

        void Bare()
        {
            Reset();
            using XmlWriter writer = XmlWriter.Create(stream, s_settings);
            bare.Write(writer);
        }

        void BareDictionary()
        {
            Reset();
            ((IXmlTextWriterInitializer)pooled).SetOutput(stream, Encoding.UTF8, false);
            bare.Write(pooled);
        }

        void Reset()
        {
            stream.SetLength(0);
            buffer.ResetWrittenCount();
        }

        return
        [
            new Case(ReadCases.Reference, Serializer, () => Written(Serializer).Replace(" />", "/>", StringComparison.Ordinal).Replace("<Message/>", "<Message></Message>", StringComparison.Ordinal)),
            new Case("bare XmlWriter, the same calls", Bare, () => Written(Bare)),
            new Case("bare pooled dictionary writer", BareDictionary, () => Written(BareDictionary)),
            new Case("emitted, utf8", Utf8, () => Written(Utf8)),
            new Case("emitted, XmlWriter", Lane, () => Written(Lane)),
            new Case("emitted, pooled dictionary writer", Dictionary, () => Written(Dictionary)),
        ];
    }

    private static void Serialize(XmlSerializer serializer, object plain, MemoryStream stream)
    {
        using XmlWriter writer = XmlWriter.Create(stream, s_settings);
        serializer.Serialize(writer, plain, s_none);
    }
}

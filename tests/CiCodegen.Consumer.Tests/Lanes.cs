using System.Buffers;
using System.Text;
using System.Xml;
using CiCodegen.Runtime;

namespace CiCodegen.Consumer.Tests;

/// <summary>One document through both XML lanes.</summary>
internal static class Lanes
{
    /// <summary>Reads in both lanes and gives the value as JSON, which must be the same.</summary>
    public static string Read<T>(byte[] document)
        where T : class, ICiDocument<T>
    {
        T fast = CiXml.Read<T>(document);
        T interop = ReadInterop<T>(document);
        string json = Json(fast);
        Assert.Equal(json, Json(interop));
        return json;
    }

    public static string Read<T>(string document)
        where T : class, ICiDocument<T> => Read<T>(Encoding.UTF8.GetBytes(document));

    /// <summary>Reads in both lanes, which must refuse in the same way.</summary>
    public static CiFormatException Refuse<T>(string document)
        where T : class, ICiDocument<T>
    {
        byte[] bytes = Encoding.UTF8.GetBytes(document);
        CiFormatException fast = Assert.Throws<CiFormatException>(() => CiXml.Read<T>(bytes));
        CiFormatException interop = Assert.Throws<CiFormatException>(() => ReadInterop<T>(bytes));
        Assert.Equal(fast.Error, interop.Error);
        return fast;
    }

    /// <summary>Writes in both lanes, which must give the same text.</summary>
    public static string Write<T>(T document)
        where T : class, ICiDocument<T>
    {
        ArrayBufferWriter<byte> output = new();
        CiXml.Write(document, output);
        StringBuilder text = new();
        using (XmlWriter writer = XmlWriter.Create(text, new XmlWriterSettings { OmitXmlDeclaration = true }))
        {
            CiXmlInterop.Write(document, writer);
        }

        string xml = Encoding.UTF8.GetString(output.WrittenSpan);
        Assert.Equal(Json(CiXml.Read<T>(Encoding.UTF8.GetBytes(xml))), Json(CiXml.Read<T>(Encoding.UTF8.GetBytes(text.ToString()))));
        return xml;
    }

    public static string Json<T>(T document)
        where T : class, ICiDocument<T>
    {
        ArrayBufferWriter<byte> output = new();
        CiJson.Write(document, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }

    private static T ReadInterop<T>(byte[] document)
        where T : class, ICiDocument<T>
    {
        using XmlReader reader = XmlReader.Create(new MemoryStream(document), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
        return CiXmlInterop.Read<T>(reader);
    }
}

using System.Buffers;
using System.Text.Unicode;
using System.Xml;

namespace CiCodegen.Benchmarks.Peers;

/// <summary>Passes over a document that build nothing.</summary>
internal sealed class BarePasses(byte[] document)
{
    private static readonly XmlReaderSettings s_default = new();
    private static readonly XmlReaderSettings s_fastest = new() { CheckCharacters = false, IgnoreWhitespace = true, IgnoreComments = true, IgnoreProcessingInstructions = true, DtdProcessing = DtdProcessing.Prohibit };
    private static readonly XmlDictionaryReaderQuotas s_quotas = XmlDictionaryReaderQuotas.Max;
    private static readonly SearchValues<byte> s_marks = SearchValues.Create("<>&"u8);

    private XmlDictionaryReader? _pooled;

    /// <summary>The reader as anybody makes it.</summary>
    public void Default() => Read(s_default);

    /// <summary>The reader with what is said to make it fast.</summary>
    public void Fastest() => Read(s_fastest);

    /// <summary>The reader of WCF, which can be used again.</summary>
    public void Dictionary()
    {
        if (_pooled is null)
        {
            _pooled = XmlDictionaryReader.CreateTextReader(document, s_quotas);
        }
        else
        {
            ((IXmlTextReaderInitializer)_pooled).SetInput(document, 0, document.Length, null, s_quotas, null);
        }

        while (_pooled.Read())
        {
        }
    }

    /// <summary>Finds all markup and checks that the bytes are UTF-8.</summary>
    public int Scan()
    {
        ReadOnlySpan<byte> rest = document;
        if (!Utf8.IsValid(rest))
        {
            throw new InvalidDataException("The document is not UTF-8.");
        }

        int marks = 0;
        for (int at; (at = rest.IndexOfAny(s_marks)) >= 0; rest = rest[(at + 1)..])
        {
            marks++;
        }

        return marks;
    }

    private void Read(XmlReaderSettings settings)
    {
        using XmlReader reader = XmlReader.Create(new MemoryStream(document), settings);
        while (reader.Read())
        {
        }
    }
}

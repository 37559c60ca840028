using System.Globalization;
using System.Text;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests.Grammar;

/// <summary>A production or constraint of XML 1.0 or of Namespaces in XML 1.0, with documents on either side of it.</summary>
/// <param name="Name">Number and name, as the specification has them.</param>
internal sealed record Production(string Name)
{
    /// <summary>Documents that keep it.</summary>
    public string[] Accepted { get; init; } = [];

    /// <summary>Documents that break it.</summary>
    public string[] Refused { get; init; } = [];

    /// <summary>Documents that break it, and that XmlReader reads all the same.</summary>
    public string[] RefusedButByXmlReader { get; init; } = [];

    /// <summary>Documents that break it with a character that XML does not have.</summary>
    public string[] IllegalCharacter { get; init; } = [];

    /// <summary>Documents with a DTD.</summary>
    public string[] WithDtd { get; init; } = [];

    /// <summary>Documents whose declaration names what is not read here.</summary>
    public string[] UnsupportedEncoding { get; init; } = [];

    /// <summary>Every document with the code that is due; null for none.</summary>
    public IEnumerable<(string Document, CiFormatError? Due, bool XmlReaderAgrees)> Documents
        =>
        [
            .. Accepted.Select(d => (d, (CiFormatError?)null, true)),
            .. Refused.Select(d => (d, (CiFormatError?)CiFormatError.NotWellFormed, true)),
            .. RefusedButByXmlReader.Select(d => (d, (CiFormatError?)CiFormatError.NotWellFormed, false)),
            .. IllegalCharacter.Select(d => (d, (CiFormatError?)CiFormatError.IllegalCharacter, true)),
            .. WithDtd.Select(d => (d, (CiFormatError?)CiFormatError.DtdProhibited, true)),
            .. UnsupportedEncoding.Select(d => (d, (CiFormatError?)CiFormatError.UnsupportedEncoding, true)),
        ];

    public override string ToString() => Name;

    /// <summary>The bytes of a document; a surrogate without its partner goes in as the three bytes that it would have.</summary>
    public static byte[] Bytes(string document)
    {
        List<byte> bytes = [];
        for (int i = 0; i < document.Length; i++)
        {
            if (char.IsSurrogatePair(document, i))
            {
                bytes.AddRange(Encoding.UTF8.GetBytes(document.Substring(i++, 2)));
            }
            else if (char.IsSurrogate(document[i]))
            {
                bytes.AddRange([0xED, (byte)(0x80 | ((document[i] >> 6) & 0x3F)), (byte)(0x80 | (document[i] & 0x3F))]);
            }
            else
            {
                bytes.AddRange(Encoding.UTF8.GetBytes([document[i]]));
            }
        }

        return [.. bytes];
    }

    /// <summary>A code point as it stands in a document.</summary>
    public static string Of(int codePoint) => codePoint is >= 0xD800 and <= 0xDFFF ? ((char)codePoint).ToString() : char.ConvertFromUtf32(codePoint);

    /// <summary>A code point as a reference.</summary>
    public static string Reference(int codePoint) => string.Create(CultureInfo.InvariantCulture, $"&#x{codePoint:X};");
}

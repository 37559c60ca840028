using System.Xml;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>Streams a document with any root: whether it is well-formed and its parts keep their limits. The whole has none.</summary>
internal static class WellFormedness
{
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static void Check(Stream document, CiReaderOptions limits, CancellationToken cancellationToken)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = true, MaxCharactersInDocument = 0 };
        using XmlReader reader = XmlReader.Create(document, settings);
        char[] piece = new char[16 * 1024];
        long text = 0;
        try
        {
            while (reader.Read())
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace)
                {
                    // In pieces: the text is only counted.
                    for (int read; (read = reader.ReadValueChunk(piece, 0, piece.Length)) > 0;)
                    {
                        text += read;
                        if (text > limits.MaxTextLength)
                        {
                            throw Limit(reader, $"a text is longer than {limits.MaxTextLength} characters");
                        }
                    }
                }
                else if (reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement)
                {
                    text = 0;
                    if (reader.Depth >= limits.MaxDepth)
                    {
                        throw Limit(reader, $"elements stand more than {limits.MaxDepth} deep");
                    }

                    if (reader.AttributeCount > limits.MaxAttributes)
                    {
                        throw Limit(reader, $"an element has more than {limits.MaxAttributes} attributes");
                    }
                }
            }
        }
        catch (XmlException e)
        {
            throw new CiFormatException(Classify(e), "", e.LineNumber, e.LinePosition, e.Message, e);
        }
    }

    // The reader has no other way of telling.
    private static CiFormatError Classify(XmlException e)
        => e.Message.Contains("DTD is prohibited", StringComparison.Ordinal) ? CiFormatError.DtdProhibited
            : e.Message.Contains("invalid character", StringComparison.Ordinal) || e.Message.Contains("Invalid character", StringComparison.Ordinal) ? CiFormatError.IllegalCharacter
            : e.Message.Contains("encoding", StringComparison.OrdinalIgnoreCase) ? CiFormatError.UnsupportedEncoding
            : CiFormatError.NotWellFormed;

    private static CiFormatException Limit(XmlReader reader, string detail)
    {
        IXmlLineInfo place = (IXmlLineInfo)reader;
        return new CiFormatException(CiFormatError.LimitExceeded, "", place.LineNumber, place.LinePosition, detail);
    }
}

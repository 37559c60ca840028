using System.Xml;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>Checks a document with any root: whether it is well-formed and its parts keep their limits. The whole has none.</summary>
internal static class WellFormedness
{
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    /// <exception cref="CliException">The file cannot be read.</exception>
    public static void Check(Stream stream, string file, string lane, CancellationToken cancellationToken)
    {
        CiReaderOptions limits = CiReaderOptions.Default;
        ReadOnlyMemory<byte> start = DocumentFile.Read(stream, file);
        if (start.Length > limits.MaxDocumentLength)
        {
            // Beyond what a lane buffers: what was read already, then the rest as it comes.
            using Stream whole = new JoinedStream(start, stream);
            CheckStream(whole, limits, cancellationToken);
            return;
        }

        if (lane == DocumentLane.XmlReader)
        {
            CiXmlInterop.Check(start, limits);
        }
        else
        {
            CiXml.Check(start, limits);
        }

        if (start.Length > limits.MaxTextLength)
        {
            // The lanes measure the texts that they read, and here they read none.
            using Stream whole = new JoinedStream(start, Stream.Null);
            CheckStream(whole, limits, cancellationToken);
        }
    }

    private static void CheckStream(Stream document, CiReaderOptions limits, CancellationToken cancellationToken)
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

    /// <summary>Bytes in memory, and behind them a stream.</summary>
    private sealed class JoinedStream(ReadOnlyMemory<byte> start, Stream rest) : Stream
    {
        private ReadOnlyMemory<byte> _start = start;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            if (_start.IsEmpty)
            {
                return rest.Read(buffer);
            }

            int taken = Math.Min(buffer.Length, _start.Length);
            _start.Span[..taken].CopyTo(buffer);
            _start = _start[taken..];
            return taken;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

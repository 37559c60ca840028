using System.Buffers;
using System.Runtime.InteropServices;
using System.Text;
using System.Xml;

namespace CiCodegen.Runtime;

/// <summary>Reads and writes documents through any <see cref="XmlReader"/> and <see cref="XmlWriter"/>.</summary>
public static class CiXmlInterop
{
    /// <summary>Reads a document.</summary>
    /// <remarks>The reader should prohibit DTDs, keep white space and know lines, as <see cref="XmlReader.Create(Stream)"/> does.</remarks>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="reader">The reader, before the root; it is read to the end.</param>
    /// <param name="options">Limits; null for the defaults. The reader itself limits the document's length, if at all.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static TDocument Read<TDocument>(XmlReader reader, CiReaderOptions? options = null)
        where TDocument : class, ICiDocument<TDocument>
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Read<TDocument>(reader, options ?? CiReaderOptions.Default, null);
    }

    /// <summary>Reads a document in UTF-8 or UTF-16, with or without a byte order mark, through an <see cref="XmlReader"/> made for it.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The bytes.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static TDocument Read<TDocument>(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
        where TDocument : class, ICiDocument<TDocument>
    {
        options ??= CiReaderOptions.Default;
        return Over(document, options, (reader, encoding) => Read<TDocument>(reader, options, encoding));
    }

    /// <summary>Checks that a document is well-formed and its parts keep their limits, whatever its root, through an <see cref="XmlReader"/> made for it.</summary>
    /// <param name="document">The bytes, in UTF-8 or UTF-16.</param>
    /// <param name="options">Limits; null for the defaults. Texts are not measured: none is read.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static void Check(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
    {
        options ??= CiReaderOptions.Default;
        Over(document, options, (reader, encoding) =>
        {
            XmlReaderReadState state = XmlReaderReadState.Rent();
            try
            {
                state.Tokens.Open(reader, options, "", encoding);
                state.Tokens.Drain();
                return true;
            }
            finally
            {
                XmlReaderReadState.Return(state);
            }
        });
    }

    /// <summary>Writes a document.</summary>
    /// <remarks>The bytes are those of <see cref="CiXml"/> when the writer has no declaration, no indentation and <see cref="NewLineHandling.None"/>.</remarks>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <param name="writer">The writer; it is flushed, not closed.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public static void Write<TDocument>(TDocument document, XmlWriter writer)
        where TDocument : class, ICiDocument<TDocument>
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(writer);
        XmlWriterCiWriter lane = new(new XmlWriterWriteState(writer));
        lane.Begin(TDocument.Root);
        document.Write(ref lane);
        lane.End(TDocument.Root);
        writer.Flush();
    }

    private static TResult Over<TResult>(ReadOnlyMemory<byte> document, CiReaderOptions options, Func<XmlReader, CiEncodingKind, TResult> read)
    {
        if (document.Length > options.MaxDocumentLength)
        {
            throw new CiFormatException(CiFormatError.LimitExceeded, "", 0, 0, $"the document is longer than {options.MaxDocumentLength} bytes");
        }

        CiEncodingKind encoding = CiEncoding.Detect(document.Span, out int mark);
        if (encoding == CiEncodingKind.Unsupported)
        {
            throw new CiFormatException(CiFormatError.UnsupportedEncoding, "", 1, 1, "the document is neither UTF-8 nor UTF-16");
        }

        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, CheckCharacters = true };
        if (encoding != CiEncodingKind.Utf8)
        {
            string decoded = CiEncoding.FromUtf16(document.Span[mark..], encoding, CiFormatError.IllegalCharacter);
            if (HasHugeReference(Encoding.UTF8.GetBytes(decoded)))
            {
                CiXml.Check(document, options);
            }

            using StringReader text = new(decoded);
            using XmlReader reader = XmlReader.Create(text, settings);
            return read(reader, encoding);
        }

        // Things that XmlReader gets wrong (seen on .NET 10): it accepts references to code points that overflow into a surrogate pair,
        // as in &#x4010000;, and a UTF-8 sequence that the end of the document cuts, and it loses its place behind an XML declaration
        // that is not ASCII. The tokenizer decides such documents.
        if (HasHugeReference(document.Span) || IsCut(document.Span) || HasOddDeclaration(document.Span[mark..]))
        {
            CiXml.Check(document, options);
        }

        // The mark goes along: without it the reader would take one that follows for the document's own.
        ArraySegment<byte> bytes = MemoryMarshal.TryGetArray(document, out ArraySegment<byte> segment) && segment.Array is not null ? segment : document.ToArray();
        using MemoryStream stream = new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        using XmlReader utf8 = XmlReader.Create(stream, settings);
        return read(utf8, encoding);
    }

    private static bool HasHugeReference(ReadOnlySpan<byte> document)
    {
        int at;
        while ((at = document.IndexOf("&#"u8)) >= 0)
        {
            document = document[(at + 2)..];
            bool hex = document.StartsWith("x"u8);
            ReadOnlySpan<byte> digits = hex ? document[1..] : document;
            long value = 0;
            foreach (byte unit in digits)
            {
                if (value > 0x10FFFF || !(hex ? char.IsAsciiHexDigit((char)unit) : char.IsAsciiDigit((char)unit)))
                {
                    break;
                }

                value = (value * (hex ? 16 : 10)) + (unit <= '9' ? unit - '0' : (unit | 0x20) - 'a' + 10);
            }

            if (value > 0x10FFFF)
            {
                return true;
            }
        }

        return false;
    }

    private static bool HasOddDeclaration(ReadOnlySpan<byte> document)
        => document.StartsWith("<?xml"u8) && document.IndexOf("?>"u8) is int end and > 0 && document[..end].ContainsAnyInRange((byte)0x80, (byte)0xFF);

    private static bool IsCut(ReadOnlySpan<byte> document)
        => document.Length > 0 && document[^1] >= 0x80 && Rune.DecodeLastFromUtf8(document, out _, out _) != OperationStatus.Done;

    private static TDocument Read<TDocument>(XmlReader reader, CiReaderOptions options, CiEncodingKind? encoding)
        where TDocument : class, ICiDocument<TDocument>
    {
        XmlReaderReadState state = XmlReaderReadState.Rent();
        try
        {
            state.Start(reader, options, TDocument.Root, encoding);
            XmlReaderCiReader lane = new(state);
            TDocument result = TDocument.Read(ref lane);
            state.Finish();
            return result;
        }
        finally
        {
            XmlReaderReadState.Return(state);
        }
    }
}

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
        where TDocument : class, ICiReadable<TDocument>, ICiRooted
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
        where TDocument : class, ICiReadable<TDocument>, ICiRooted
    {
        options ??= CiReaderOptions.Default;
        try
        {
            return Over(document, options, (reader, encoding) => Read<TDocument>(reader, options, encoding));
        }
        catch (CiFormatException exception)
        {
            throw Judge<TDocument>(document, options, exception);
        }
    }

    /// <summary>Checks that a document is well-formed and its parts keep their limits, whatever its root, through an <see cref="XmlReader"/> made for it.</summary>
    /// <param name="document">The bytes, in UTF-8 or UTF-16.</param>
    /// <param name="options">Limits; null for the defaults. The whole has none.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static void Check(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
    {
        ArraySegment<byte> bytes = Bytes(document);
        using MemoryStream stream = new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
        Check(stream, options);
    }

    /// <summary>Checks as <see cref="Check(ReadOnlyMemory{byte}, CiReaderOptions?)"/> while the document comes, in constant memory.</summary>
    /// <param name="document">The bytes, in UTF-8 or UTF-16; read to the end unless a rule is broken.</param>
    /// <param name="options">Limits; null for the defaults. The whole has none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static void Check(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= CiReaderOptions.Default;

        using JudgedStream judged = new(document, options, cancellationToken);
        XmlReaderReadState state = XmlReaderReadState.Rent();
        try
        {
            judged.Judge(
                () =>
                {
                    using XmlReader reader = judged.CreateReader(Settings());
                    try
                    {
                        state.Tokens.Open(reader, options, "", judged.Encoding);
                        state.Tokens.Drain();
                        return true;
                    }
                    catch (Exception exception) when (XmlReaderTokens.IsRefusal(exception))
                    {
                        throw state.Tokens.Refusal(exception);
                    }
                },
                state);
        }
        finally
        {
            XmlReaderReadState.Return(state);
        }
    }

    /// <summary>Reads the jobs of a response one by one: in memory is one job at a time.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="reader">The reader, before the root; it is read to the end.</param>
    /// <param name="options">Limits; null for the defaults. The reader itself limits lengths, if at all.</param>
    /// <returns>The jobs, to be read once; what breaks a rule is thrown where it is met, <see cref="CiFormatException"/>.</returns>
    public static IEnumerable<TJob> ReadJobs<TJob>(XmlReader reader, CiReaderOptions? options = null)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(reader);
        return Jobs(() => new XmlReaderJobs<TJob>(reader, options ?? CiReaderOptions.Default));
    }

    /// <summary>Reads the jobs of a response one by one while it comes, through an <see cref="XmlReader"/> made for it: constant memory, however long the list.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="document">The stream, in UTF-8 or UTF-16; it is not closed.</param>
    /// <param name="options">Limits; null for the defaults. The document's length is that of what lies between two jobs here: the whole has none. Texts, tags and white space are measured wherever they stand.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The jobs, to be read once; what breaks a rule is thrown where it is met, <see cref="CiFormatException"/>.</returns>
    public static IEnumerable<TJob> ReadJobs<TJob>(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(document);
        options ??= CiReaderOptions.Default;
        return Jobs(() => new XmlReaderJobs<TJob>(new JudgedStream(document, options, cancellationToken) { MaxSpan = options.MaxDocumentLength }, options));
    }

    /// <summary>Writes a document.</summary>
    /// <remarks>The bytes are those of <see cref="CiXml"/> when the writer has no declaration, no indentation and <see cref="NewLineHandling.None"/>.</remarks>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <param name="writer">The writer; it is flushed, not closed.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public static void Write<TDocument>(TDocument document, XmlWriter writer)
        where TDocument : class, ICiWritable, ICiRooted
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(writer);
        XmlWriterWriteState state = XmlWriterWriteState.Rent(writer);
        try
        {
            XmlWriterCiWriter lane = new(state);
            lane.Begin(TDocument.Root, document).Write(ref lane);
            state.Stack.CheckClosed(document);
            writer.Flush();
        }
        finally
        {
            XmlWriterWriteState.Return(state);
        }
    }

    private static TResult Over<TResult>(ReadOnlyMemory<byte> document, CiReaderOptions options, Func<XmlReader, CiEncodingKind, TResult> read)
    {
        if (document.Length > options.MaxDocumentLength)
        {
            throw new CiFormatException(CiFormatError.LimitExceeded, "", 0, 0, CiReadText.DocumentTooLong(options));
        }

        CiEncodingKind encoding = CiEncoding.Detect(document.Span, out int mark);
        if (encoding == CiEncodingKind.Unsupported)
        {
            throw CiEncoding.Unsupported();
        }

        XmlReaderSettings settings = Settings();
        try
        {
            string? decoded = encoding == CiEncodingKind.Utf8 ? null : CiEncoding.FromUtf16(document.Span[mark..], encoding, CiFormatError.IllegalCharacter);
            if (IsMisjudged(decoded is null ? document.Span[mark..] : Encoding.UTF8.GetBytes(decoded), options))
            {
                DocumentCheck.Run(document, options, measuresTexts: false);
            }

            if (decoded is not null)
            {
                using StringReader text = new(decoded);
                using XmlReader utf16 = XmlReader.Create(text, settings);
                return read(utf16, encoding);
            }

            // The mark goes along: without it the reader would take one that follows for the document's own.
            ArraySegment<byte> bytes = Bytes(document);
            using MemoryStream stream = new(bytes.Array!, bytes.Offset, bytes.Count, writable: false);
            using XmlReader utf8 = XmlReader.Create(stream, settings);
            return read(utf8, encoding);
        }
        catch (XmlException exception)
        {
            // The reader looks at the first bytes when it is made.
            throw XmlReaderTokens.Convert(exception, "");
        }
    }

    /// <summary>Has the direct lane name code and place of what this lane refuses.</summary>
    /// <remarks>XmlReader tells only in words what is ill-formed, of two errors it may meet the second first, and (seen on .NET 10) it counts
    /// a line twice that ends inside a tag where its buffer ends. And a text that is too long is refused before its end is looked at.</remarks>
    private static CiFormatException Judge<TDocument>(ReadOnlyMemory<byte> document, CiReaderOptions options, CiFormatException exception)
        where TDocument : class, ICiReadable<TDocument>, ICiRooted
    {
        bool isIllFormed = IsIllFormed(exception);
        try
        {
            CiXml.Read<TDocument>(document, options);
            return exception;
        }
        catch (CiFormatException judged) when (isIllFormed || (exception.Error == CiFormatError.LimitExceeded && IsIllFormed(judged)) || (judged.Error == exception.Error && judged.Path == exception.Path))
        {
            return new CiFormatException(judged.Error, exception.Path, judged.Line, judged.Column, judged.Detail, exception) { ServiceError = exception.ServiceError };
        }
        catch (CiFormatException)
        {
            return exception;
        }
    }

    private static bool IsIllFormed(CiFormatException exception)
        => exception.Error is CiFormatError.NotWellFormed or CiFormatError.IllegalCharacter or CiFormatError.UnsupportedEncoding or CiFormatError.DtdProhibited;

    private static IEnumerable<TJob> Jobs<TJob>(Func<XmlReaderJobs<TJob>> open)
        where TJob : CiJob, ICiJob<TJob>
    {
        using XmlReaderJobs<TJob> jobs = open();
        while (jobs.Next() is { } job)
        {
            yield return job;
        }
    }

    // Comments and instructions mean nothing and have no limit: ignored, they are not held either.
    internal static XmlReaderSettings Settings() => new()
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        CheckCharacters = true,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
    };

    private static ArraySegment<byte> Bytes(ReadOnlyMemory<byte> document)
        => MemoryMarshal.TryGetArray(document, out ArraySegment<byte> segment) && segment.Array is not null ? segment : document.ToArray();

    // Things that XmlReader gets wrong (seen on .NET 10): it accepts references to code points that overflow into a surrogate pair,
    // as in &#x4010000;, and a UTF-8 sequence that the end of the document cuts, and it loses its place behind an XML declaration
    // that is not ASCII. And it reads all attributes of an element before anybody can count them. The tokenizer decides such documents.
    private static bool IsMisjudged(ReadOnlySpan<byte> utf8, CiReaderOptions options)
        => HasHugeReference(utf8) || IsCut(utf8) || HasOddDeclaration(utf8) || MayHaveTooManyAttributes(utf8, options.MaxAttributes);

    private static bool MayHaveTooManyAttributes(ReadOnlySpan<byte> document, int most)
        => document.Count((byte)'=') > most && document.Count((byte)'"') + document.Count((byte)'\'') > 2L * most;

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
        where TDocument : class, ICiReadable<TDocument>, ICiRooted
    {
        XmlReaderReadState state = XmlReaderReadState.Rent();
        try
        {
            state.Start(reader, options, TDocument.Root, encoding);
            XmlReaderCiReader lane = new(state);
            TDocument result = TDocument.Read(lane);
            state.Finish();
            return result;
        }
        catch (Exception exception) when (XmlReaderTokens.IsRefusal(exception))
        {
            throw state.Tokens.Refusal(exception);
        }
        finally
        {
            XmlReaderReadState.Return(state);
        }
    }
}

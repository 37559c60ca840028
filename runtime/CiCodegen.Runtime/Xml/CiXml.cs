using System.Buffers;
#if NET10_0_OR_GREATER
using System.IO.Pipelines;
#endif
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Reads and writes documents as XML over bytes: the fast lane.</summary>
public static class CiXml
{
    /// <summary>Reads a document in UTF-8 or UTF-16, with or without a byte order mark.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The bytes.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static TDocument Read<TDocument>(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
        where TDocument : class, ICiReadable<TDocument>, ICiRooted
    {
        Utf8ReadState state = Utf8ReadState.Rent();
        try
        {
            state.Start(document, options ?? CiReaderOptions.Default, TDocument.Root);
            Utf8CiReader reader = new(state);
            TDocument result = TDocument.Read(reader);
            state.Finish();
            return result;
        }
        finally
        {
            Utf8ReadState.Return(state);
        }
    }

    /// <summary>Reads a document in UTF-8 or UTF-16 that lies in several pieces of memory.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The bytes.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static TDocument Read<TDocument>(ReadOnlySequence<byte> document, CiReaderOptions? options = null)
        where TDocument : class, ICiReadable<TDocument>, ICiRooted
    {
        if (document.IsSingleSegment)
        {
            return Read<TDocument>(document.First, options);
        }

        using DocumentBuffer buffer = new(options ?? CiReaderOptions.Default);
        buffer.Append(document);
        return Read<TDocument>(buffer.Document, options);
    }

    /// <summary>Reads a document in UTF-8 or UTF-16 from a stream, which is buffered up to the limit.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The stream; it is read to its end, not closed.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static async Task<TDocument> ReadAsync<TDocument>(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
        where TDocument : class, ICiReadable<TDocument>, ICiRooted
    {
        ArgumentNullException.ThrowIfNull(document);
        using DocumentBuffer buffer = new(options ?? CiReaderOptions.Default);
        await buffer.FillAsync(document, cancellationToken).ConfigureAwait(false);
        return Read<TDocument>(buffer.Document, options);
    }

#if NET10_0_OR_GREATER
    /// <summary>Reads a document in UTF-8 or UTF-16 from a pipe, which is buffered up to the limit.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The pipe; it is read to its end, not completed.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static async Task<TDocument> ReadAsync<TDocument>(PipeReader document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
        where TDocument : class, ICiReadable<TDocument>, ICiRooted
    {
        ArgumentNullException.ThrowIfNull(document);
        using DocumentBuffer buffer = new(options ?? CiReaderOptions.Default);
        await buffer.FillAsync(document, cancellationToken).ConfigureAwait(false);
        return Read<TDocument>(buffer.Document, options);
    }
#endif

    /// <summary>Reads the jobs of a response one by one while it comes: constant memory, however long the list.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="document">The stream, in UTF-8 or UTF-16; it is not closed.</param>
    /// <param name="options">Limits; null for the defaults. The document's length is that of one child of the root here: the whole has none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static CiJobSequence<TJob> ReadJobsAsync<TJob>(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(document);
        return new CiJobSequence<TJob>(document, options ?? CiReaderOptions.Default, cancellationToken);
    }

#if NET10_0_OR_GREATER
    /// <summary>Reads the jobs of a response one by one while it comes: constant memory, however long the list.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="document">The pipe, in UTF-8 or UTF-16; it is not completed.</param>
    /// <param name="options">Limits; null for the defaults. The document's length is that of one child of the root here: the whole has none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static CiJobSequence<TJob> ReadJobsAsync<TJob>(PipeReader document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(document);
        return new CiJobSequence<TJob>(document, options ?? CiReaderOptions.Default, cancellationToken);
    }
#endif

    /// <summary>Checks that a document is well-formed and its parts keep their limits, whatever its root.</summary>
    /// <param name="document">The bytes, in UTF-8 or UTF-16.</param>
    /// <param name="options">Limits; null for the defaults. The whole has none.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static void Check(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => DocumentCheck.Run(document, options ?? CiReaderOptions.Default);

    /// <summary>Checks a document that lies in several pieces of memory, as <see cref="Check(ReadOnlyMemory{byte}, CiReaderOptions?)"/> does.</summary>
    /// <param name="document">The bytes, in UTF-8 or UTF-16.</param>
    /// <param name="options">Limits; null for the defaults. The whole has none.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static void Check(ReadOnlySequence<byte> document, CiReaderOptions? options = null)
    {
        using DocumentCheck check = new(options ?? CiReaderOptions.Default);
        while (!check.Advance())
        {
            ReadOnlySequence<byte> piece = document.Slice(0, Math.Min(document.Length, DocumentWindow.PieceLength));
            document = document.Slice(piece.End);
            if (piece.IsEmpty)
            {
                check.Window.Append([]);
            }
            else
            {
                check.Window.Append(piece);
            }
        }
    }

    /// <summary>Checks as <see cref="Check(ReadOnlyMemory{byte}, CiReaderOptions?)"/> while the document comes, in constant memory.</summary>
    /// <param name="document">The bytes, in UTF-8 or UTF-16; read to the end unless a rule is broken.</param>
    /// <param name="options">Limits; null for the defaults. The whole has none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static void Check(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        using DocumentCheck check = new(options ?? CiReaderOptions.Default);
        while (!check.Advance())
        {
            cancellationToken.ThrowIfCancellationRequested();
            check.Window.Fill(document);
        }
    }

    /// <summary>Checks as <see cref="Check(ReadOnlyMemory{byte}, CiReaderOptions?)"/> while the document comes, in constant memory.</summary>
    /// <param name="document">The bytes, in UTF-8 or UTF-16; read to the end unless a rule is broken.</param>
    /// <param name="options">Limits; null for the defaults. The whole has none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static async Task CheckAsync(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        using DocumentCheck check = new(options ?? CiReaderOptions.Default);
        while (!check.Advance())
        {
            await check.Window.FillAsync(document, cancellationToken).ConfigureAwait(false);
        }
    }

#if NET10_0_OR_GREATER
    /// <summary>Checks as <see cref="Check(ReadOnlyMemory{byte}, CiReaderOptions?)"/> while the document comes, in constant memory.</summary>
    /// <param name="document">The pipe, in UTF-8 or UTF-16; read to the end unless a rule is broken, not completed.</param>
    /// <param name="options">Limits; null for the defaults. The whole has none.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static async Task CheckAsync(PipeReader document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        using DocumentCheck check = new(options ?? CiReaderOptions.Default);
        while (!check.Advance())
        {
            await check.Window.FillAsync(document, cancellationToken).ConfigureAwait(false);
        }
    }
#endif

    /// <summary>Writes a document as UTF-8 without a byte order mark or a declaration.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public static void Write<TDocument>(TDocument document, IBufferWriter<byte> output)
        where TDocument : class, ICiWritable, ICiRooted
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        Utf8WriteState state = Utf8WriteState.Rent(output);
        try
        {
            Utf8CiWriter writer = new(state);
            writer.Begin(TDocument.Root, document).Write(ref writer);
            state.Stack.CheckClosed(document);
            state.Flush();
        }
        finally
        {
            Utf8WriteState.Return(state);
        }
    }

    /// <summary>Writes a document as UTF-8 bytes.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public static byte[] ToBytes<TDocument>(TDocument document)
        where TDocument : class, ICiWritable, ICiRooted
    {
        ArrayBufferWriter<byte> output = new();
        Write(document, output);
        return output.WrittenSpan.ToArray();
    }

    /// <summary>Writes a document as a string.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public static string ToXml<TDocument>(TDocument document)
        where TDocument : class, ICiWritable, ICiRooted
    {
        ArrayBufferWriter<byte> output = new();
        Write(document, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

using System.Buffers;
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
        where TDocument : class, ICiDocument<TDocument>
    {
        Utf8ReadState state = Utf8ReadState.Rent();
        try
        {
            state.Start(document, options ?? CiReaderOptions.Default, TDocument.Root);
            Utf8CiReader reader = new(state);
            TDocument result = TDocument.Read(ref reader);
            state.Finish();
            return result;
        }
        finally
        {
            Utf8ReadState.Return(state);
        }
    }

    /// <summary>Checks that a document is well-formed and its parts keep their limits, whatever its root.</summary>
    /// <param name="document">The bytes, in UTF-8 or UTF-16.</param>
    /// <param name="options">Limits; null for the defaults. The whole has none.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static void Check(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => DocumentCheck.Run(document, options ?? CiReaderOptions.Default);

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

    /// <summary>Writes a document as UTF-8 without a byte order mark or a declaration.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public static void Write<TDocument>(TDocument document, IBufferWriter<byte> output)
        where TDocument : class, ICiDocument<TDocument>
    {
        ArgumentNullException.ThrowIfNull(document);
        ArgumentNullException.ThrowIfNull(output);
        Utf8WriteState state = Utf8WriteState.Rent(output);
        try
        {
            Utf8CiWriter writer = new(state);
            writer.Begin(TDocument.Root);
            document.Write(ref writer);
            writer.End(TDocument.Root);
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
        where TDocument : class, ICiDocument<TDocument>
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
        where TDocument : class, ICiDocument<TDocument>
    {
        ArrayBufferWriter<byte> output = new();
        Write(document, output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

using System.Buffers;

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
        => LanePlaceholder.Read<TDocument>(document);

    /// <summary>Writes a document as UTF-8 without a byte order mark or a declaration.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public static void Write<TDocument>(TDocument document, IBufferWriter<byte> output)
        where TDocument : class, ICiDocument<TDocument>
        => throw new NotImplementedException();
}

using System.Buffers;

namespace CiCodegen.Runtime;

/// <summary>Reads and writes documents as JSON: callbacks, and the form that the command line prints.</summary>
public static class CiJson
{
    /// <summary>Reads a document: an object with the root's children, with or without the root around them.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The bytes.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static TDocument Read<TDocument>(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
        where TDocument : class, ICiDocument<TDocument>
        => throw new NotImplementedException();

    /// <summary>Writes a document as an object with the root's children: typed scalars, repeated nodes always arrays, absent ones left out.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <param name="output">Where to.</param>
    public static void Write<TDocument>(TDocument document, IBufferWriter<byte> output)
        where TDocument : class, ICiDocument<TDocument>
        => throw new NotImplementedException();
}

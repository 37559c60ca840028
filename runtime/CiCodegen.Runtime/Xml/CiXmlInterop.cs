using System.Xml;

namespace CiCodegen.Runtime;

/// <summary>Reads and writes documents through any <see cref="XmlReader"/> and <see cref="XmlWriter"/>.</summary>
public static class CiXmlInterop
{
    /// <summary>Reads a document.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="reader">The reader, before the root; it is read to the end.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static TDocument Read<TDocument>(XmlReader reader, CiReaderOptions? options = null)
        where TDocument : class, ICiDocument<TDocument>
        => throw new NotImplementedException();

    /// <summary>Writes a document.</summary>
    /// <typeparam name="TDocument">The document's type.</typeparam>
    /// <param name="document">The document.</param>
    /// <param name="writer">The writer; it is flushed, not closed.</param>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public static void Write<TDocument>(TDocument document, XmlWriter writer)
        where TDocument : class, ICiDocument<TDocument>
        => throw new NotImplementedException();
}

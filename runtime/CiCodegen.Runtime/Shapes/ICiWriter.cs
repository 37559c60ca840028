namespace CiCodegen.Runtime;

/// <summary>What emitted writers ask of a lane (direct UTF-8, <see cref="System.Xml.XmlWriter"/>, JSON).</summary>
/// <remarks>Scalars that are null are not written. Lanes are structs, as for <see cref="ICiReader"/>.</remarks>
public interface ICiWriter
{
    /// <summary>Opens a container: the document's root, a child, or one item of the many opened before.</summary>
    /// <param name="node">The node.</param>
    void Begin(CiNode node);

    /// <summary>Closes the container opened last.</summary>
    /// <param name="node">The node given to <see cref="Begin"/>.</param>
    void End(CiNode node);

    /// <summary>Opens a node that repeats; XML has no mark for it, JSON opens an array.</summary>
    /// <param name="node">The node.</param>
    void BeginMany(CiNode node);

    /// <summary>Closes the repeated node opened last.</summary>
    /// <param name="node">The node given to <see cref="BeginMany"/>.</param>
    void EndMany(CiNode node);

    /// <summary>The node that an entry of a map is written as.</summary>
    /// <param name="map">The node that stands for many names.</param>
    /// <param name="key">The entry's own name.</param>
    /// <exception cref="CiFormatException">The name cannot stand in XML, or does not begin as the map's names do.</exception>
    CiNode Key(CiNode map, string key);

    /// <summary>Writes the elements of a container that no schema knows.</summary>
    /// <param name="container">The container.</param>
    /// <exception cref="CiFormatException">A name or a text cannot be carried by the format.</exception>
    void WriteExtras(CiContainer container);

    /// <summary>Writes text.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The text; null writes nothing, the empty string an empty element.</param>
    /// <exception cref="CiFormatException">The text holds a character that the format cannot carry.</exception>
    void WriteString(CiNode node, string? value);

    /// <summary>Writes an integer.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null writes nothing.</param>
    void WriteInt32(CiNode node, int? value);

    /// <summary>Writes an integer.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null writes nothing.</param>
    void WriteInt64(CiNode node, long? value);

    /// <summary>Writes a decimal number with its scale.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null writes nothing.</param>
    void WriteDecimal(CiNode node, decimal? value);

    /// <summary>Writes <c>true</c> or <c>false</c>.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null writes nothing.</param>
    void WriteBoolean(CiNode node, bool? value);

    /// <summary>Writes a time, in XML as <c>2022-06-27T15:23:10+0800</c>, in JSON as ISO 8601.</summary>
    /// <param name="node">The node.</param>
    /// <param name="value">The value; null writes nothing.</param>
    void WriteTime(CiNode node, DateTimeOffset? value);
}

using System.Diagnostics.CodeAnalysis;

namespace CiCodegen.Runtime;

/// <summary>What emitted writers ask of a lane (direct UTF-8, <see cref="System.Xml.XmlWriter"/>, JSON).</summary>
/// <remarks>Scalars that are null are not written. Lanes are structs, as for <see cref="ICiReader"/>.</remarks>
public interface ICiWriter
{
    /// <summary>Opens a container that is there: the document's root, a child, or one item of the many opened before. Its shape closes it.</summary>
    /// <typeparam name="TShape">The container's shape.</typeparam>
    /// <param name="node">The node.</param>
    /// <param name="value">The container; null opens nothing.</param>
    /// <returns>The container, to be told to write itself: no call is virtual where its type is known.</returns>
    [return: NotNullIfNotNull(nameof(value))]
    TShape? Begin<TShape>(CiNode node, TShape? value)
        where TShape : class;

    /// <summary>Closes the container opened last, behind its elements that no schema knows.</summary>
    /// <param name="container">Where those are; null when there can be none.</param>
    /// <exception cref="CiFormatException">A name or a text of theirs cannot be carried by the format.</exception>
    void End(CiContainer? container = null);

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

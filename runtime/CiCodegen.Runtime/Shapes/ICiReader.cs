namespace CiCodegen.Runtime;

/// <summary>What emitted readers ask of a lane (direct UTF-8, <see cref="System.Xml.XmlReader"/>, JSON).</summary>
/// <remarks>
/// <para>Lanes are structs, so that the compiler specialises one emitted reader for each of them. All lanes keep the same policy:
/// unknown children are skipped, children come in any order, a node declared one that comes twice is
/// <see cref="CiFormatError.DuplicateNode"/>, text inside a container is <see cref="CiFormatError.StrayText"/>.</para>
/// <para>The protocol: <see cref="Enter"/> once per container, then one pass after the other, until <see cref="More"/> says that the container has ended. A pass
/// offers the known children in the order of the table. A child that comes once and is a scalar is read by the <c>Read…</c> call that names it, unless it
/// has a value already; any other is asked for by <see cref="Is"/> (one that repeats, or a map's, until it comes no more) and, where it is there, consumed by exactly
/// one <c>Read…</c> call without a name or by entering it as a container.</para>
/// <para>A lane is a handle: copies of it stand at the same place.</para>
/// </remarks>
public interface ICiReader
{
    /// <summary>Enters the container whose start was just met: the document's root, or the child that <see cref="Is"/> found.</summary>
    /// <param name="nodes">The children that the shape knows.</param>
    /// <exception cref="CiFormatException">The document is too deep.</exception>
    void Enter(CiNodeTable nodes);

    /// <summary>Whether a child of the container entered last comes next; it is the current one then, and has to be consumed.</summary>
    /// <param name="child">Its index in the container's table.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    bool Is(int child);

    /// <summary>Whether the children have to be offered again, because one of them comes that was offered before. What no child is, and what none took, is passed over.</summary>
    /// <param name="into">Where unknown children go, if they are to be kept (<see cref="CiNodeTable.KeepsExtras"/>); null to skip them.</param>
    /// <returns>Whether to go on; false when the container has ended, which is left then.</returns>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    bool More(CiContainer? into);

    /// <summary>The current child's own name, for a node that stands for many (<see cref="CiNode.IsMap"/>); asked for before the child is consumed.</summary>
    string ReadKey();

    /// <summary>Reads the current child's text verbatim: comments and CDATA sections join, nothing is trimmed; empty is the empty string.</summary>
    /// <exception cref="CiFormatException">A child element stands inside, or the document breaks a rule.</exception>
    string ReadString();

    /// <summary>Reads the current child as an enum's wire text, trimmed; empty and <c>-</c> are null. Unknown text is kept.</summary>
    /// <param name="known">The known values.</param>
    /// <exception cref="CiFormatException">A child element stands inside, or the document breaks a rule.</exception>
    string? ReadToken(CiTokenTable known);

    /// <summary>Reads the current child as an integer <c>-?[0-9]+</c>, trimmed; empty and <c>-</c> are null.</summary>
    /// <exception cref="CiFormatException">It is no integer, or out of range.</exception>
    int? ReadInt32();

    /// <summary>Reads the current child as an integer <c>-?[0-9]+</c>, trimmed; empty and <c>-</c> are null.</summary>
    /// <exception cref="CiFormatException">It is no integer, or out of range.</exception>
    long? ReadInt64();

    /// <summary>Reads the current child as a decimal number <c>-?[0-9]+(.[0-9]+)?</c>, trimmed; the scale is kept; empty and <c>-</c> are null.</summary>
    /// <exception cref="CiFormatException">It is no such number, or out of range.</exception>
    decimal? ReadDecimal();

    /// <summary>Reads the current child as <c>true</c> or <c>false</c>, trimmed; empty and <c>-</c> are null.</summary>
    /// <exception cref="CiFormatException">It is neither.</exception>
    bool? ReadBoolean();

    /// <summary>Reads the current child as a time with an offset (<c>2022-06-27T15:23:10+0800</c>, also <c>+08:00</c> and <c>Z</c>), trimmed; empty and <c>-</c> are null.</summary>
    /// <exception cref="CiFormatException">It is no time, or has no offset.</exception>
    DateTimeOffset? ReadTime();

    /// <summary>Reads a child as <see cref="ReadString()"/> does, if it comes next; null otherwise.</summary>
    /// <param name="child">Its index in the container's table.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    string? ReadString(int child);

    /// <summary>Reads a child as <see cref="ReadInt32()"/> does, if it comes next; null otherwise.</summary>
    /// <param name="child">Its index in the container's table.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    int? ReadInt32(int child);

    /// <summary>Reads a child as <see cref="ReadInt64()"/> does, if it comes next; null otherwise.</summary>
    /// <param name="child">Its index in the container's table.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    long? ReadInt64(int child);

    /// <summary>Reads a child as <see cref="ReadDecimal()"/> does, if it comes next; null otherwise.</summary>
    /// <param name="child">Its index in the container's table.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    decimal? ReadDecimal(int child);

    /// <summary>Reads a child as <see cref="ReadBoolean()"/> does, if it comes next; null otherwise.</summary>
    /// <param name="child">Its index in the container's table.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    bool? ReadBoolean(int child);

    /// <summary>Reads a child as <see cref="ReadTime()"/> does, if it comes next; null otherwise.</summary>
    /// <param name="child">Its index in the container's table.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    DateTimeOffset? ReadTime(int child);

    /// <summary>Reads a child as <see cref="ReadToken(CiTokenTable)"/> does, if it comes next; null otherwise.</summary>
    /// <param name="child">Its index in the container's table.</param>
    /// <param name="known">The known values.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    string? ReadToken(int child, CiTokenTable known);
}

namespace CiCodegen.Runtime;

/// <summary>What emitted readers ask of a lane (direct UTF-8, <see cref="System.Xml.XmlReader"/>, JSON).</summary>
/// <remarks>
/// <para>Lanes are structs, so that the compiler specialises one emitted reader for each of them. All lanes keep the same policy:
/// unknown children are skipped, children come in any order, a node declared one that comes twice is
/// <see cref="CiFormatError.DuplicateNode"/>, text inside a container is <see cref="CiFormatError.StrayText"/>.</para>
/// <para>The protocol: <see cref="Enter"/> once per container, then <see cref="Next"/> until it answers -1; after each answer of 0 or
/// more the child is consumed by exactly one <c>Read…</c> call or by entering it as a container.</para>
/// </remarks>
public interface ICiReader
{
    /// <summary>Enters the container whose start was just met: the document's root, or the child that <see cref="Next"/> answered.</summary>
    /// <param name="nodes">The children that the shape knows.</param>
    /// <exception cref="CiFormatException">The document is too deep.</exception>
    void Enter(CiNodeTable nodes);

    /// <summary>Moves to the next known child of the container entered last.</summary>
    /// <returns>Its index in the container's table; the table's count for an unknown one that is to be kept (<see cref="CiNodeTable.KeepsExtras"/>); -1 when the container has ended (it is left then).</returns>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    int Next();

    /// <summary>The current child's own name, for a node that stands for many (<see cref="CiNode.IsMap"/>); asked for before the child is consumed.</summary>
    string ReadKey();

    /// <summary>Reads the current child, an unknown one.</summary>
    /// <param name="into">Where it goes.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    void ReadExtras(CiContainer into);

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
}

using System.Globalization;

namespace CiCodegen.Runtime;

/// <summary>Why a document could not be read or written.</summary>
public enum CiFormatError
{
    /// <summary>The document is not well-formed XML, namespaces included.</summary>
    NotWellFormed,

    /// <summary>The document has a DTD; none is ever read.</summary>
    DtdProhibited,

    /// <summary>The document is neither UTF-8 nor UTF-16, or declares another encoding.</summary>
    UnsupportedEncoding,

    /// <summary>A character that XML 1.0 does not allow, raw or by reference, or bytes that are no UTF-8.</summary>
    IllegalCharacter,

    /// <summary>A limit of <see cref="CiReaderOptions"/> was passed.</summary>
    LimitExceeded,

    /// <summary>The root element is another than the one asked for.</summary>
    UnexpectedRoot,

    /// <summary>The root element is <c>Error</c>: the service refused the request.</summary>
    ServiceError,

    /// <summary>A scalar's text is not what its type allows, or an element stands inside it.</summary>
    BadScalar,

    /// <summary>A node that may stand once came twice.</summary>
    DuplicateNode,

    /// <summary>Text stands inside a container.</summary>
    StrayText,

    /// <summary>The document is not valid JSON, or has a value where another kind is due.</summary>
    BadJson,
}

/// <summary>A document that cannot be read or written, with the place.</summary>
public sealed class CiFormatException : FormatException
{
    /// <summary>Makes the exception.</summary>
    /// <param name="error">Why.</param>
    /// <param name="path">The nodes from the root, as in <c>Response.JobsDetail[0].State</c>; empty before the root.</param>
    /// <param name="line">The line, from 1; 0 when there is none.</param>
    /// <param name="column">The column in UTF-16 units, from 1; 0 when there is none.</param>
    /// <param name="detail">What was found and what would do.</param>
    /// <param name="innerException">What lies beneath, if anything.</param>
    public CiFormatException(CiFormatError error, string path, int line, int column, string detail, Exception? innerException = null)
        : base(Describe(error, path, line, column, detail), innerException)
    {
        Error = error;
        Path = path;
        Line = line;
        Column = column;
        Detail = detail;
    }

    /// <summary>Why.</summary>
    public CiFormatError Error { get; }

    /// <summary>The nodes from the root, with a 0-based index behind those that repeat: <c>Response.JobsDetail[0].State</c>.</summary>
    public string Path { get; }

    /// <summary>The line, from 1; 0 when there is none.</summary>
    public int Line { get; }

    /// <summary>The column in UTF-16 units, from 1; 0 when there is none.</summary>
    public int Column { get; }

    /// <summary>What was found and what would do, without the place.</summary>
    public string Detail { get; }

    /// <summary>What the service says, when <see cref="Error"/> is <see cref="CiFormatError.ServiceError"/>; else null.</summary>
    public CiServiceError? ServiceError { get; init; }

    /// <summary>Whether the document itself is sound, so that asking for it again brings the same.</summary>
    internal bool IsFinal { get; init; }

    private static string Describe(CiFormatError error, string path, int line, int column, string detail)
    {
        string place = line > 0 ? string.Create(CultureInfo.InvariantCulture, $"({line},{column}) ") : "";
        return path.Length > 0 ? $"{place}{error} at {path}: {detail}" : $"{place}{error}: {detail}";
    }
}

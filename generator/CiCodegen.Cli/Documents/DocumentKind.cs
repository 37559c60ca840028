using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>What a document is read as, as the command line says it.</summary>
internal static class DocumentKind
{
    public const string Request = "request";
    public const string Response = "response";
    public const string Callback = "callback";

    /// <summary>Any well-formed XML document: no schema is asked.</summary>
    public const string Any = "any";
}

/// <summary>The way through which XML is read and written, as the command line says it.</summary>
internal static class DocumentLane
{
    public const string Utf8 = "utf8";
    public const string XmlReader = "xmlreader";
}

/// <summary>One document to read.</summary>
/// <param name="File">The file; <c>-</c> is stdin.</param>
/// <param name="Tag">The Tag, or null where none is needed.</param>
/// <param name="As">A word of <see cref="DocumentKind"/>.</param>
/// <param name="Lane">A word of <see cref="DocumentLane"/>.</param>
internal sealed record DocumentRequest(string File, string? Tag, string As, string Lane)
{
    /// <summary>The limits, and how tolerant the reader is.</summary>
    public CiReaderOptions Options { get; init; } = CiReaderOptions.Default;
}

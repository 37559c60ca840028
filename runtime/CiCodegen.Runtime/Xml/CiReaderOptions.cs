namespace CiCodegen.Runtime;

/// <summary>The limits that every lane keeps, and how tolerant it is. What passes a limit is refused with <see cref="CiFormatError.LimitExceeded"/> as soon as it does.</summary>
public sealed class CiReaderOptions
{
    /// <summary>The limits that hold where none are given.</summary>
    public static CiReaderOptions Default { get; } = new();

    /// <summary>Elements inside one another, the root included; 256.</summary>
    public int MaxDepth { get; init; } = 256;

    /// <summary>UTF-16 units in one text; 10 MiB.</summary>
    public int MaxTextLength { get; init; } = 10 * 1024 * 1024;

    /// <summary>Bytes of a buffered document; 64 MiB.</summary>
    public long MaxDocumentLength { get; init; } = 64L * 1024 * 1024;

    /// <summary>Attributes on one element; 1,000.</summary>
    public int MaxAttributes { get; init; } = 1000;

    /// <summary>
    /// Whether characters that XML does not allow, raw or by reference, and bytes that are not of the document's encoding are read as
    /// U+FFFD instead of being refused with <see cref="CiFormatError.IllegalCharacter"/>. The direct UTF-8 lane alone knows how; off.
    /// </summary>
    public bool Lenient { get; init; }

    /// <summary>Whether elements that a container does not know are kept in its <c>Extras</c>, which writers write back, instead of being skipped; off.</summary>
    public bool Extras { get; init; }

    /// <summary>JSON objects and arrays inside one another; 64.</summary>
    public int MaxJsonDepth { get; init; } = 64;
}

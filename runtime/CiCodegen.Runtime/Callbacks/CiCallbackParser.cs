namespace CiCodegen.Runtime;

/// <summary>Reads callbacks: XML or JSON by content, as the type of the Tag that the job names, wherever in the document it names it.</summary>
/// <remarks>
/// <para>Made from the Tags that a project compiles: <c>new CiCallbackParser(CiTagCatalog.All)</c>. No reflection; safe to share among threads.</para>
/// <para>A callback of a Tag that is not among them, or whose jobs name several Tags or none, is read as its envelope: each job is a
/// <see cref="CiJobEnvelope"/> with the bytes of its node <c>Operation</c>.</para>
/// </remarks>
public sealed class CiCallbackParser
{
    private readonly Dictionary<string, CiTagBinding> _tags = new(StringComparer.Ordinal);
    private readonly CiReaderOptions _options;

    /// <summary>Makes a parser.</summary>
    /// <param name="tags">The Tags that are read as their own types; of two with one name the later counts.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    public CiCallbackParser(IEnumerable<CiTagBinding> tags, CiReaderOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(tags);
        foreach (CiTagBinding tag in tags)
        {
            _tags[tag.Tag.Name] = tag;
        }

        _options = options ?? CiReaderOptions.Default;
    }

    /// <summary>Says whether a document is XML or JSON, by its first character that is no white space, in UTF-8 or UTF-16. What is neither counts as XML when it cannot begin JSON text.</summary>
    /// <param name="document">The document.</param>
    public static CiDocumentFormat DetectFormat(ReadOnlySpan<byte> document) => CiEncoding.DetectFormat(document);

    /// <summary>Finds the Tag that the jobs of a callback name, without judging the rest of the document.</summary>
    /// <param name="document">The callback, XML or JSON.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <returns>The Tag, trimmed; null when there is none, or several that differ.</returns>
    public static string? FindTag(ReadOnlyMemory<byte> document, CiReaderOptions? options = null)
    {
        string? found = null;
        foreach (CiJobEnvelope job in CiJobEnvelope.ReadAll(document, options))
        {
            if (job.Tag?.Trim(' ', '\t', '\r', '\n') is not { Length: > 0 } tag)
            {
                continue;
            }

            if (found is not null && found != tag)
            {
                return null;
            }

            found = tag;
        }

        return found;
    }

    /// <summary>Reads a callback from a stream, which is buffered up to the limit.</summary>
    /// <param name="document">The callback's body; it is read to its end, not closed.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public async Task<CiCallback> ParseAsync(Stream document, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(document);
        using DocumentBuffer buffer = new(_options);
        await buffer.FillAsync(document, cancellationToken).ConfigureAwait(false);
        return Parse(buffer.Document);
    }

    /// <summary>Reads a callback.</summary>
    /// <param name="document">The callback's body.</param>
    /// <exception cref="CiFormatException">The document breaks a rule. <see cref="CiJobEnvelope.ReadAll"/> still says which jobs it is about.</exception>
    public CiCallback Parse(ReadOnlyMemory<byte> document)
    {
        CiDocumentFormat format = DetectFormat(document.Span);
        string? tag = FindTag(document, _options);
        if (tag is not null && _tags.TryGetValue(tag, out CiTagBinding? binding))
        {
            object response = format == CiDocumentFormat.Json ? binding.ReadResponseJson(document, _options) : binding.ReadResponse(document, _options);
            return new CiCallback(format, binding, (ICiJobResponse)response);
        }

        CallbackEnvelope envelope = format == CiDocumentFormat.Json ? CiJson.Read<CallbackEnvelope>(document, _options) : CiXml.Read<CallbackEnvelope>(document, _options);
        envelope.TakeOperations(format == CiDocumentFormat.Json ? TolerantJson.ReadJobs(document, _options, true) : TolerantXml.ReadJobs(document, _options, true));
        return new CiCallback(format, tag, envelope);
    }
}

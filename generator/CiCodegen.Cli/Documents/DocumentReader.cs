using System.Runtime.CompilerServices;
using CiCodegen.Cli.Schemas;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>A document that was read.</summary>
/// <param name="Binding">The Tag's binding; null when no schema has the callback's Tag.</param>
/// <param name="Value">The typed value, or the <see cref="CiCallback"/> of a Tag that no schema has.</param>
internal sealed record ReadDocument(CiTagBinding? Binding, object Value);

/// <summary>Reads documents over bindings.</summary>
/// <param name="host">The surroundings.</param>
/// <param name="bindings">The bindings.</param>
internal sealed class DocumentReader(CliHost host, BindingSource bindings)
{
    private static readonly CiCallbackParser s_envelopes = new([]);

    /// <summary>Reads a document as it is asked for. Callbacks are XML or JSON by content, and know their Tag; others are XML.</summary>
    /// <returns>What was read; null for <see cref="DocumentKind.Any"/>.</returns>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    /// <exception cref="CliException">There is no such file or Tag.</exception>
    public ReadDocument? Read(DocumentRequest request, CancellationToken cancellationToken)
    {
        if (request.As == DocumentKind.Any)
        {
            using Stream stream = DocumentFile.Open(host, request.File);
            WellFormedness.Check(stream, request.File, request.Lane, request.Options, cancellationToken);
            return null;
        }

        return Read(request, mayBeJson: request.As == DocumentKind.Callback, cancellationToken);
    }

    /// <summary>Reads a document that may be XML or JSON, whatever it is read as.</summary>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    /// <exception cref="CliException">There is no such file or Tag.</exception>
    public ReadDocument ReadByContent(DocumentRequest request, CancellationToken cancellationToken) => Read(request, mayBeJson: true, cancellationToken);

    /// <summary>Reads the jobs of a response while it comes.</summary>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    /// <exception cref="CliException">There is no such file.</exception>
    public async IAsyncEnumerable<CiJob> ReadJobsAsync(DocumentRequest request, CiTagBinding binding, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using Stream stream = DocumentFile.Open(host, request.File);
        if (request.Lane == DocumentLane.XmlReader)
        {
            foreach (CiJob job in binding.ReadJobsInterop(stream, request.Options, cancellationToken))
            {
                yield return job;
            }
        }
        else
        {
            await foreach (CiJob job in binding.ReadJobsAsync(stream, request.Options, cancellationToken))
            {
                yield return job;
            }
        }
    }

    /// <summary>The binding of a Tag.</summary>
    /// <exception cref="CliException">None is named, or no schema has it.</exception>
    public CiTagBinding Binding(string? tag, CancellationToken cancellationToken)
        => tag is null
            ? throw new CliException(CliException.Usage, "A Tag is needed: --tag, or the member 'tag' of a batch line.")
            : bindings.Find(tag, cancellationToken);

    private ReadDocument Read(DocumentRequest request, bool mayBeJson, CancellationToken cancellationToken)
    {
        bool findsTag = request is { As: DocumentKind.Callback, Tag: null };
        CiTagBinding? binding = findsTag ? null : Binding(request.Tag, cancellationToken);
        ReadOnlyMemory<byte> document = DocumentFile.Read(host, request.File);
        if (findsTag)
        {
            binding = CiCallbackParser.FindTag(document) is { } tag ? bindings.TryFind(tag, cancellationToken) : null;
        }

        if (binding is null)
        {
            return new ReadDocument(null, s_envelopes.Parse(document));
        }

        bool isJson = mayBeJson && CiCallbackParser.DetectFormat(document.Span) == CiDocumentFormat.Json;
        return new ReadDocument(binding, Read(binding, document, request, isJson));
    }

    private static object Read(CiTagBinding binding, ReadOnlyMemory<byte> document, DocumentRequest request, bool isJson) => (request.As, isJson, request.Lane) switch
    {
        (DocumentKind.Request, true, _) => binding.ReadRequestJson(document, request.Options),
        (_, true, _) => binding.ReadResponseJson(document, request.Options),
        (DocumentKind.Request, false, DocumentLane.XmlReader) => binding.ReadRequestInterop(document, request.Options),
        (_, false, DocumentLane.XmlReader) => binding.ReadResponseInterop(document, request.Options),
        (DocumentKind.Request, false, _) => binding.ReadRequest(document, request.Options),
        _ => binding.ReadResponse(document, request.Options),
    };
}

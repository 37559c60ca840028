using CiCodegen.Cli.Schemas;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>A document that was read.</summary>
/// <param name="Binding">The Tag's binding.</param>
/// <param name="Value">The typed value.</param>
internal sealed record ReadDocument(CiTagBinding Binding, object Value);

/// <summary>Reads documents over bindings.</summary>
/// <param name="host">The surroundings.</param>
/// <param name="bindings">The bindings.</param>
internal sealed class DocumentReader(CliHost host, BindingSource bindings)
{
    /// <summary>Reads a document as it is asked for. Callbacks are XML or JSON by content; others are XML.</summary>
    /// <returns>What was read; null for <see cref="DocumentKind.Any"/>.</returns>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    /// <exception cref="CliException">There is no such file or Tag.</exception>
    public ReadDocument? Read(DocumentRequest request, CancellationToken cancellationToken)
    {
        if (request.As == DocumentKind.Any)
        {
            using Stream stream = DocumentFile.Open(host, request.File);
            WellFormedness.Check(stream, request.File, request.Lane, cancellationToken);
            return null;
        }

        CiTagBinding binding = Binding(request.Tag, cancellationToken);
        ReadOnlyMemory<byte> document = DocumentFile.Read(host, request.File);
        bool isJson = request.As == DocumentKind.Callback && !DocumentFile.IsXml(document.Span);
        return new ReadDocument(binding, Read(binding, document, request.As == DocumentKind.Request, isJson, request.Lane));
    }

    /// <summary>Reads a document that may be XML or JSON, whatever it is read as.</summary>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    /// <exception cref="CliException">There is no such file or Tag.</exception>
    public ReadDocument ReadByContent(DocumentRequest request, CancellationToken cancellationToken)
    {
        CiTagBinding binding = Binding(request.Tag, cancellationToken);
        ReadOnlyMemory<byte> document = DocumentFile.Read(host, request.File);
        return new ReadDocument(binding, Read(binding, document, request.As == DocumentKind.Request, !DocumentFile.IsXml(document.Span), request.Lane));
    }

    /// <summary>The binding of a Tag.</summary>
    /// <exception cref="CliException">None is named, or no schema has it.</exception>
    public CiTagBinding Binding(string? tag, CancellationToken cancellationToken)
        => tag is null
            ? throw new CliException(CliException.Usage, "A Tag is needed: --tag, or the member 'tag' of a batch line.")
            : bindings.Find(tag, cancellationToken);

    private static object Read(CiTagBinding binding, ReadOnlyMemory<byte> document, bool isRequest, bool isJson, string lane) => (isRequest, isJson, lane) switch
    {
        (true, true, _) => binding.ReadRequestJson(document),
        (false, true, _) => binding.ReadResponseJson(document),
        (true, false, DocumentLane.XmlReader) => binding.ReadRequestInterop(document),
        (false, false, DocumentLane.XmlReader) => binding.ReadResponseInterop(document),
        (true, false, _) => binding.ReadRequest(document),
        (false, false, _) => binding.ReadResponse(document),
    };
}

using System.Buffers;

namespace CiCodegen.Runtime;

/// <summary>The types of a Tag's templates behind one face, for hosts that learn the Tag only at run time.</summary>
/// <remarks>Emitted once per Tag; no reflection.</remarks>
public abstract class CiTemplateBinding
{
    private protected CiTemplateBinding(string tag) => Tag = tag;

    /// <summary>The Tag.</summary>
    public string Tag { get; }

    /// <summary>Reads a request from UTF-8 or UTF-16 XML.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadRequest(ReadOnlyMemory<byte> document, CiReaderOptions? options = null);

    /// <summary>Reads a response from UTF-8 or UTF-16 XML.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadResponse(ReadOnlyMemory<byte> document, CiReaderOptions? options = null);

    /// <summary>Writes what was read as UTF-8 XML.</summary>
    /// <param name="value">A request or a response.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="ArgumentException">The value is of another Tag.</exception>
    public abstract void Write(object value, IBufferWriter<byte> output);

    /// <summary>Writes what was read as JSON.</summary>
    /// <param name="value">A request or a response.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="ArgumentException">The value is of another Tag.</exception>
    public abstract void WriteJson(object value, IBufferWriter<byte> output);

    /// <summary>Checks a request.</summary>
    /// <param name="request">What <see cref="ReadRequest"/> gave.</param>
    /// <exception cref="ArgumentException">The value is no request of this Tag.</exception>
    public abstract CiValidationResult Validate(object request);
}

/// <summary>The binding of one Tag's templates; emitted code makes it.</summary>
/// <typeparam name="TRequest">The request that makes a template.</typeparam>
/// <typeparam name="TResponse">What it is answered with.</typeparam>
/// <typeparam name="TTemplate">The template.</typeparam>
public sealed class CiTemplateBinding<TRequest, TResponse, TTemplate>() : CiTemplateBinding(TTemplate.TemplateTag)
    where TRequest : class, ICiDocument<TRequest>, ICiTemplateRequest<TTemplate>
    where TResponse : class, ICiDocument<TResponse>, ICiTemplateResponse<TTemplate>
    where TTemplate : CiTemplate, ICiTemplate<TTemplate>
{
    /// <inheritdoc/>
    public override object ReadRequest(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => CiXml.Read<TRequest>(document, options);

    /// <inheritdoc/>
    public override object ReadResponse(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => CiXml.Read<TResponse>(document, options);

    /// <inheritdoc/>
    public override void Write(object value, IBufferWriter<byte> output)
    {
        switch (value)
        {
            case TRequest request:
                CiXml.Write(request, output);
                break;
            case TResponse response:
                CiXml.Write(response, output);
                break;
            default:
                throw Foreign(value);
        }
    }

    /// <inheritdoc/>
    public override void WriteJson(object value, IBufferWriter<byte> output)
    {
        switch (value)
        {
            case TRequest request:
                CiJson.Write(request, output);
                break;
            case TResponse response:
                CiJson.Write(response, output);
                break;
            default:
                throw Foreign(value);
        }
    }

    /// <inheritdoc/>
    public override CiValidationResult Validate(object request)
        => request is TRequest typed ? typed.Validate() : throw Foreign(request);

    private ArgumentException Foreign(object value)
        => new($"A value of type '{value?.GetType().Name}' is neither request nor response of templates of Tag '{Tag}'.", nameof(value));
}

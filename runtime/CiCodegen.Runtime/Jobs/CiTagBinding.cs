using System.Buffers;
using System.Xml;

namespace CiCodegen.Runtime;

/// <summary>A Tag's types behind one face, for hosts that learn the Tag only at run time: command line, emulator, callbacks.</summary>
/// <remarks>Emitted once per Tag; no reflection. A callback is read as a response: it has the same nodes.</remarks>
public abstract class CiTagBinding
{
    private protected CiTagBinding(CiTag tag) => Tag = tag;

    /// <summary>The Tag.</summary>
    public CiTag Tag { get; }

    /// <summary>Reads a request from UTF-8 or UTF-16 XML.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadRequest(ReadOnlyMemory<byte> document, CiReaderOptions? options = null);

    /// <summary>Reads a request through an <see cref="XmlReader"/>.</summary>
    /// <param name="reader">The reader, before the root.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadRequest(XmlReader reader, CiReaderOptions? options = null);

    /// <summary>Reads a request from UTF-8 or UTF-16 XML through an <see cref="XmlReader"/> made for it: with the same outcome as the direct lane.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadRequestInterop(ReadOnlyMemory<byte> document, CiReaderOptions? options = null);

    /// <summary>Reads a request from JSON.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadRequestJson(ReadOnlyMemory<byte> document, CiReaderOptions? options = null);

    /// <summary>Reads a response or callback from UTF-8 or UTF-16 XML.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadResponse(ReadOnlyMemory<byte> document, CiReaderOptions? options = null);

    /// <summary>Reads a response or callback through an <see cref="XmlReader"/>.</summary>
    /// <param name="reader">The reader, before the root.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadResponse(XmlReader reader, CiReaderOptions? options = null);

    /// <summary>Reads a response or callback from UTF-8 or UTF-16 XML through an <see cref="XmlReader"/> made for it: with the same outcome as the direct lane.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadResponseInterop(ReadOnlyMemory<byte> document, CiReaderOptions? options = null);

    /// <summary>Reads a response or callback from JSON.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public abstract object ReadResponseJson(ReadOnlyMemory<byte> document, CiReaderOptions? options = null);

    /// <summary>Reads the jobs of a response one by one while it comes, in constant memory.</summary>
    /// <param name="document">The stream, in UTF-8 or UTF-16 XML; it is not closed.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The jobs, to be read once; what breaks a rule is thrown where it is met, <see cref="CiFormatException"/>.</returns>
    public abstract IAsyncEnumerable<CiJob> ReadJobsAsync(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Reads the jobs of a response one by one through an <see cref="XmlReader"/> made for it, in constant memory.</summary>
    /// <param name="document">The stream, in UTF-8 or UTF-16 XML; it is not closed.</param>
    /// <param name="options">Limits; null for the defaults.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The jobs, to be read once; what breaks a rule is thrown where it is met, <see cref="CiFormatException"/>.</returns>
    public abstract IEnumerable<CiJob> ReadJobsInterop(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default);

    /// <summary>Writes a value of this binding as UTF-8 XML.</summary>
    /// <param name="value">What one of the <c>Read…</c> methods gave.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="ArgumentException">The value is of another Tag.</exception>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public abstract void Write(object value, IBufferWriter<byte> output);

    /// <summary>Writes a value of this binding through an <see cref="XmlWriter"/>.</summary>
    /// <param name="value">What one of the <c>Read…</c> methods gave.</param>
    /// <param name="writer">The writer.</param>
    /// <exception cref="ArgumentException">The value is of another Tag.</exception>
    /// <exception cref="CiFormatException">A text holds a character that XML cannot carry.</exception>
    public abstract void Write(object value, XmlWriter writer);

    /// <summary>Writes a value of this binding as JSON: wire names as keys, typed scalars, repeated nodes always arrays.</summary>
    /// <param name="value">What one of the <c>Read…</c> methods gave, a single job too.</param>
    /// <param name="output">Where to.</param>
    /// <exception cref="ArgumentException">The value is of another Tag.</exception>
    public abstract void WriteJson(object value, IBufferWriter<byte> output);

    /// <summary>Checks a request.</summary>
    /// <param name="request">What <c>ReadRequest</c> gave.</param>
    /// <exception cref="ArgumentException">The value is no request of this Tag.</exception>
    public abstract CiValidationResult Validate(object request);
}

/// <summary>The binding of one Tag; emitted code makes it.</summary>
/// <typeparam name="TRequest">The Tag's request.</typeparam>
/// <typeparam name="TResponse">The Tag's response.</typeparam>
/// <typeparam name="TJob">The Tag's job.</typeparam>
/// <param name="tag">The Tag.</param>
public sealed class CiTagBinding<TRequest, TResponse, TJob>(CiTag tag) : CiTagBinding(tag)
    where TRequest : class, ICiDocument<TRequest>, ICiValidatable, ICiJobRequest<TJob>
    where TResponse : class, ICiDocument<TResponse>, ICiJobResponse<TJob>
    where TJob : CiJob, ICiJob<TJob>
{
    /// <inheritdoc/>
    public override object ReadRequest(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => CiXml.Read<TRequest>(document, options);

    /// <inheritdoc/>
    public override object ReadRequest(XmlReader reader, CiReaderOptions? options = null) => CiXmlInterop.Read<TRequest>(reader, options);

    /// <inheritdoc/>
    public override object ReadRequestInterop(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => CiXmlInterop.Read<TRequest>(document, options);

    /// <inheritdoc/>
    public override object ReadRequestJson(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => CiJson.Read<TRequest>(document, options);

    /// <inheritdoc/>
    public override object ReadResponse(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => CiXml.Read<TResponse>(document, options);

    /// <inheritdoc/>
    public override object ReadResponse(XmlReader reader, CiReaderOptions? options = null) => CiXmlInterop.Read<TResponse>(reader, options);

    /// <inheritdoc/>
    public override object ReadResponseInterop(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => CiXmlInterop.Read<TResponse>(document, options);

    /// <inheritdoc/>
    public override object ReadResponseJson(ReadOnlyMemory<byte> document, CiReaderOptions? options = null) => CiJson.Read<TResponse>(document, options);

    /// <inheritdoc/>
    public override IAsyncEnumerable<CiJob> ReadJobsAsync(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
        => CiXml.ReadJobsAsync<TJob>(document, options, cancellationToken);

    /// <inheritdoc/>
    public override IEnumerable<CiJob> ReadJobsInterop(Stream document, CiReaderOptions? options = null, CancellationToken cancellationToken = default)
        => CiXmlInterop.ReadJobs<TJob>(document, options, cancellationToken);

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
    public override void Write(object value, XmlWriter writer)
    {
        switch (value)
        {
            case TRequest request:
                CiXmlInterop.Write(request, writer);
                break;
            case TResponse response:
                CiXmlInterop.Write(response, writer);
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
            case TJob job:
                CiJson.WriteJob(job, output);
                break;
            default:
                throw Foreign(value);
        }
    }

    /// <inheritdoc/>
    public override CiValidationResult Validate(object request)
        => request is TRequest typed ? typed.Validate() : throw Foreign(request);

    private ArgumentException Foreign(object value)
        => new($"A value of type '{value?.GetType().Name}' is neither request nor response of Tag '{Tag.Name}'.", nameof(value));
}

using System.Net;

namespace CiCodegen.Runtime;

/// <summary>A body that knows whether any of it was asked for: as long as not, the service cannot have taken the request.</summary>
internal sealed class CiRequestContent(byte[] body) : HttpContent
{
    private volatile bool _started;

    /// <summary>Whether the handler began to send the body.</summary>
    public bool Started => _started;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _started = true;
        await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
    }

    protected override Task<Stream> CreateContentReadStreamAsync()
    {
        _started = true;
        return Task.FromResult<Stream>(new MemoryStream(body, writable: false));
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        _started = true;
        stream.Write(body);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}

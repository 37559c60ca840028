using System.Net;

namespace CiCodegen.Runtime;

/// <summary>A body that knows whether any of it was asked for: as long as not, the service cannot have taken the request.</summary>
/// <param name="body">The bytes.</param>
/// <param name="once">Whether it is given out once only: a handler that sends again or follows a redirect by itself would make a second job.</param>
internal sealed class CiRequestContent(byte[] body, bool once) : HttpContent
{
    private int _started;

    /// <summary>Whether the handler began to send the body.</summary>
    public bool Started => Volatile.Read(ref _started) != 0;

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Start();
        await stream.WriteAsync(body, cancellationToken).ConfigureAwait(false);
    }

    protected override Task<Stream> CreateContentReadStreamAsync()
    {
        Start();
        return Task.FromResult<Stream>(new MemoryStream(body, writable: false));
    }

    protected override void SerializeToStream(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        Start();
        stream.Write(body);
    }

    private void Start()
    {
        if (Interlocked.Exchange(ref _started, 1) != 0 && once)
        {
            throw new InvalidOperationException("A submission is sent once: the HttpClient's handlers must neither repeat requests nor follow redirects by themselves.");
        }
    }

    protected override bool TryComputeLength(out long length)
    {
        length = body.Length;
        return true;
    }
}

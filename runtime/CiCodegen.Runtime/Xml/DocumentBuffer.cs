using System.Buffers;
#if NET10_0_OR_GREATER
using System.IO.Pipelines;
#endif

namespace CiCodegen.Runtime;

/// <summary>A document on its way into memory, up to its limit.</summary>
/// <param name="options">The limits.</param>
internal sealed class DocumentBuffer(CiReaderOptions options) : IDisposable
{
    private byte[] _bytes = [];
    private int _length;

    /// <summary>What has come.</summary>
    public ReadOnlyMemory<byte> Document => _bytes.AsMemory(0, _length);

    /// <summary>Reads a stream to its end.</summary>
    /// <exception cref="CiFormatException">The document is longer than its limit; a byte beyond it has been read.</exception>
    public async ValueTask FillAsync(Stream stream, CancellationToken cancellationToken)
    {
        int read;
        while ((read = await stream.ReadAsync(Room(), cancellationToken).ConfigureAwait(false)) > 0)
        {
            Take(read);
        }
    }

#if NET10_0_OR_GREATER
    /// <summary>Reads a pipe to its end.</summary>
    /// <exception cref="CiFormatException">The document is longer than its limit.</exception>
    public async ValueTask FillAsync(PipeReader reader, CancellationToken cancellationToken)
    {
        ReadResult result;
        do
        {
            result = await reader.ReadAsync(cancellationToken).ConfigureAwait(false);
            try
            {
                Append(result.Buffer);
            }
            finally
            {
                reader.AdvanceTo(result.Buffer.End);
            }

            if (result.IsCanceled)
            {
                throw new OperationCanceledException("The read of the pipe was cancelled.");
            }
        }
        while (!result.IsCompleted);
    }
#endif

    /// <summary>Takes bytes.</summary>
    /// <exception cref="CiFormatException">The document is longer than its limit.</exception>
    public void Append(ReadOnlySequence<byte> bytes)
    {
        foreach (ReadOnlyMemory<byte> segment in bytes)
        {
            for (ReadOnlyMemory<byte> rest = segment; !rest.IsEmpty;)
            {
                Span<byte> room = Room().Span;
                ReadOnlyMemory<byte> part = rest[..Math.Min(rest.Length, room.Length)];
                part.Span.CopyTo(room);
                rest = rest[part.Length..];
                Take(part.Length);
            }
        }
    }

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = [];
        }
    }

    private void Take(int count)
    {
        _length += count;
        if (_length > options.MaxDocumentLength)
        {
            throw new CiFormatException(CiFormatError.LimitExceeded, "", 0, 0, CiReadText.DocumentTooLong(options));
        }
    }

    private Memory<byte> Room()
    {
        if (_length == _bytes.Length)
        {
            byte[] larger = ArrayPool<byte>.Shared.Rent(Math.Max(64 * 1024, checked(_length * 2)));
            Document.CopyTo(larger);
            Dispose();
            _bytes = larger;
        }

        long most = options.MaxDocumentLength + 1 - _length;
        return _bytes.AsMemory(_length, (int)Math.Min(_bytes.Length - _length, most));
    }
}

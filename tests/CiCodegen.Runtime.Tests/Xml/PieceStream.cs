using CiCodegen.Tests;

namespace CiCodegen.Runtime.Tests;

/// <summary>A stream that hands out a few bytes at a time and cannot be sought.</summary>
public sealed class PieceStream(ReadOnlyMemory<byte> bytes, int piece) : ForwardStream
{
    private ReadOnlyMemory<byte> _rest = bytes;

    public override int Read(Span<byte> buffer)
    {
        int taken = Math.Min(Math.Min(buffer.Length, piece), _rest.Length);
        _rest.Span[..taken].CopyTo(buffer);
        _rest = _rest[taken..];
        return taken;
    }
}

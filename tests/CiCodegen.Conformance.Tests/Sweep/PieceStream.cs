using CiCodegen.Tests;

namespace CiCodegen.Conformance.Tests.Sweep;

/// <summary>A stream that hands out a few bytes at a time, of another number each time.</summary>
internal sealed class PieceStream(byte[] bytes, int seed) : ForwardStream
{
    private readonly Random _random = new(seed);
    private int _at;

    public override int Read(Span<byte> buffer)
    {
        int taken = Math.Min(Math.Min(buffer.Length, _random.Next(1, _random.Next(2, 40))), bytes.Length - _at);
        bytes.AsSpan(_at, taken).CopyTo(buffer);
        _at += taken;
        return taken;
    }
}

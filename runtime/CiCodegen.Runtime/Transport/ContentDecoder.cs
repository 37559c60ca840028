using System.IO.Compression;

namespace CiCodegen.Runtime;

/// <summary>Undoes a content encoding. Nobody asks for one, but a proxy may use one all the same, or say that it did.</summary>
internal static class ContentDecoder
{
    private const int Looked = 16;

    /// <summary>An answer's body as it was written.</summary>
    /// <param name="wire">What came.</param>
    /// <param name="encoding">The header, in lower case; empty when there is none.</param>
    /// <param name="most">Bytes at most: the limit counts what comes out, so a small answer cannot grow without end.</param>
    /// <param name="failure">Why it is not whole; what was known before stays.</param>
    /// <param name="tooLong">Set when it passes the limit.</param>
    /// <param name="isDecoded">Whether the body is as it was written, as far as the header tells.</param>
    public static byte[] Decode(ReadOnlySpan<byte> wire, string encoding, int most, ref Exception? failure, ref bool tooLong, out bool isDecoded)
    {
        using Stream? stream = Open(wire, encoding);
        isDecoded = stream is not null || encoding is "" or "identity";
        if (stream is null)
        {
            return wire.ToArray();
        }

        using PooledBufferWriter buffer = new(wire.Length);
        try
        {
            bool isOver = false;
            while (!isOver)
            {
                Span<byte> free = buffer.GetSpan();
                int left = most - buffer.Count;
                int read = stream.Read(free[..(int)Math.Min(free.Length, left + 1L)]);
                tooLong |= read > left;
                isOver = read == 0 || read > left;
                buffer.Advance(Math.Min(read, left));
            }
        }
        catch (Exception e) when (e is InvalidDataException or IOException)
        {
            // What came out until then is kept: a job's id may be in it.
            failure ??= e;
        }

        return buffer.Written.ToArray();
    }

    // The first bytes know better than the header: some proxies leave it on what they have undone, and some take 'deflate' for what has no frame.
    // Brotli is not among them: its compressor and dictionary come along, 0.9 MB of each native program.
    private static Stream? Open(ReadOnlySpan<byte> wire, string encoding)
    {
        if (encoding is not ("gzip" or "x-gzip" or "deflate"))
        {
            return null;
        }

        bool isGzip = wire is [0x1F, 0x8B, ..];
        bool isZlib = wire is [var method, var check, ..] && (method & 0x8F) == 8 && ((method << 8) | check) % 31 == 0;
        if (!isGzip && !isZlib && CiEncoding.FirstUnit(wire) is '<' or '{' or < 0 && (encoding != "deflate" || IsText(wire)))
        {
            return null;
        }

        MemoryStream from = new(wire.ToArray(), writable: false);
        return isZlib ? new ZLibStream(from, CompressionMode.Decompress)
            : isGzip || encoding != "deflate" ? new GZipStream(from, CompressionMode.Decompress)
            : new DeflateStream(from, CompressionMode.Decompress);
    }

    // A first '<' may as well begin a compressed block; a line of such characters does not.
    private static bool IsText(ReadOnlySpan<byte> wire)
    {
        CiEncoding.Detect(wire, out int mark);
        foreach (byte unit in wire[mark..Math.Min(wire.Length, Looked)])
        {
            // Every other byte of UTF-16 is zero.
            if (unit is not ((>= (byte)' ' and <= (byte)'~') or (byte)'\t' or (byte)'\r' or (byte)'\n' or 0))
            {
                return false;
            }
        }

        return true;
    }
}

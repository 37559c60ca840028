using System.Numerics;
using System.Runtime.Intrinsics;

namespace CiCodegen.Runtime;

/// <summary>Scans sixteen bytes at once; that many must be there from <c>last</c> on.</summary>
internal static class ByteScan
{
    /// <summary>The first byte that is no white space, or one behind <paramref name="last"/>.</summary>
    public static int SpaceEnd(ref byte data, int at, int last)
    {
        for (; at <= last; at += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref data, (nuint)at);
            Vector128<byte> space = Vector128.Equals(bytes, Vector128.Create((byte)' ')) | Vector128.Equals(bytes, Vector128.Create((byte)'\n'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\t')) | Vector128.Equals(bytes, Vector128.Create((byte)'\r'));
            uint other = ~space.ExtractMostSignificantBits() & 0xFFFF;
            if (other != 0)
            {
                return at + BitOperations.TrailingZeroCount(other);
            }
        }

        return at;
    }

    /// <summary>The first byte that ends a JSON string, escapes in it, or must not stand in it; or one behind <paramref name="last"/>.</summary>
    public static int JsonTextEnd(ref byte data, int at, int last)
    {
        for (; at <= last; at += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref data, (nuint)at);
            Vector128<byte> stop = Vector128.LessThan(bytes, Vector128.Create((byte)' ')) | Vector128.Equals(bytes, Vector128.Create((byte)'"')) | Vector128.Equals(bytes, Vector128.Create((byte)'\\'));
            uint stops = stop.ExtractMostSignificantBits();
            if (stops != 0)
            {
                return at + BitOperations.TrailingZeroCount(stops);
            }
        }

        return at;
    }
}

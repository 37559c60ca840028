using System.Buffers;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace CiCodegen.Runtime;

/// <summary>Short texts that a reader met lately, to hand out again what repeats: names, levels, numbers kept as texts.</summary>
internal sealed class ShortTexts
{
    private const int Slots = 256;

    private static readonly Vector128<byte> s_places = Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    private readonly Slot[] _slots = new Slot[Slots];

    /// <summary>A text as a string; null when it is no UTF-8, or has a character that XML does not allow.</summary>
    /// <param name="bytes">Its bytes, no controls, and whatever stands behind them.</param>
    /// <param name="length">How many are its own: 1 to 16.</param>
    public string? Get(Vector128<byte> bytes, int length)
    {
        // No text has a zero byte, so what is filled up with them has one length only.
        Vector128<byte> key = Vector128.LessThan(s_places, Vector128.Create((byte)length)) & bytes;
        ulong mixed = (key.AsUInt64().ToScalar() ^ (key.AsUInt64().GetElement(1) * 0x9E3779B97F4A7C15)) * 0xC2B2AE3D27D4EB4F;
        ref Slot slot = ref _slots[(int)(mixed >> 56)];
        return slot.Key == key && slot.Text is { } text ? text : Make(ref slot, key, length);
    }

    private static string? Make(ref Slot slot, Vector128<byte> key, int length)
    {
        Span<byte> bytes = stackalloc byte[Vector128<byte>.Count];
        Span<char> chars = stackalloc char[Vector128<byte>.Count];
        key.CopyTo(bytes);
        if (Utf8.ToUtf16(bytes[..length], chars, out _, out int written, replaceInvalidSequences: false) != OperationStatus.Done
            || chars[..written].IndexOfAnyInRange('\uFFFE', '\uFFFF') >= 0)
        {
            return null;
        }

        string text = new(chars[..written]);
        slot.Key = key;
        slot.Text = text;
        return text;
    }

    private struct Slot
    {
        public Vector128<byte> Key;
        public string? Text;
    }
}

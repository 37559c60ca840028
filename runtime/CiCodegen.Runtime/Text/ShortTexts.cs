using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CiCodegen.Runtime;

/// <summary>Short ASCII texts that a thread met lately, to hand out again what repeats: names, levels, numbers kept as texts.</summary>
internal static class ShortTexts
{
    private const int Slots = 256;

    private static readonly Vector128<byte> s_places = Vector128.Create((byte)0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);

    [ThreadStatic]
    private static Slot[]? t_slots;

    /// <summary>A text as a string.</summary>
    /// <param name="bytes">Its bytes, and whatever stands behind them.</param>
    /// <param name="length">How many are its own: 1 to 16.</param>
    public static string Get(Vector128<byte> bytes, int length)
    {
        // No text has a zero byte, so what is filled up with them has one length only.
        Vector128<byte> key = Vector128.LessThan(s_places, Vector128.Create((byte)length)) & bytes;
        ulong mixed = (key.AsUInt64().ToScalar() ^ (key.AsUInt64().GetElement(1) * 0x9E3779B97F4A7C15)) * 0xC2B2AE3D27D4EB4F;
        ref Slot slot = ref (t_slots ??= new Slot[Slots])[(int)(mixed >> 56)];
        return slot.Key == key && slot.Text is { } text ? text : Make(ref slot, key, length);
    }

    private static string Make(ref Slot slot, Vector128<byte> key, int length)
    {
        Span<ushort> units = stackalloc ushort[16];
        (Vector128<ushort> lower, Vector128<ushort> upper) = Vector128.Widen(key);
        lower.CopyTo(units);
        upper.CopyTo(units[8..]);
        string text = new(MemoryMarshal.Cast<ushort, char>(units[..length]));
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

using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Unicode;

namespace CiCodegen.Runtime;

// The text of a child whose start tag was guessed, up to the end tag: what the child's line in the emitted reader does not read at once.
internal sealed partial class Utf8XmlTokenizer
{
    private char[] _chars = [];

    /// <summary>Tries whether plain ASCII and the element's end follow; most scalars are no more.</summary>
    /// <param name="text">The text; it lives as long as the window stands still.</param>
    /// <returns>Whether they did; the element has ended then.</returns>
    public bool TryScalar(out ReadOnlySpan<byte> text)
    {
        int start = _pos;
        ref byte data = ref Data;
        int at;
        if (!_isGuessed || !TryEnd(ref data, start, at = PlainEnd(ref data, start, _guessEnd)))
        {
            text = default;
            return false;
        }

        text = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref data, start), at - start);
        return true;
    }

    /// <summary>Tries whether text that only needs decoding and the element's end follow: UTF-8, and the five entities.</summary>
    /// <returns>The text; null when <see cref="Read"/> must look. The element has ended otherwise.</returns>
    public string? TryText()
    {
        if (!_isGuessed)
        {
            return null;
        }

        ref byte data = ref Data;
        int start = _pos;
        int at = PlainEnd(ref data, start, _guessEnd);
        int length = at - start;
        if (TryEnd(ref data, start, at))
        {
            return length == 0 ? "" : length <= NodeTag.Width ? _texts.Get(Vector128.LoadUnsafe(ref data, (nuint)start), length) : Encoding.Latin1.GetString(_buffer, start, length);
        }

        length = DecodeText(start, ref at);
        return length >= 0 && length <= _options.MaxTextLength && TryEnd(ref data, at, at) ? new string(_chars, 0, length) : null;
    }

    /// <summary>Tries whether text that only needs decoding and a child's end tag follow the start tag that was compared.</summary>
    /// <param name="start">Where the text begins.</param>
    /// <param name="at">Up to where it is plain ASCII.</param>
    /// <param name="tag">The child's tags.</param>
    /// <returns>The text; null when <see cref="Read"/> must look. The element has ended otherwise.</returns>
    private string? TryDecoded(int start, int at, in NodeTag tag)
    {
        int length = DecodeText(start, ref at);
        if (length < 0 || length > _options.MaxTextLength || !IsEnd(ref Unsafe.Add(ref Data, at), in tag))
        {
            return null;
        }

        Stack.Seen |= tag.Bit;
        _pos = at + tag.Length + 1;
        return new string(_chars, 0, length);
    }

    /// <summary>Decodes a text into <see cref="_chars"/>, up to what may be markup.</summary>
    /// <param name="from">Where the text begins.</param>
    /// <param name="at">Up to where it is plain ASCII; then where it ends.</param>
    /// <returns>The UTF-16 units; -1 when it is not all there, or is not sound.</returns>
    private int DecodeText(int from, ref int at)
    {
        ref byte data = ref Data;
        int length = 0;
        while (true)
        {
            at = MarkEnd(ref data, at, _guessEnd);
            if (at > _guessEnd)
            {
                return -1;
            }

            byte unit = Unsafe.Add(ref data, at);
            if (unit is (byte)'\t' or (byte)'\n' || (unit == ']' && !IsAt(at, "]]>"u8)))
            {
                at++;
                continue;
            }

            if (!Decode(from, at - from, ref length))
            {
                return -1;
            }

            if (unit != '&')
            {
                return length;
            }

            int width = Entity(_buffer.AsSpan(at, 6), out char value);
            if (width == 0)
            {
                return -1;
            }

            _chars[length++] = value;
            at += width;
            from = at;
        }
    }

    /// <summary>Decodes a run of text behind what is decoded already, with room for one character more.</summary>
    /// <returns>Whether it is sound and may be short enough.</returns>
    private bool Decode(int start, int count, ref int length)
    {
        // A UTF-16 unit has at most three bytes.
        if (length + (count / 3) > _options.MaxTextLength)
        {
            return false;
        }

        if (_chars.Length <= length + count)
        {
            Array.Resize(ref _chars, Math.Max(256, Math.Max(_chars.Length * 2, length + count + 1)));
        }

        Span<char> chars = _chars.AsSpan(length);
        if (Utf8.ToUtf16(_buffer.AsSpan(start, count), chars, out _, out int written, replaceInvalidSequences: false) != OperationStatus.Done
            || chars[..written].IndexOfAnyInRange('\uFFFE', '\uFFFF') >= 0)
        {
            return false;
        }

        length += written;
        return true;
    }

    private static int Entity(ReadOnlySpan<byte> text, out char value)
    {
        (value, int width) = text[1] switch
        {
            (byte)'a' when text.StartsWith("&amp;"u8) => ('&', 5),
            (byte)'l' when text.StartsWith("&lt;"u8) => ('<', 4),
            (byte)'g' when text.StartsWith("&gt;"u8) => ('>', 4),
            (byte)'q' when text.StartsWith("&quot;"u8) => ('"', 6),
            (byte)'a' when text.StartsWith("&apos;"u8) => ('\'', 6),
            _ => ('\0', 0),
        };
        return width;
    }

    /// <summary>The first byte that may not be plain ASCII text: markup, <c>]</c>, controls, what is beyond ASCII; or one behind <paramref name="last"/>.</summary>
    private static int PlainEnd(ref byte data, int at, int last)
    {
        for (; at <= last; at += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref data, (nuint)at);

            // As signed, what is beyond ASCII is below the controls.
            Vector128<byte> stop = Vector128.LessThan(bytes.AsSByte(), Vector128.Create((sbyte)' ')).AsByte() | Marks(bytes);
            uint stops = stop.ExtractMostSignificantBits();
            if (stops != 0)
            {
                return at + System.Numerics.BitOperations.TrailingZeroCount(stops);
            }
        }

        return at;
    }

    /// <summary>The first byte that may not be text in any alphabet: markup, <c>]</c>, controls; or one behind <paramref name="last"/>.</summary>
    private static int MarkEnd(ref byte data, int at, int last)
    {
        for (; at <= last; at += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref data, (nuint)at);
            Vector128<byte> stop = Vector128.LessThan(bytes, Vector128.Create((byte)' ')) | Marks(bytes);
            uint stops = stop.ExtractMostSignificantBits();
            if (stops != 0)
            {
                return at + System.Numerics.BitOperations.TrailingZeroCount(stops);
            }
        }

        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<byte> Marks(Vector128<byte> bytes)
        => Vector128.Equals(bytes, Vector128.Create((byte)'<')) | Vector128.Equals(bytes, Vector128.Create((byte)'&')) | Vector128.Equals(bytes, Vector128.Create((byte)']'));
}

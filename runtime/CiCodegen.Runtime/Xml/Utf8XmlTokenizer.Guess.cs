using System.Buffers;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace CiCodegen.Runtime;

// What most documents are: known elements in the schema's order, without attributes, with plain text or known elements inside.
//
// The next tag is compared with the tags that may come, sixteen bytes at once, before anybody looks what it is. Whatever is not as
// guessed is left where it is, and the tokenizer proper reads it. A start tag that was guessed is not entered: most elements end
// behind a text, and need not be remembered to see that.
internal sealed partial class Utf8XmlTokenizer
{
    /// <summary>No guess came true: <see cref="Read"/> must look.</summary>
    public const int NotGuessed = -2;

    /// <summary>The child of index 0 came that came before, and comes once; those of others count down from here.</summary>
    public const int Duplicate = -3;

    private static readonly ushort s_closing = BitConverter.ToUInt16("</"u8);

    // Up to where a guess may look, with room for a number and its end tag; -1 when it must not.
    private int _guessEnd = -1;
    private bool _isGuessed;
    private int _textStart;
    private char[] _chars = [];

    /// <summary>The start tag of the current child.</summary>
    public int ChildStart { get; set; }

    private ref byte Data => ref MemoryMarshal.GetArrayDataReference(_buffer);

    /// <summary>Tries whether a known child or the container's end follows.</summary>
    /// <returns>The child's index; -1 when the container has ended; <see cref="NotGuessed"/>; <see cref="Duplicate"/> and below.</returns>
    public int GuessNext()
    {
        // The likeliest alone, without a call: the child that the schema has next, once, right here.
        int pos = _pos;
        ref CiReadStack.Frame top = ref Stack.Top;
        NodeTag[] tags = top.Nodes.Tags;
        int i = top.Next;
        if (pos <= _guessEnd && (uint)i < (uint)tags.Length)
        {
            ref NodeTag tag = ref tags[i];
            if ((Vector128.LoadUnsafe(ref Data, (nuint)pos) & tag.StartMask) == tag.Start && tag.IsSimple && (top.Seen & tag.Bit) == 0)
            {
                ChildStart = pos;
                _pos = pos + tag.Length;
                _isGuessed = true;
                top.Seen |= tag.Bit;
                top.Next = i + 1;
                top.Current = i;
                return i;
            }
        }

        return GuessOther(pos, ref top);
    }

    private int GuessOther(int pos, ref CiReadStack.Frame top)
    {
        int last = _guessEnd;
        if (pos > last && !CanGuess(pos, out last))
        {
            return NotGuessed;
        }

        ref byte data = ref Data;
        if (Unsafe.Add(ref data, pos) != '<')
        {
            pos = ByteScan.SpaceEnd(ref data, pos, last);
            if (pos > last || Unsafe.Add(ref data, pos) != '<')
            {
                return NotGuessed;
            }
        }

        if (Unsafe.Add(ref data, pos + 1) == '/')
        {
            return GuessEnd(ref data, pos);
        }

        Vector128<byte> head = Vector128.LoadUnsafe(ref data, (nuint)pos);
        NodeTag[] tags = top.Nodes.Tags;
        int i = top.Next;
        for (int n = tags.Length; n > 0; n--, i++)
        {
            if ((uint)i >= (uint)tags.Length)
            {
                i = 0;
            }

            ref NodeTag tag = ref tags[i];
            if ((head & tag.StartMask) == tag.Start && (tag.Length <= NodeTag.Width || IsLongAt(pos, top.Nodes[i].StartTag, last)))
            {
                ChildStart = pos;
                _pos = pos + tag.Length;
                _isGuessed = true;
                if (Stack.Meet(ref top, i) == 0 || tag.Step == 0)
                {
                    return i;
                }

                EnterGuessed();
                return Duplicate - i;
            }
        }

        return NotGuessed;
    }

    private bool CanGuess(int pos, out int last)
    {
        last = _pending == Pending.Nothing && IsUnqualified && _depth < _options.MaxDepth ? _end - (2 * NodeTag.Width) - 2 : -1;
        _guessEnd = last;
        return pos <= last;
    }

    /// <summary>Enters the element whose start tag was guessed, if there is one.</summary>
    public void EnterGuessed()
    {
        if (!_isGuessed)
        {
            return;
        }

        _isGuessed = false;
        int length = _pos - ChildStart - 2;
        if (length > NodeTag.Width || _namesUsed + NodeTag.Width > _names.Length || _depth == _nameStarts.Length)
        {
            Enter(_buffer.AsSpan(ChildStart + 1, length));
        }
        else
        {
            Vector128.LoadUnsafe(ref Data, (nuint)(ChildStart + 1)).StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_names), (nuint)_namesUsed);
            _nameStarts[_depth++] = _namesUsed;
            _namesUsed += length;
        }

        if (_depth >= _options.MaxDepth)
        {
            _guessEnd = -1;
        }
    }

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

    /// <summary>Tries whether a few digits and the element's end follow.</summary>
    /// <param name="value">The number.</param>
    /// <returns>Whether they did; the element has ended then.</returns>
    public bool TryDigits(out int value)
    {
        value = 0;
        int start = _pos;
        if (!_isGuessed)
        {
            return false;
        }

        // Up to eight digits are summed up at once: pairs, pairs of pairs, and those.
        ref byte data = ref Data;
        ulong digits = Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref data, start)) - 0x3030303030303030;
        ulong other = (digits | (digits + 0x7676767676767676)) & 0x8080808080808080;
        int length = System.Numerics.BitOperations.TrailingZeroCount(other) >> 3;
        if (!BitConverter.IsLittleEndian || length == 0 || !TryEnd(ref data, start, start + length))
        {
            return false;
        }

        digits <<= 8 * (8 - length);
        digits = (digits * 10) + (digits >> 8);
        digits = (((digits & 0x000000FF000000FF) * 0x000F424000000064) + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
        value = (int)digits;
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
        if (!TryEnd(ref data, start, at))
        {
            return TryDecoded(start, at);
        }

        int length = at - start;
        return length == 0 ? "" : length <= NodeTag.Width ? ShortTexts.Get(Vector128.LoadUnsafe(ref data, (nuint)start), length)
            : string.Create(length, this, static (chars, self) => System.Text.Ascii.ToUtf16(self._buffer.AsSpan(self._textStart, chars.Length), chars, out _));
    }

    private string? TryDecoded(int from, int at)
    {
        ref byte data = ref Data;
        int length = 0;
        while (true)
        {
            at = MarkEnd(ref data, at, _guessEnd);
            if (at > _guessEnd)
            {
                return null;
            }

            byte unit = Unsafe.Add(ref data, at);
            if (unit is (byte)'\t' or (byte)'\n' || (unit == ']' && !IsAt(at, "]]>"u8)))
            {
                at++;
                continue;
            }

            if (!Decode(from, at - from, ref length))
            {
                return null;
            }

            if (unit != '&')
            {
                return length <= _options.MaxTextLength && TryEnd(ref data, at, at) ? new string(_chars, 0, length) : null;
            }

            int width = Entity(_buffer.AsSpan(at, 6), out char value);
            if (width == 0)
            {
                return null;
            }

            _chars[length++] = value;
            at += width;
            from = at;
        }
    }

    /// <summary>Decodes a run of text behind what is decoded already, with room for one character more.</summary>
    /// <returns>Whether it is sound.</returns>
    private bool Decode(int start, int count, ref int length)
    {
        if (_chars.Length <= length + count)
        {
            Array.Resize(ref _chars, Math.Max(256, (length + count) * 2));
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

    /// <summary>Tries whether a text has a length that is allowed and the end tag that belongs to the guessed start tag stands behind it.</summary>
    /// <returns>Whether it does; the element has ended then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool TryEnd(ref byte data, int start, int at)
    {
        // What follows the slash is what followed the other tag's opening.
        int length = _pos - ChildStart - 1;
        if (at > _guessEnd + NodeTag.Width || Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref data, at)) != s_closing || at - start > _options.MaxTextLength)
        {
            return false;
        }

        Vector128<byte> name = Vector128.LoadUnsafe(ref data, (nuint)(ChildStart + 1));
        uint same = Vector128.Equals(name, Vector128.LoadUnsafe(ref data, (nuint)(at + 2))).ExtractMostSignificantBits();
        if (length <= NodeTag.Width ? (~same << (32 - length)) != 0 : !IsAt(at + 2, _buffer.AsSpan(ChildStart + 1, length)))
        {
            return false;
        }

        _textStart = start;
        _pos = at + 2 + length;
        _isGuessed = false;
        return true;
    }

    private int GuessEnd(ref byte data, int pos)
    {
        int from = _nameStarts[_depth - 1];
        int length = _namesUsed - from;
        if (length > NodeTag.Width || from + NodeTag.Width > _names.Length)
        {
            if (!IsAt(pos + 2, _names.AsSpan(from, length)))
            {
                return NotGuessed;
            }
        }
        else
        {
            Vector128<byte> name = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_names), (nuint)from);
            uint same = Vector128.Equals(name, Vector128.LoadUnsafe(ref data, (nuint)(pos + 2))).ExtractMostSignificantBits();
            if ((~same << (32 - length)) != 0)
            {
                return NotGuessed;
            }
        }

        if (pos + 2 + length >= _end || Unsafe.Add(ref data, pos + 2 + length) != '>')
        {
            return NotGuessed;
        }

        _pos = pos + 3 + length;
        _namesUsed = from;
        _depth--;
        Stack.Pop();
        return -1;
    }

    // What follows the tag is looked at without asking where the window ends.
    private bool IsLongAt(int at, byte[] tag, int last) => at + tag.Length <= last + NodeTag.Width && IsAt(at, tag);

    private bool IsAt(int at, ReadOnlySpan<byte> bytes) => _buffer.AsSpan(at, _end - at).StartsWith(bytes);

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

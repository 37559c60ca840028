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

    private bool _isGuessed;
    private char[] _chars = [];

    /// <summary>The start tag of the current child.</summary>
    public int ChildStart { get; set; }

    private ref byte Data => ref MemoryMarshal.GetArrayDataReference(_buffer);

    /// <summary>Tries whether a known child or the container's end follows.</summary>
    /// <returns>The child's index; -1 when the container has ended; <see cref="NotGuessed"/>; <see cref="Duplicate"/> and below.</returns>
    public int GuessNext()
    {
        ref CiReadStack.Frame top = ref Stack.Top;
        ref byte data = ref Data;
        int last = _end - NodeTag.Width - 2;
        int pos = _pos;
        if (_pending != Pending.Nothing || !IsUnqualified || pos > last)
        {
            return NotGuessed;
        }

        if (Unsafe.Add(ref data, pos) != '<')
        {
            pos = SpaceEnd(ref data, pos, last);
            if (pos > last || Unsafe.Add(ref data, pos) != '<')
            {
                return NotGuessed;
            }
        }

        if (Unsafe.Add(ref data, pos + 1) == '/')
        {
            return GuessEnd(ref data, pos);
        }

        if (_depth >= _options.MaxDepth)
        {
            return NotGuessed;
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
            if ((head & tag.StartMask) != tag.Start || (tag.Length > NodeTag.Width && !IsAt(pos, top.Nodes[i].StartTag)))
            {
                continue;
            }

            TokenStart = pos;
            ChildStart = pos;
            _pos = pos + tag.Length;
            _isGuessed = true;
            if (Stack.Meet(ref top, i) > 0 && tag.Step > 0)
            {
                EnterGuessed();
                return Duplicate - i;
            }

            return i;
        }

        return NotGuessed;
    }

    /// <summary>Enters the element whose start tag was guessed, if there is one.</summary>
    public void EnterGuessed()
    {
        if (_isGuessed)
        {
            _isGuessed = false;
            ref CiReadStack.Frame top = ref Stack.Top;
            Enter(top.Nodes[top.Current].Utf8Name);
        }
    }

    /// <summary>Tries whether plain ASCII and the element's end follow; most scalars are no more.</summary>
    /// <param name="text">The text, as long as the buffer is.</param>
    /// <returns>Whether they did; the element has ended then.</returns>
    public bool TryScalar(out ReadOnlySpan<byte> text)
    {
        text = default;
        if (!_isGuessed)
        {
            return false;
        }

        ref byte data = ref Data;
        int at = PlainEnd(ref data, _pos, _end - NodeTag.Width);
        if (!IsEnd(ref data, at, out int end) || at - _pos > _options.MaxTextLength)
        {
            return false;
        }

        text = MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref data, _pos), at - _pos);
        _pos = end;
        _isGuessed = false;
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
        int last = _end - NodeTag.Width;
        int from = _pos;
        int at = PlainEnd(ref data, from, last);
        int end;
        if (IsEnd(ref data, at, out end))
        {
            if (at - from > _options.MaxTextLength)
            {
                return null;
            }

            string plain = at == from ? "" : string.Create(at - from, this, static (chars, self) => System.Text.Ascii.ToUtf16(self._buffer.AsSpan(self._pos, chars.Length), chars, out _));
            _pos = end;
            _isGuessed = false;
            return plain;
        }

        int length = 0;
        while (true)
        {
            at = MarkEnd(ref data, at, last);
            if (at > last)
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
                break;
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

        if (length > _options.MaxTextLength || !IsEnd(ref data, at, out end))
        {
            return null;
        }

        _pos = end;
        _isGuessed = false;
        return new string(_chars, 0, length);
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

    /// <summary>Whether the current child's end tag stands at a byte.</summary>
    private bool IsEnd(ref byte data, int at, out int end)
    {
        end = 0;
        if (at > _end - NodeTag.Width || Unsafe.Add(ref data, at) != '<')
        {
            return false;
        }

        ref CiReadStack.Frame top = ref Stack.Top;
        ref NodeTag tag = ref top.Nodes.Tags[top.Current];
        end = at + tag.Length + 1;
        return (Vector128.LoadUnsafe(ref data, (nuint)at) & tag.EndMask) == tag.End
            && (tag.Length < NodeTag.Width || IsAt(at, top.Nodes[top.Current].EndTag));
    }

    private int GuessEnd(ref byte data, int pos)
    {
        int from = _nameStarts[_depth - 1];
        ReadOnlySpan<byte> name = _names.AsSpan(from, _namesUsed - from);
        if (pos + 2 + name.Length >= _end || !MemoryMarshal.CreateReadOnlySpan(ref Unsafe.Add(ref data, pos + 2), name.Length).SequenceEqual(name) || Unsafe.Add(ref data, pos + 2 + name.Length) != '>')
        {
            return NotGuessed;
        }

        TokenStart = pos;
        _pos = pos + 3 + name.Length;
        _namesUsed = from;
        _depth--;
        Stack.Pop();
        return -1;
    }

    private bool IsAt(int at, ReadOnlySpan<byte> bytes) => _buffer.AsSpan(at, _end - at).StartsWith(bytes);

    /// <summary>The first byte that is no white space, or one behind <paramref name="last"/>.</summary>
    private static int SpaceEnd(ref byte data, int at, int last)
    {
        for (; at <= last; at += Vector128<byte>.Count)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref data, (nuint)at);
            Vector128<byte> space = Vector128.Equals(bytes, Vector128.Create((byte)' ')) | Vector128.Equals(bytes, Vector128.Create((byte)'\n'))
                | Vector128.Equals(bytes, Vector128.Create((byte)'\t')) | Vector128.Equals(bytes, Vector128.Create((byte)'\r'));
            uint other = ~space.ExtractMostSignificantBits() & 0xFFFF;
            if (other != 0)
            {
                return at + System.Numerics.BitOperations.TrailingZeroCount(other);
            }
        }

        return at;
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

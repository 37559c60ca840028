using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace CiCodegen.Runtime;

// What most documents are: known elements in the schema's order, without attributes, with plain text or known elements inside.
//
// The next tag is compared with the tag that may come, sixteen bytes at once, before anybody looks what it is. Whatever is not as
// guessed is left where it is, and the tokenizer proper reads it. A child that is a text is read whole, its end tag included, or not at
// all; the start tag of any other is not entered when it is guessed.
internal sealed partial class Utf8XmlTokenizer
{
    /// <summary>No guess came true: <see cref="Read"/> must look.</summary>
    public const int NotGuessed = -2;

    /// <summary>The child of index 0 came that came before, and comes once; those of others count down from here.</summary>
    public const int Duplicate = -3;

    // What a guess looks at beyond where it begins: a start tag, a number, an end tag; longer tags are compared with the end in mind.
    private const int Slack = 3 * NodeTag.Width;

    private static readonly ushort s_closing = BitConverter.ToUInt16("</"u8);

    private readonly byte[] _padded = new byte[4096];
    private readonly ShortTexts _texts = new();

    // Up to where a guess may begin; -1 when it must not.
    private int _guessEnd = -1;

    // The zeros behind the document that may be looked at.
    private int _slack;
    private bool _isGuessed;
    private CiDueChild _due;
    private int _dueGuessEnd;

    /// <summary>The start tag of the current child, while it is not read whole.</summary>
    public int ChildStart { get; set; }

    private ref byte Data => ref MemoryMarshal.GetArrayDataReference(_buffer);

    /// <summary>The reader whose tokens these are; nobody else guesses children.</summary>
    public Utf8ReadState State => state;

    /// <summary>Whether a child comes next; it is the current one then, and its start tag is read.</summary>
    public bool Is(int child)
    {
        if (!_due.IsNothing)
        {
            if (!_due.TryTake(child))
            {
                return false;
            }

            _guessEnd = _dueGuessEnd;
            return true;
        }

        int pos = GuessStart();
        if (pos < 0)
        {
            return false;
        }

        ref CiReadStack.Frame top = ref Stack.Top;
        ref NodeTag tag = ref Stack.Tags[child];
        if ((Vector128.LoadUnsafe(ref Data, (nuint)pos) & tag.StartMask) != tag.Start
            || (Stack.Seen & tag.Bit) != 0
            || (tag.Length > NodeTag.Width && !IsLongAt(pos, top.Nodes[child].StartTag)))
        {
            return false;
        }

        if (tag.Bit == 0 && tag.Step != 0 && Stack.Count(in top, child) > 0)
        {
            // One that comes twice and has no bit: More tells.
            return false;
        }

        Take(ref top, child, pos, tag.Length);
        return true;
    }

    /// <summary>Makes a child the current one that was found when all had been asked for, until somebody asks for it.</summary>
    public void SetDue(int child)
    {
        _due.Set(child);

        // Its children are not to be taken for those of the container.
        _dueGuessEnd = _guessEnd;
        _guessEnd = -1;
    }

    /// <summary>Passes over a child that was found and nobody asked for.</summary>
    public void SkipDue()
    {
        if (!_due.IsNothing)
        {
            ClearDue();
            EnterGuessed();
            Skip();
        }
    }

    /// <summary>Reads a child that is a few digits; null if it does not come next, or is absent.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int? ReadInt32(int child)
    {
        int pos = _pos;
        NodeTag[] tags = Stack.Tags;
        if (pos <= _guessEnd && (uint)child < (uint)tags.Length)
        {
            ref NodeTag tag = ref tags[child];
            ref byte at = ref Unsafe.Add(ref Data, pos);
            bool comes = (Vector128.LoadUnsafe(ref at) & tag.StartMask) == tag.Start;
            if (comes && tag.IsSimple)
            {
                // Up to eight digits are summed up at once: pairs, pairs of pairs, and those.
                ref byte text = ref Unsafe.Add(ref at, tag.Length);
                ulong digits = Unsafe.ReadUnaligned<ulong>(ref text) - 0x3030303030303030;
                ulong other = (digits | (digits + 0x7676767676767676)) & 0x8080808080808080;
                int length = System.Numerics.BitOperations.TrailingZeroCount(other) >> 3;
                if (length != 0 && BitConverter.IsLittleEndian && IsEnd(ref Unsafe.Add(ref text, length), in tag))
                {
                    Stack.Seen |= tag.Bit;
                    _pos = pos + length + tag.Length + tag.Length + 1;
                    digits <<= 8 * (8 - length);
                    digits = (digits * 10) + (digits >> 8);
                    digits = (((digits & 0x000000FF000000FF) * 0x000F424000000064) + (((digits >> 16) & 0x000000FF000000FF) * 0x0000271000000001)) >> 32;
                    return (int)digits;
                }
            }
            else if (!comes && at == '<')
            {
                return null;
            }
        }

        return ReadOtherInt32(child);
    }

    /// <summary>Reads a child that is a text; null if it does not come next.</summary>
    public string? ReadString(int child)
    {
        int pos = _pos;
        NodeTag[] tags = Stack.Tags;
        if (pos <= _guessEnd && (uint)child < (uint)tags.Length)
        {
            ref NodeTag tag = ref tags[child];
            ref byte data = ref Data;
            ref byte at = ref Unsafe.Add(ref data, pos);
            bool comes = (Vector128.LoadUnsafe(ref at) & tag.StartMask) == tag.Start;
            if (comes && tag.IsSimple)
            {
                int start = pos + tag.Length;
                Vector128<byte> bytes = Vector128.LoadUnsafe(ref data, (nuint)start);
                uint stops = (Vector128.LessThan(bytes, Vector128.Create((byte)' ')) | Marks(bytes)).ExtractMostSignificantBits();
                int length = stops != 0 ? System.Numerics.BitOperations.TrailingZeroCount(stops) : PlainEnd(ref data, start, _guessEnd) - start;
                if (start + length <= _guessEnd + NodeTag.Width && length <= _options.MaxTextLength && IsEnd(ref Unsafe.Add(ref data, start + length), in tag))
                {
                    string? text = length == 0 ? "" : length <= NodeTag.Width ? _texts.Get(bytes, length) : Encoding.Latin1.GetString(_buffer, start, length);
                    if (text is not null)
                    {
                        Stack.Seen |= tag.Bit;
                        _pos = start + length + tag.Length + 1;
                        return text;
                    }
                }
                else if (TryDecoded(start, start + length, in tag) is { } decoded)
                {
                    return decoded;
                }
            }
            else if (!comes && at == '<')
            {
                return null;
            }
        }

        return ReadOtherString(child);
    }

    private int? ReadOtherInt32(int child) => CanGuessNow() ? ReadInt32(child) : Is(child) ? State.ReadInt32() : null;

    private string? ReadOtherString(int child) => CanGuessNow() ? ReadString(child) : Is(child) ? State.ReadString() : null;

    /// <summary>Whether the end tag stands here that belongs to a start tag, whose child did not come before.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private bool IsEnd(ref byte at, in NodeTag tag)
        => at == '<' && (Vector128.LoadUnsafe(ref at, 1) & tag.EndMask) == tag.End && (Stack.Seen & tag.Bit) == 0;

    /// <summary>Makes a guess possible that was not: behind what had to be read without, or behind white space.</summary>
    /// <returns>Whether it was not and is now.</returns>
    private bool CanGuessNow()
    {
        int pos = _pos;
        bool could = pos <= _guessEnd && Unsafe.Add(ref Data, pos) == '<';
        if (could || !_due.IsNothing || GuessStart() is not (>= 0 and int start))
        {
            return false;
        }

        _pos = start;
        return true;
    }

    /// <summary>Where a tag begins that can be guessed, behind white space; -1 when none does.</summary>
    private int GuessStart()
    {
        int pos = _pos;
        int last = _guessEnd;
        if (pos > last && !CanGuess(pos, out last))
        {
            return -1;
        }

        ref byte data = ref Data;
        if (Unsafe.Add(ref data, pos) != '<')
        {
            pos = ByteScan.SpaceEnd(ref data, pos, last);
            if (pos > last || Unsafe.Add(ref data, pos) != '<')
            {
                return -1;
            }
        }

        return pos;
    }

    /// <summary>Tries whether the container's end or any known child follows.</summary>
    /// <returns>The child's index; -1 when the container has ended; <see cref="NotGuessed"/>; <see cref="Duplicate"/> and below.</returns>
    public int GuessNext()
    {
        int pos = GuessStart();
        if (pos < 0)
        {
            return NotGuessed;
        }

        ref byte data = ref Data;
        if (Unsafe.Add(ref data, pos + 1) == '/')
        {
            return GuessEnd(ref data, pos);
        }

        Vector128<byte> head = Vector128.LoadUnsafe(ref data, (nuint)pos);
        ref CiReadStack.Frame top = ref Stack.Top;
        NodeTag[] tags = Stack.Tags;
        int i = top.Next;
        for (int n = tags.Length; n > 0; n--, i++)
        {
            if ((uint)i >= (uint)tags.Length)
            {
                i = 0;
            }

            ref NodeTag tag = ref tags[i];
            if ((head & tag.StartMask) == tag.Start && (tag.Length <= NodeTag.Width || IsLongAt(pos, top.Nodes[i].StartTag)))
            {
                if (Take(ref top, i, pos, tag.Length) == 0 || tag.Step == 0)
                {
                    return i;
                }

                EnterGuessed();
                return Duplicate - i;
            }
        }

        return NotGuessed;
    }

    /// <summary>Makes a child the current one whose start tag was guessed.</summary>
    /// <returns>How often it came before; of one that comes once, whether.</returns>
    private int Take(ref CiReadStack.Frame top, int child, int pos, int length)
    {
        ChildStart = pos;
        _pos = pos + length;
        _isGuessed = true;
        return Stack.Meet(ref top, child);
    }

    private void ClearDue() => _due.Clear();

    /// <summary>Copies a short document to where as many zeros follow as a guess looks at, which are like no tag: so all of it can be guessed.</summary>
    public void Pad()
    {
        int length = _end - _start;
        if (length <= _padded.Length - Slack)
        {
            _pos -= _start;
            _buffer.AsSpan(_start, length).CopyTo(_padded);
            _padded.AsSpan(length, Slack).Clear();
            _buffer = _padded;
            _start = 0;
            _end = length;
            _slack = Slack;
        }
    }

    private bool CanGuess(int pos, out int last)
    {
        // A short text is as long as may be, whatever its units.
        bool can = _pending == Pending.Nothing && IsUnqualified && _depth < _options.MaxDepth && _options.MaxTextLength >= NodeTag.Width;
        last = can ? _end + _slack - Slack : -1;
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
    private bool IsLongAt(int at, byte[] tag) => at + tag.Length <= _guessEnd + NodeTag.Width && IsAt(at, tag);

    private bool IsAt(int at, ReadOnlySpan<byte> bytes) => _buffer.AsSpan(at, _end - at).StartsWith(bytes);
}

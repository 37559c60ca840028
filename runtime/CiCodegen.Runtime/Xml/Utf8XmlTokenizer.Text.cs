using System.Text;
using System.Text.Unicode;

namespace CiCodegen.Runtime;

// Text, references, CDATA sections, comments, processing instructions.
internal sealed partial class Utf8XmlTokenizer
{
    /// <summary>Appends the text met last, references and line ends resolved.</summary>
    public void AppendText(ref Utf8Text to)
    {
        ReadOnlySpan<byte> text = RawText;
        if (IsTextPlain)
        {
            to.Append(text);
            return;
        }

        while (true)
        {
            int stop = _isCData ? text.IndexOf((byte)'\r') : text.IndexOfAny((byte)'\r', (byte)'&');
            if (stop < 0)
            {
                to.Append(text);
                return;
            }

            to.Append(text[..stop]);
            text = text[stop..];
            if (text[0] == '\r')
            {
                to.Append((byte)'\n');
                text = text[(text.Length > 1 && text[1] == '\n' ? 2 : 1)..];
            }
            else
            {
                int end = text.IndexOf((byte)';');
                AppendReference(text[1..end], ref to);
                text = text[(end + 1)..];
            }
        }
    }

    /// <summary>The UTF-16 units of the text met last, references and line ends resolved.</summary>
    public int CountText()
    {
        ReadOnlySpan<byte> text = RawText;
        int units = Encoding.UTF8.GetCharCount(text);
        while (!IsTextPlain)
        {
            int stop = _isCData ? text.IndexOf((byte)'\r') : text.IndexOfAny((byte)'\r', (byte)'&');
            if (stop < 0)
            {
                break;
            }

            text = text[stop..];
            int length = text[0] == '&' ? text.IndexOf((byte)';') + 1 : text.Length > 1 && text[1] == '\n' ? 2 : 1;
            int value = text[1..].StartsWith("#"u8) && text[0] == '&' ? ReferenceValue(text[2..(length - 1)]) : 0;
            units -= length - (value > 0xFFFF ? 2 : 1);
            text = text[length..];
        }

        return units;
    }

    /// <summary>Whether the text met last is white space only, references resolved.</summary>
    public bool IsTextSpace()
    {
        ReadOnlySpan<byte> text = RawText;
        while (true)
        {
            int stop = text.IndexOfAnyExcept(" \t\r\n"u8);
            if (stop < 0)
            {
                return true;
            }

            text = text[stop..];
            if (_isCData || text[0] != '&' || text[1] != '#')
            {
                return false;
            }

            int end = text.IndexOf((byte)';');
            if (ReferenceValue(text[2..end]) is not (' ' or '\t' or '\r' or '\n'))
            {
                return false;
            }

            text = text[(end + 1)..];
        }
    }

    /// <summary>Scans a run of text.</summary>
    /// <returns>Whether there is any yet: the window may end too early to say.</returns>
    private bool ScanText(int start)
    {
        TokenStart = start;
        bool plain = true;
        int i = start;
        while (true)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(i, _end - i);
            int stop = rest.IndexOfAnyExcept(XmlChars.PlainText);
            if (stop < 0)
            {
                return CutText(start, _end, plain);
            }

            i += stop;
            if (_splitsText && IsCutAt(rest[stop..]))
            {
                return CutText(start, i, plain);
            }

            switch (rest[stop])
            {
                case (byte)'<':
                    SetText(start, i, plain, isCData: false);
                    _pos = i;
                    return true;
                case (byte)'&':
                    i = SkipReference(i);
                    plain = false;
                    break;
                case (byte)'\r':
                    plain = false;
                    i++;
                    break;
                case (byte)']':
                    if (rest[stop..].StartsWith("]]>"u8))
                    {
                        throw Error(CiFormatError.NotWellFormed, i, "']]>' stands in text");
                    }

                    i++;
                    break;
                case >= 0x80:
                    rest = rest[stop..];
                    int length = rest.IndexOfAny(XmlChars.TextStops);
                    if (length < 0)
                    {
                        length = _splitsText ? WholeLength(rest) : rest.Length;
                        CheckChars(i, length);
                        return CutText(start, i + length, plain);
                    }

                    CheckChars(i, length);
                    i += length;
                    break;
                default:
                    throw Illegal(i, rest[stop]);
            }
        }
    }

    /// <summary>Checks that bytes are UTF-8 and XML Chars.</summary>
    private void CheckChars(int start, int length)
    {
        ReadOnlySpan<byte> bytes = _buffer.AsSpan(start, length);
        int control = bytes.IndexOfAny(XmlChars.Illegal);
        ReadOnlySpan<byte> head = control < 0 ? bytes : bytes[..control];
        if (!Ascii.IsValid(head))
        {
            int valid = head.Length;
            if (!Utf8.IsValid(head))
            {
                valid = 0;
                while (Rune.DecodeFromUtf8(head[valid..], out _, out int width) == System.Buffers.OperationStatus.Done)
                {
                    valid += width;
                }
            }

            // U+FFFE and U+FFFF are EF BF BE and EF BF BF.
            int from = 0;
            int at;
            while ((at = head[from..valid].IndexOf((ReadOnlySpan<byte>)[0xEF, 0xBF])) >= 0)
            {
                from += at;
                if (head[from + 2] >= 0xBE)
                {
                    throw Illegal(start + from, 0xFF40 + head[from + 2]);
                }

                from += 3;
            }

            if (valid < head.Length)
            {
                Decode(start + valid, out _);
            }
        }

        if (control >= 0)
        {
            throw Illegal(start + control, bytes[control]);
        }
    }

    private CiFormatException Illegal(int at, int value)
        => Error(CiFormatError.IllegalCharacter, at, $"U+{value:X4} is not allowed in XML");

    /// <summary>Checks a reference; <see cref="AppendReference"/> resolves it later without checks.</summary>
    private int SkipReference(int start)
    {
        int i = start + 1;
        if (i >= _end)
        {
            ThrowEnd();
        }

        if (_buffer[i] == '#')
        {
            return SkipCharReference(start);
        }

        // XmlReader looks as far as the entity that the first letters promise; behind that, whatever breaks the name is not well-formed.
        LookAhead(i, _buffer[i] switch
        {
            (byte)'l' or (byte)'g' => 3,
            (byte)'q' => 5,
            (byte)'a' => i + 1 < _end && _buffer[i + 1] == 'p' ? 5 : 4,
            _ => 1,
        });
        int name = i;
        while (i < _end && XmlChars.AsciiName.Contains(_buffer[i]))
        {
            i++;
        }

        if (i >= _end)
        {
            ThrowEnd();
        }

        if (_buffer[i] != ';')
        {
            throw Error(CiFormatError.NotWellFormed, start, "'&' begins no reference");
        }

        return _buffer.AsSpan(name, i - name) switch
        {
            [(byte)'l', (byte)'t'] or [(byte)'g', (byte)'t'] or [(byte)'a', (byte)'m', (byte)'p'] => i + 1,
            [(byte)'q', (byte)'u', (byte)'o', (byte)'t'] or [(byte)'a', (byte)'p', (byte)'o', (byte)'s'] => i + 1,
            _ => throw Error(CiFormatError.NotWellFormed, start, "only the entities lt, gt, amp, quot and apos exist"),
        };
    }

    private int SkipCharReference(int start)
    {
        int i = start + 2;
        bool hex = i < _end && _buffer[i] == 'x';
        if (hex)
        {
            i++;
        }

        int digits = i;
        long value = 0;
        while (i < _end && (hex ? char.IsAsciiHexDigit((char)_buffer[i]) : char.IsAsciiDigit((char)_buffer[i])))
        {
            value = hex ? (value * 16) + HexValue(_buffer[i]) : (value * 10) + (_buffer[i] - '0');
            if (value > int.MaxValue && _options.Lenient)
            {
                value = int.MaxValue;
            }
            else if (value > int.MaxValue)
            {
                throw Error(CiFormatError.NotWellFormed, start, "a character reference is too large");
            }

            i++;
        }

        if (i == digits || i >= _end || _buffer[i] != ';')
        {
            ThrowMarkup(i, "'&#' begins no character reference");
        }

        return _options.Lenient || XmlChars.IsChar((int)value) ? i + 1 : throw Illegal(start, (int)value);
    }

    private static int HexValue(byte digit) => digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10;

    private static int ReferenceValue(ReadOnlySpan<byte> digits)
    {
        bool hex = digits[0] == 'x';
        long value = 0;
        foreach (byte digit in hex ? digits[1..] : digits)
        {
            value = Math.Min(int.MaxValue, hex ? (value * 16) + HexValue(digit) : (value * 10) + (digit - '0'));
        }

        // What is none has been let pass on purpose.
        return XmlChars.IsChar((int)value) ? (int)value : Rune.ReplacementChar.Value;
    }

    private static void AppendReference(ReadOnlySpan<byte> name, ref Utf8Text to)
    {
        if (name[0] == '#')
        {
            Span<byte> utf8 = stackalloc byte[4];
            to.Append(utf8[..new Rune(ReferenceValue(name[1..])).EncodeToUtf8(utf8)]);
            return;
        }

        to.Append((byte)(name[0] switch
        {
            (byte)'l' => '<',
            (byte)'g' => '>',
            (byte)'q' => '"',
            _ => name.Length == 3 ? '&' : '\'',
        }));
    }

    /// <summary>Reads what begins with <c>&lt;!</c>.</summary>
    /// <returns>Whether it was a CDATA section.</returns>
    private bool ReadBang(int start)
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(start, _end - start);
        if (rest.StartsWith("<!--"u8))
        {
            SkipComment(start + 4);
            return false;
        }

        if (_depth > 0 && rest.StartsWith("<![CDATA["u8))
        {
            ScanCData(start + 9);
            return true;
        }

        LookAhead(start + 2, rest.Length > 2 && rest[2] == '[' && _depth > 0 ? 7 : 2);

        // Before the root nothing else can be meant.
        if (_depth == 0 && rest.Length > 3 && rest[2] is not ((byte)'-' or (byte)'['))
        {
            throw Error(CiFormatError.DtdProhibited, start, "the document has a DTD");
        }

        ThrowMarkup(start + 2, "'<!' begins neither a comment nor a CDATA section");
        return false;
    }

    private void SetText(int start, int end, bool isPlain, bool isCData)
    {
        TextStart = start;
        TextEnd = end;
        IsTextPlain = isPlain;
        _isCData = isCData;
    }

    private void ScanCData(int start)
    {
        TokenStart = start;
        ReadOnlySpan<byte> rest = _buffer.AsSpan(start, _end - start);
        int length = rest.IndexOf("]]>"u8);
        _pending = length < 0 && _splitsText ? Pending.CData : Pending.Nothing;
        int checkedLength = length >= 0 ? length : _splitsText ? WholeLength(rest, "\r]]"u8) : rest.Length;
        CheckChars(start, checkedLength);
        if (length < 0 && !_splitsText)
        {
            ThrowEnd();
        }

        SetText(start, start + checkedLength, !rest[..checkedLength].Contains((byte)'\r'), isCData: true);
        _pos = length < 0 ? TextEnd : TextEnd + 3;
    }

    /// <summary>Skips a comment from a byte inside it, or as much of it as the window holds.</summary>
    private void SkipComment(int i)
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(i, _end - i);
        int length = rest.IndexOf("--"u8);
        if (length < 0)
        {
            SkipPiece(i, rest, "-"u8, Pending.Comment);
            return;
        }

        CheckChars(i, length);
        i += length + 2;
        if (i >= _end || _buffer[i] != '>')
        {
            ThrowMarkup(i, "'--' stands in a comment");
        }

        _pending = Pending.Nothing;
        _pos = i + 1;
    }

    private void SkipPiece(int i, ReadOnlySpan<byte> rest, ReadOnlySpan<byte> terminator, Pending pending)
    {
        int length = _splitsText ? WholeLength(rest, terminator) : rest.Length;
        CheckChars(i, length);
        if (!_splitsText)
        {
            ThrowEnd();
        }

        _pending = pending;
        _pos = i + length;
    }

    private void SkipInstruction(int start)
    {
        int i = start + 2;
        int nameEnd = ScanNcName(i);
        _ranOut |= nameEnd >= _end;
        if (nameEnd - i == 3 && Ascii.EqualsIgnoreCase(_buffer.AsSpan(i, 3), "xml"u8))
        {
            throw Error(CiFormatError.NotWellFormed, start, "an XML declaration stands only at the start of a document");
        }

        i = nameEnd;
        if (i + 1 < _end && _buffer[i] == '?' && _buffer[i + 1] == '>')
        {
            _pos = i + 2;
            return;
        }

        if (i >= _end || !XmlChars.IsSpace(_buffer[i]))
        {
            LookAhead(i, 2);
            ThrowMarkup(i, "a processing instruction's name ends here");
        }

        SkipInstructionData(i);
    }

    /// <summary>Skips a processing instruction's data from a byte inside it, or as much of it as the window holds.</summary>
    private void SkipInstructionData(int i)
    {
        ReadOnlySpan<byte> rest = _buffer.AsSpan(i, _end - i);
        int length = rest.IndexOf("?>"u8);
        if (length < 0)
        {
            SkipPiece(i, rest, "?"u8, Pending.Instruction);
            return;
        }

        CheckChars(i, length);
        _pending = Pending.Nothing;
        _pos = i + length + 2;
    }
}

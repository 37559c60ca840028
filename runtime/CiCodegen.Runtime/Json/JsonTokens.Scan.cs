using System.Globalization;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;

namespace CiCodegen.Runtime;

// The grammar.
internal sealed partial class JsonTokens
{
    // Of each open object or array, whether it is an object.
    private bool[] _isObject = new bool[64];
    private Due _due;

    /// <summary>What the grammar allows next.</summary>
    private enum Due
    {
        Value,
        ValueOrEnd,
        Name,
        NameOrEnd,
        CommaOrEnd,
        Nothing,
    }

    /// <summary>Reads the next token.</summary>
    /// <returns>Whether there was one; the rest is white space then.</returns>
    public bool Read()
    {
        int pos = SkipSpace(_pos);
        if (_due == Due.CommaOrEnd && pos < _end && _buffer[pos] == ',')
        {
            _due = _isObject[Depth - 1] ? Due.Name : Due.Value;
            pos = SkipSpace(pos + 1);
        }

        if (pos >= _end)
        {
            if (_due != Due.Nothing)
            {
                throw Broken();
            }

            Type = JsonTokenType.None;
            return false;
        }

        TokenStart = pos;
        IsEscaped = false;
        byte unit = _buffer[pos];
        switch (_due)
        {
            case Due.NameOrEnd or Due.Name when unit == '"':
                ReadName(pos);
                break;
            case Due.Value or Due.ValueOrEnd when unit == '"':
                Type = JsonTokenType.String;
                _pos = ScanText(pos + 1);
                EndValue();
                break;
            case Due.Value or Due.ValueOrEnd when unit is (byte)'{' or (byte)'[':
                Begin(unit == '{');
                break;
            case Due.NameOrEnd or Due.ValueOrEnd or Due.CommaOrEnd when unit == (_isObject[Depth - 1] ? '}' : ']'):
                Type = unit == '}' ? JsonTokenType.EndObject : JsonTokenType.EndArray;
                SetRaw(pos, 1);
                Depth--;
                EndValue();
                break;
            case Due.Value or Due.ValueOrEnd:
                Type = unit switch
                {
                    (byte)'t' => JsonTokenType.True,
                    (byte)'f' => JsonTokenType.False,
                    (byte)'n' => JsonTokenType.Null,
                    _ => JsonTokenType.Number,
                };
                SetRaw(pos, Type == JsonTokenType.Number ? NumberLength(pos) : LiteralLength(pos, unit));
                EndValue();
                break;
            default:
                throw Broken();
        }

        return true;
    }

    /// <summary>The current string, number, <c>true</c> or <c>false</c>; a short one that repeats is the same string.</summary>
    public string GetString(ref Utf8Text scratch)
    {
        if (!IsEscaped && _rawLength is > 0 and <= 16 && _rawStart + Vector128<byte>.Count <= _buffer.Length)
        {
            Vector128<byte> bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetArrayDataReference(_buffer), (nuint)_rawStart);
            if (bytes.ExtractMostSignificantBits() << (32 - _rawLength) == 0 && _texts.Get(bytes, _rawLength) is { } text)
            {
                return text;
            }
        }

        return Encoding.UTF8.GetString(IsEscaped ? Unescape(ref scratch) : Raw);
    }

    private void Begin(bool isObject)
    {
        Type = isObject ? JsonTokenType.StartObject : JsonTokenType.StartArray;
        _due = isObject ? Due.NameOrEnd : Due.ValueOrEnd;
        SetRaw(TokenStart, 1);
        if (Depth == _isObject.Length)
        {
            Array.Resize(ref _isObject, Depth * 2);
        }

        _isObject[Depth] = isObject;
        if (++Depth > _options.MaxJsonDepth)
        {
            throw Error(CiFormatError.LimitExceeded, TokenStart, string.Create(CultureInfo.InvariantCulture, $"objects and arrays stand more than {_options.MaxJsonDepth} deep"));
        }
    }

    private void EndValue() => _due = Depth == 0 ? Due.Nothing : Due.CommaOrEnd;

    private void SetRaw(int start, int length)
    {
        _rawStart = start;
        _rawLength = length;
        _pos = start + length;
    }

    private void ReadName(int pos)
    {
        Type = JsonTokenType.PropertyName;
        int end = SkipSpace(ScanText(pos + 1));
        if (end >= _end || _buffer[end] != ':')
        {
            throw Broken();
        }

        _pos = end + 1;
        _due = Due.Value;
    }

    /// <summary>Scans a string from behind its first quote to behind its last.</summary>
    private int ScanText(int start)
    {
        byte[] buffer = _buffer;
        int at = start;
        while (true)
        {
            at = ByteScan.JsonTextEnd(ref MemoryMarshal.GetArrayDataReference(buffer), at, _end - Vector128<byte>.Count);
            while (at < _end && buffer[at] is not (< 0x20 or (byte)'"' or (byte)'\\'))
            {
                at++;
            }

            if (at >= _end || buffer[at] < 0x20)
            {
                throw Broken();
            }

            if (buffer[at] == '"')
            {
                _rawStart = start;
                _rawLength = at - start;
                if (IsEscaped)
                {
                    CheckSurrogates();
                }

                return at + 1;
            }

            IsEscaped = true;
            at += EscapeLength(at);
        }
    }

    private int EscapeLength(int at)
    {
        byte unit = at + 1 < _end ? _buffer[at + 1] : (byte)0;
        if (unit == 'u' && at + 6 <= _end)
        {
            bool isHex = true;
            foreach (byte digit in _buffer.AsSpan(at + 2, 4))
            {
                isHex &= char.IsAsciiHexDigit((char)digit);
            }

            return isHex ? 6 : throw Broken();
        }

        return unit is (byte)'"' or (byte)'\\' or (byte)'/' or (byte)'b' or (byte)'f' or (byte)'n' or (byte)'r' or (byte)'t' ? 2 : throw Broken();
    }

    private int LiteralLength(int pos, byte unit)
    {
        ReadOnlySpan<byte> literal = unit switch
        {
            (byte)'t' => "true"u8,
            (byte)'f' => "false"u8,
            _ => "null"u8,
        };
        return _buffer.AsSpan(pos, _end - pos).StartsWith(literal) ? literal.Length : throw Broken();
    }

    /// <summary><c>-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][+-]?[0-9]+)?</c>, and then what may follow a number.</summary>
    private int NumberLength(int pos)
    {
        int at = pos + (_buffer[pos] == '-' ? 1 : 0);
        bool isSound = at < _end && _buffer[at] == '0' ? ++at > 0 : SkipDigits(ref at);
        if (isSound && at < _end && _buffer[at] == '.')
        {
            at++;
            isSound = SkipDigits(ref at);
        }

        if (isSound && at < _end && _buffer[at] is (byte)'e' or (byte)'E')
        {
            at++;
            at += at < _end && _buffer[at] is (byte)'+' or (byte)'-' ? 1 : 0;
            isSound = SkipDigits(ref at);
        }

        isSound = isSound && (at < _end ? _buffer[at] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ' or (byte)'\n' or (byte)'\r' or (byte)'\t' or (byte)'/' : Depth == 0);
        return isSound ? at - pos : throw Broken();
    }

    private bool SkipDigits(ref int at)
    {
        int start = at;
        while (at < _end && char.IsAsciiDigit((char)_buffer[at]))
        {
            at++;
        }

        return at > start;
    }

    private int SkipSpace(int at)
    {
        if (at < _end && _buffer[at] > ' ')
        {
            return at;
        }

        at = ByteScan.SpaceEnd(ref MemoryMarshal.GetArrayDataReference(_buffer), at, _end - Vector128<byte>.Count);
        while (at < _end && XmlChars.IsSpace(_buffer[at]))
        {
            at++;
        }

        return at;
    }
}

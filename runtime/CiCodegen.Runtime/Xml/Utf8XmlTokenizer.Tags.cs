using System.Text;

namespace CiCodegen.Runtime;

// Names, start and end tags, the XML declaration.
internal sealed partial class Utf8XmlTokenizer
{
    private void ReadStartTag(int start)
    {
        TokenStart = start;
        int nameStart = start + 1;
        int nameEnd;
        int colon = -1;

        // Most names are ASCII without a prefix.
        ReadOnlySpan<byte> rest = _buffer.AsSpan(nameStart, _end - nameStart);
        int length = rest.IndexOfAnyExcept(XmlChars.AsciiName);
        if (length > 0 && rest[length] < 0x80 && rest[length] != ':' && XmlChars.IsAsciiNameStart(rest[0]))
        {
            nameEnd = nameStart + length;
        }
        else
        {
            nameEnd = ScanQName(nameStart, out colon);
            if (nameEnd >= _end)
            {
                ThrowEnd();
            }
        }

        int i = nameEnd;
        bool empty = false;
        _attributeCount = 0;
        if (_buffer[i] != '>')
        {
            if (XmlChars.IsSpace(_buffer[i]))
            {
                i = ReadAttributes(i);
            }

            if (i < _end && _buffer[i] == '/')
            {
                empty = true;
                i++;
            }

            if (i >= _end || _buffer[i] != '>')
            {
                ThrowMarkup(i, empty ? "'>' is due" : "this character cannot stand in a tag");
            }
        }

        _localStart = colon < 0 ? nameStart : colon + 1;
        _localLength = nameEnd - _localStart;
        if (_bindings.Count > 0 || colon >= 0 || _attributeCount > 0)
        {
            string ns = ResolveNames(start, nameStart, colon);
            if (!_rootSeen)
            {
                _rootNamespace = ns;
            }

            IsForeign = !string.Equals(ns, _rootNamespace, StringComparison.Ordinal);
        }
        else
        {
            IsForeign = _rootNamespace.Length > 0;
        }

        _pos = i + 1;
        Enter(_buffer.AsSpan(nameStart, nameEnd - nameStart));
        _pending = empty ? Pending.EmptyTag : Pending.Nothing;
        CheckDepth(start);
    }

    private void ReadEndTag(int start)
    {
        TokenStart = start;
        int from = _nameStarts[_depth - 1];
        ReadOnlySpan<byte> name = _names.AsSpan(from, _namesUsed - from);
        ReadOnlySpan<byte> rest = _buffer.AsSpan(start + 2, _end - start - 2);
        int i = start + 2 + name.Length;
        if (!rest.StartsWith(name) || (rest.Length > name.Length && (XmlChars.AsciiName.Contains(rest[name.Length]) || rest[name.Length] is (byte)':' or >= 0x80)))
        {
            ThrowMismatch(start, name);
        }

        while (i < _end && XmlChars.IsSpace(_buffer[i]))
        {
            i++;
        }

        if (i >= _end || _buffer[i] != '>')
        {
            ThrowMarkup(i, "'>' is due");
        }

        _pos = i + 1;
        Leave();
    }

    private void ThrowMismatch(int start, ReadOnlySpan<byte> name)
    {
        int ahead = Encoding.UTF8.GetCharCount(name) + (name.Contains((byte)':') ? 0 : 1);
        LookAhead(start + 2, ahead);
        _ranOut |= ScanQName(start + 2, out _) >= _end;
        throw Error(CiFormatError.NotWellFormed, start, $"the end tag does not match <{Encoding.UTF8.GetString(name)}>");
    }

    /// <summary>Scans a name without a colon.</summary>
    private int ScanNcName(int start)
    {
        int i = start;
        while (i < _end)
        {
            byte unit = _buffer[i];
            if (unit < 0x80)
            {
                if (i == start ? !XmlChars.IsAsciiNameStart(unit) : !XmlChars.AsciiName.Contains(unit))
                {
                    break;
                }

                i++;
            }
            else
            {
                Rune rune = Decode(i, out int width);
                if (i == start ? !XmlChars.IsNameStart(rune) : !XmlChars.IsName(rune))
                {
                    break;
                }

                i += width;
            }
        }

        if (i == start)
        {
            LookAhead(i, 2);
            ThrowMarkup(i, "a name is due");
        }

        return i;
    }

    /// <summary>Scans a name that may have a prefix.</summary>
    private int ScanQName(int start, out int colon)
    {
        colon = -1;
        int i = ScanNcName(start);
        if (i < _end && _buffer[i] == ':')
        {
            colon = i;
            i = ScanNcName(i + 1);
            if (i < _end && _buffer[i] == ':')
            {
                ThrowMarkup(i, "a name has two colons");
            }
        }

        return i;
    }

    /// <summary>Reads the XML declaration, if there is one; anything unexpected in it is not well-formed, whatever the bytes.</summary>
    private void ReadDeclaration()
    {
        // What goes on as a name is an ordinary processing instruction.
        if (_end - _pos < 6 || !_buffer.AsSpan(_pos, 5).SequenceEqual("<?xml"u8) || _buffer[_pos + 5] == ':' || XmlChars.IsName((char)_buffer[_pos + 5]))
        {
            return;
        }

        int i = _pos + 5;
        string? version = Pseudo(ref i, "version"u8);
        string? encoding = version is null ? null : Pseudo(ref i, "encoding"u8);
        bool isVersion = version == "1.0";
        bool supported = encoding is null || CiEncoding.IsDeclared(encoding, _encoding);
        if (!supported && isVersion && _encoding == CiEncodingKind.Utf8 && !CiEncoding.IsKnown(encoding!))
        {
            throw Unsupported(encoding!);
        }

        string? standalone = version is null ? null : Pseudo(ref i, "standalone"u8);
        while (i < _end && XmlChars.IsSpace(_buffer[i]))
        {
            i++;
        }

        if (!isVersion || standalone is not (null or "yes" or "no") || !_buffer.AsSpan(i, _end - i).StartsWith("?>"u8))
        {
            throw Error(CiFormatError.NotWellFormed, _pos, "the XML declaration is malformed");
        }

        if (!supported)
        {
            throw Unsupported(encoding!);
        }

        _pos = i + 2;
    }

    private CiFormatException Unsupported(string encoding)
        => Error(CiFormatError.UnsupportedEncoding, _pos, $"the document declares encoding '{encoding}'; UTF-8 and UTF-16 are read, as the bytes are");

    /// <summary>Reads white space and <c>name="value"</c> of an XML declaration; null when something else stands there.</summary>
    private string? Pseudo(ref int at, ReadOnlySpan<byte> name)
    {
        int i = at;
        while (i < _end && XmlChars.IsSpace(_buffer[i]))
        {
            i++;
        }

        if (i == at || !_buffer.AsSpan(i, _end - i).StartsWith(name))
        {
            return null;
        }

        i = SkipSpaces(i + name.Length);
        if (i >= _end || _buffer[i] != '=')
        {
            return null;
        }

        i = SkipSpaces(i + 1);
        if (i >= _end || _buffer[i] is not ((byte)'"' or (byte)'\''))
        {
            return null;
        }

        ReadOnlySpan<byte> value = _buffer.AsSpan(i + 1, _end - i - 1);
        int length = value.IndexOf(_buffer[i]);
        if (length < 0 || value[..length].ContainsAny(XmlChars.NoPseudoValue))
        {
            return null;
        }

        at = i + length + 2;
        value = value[..length];
        return value.SequenceEqual("1.0"u8) ? "1.0"
            : value.SequenceEqual("utf-8"u8) ? "utf-8"
            : value.SequenceEqual("UTF-8"u8) ? "UTF-8"
            : Encoding.Latin1.GetString(value);
    }

    private int SkipSpaces(int i)
    {
        while (i < _end && XmlChars.IsSpace(_buffer[i]))
        {
            i++;
        }

        return i;
    }
}

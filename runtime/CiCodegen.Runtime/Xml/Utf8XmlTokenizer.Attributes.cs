using System.Text;

namespace CiCodegen.Runtime;

// Attributes and namespaces.
internal sealed partial class Utf8XmlTokenizer
{
    private const string XmlNamespace = "http://www.w3.org/XML/1998/namespace";
    private const string XmlnsNamespace = "http://www.w3.org/2000/xmlns/";

    // Prefixes in force, and where the last binding of each stands: a document may bind 1,000 on each of 256 levels and use them millions of times.
    private readonly List<Binding> _bindings = [];
    private readonly Dictionary<string, int> _lastBindings = new(StringComparer.Ordinal);
    private Attribute[] _attributes = new Attribute[8];
    private int _attributeCount;
    private string _rootNamespace = "";

    /// <summary>A prefix in force; documents of the service have none, so what namespaces cost is allowed to allocate.</summary>
    private readonly record struct Binding(string Prefix, string Namespace, int Depth, int Outer);

    private record struct Attribute(int Start, int Colon, int End, int ValueStart, int ValueEnd);

    /// <summary>The namespace of the known elements.</summary>
    public string RootNamespace => _rootNamespace;

    /// <summary>Whether the element met last can be told from known ones where no namespace is written: it has the root's, or one at all.</summary>
    public bool IsNameable => !IsForeign || CurrentNamespace().Length > 0;

    /// <summary>The namespace of the element whose start tag was met last.</summary>
    public string CurrentNamespace() => Lookup(TokenStart, Prefix(TokenStart + 1, _localStart > TokenStart + 1 ? _localStart - 1 : -1));

    /// <summary>Hands on the attributes of the start tag met last that have no prefix and declare no namespace.</summary>
    public void CopyAttributes(ExtraBuilder builder)
    {
        for (int i = 0; i < _attributeCount; i++)
        {
            Attribute attribute = _attributes[i];
            if (attribute.Colon < 0 && !Local(attribute).SequenceEqual("xmlns"u8))
            {
                builder.Attribute(Encoding.UTF8.GetString(Local(attribute)), Value(attribute.ValueStart, attribute.ValueEnd));
            }
        }
    }

    private int ReadAttributes(int i)
    {
        while (true)
        {
            int before = i;
            i = SkipSpaces(i);
            if (i >= _end)
            {
                ThrowEnd();
            }

            if (_buffer[i] is (byte)'>' or (byte)'/')
            {
                return i;
            }

            int start = i;
            Rune first = Decode(i, out _);
            if (i == before || !XmlChars.IsNameStart(first))
            {
                ThrowMarkup(i, i == before ? "white space is due between attributes" : "a name is due");
            }

            int end = ScanQName(i, out int colon);

            i = SkipSpaces(end);
            if (i >= _end || _buffer[i] != '=')
            {
                ThrowMarkup(i, "'=' is due");
            }

            i = SkipSpaces(i + 1);
            if (i >= _end || _buffer[i] is not ((byte)'"' or (byte)'\''))
            {
                ThrowMarkup(i, "a quoted value is due");
            }

            int valueStart = i + 1;
            int valueEnd = ScanValue(valueStart, _buffer[i]);
            i = valueEnd + 1;
            Add(new Attribute(start, colon, end, valueStart, valueEnd), valueStart, valueEnd);
        }
    }

    private int ScanValue(int i, byte quote)
    {
        while (true)
        {
            ReadOnlySpan<byte> rest = _buffer.AsSpan(i, _end - i);
            int stop = rest.IndexOfAny(quote, (byte)'<', (byte)'&');
            CheckChars(i, stop < 0 ? rest.Length : stop);
            if (stop < 0)
            {
                ThrowEnd();
            }

            i += stop;
            switch (rest[stop])
            {
                case (byte)'<':
                    throw Error(CiFormatError.NotWellFormed, i, "'<' stands in an attribute value");
                case (byte)'&':
                    i = SkipReference(i);
                    break;
                default:
                    return i;
            }
        }
    }

    private void Add(Attribute attribute, int valueStart, int valueEnd)
    {
        if (_attributeCount == _options.MaxAttributes)
        {
            throw Error(CiFormatError.LimitExceeded, TokenStart, $"an element has more than {_options.MaxAttributes} attributes");
        }

        if (_attributeCount == _attributes.Length)
        {
            Array.Resize(ref _attributes, _attributeCount * 2);
        }

        _attributes[_attributeCount++] = attribute;
        string prefix = Prefix(attribute.Start, attribute.Colon);
        ReadOnlySpan<byte> local = Local(attribute);
        if (prefix == "xmlns" || (prefix.Length == 0 && local.SequenceEqual("xmlns"u8)))
        {
            Bind(prefix.Length == 0 ? "" : Encoding.UTF8.GetString(local), Value(valueStart, valueEnd));
        }
        else if (prefix == "xml" && local.SequenceEqual("space"u8) && Value(valueStart, valueEnd).Trim(' ', '\t', '\r', '\n') is not ("default" or "preserve"))
        {
            // XML calls this an error, not a breach of well-formedness; XmlReader refuses it, and lanes must agree.
            throw Error(CiFormatError.NotWellFormed, attribute.Start, "xml:space is either 'default' or 'preserve'");
        }
    }

    private void Bind(string prefix, string ns)
    {
        bool wrong = prefix switch
        {
            "xml" => ns != XmlNamespace,
            "xmlns" => true,
            "" => ns is XmlNamespace or XmlnsNamespace,
            _ => ns is XmlNamespace or XmlnsNamespace or "",
        };
        if (wrong)
        {
            throw Error(CiFormatError.NotWellFormed, TokenStart, $"prefix '{prefix}' cannot be bound to '{ns}'");
        }

        _bindings.Add(new Binding(prefix, ns, _depth + 1, _lastBindings.GetValueOrDefault(prefix, -1)));
        _lastBindings[prefix] = _bindings.Count - 1;
    }

    /// <summary>Forgets the bindings of elements that have ended.</summary>
    private void DropBindings()
    {
        while (_bindings.Count > 0 && _bindings[^1].Depth > _depth)
        {
            Binding last = _bindings[^1];
            _bindings.RemoveAt(_bindings.Count - 1);
            if (last.Outer >= 0)
            {
                _lastBindings[last.Prefix] = last.Outer;
            }
            else
            {
                _lastBindings.Remove(last.Prefix);
            }
        }
    }

    private void ClearBindings()
    {
        _bindings.Clear();
        _lastBindings.Clear();
    }

    /// <summary>Resolves the prefixes of a start tag and looks for attributes that come twice.</summary>
    /// <returns>The element's namespace.</returns>
    private string ResolveNames(int tag, int nameStart, int colon)
    {
        string prefix = Prefix(nameStart, colon);
        if (prefix == "xmlns")
        {
            throw Error(CiFormatError.NotWellFormed, tag, "an element has the prefix 'xmlns'");
        }

        string ns = Lookup(tag, prefix);
        if (_attributeCount == 0)
        {
            return ns;
        }

        // Few attributes without prefix are compared in place; anything else goes through a set.
        bool prefixed = false;
        for (int i = 0; i < _attributeCount; i++)
        {
            prefixed |= _attributes[i].Colon >= 0;
        }

        if (!prefixed && _attributeCount <= 8)
        {
            for (int i = 1; i < _attributeCount; i++)
            {
                for (int j = 0; j < i; j++)
                {
                    if (Local(_attributes[i]).SequenceEqual(Local(_attributes[j])))
                    {
                        throw Twice(_attributes[i]);
                    }
                }
            }

            return ns;
        }

        HashSet<(string, string)> seen = [];
        for (int i = 0; i < _attributeCount; i++)
        {
            Attribute attribute = _attributes[i];
            string own = attribute.Colon < 0 ? "" : Lookup(tag, Prefix(attribute.Start, attribute.Colon));
            if (!seen.Add((own, Encoding.UTF8.GetString(Local(attribute)))))
            {
                throw Twice(attribute);
            }
        }

        return ns;
    }

    private CiFormatException Twice(Attribute attribute)
        => Error(CiFormatError.NotWellFormed, attribute.Start, $"attribute '{Encoding.UTF8.GetString(Local(attribute))}' comes twice");

    private string Lookup(int tag, string prefix)
    {
        if (_bindings.Count > 0 && _lastBindings.TryGetValue(prefix, out int last))
        {
            return _bindings[last].Namespace;
        }

        return prefix switch
        {
            "" => "",
            "xml" => XmlNamespace,
            "xmlns" => XmlnsNamespace,
            _ => throw Error(CiFormatError.NotWellFormed, tag, $"prefix '{prefix}' is not declared"),
        };
    }

    private string Prefix(int start, int colon) => colon < 0 ? "" : Encoding.UTF8.GetString(_buffer, start, colon - start);

    private ReadOnlySpan<byte> Local(Attribute attribute)
    {
        int start = attribute.Colon < 0 ? attribute.Start : attribute.Colon + 1;
        return _buffer.AsSpan(start, attribute.End - start);
    }

    /// <summary>An attribute's value, normalised; the scan has checked it.</summary>
    private string Value(int start, int end)
    {
        Utf8Text text = default;
        text.Clear();
        for (int i = start; i < end; i++)
        {
            byte unit = _buffer[i];
            if (unit == '&')
            {
                int stop = Array.IndexOf(_buffer, (byte)';', i);
                AppendReference(_buffer.AsSpan(i + 1, stop - i - 1), ref text);
                i = stop;
            }
            else if (unit is (byte)'\t' or (byte)'\n' or (byte)'\r')
            {
                text.Append((byte)' ');
                i += unit == '\r' && i + 1 < end && _buffer[i + 1] == '\n' ? 1 : 0;
            }
            else
            {
                text.Append(unit);
            }
        }

        return Encoding.UTF8.GetString(text.Written);
    }
}

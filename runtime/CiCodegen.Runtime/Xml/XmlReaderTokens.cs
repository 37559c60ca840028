using System.Globalization;
using System.Text;
using System.Xml;

namespace CiCodegen.Runtime;

/// <summary><see cref="XmlReader"/> as a tokenizer: the answers and the limits of <see cref="Utf8XmlTokenizer"/>.</summary>
internal sealed class XmlReaderTokens
{
    // How many known children are asked for by name before the reader is asked for the name.
    private const int Guesses = 3;

    // The reader of the framework fills a chunk unless the text ends, or breaks off before the second half of a pair; others need not.
    private static readonly Type s_filling = XmlReader.Create(TextReader.Null).GetType();

    private XmlReader? _reader;
    private IXmlLineInfo? _lines;
    private CiReaderOptions _options = CiReaderOptions.Default;
    private CiEncodingKind? _encoding;
    private string _rootNamespace = "";
    private string _namespace = "";
    private XmlDictionaryReader? _dictionary;
    private bool _hasChunks;
    private bool _fillsChunks;
    private char[] _text = new char[1024];
    private bool _emptyTag;
    private int _depth;

    /// <summary>Where the reader stands among the known nodes: for the paths of errors.</summary>
    public CiReadStack Stack;

    public string LocalName => _reader!.LocalName;

    /// <summary>Whether the element met last is in another namespace than the root.</summary>
    public bool IsForeign => !string.Equals(_namespace, _rootNamespace, StringComparison.Ordinal);

    /// <summary>The namespace of the known elements.</summary>
    public string RootNamespace => _rootNamespace;

    /// <summary>Whether the element met last can be told from known ones where no namespace is written: it has the root's, or one at all.</summary>
    public bool IsNameable => !IsForeign || CurrentNamespace.Length > 0;

    /// <summary>The namespace of the element whose start tag was met last.</summary>
    public string CurrentNamespace => _namespace;

    /// <summary>Where the tag's <c>&lt;</c> stands: the reader's place is its name.</summary>
    public (int Line, int Column) TagPosition => _lines is { } lines ? (lines.LineNumber, lines.LinePosition - 1) : default;

    public (int Line, int Column) TextPosition => _lines is { } lines ? (lines.LineNumber, lines.LinePosition) : default;

    /// <summary>Where the tag stands, to be kept for an error: nothing where asking takes long.</summary>
    /// <remarks>A dictionary reader counts lines from the document's start each time. Errors name the place where it stands then.</remarks>
    public (int Line, int Column) KeptPosition => _dictionary is null ? TagPosition : default;

    /// <summary>Reads to the root's start tag.</summary>
    public void Open(XmlReader reader, CiReaderOptions options, string root, CiEncodingKind? encoding)
    {
        Stack.Reset(root);
        _reader = reader;
        _lines = reader is IXmlLineInfo lines && lines.HasLineInfo() ? lines : null;
        _dictionary = reader as XmlDictionaryReader;
        _hasChunks = reader.CanReadValueChunk;
        _fillsChunks = reader.GetType() == s_filling;
        _namespace = "";
        _options = options;
        _encoding = encoding;
        _emptyTag = false;
        _depth = 0;
        _rootNamespace = "";
        if (reader.NodeType == XmlNodeType.Element)
        {
            StartTag();
        }
        else if (Read() != XmlToken.Start)
        {
            throw Error(CiFormatError.NotWellFormed, default, "the document has no root element");
        }

        _rootNamespace = _namespace;
    }

    public void Close()
    {
        _reader = null;
        _dictionary = null;
        _lines = null;
        Stack.Clear();
        if (_text.Length > 512 * 1024)
        {
            _text = new char[1024];
        }
    }

    /// <summary>Reads on; comments, processing instructions and white space nodes outside scalars mean nothing.</summary>
    public XmlToken Read()
    {
        if (_emptyTag)
        {
            _emptyTag = false;
            _depth--;
            return XmlToken.End;
        }

        return _reader!.Read() ? Met() : XmlToken.EndOfDocument;
    }

    /// <summary>Reads on inside a container: the known child that is due is asked for by its name, where that costs less than the name.</summary>
    /// <param name="nodes">The known children.</param>
    /// <param name="next">The one that is due.</param>
    /// <param name="found">Which child's start tag was met; -1 when none's was.</param>
    public XmlToken ReadChild(CiNodeTable nodes, int next, out int found)
    {
        XmlToken token;
        if (_dictionary is { } dictionary && !_emptyTag)
        {
            // It makes a name each time: a look into a table by a hash of all its characters.
            if (!dictionary.Read())
            {
                found = -1;
                return XmlToken.EndOfDocument;
            }

            for (int i = next; i < nodes.Count && i < next + Guesses; i++)
            {
                if (dictionary.IsStartElement(nodes[i].Name, _rootNamespace))
                {
                    _namespace = _rootNamespace;
                    EnterTag(dictionary);
                    found = i;
                    return XmlToken.Start;
                }
            }

            token = Met();
        }
        else
        {
            token = Read();
        }

        found = token == XmlToken.Start && !IsForeign ? nodes.Find(LocalName, next) : -1;
        return token;
    }

    /// <summary>What the reader stands on, or what follows that means something.</summary>
    private XmlToken Met()
    {
        XmlReader reader = _reader!;
        do
        {
            switch (reader.NodeType)
            {
                case XmlNodeType.Element:
                    StartTag();
                    return XmlToken.Start;
                case XmlNodeType.EndElement:
                    _depth--;
                    return XmlToken.End;
                case XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace:
                    if (_depth > 0)
                    {
                        return XmlToken.Text;
                    }

                    break;
                case XmlNodeType.XmlDeclaration:
                    CheckDeclaration(reader);
                    break;
                case XmlNodeType.DocumentType:
                    throw Error(CiFormatError.DtdProhibited, TagPosition, "the document has a DTD");
                case XmlNodeType.EntityReference:
                    throw Error(CiFormatError.NotWellFormed, TagPosition, "only the entities lt, gt, amp, quot and apos exist");
            }
        }
        while (reader.Read());

        return XmlToken.EndOfDocument;
    }

    /// <summary>Skips the element whose start tag was just met, its end tag included.</summary>
    public void Skip()
    {
        int depth = _depth;
        do
        {
            Read();
        }
        while (_depth >= depth);
    }

    /// <summary>Reads to the end of the document for the errors of the rest.</summary>
    public void Drain()
    {
        while (Read() != XmlToken.EndOfDocument)
        {
        }
    }

    /// <summary>Hands on the attributes of the start tag met last that have no prefix and declare no namespace.</summary>
    public void CopyAttributes(ExtraBuilder builder)
    {
        XmlReader reader = _reader!;
        while (reader.MoveToNextAttribute())
        {
            if (reader.Prefix.Length == 0 && reader.LocalName != "xmlns")
            {
                builder.Attribute(reader.LocalName, reader.Value);
            }
        }

        reader.MoveToElement();
    }

    public ReadOnlySpan<char> Copied(int length) => _text.AsSpan(0, length);

    /// <summary>Copies the current text behind what was copied before; reads it to its end even when it passes the limit.</summary>
    /// <remarks>No reader is asked for one unit: of a surrogate pair some refuse to hand out half, others say that the text has ended.</remarks>
    /// <returns>The length of all; more than <paramref name="most"/> when the limit was passed.</returns>
    public int CopyText(int length, int most)
    {
        XmlReader reader = _reader!;
        if (!_hasChunks)
        {
            string value = reader.Value;
            Reserve(length + value.Length);
            value.CopyTo(_text.AsSpan(length));
            return length + value.Length;
        }

        int from = length;
        while (true)
        {
            Reserve(from + 2);
            int read = reader.ReadValueChunk(_text, from, _text.Length - from);
            if (read == 0)
            {
                return length;
            }

            length += read;
            from = length > most ? 0 : length;
            length = length > most ? most + 1 : length;
        }
    }

    /// <summary>Tries whether one text, not too long, and the end of the element follow: most scalars are no more.</summary>
    /// <param name="length">The text's length; of what was met otherwise, as far as it was copied.</param>
    /// <param name="token">What was met last where it was not so.</param>
    /// <returns>Whether they did; the element has ended then.</returns>
    public bool TryScalar(out int length, out XmlToken token)
    {
        length = 0;
        token = Read();
        if (token == XmlToken.End || !_hasChunks)
        {
            return token == XmlToken.End;
        }

        if (token != XmlToken.Text)
        {
            return false;
        }

        XmlReader reader = _reader!;
        int room = Math.Min(_text.Length, Math.Max(_options.MaxTextLength, 2));
        length = reader.ReadValueChunk(_text, 0, room);
        if (!_fillsChunks || length >= room - 1)
        {
            int more = length;
            while (more > 0 && room - length > 1)
            {
                more = reader.ReadValueChunk(_text, length, room - length);
                length += more;
            }

            if (more > 0)
            {
                return false;
            }
        }

        token = Read();
        return token == XmlToken.End;
    }

    /// <summary>Whether the reader itself says that the current text is white space only.</summary>
    public bool IsSpaceNode => _reader!.NodeType is XmlNodeType.Whitespace or XmlNodeType.SignificantWhitespace;

    /// <summary>Whether the current text is white space only.</summary>
    public bool IsTextSpace()
    {
        if (IsSpaceNode)
        {
            return true;
        }

        int length = CopyText(0, int.MaxValue);
        return !Copied(length).ContainsAnyExcept(" \t\r\n");
    }

    public CiFormatException Error(CiFormatError error, (int Line, int Column) place, string detail)
    {
        (int line, int column) = place == default && _dictionary is not null ? TagPosition : place;
        return new(error, Stack.Path(), line, column, detail);
    }

    private void Reserve(int length)
    {
        if (_text.Length < length)
        {
            Array.Resize(ref _text, Math.Max(_text.Length * 2, length));
        }
    }

    private void StartTag()
    {
        XmlReader reader = _reader!;
        string ns = reader.NamespaceURI;
        if (!ReferenceEquals(ns, _namespace))
        {
            _namespace = ns;
        }

        if (ns.Length > 0 && reader.Prefix == "xmlns")
        {
            throw Error(CiFormatError.NotWellFormed, TagPosition, "an element has the prefix 'xmlns'");
        }

        EnterTag(reader);
    }

    private void EnterTag(XmlReader reader)
    {
        _emptyTag = reader.IsEmptyElement;
        if (reader.AttributeCount > _options.MaxAttributes)
        {
            throw Error(CiFormatError.LimitExceeded, TagPosition, string.Create(CultureInfo.InvariantCulture, $"an element has more than {_options.MaxAttributes} attributes"));
        }

        if (++_depth > _options.MaxDepth)
        {
            throw Error(CiFormatError.LimitExceeded, TagPosition, string.Create(CultureInfo.InvariantCulture, $"elements stand more than {_options.MaxDepth} deep"));
        }
    }

    private void CheckDeclaration(XmlReader reader)
    {
        if (reader.GetAttribute("version") is { } version && version != "1.0")
        {
            // XmlReader looks only at how it begins.
            throw Error(CiFormatError.NotWellFormed, TagPosition, "the XML declaration is malformed");
        }

        // Over text the caller's decoder has done its work, so that both names are as true as any.
        string? name = reader.GetAttribute("encoding");
        bool known = name is null || (_encoding is { } kind
            ? CiEncoding.IsDeclared(name, kind)
            : Enum.GetValues<CiEncodingKind>().Any(any => CiEncoding.IsDeclared(name, any)));
        if (!known)
        {
            throw Error(CiFormatError.UnsupportedEncoding, TagPosition, $"the document declares encoding '{name}'; UTF-8 and UTF-16 are read, as the bytes are");
        }
    }

    /// <summary>Whether an exception is the reader's word for a document that is not as it should be.</summary>
    public static bool IsRefusal(Exception exception) => exception is XmlException or DecoderFallbackException;

    /// <summary>A refusal of the reader, as one of this lane. Nothing has moved since it was thrown, so that the path is still its own.</summary>
    public CiFormatException Refusal(Exception exception) => exception is XmlException told
        ? Convert(told, Stack.Path())
        : new(CiFormatError.IllegalCharacter, Stack.Path(), 0, 0, "bytes are not of the document's encoding", exception);

    public static CiFormatException Convert(XmlException exception, string path)
        => new(Classify(exception.Message), path, exception.LineNumber, exception.LinePosition, exception.Message, exception);

    /// <summary>Tells errors apart by the reader's message, in English or, where resources are trimmed, by its key: there is no other sign.</summary>
    /// <remarks>Whatever is not recognised is NotWellFormed; <see cref="Utf8XmlTokenizer"/> states the rule that results.</remarks>
    private static CiFormatError Classify(string message)
    {
        if (Has("DTD is prohibited") || Has("Xml_DtdIsProhibited"))
        {
            return CiFormatError.DtdProhibited;
        }

        if (Has("is an invalid character") || Has("Invalid character in the given encoding") || Has("surrogate")
            || Has("Xml_InvalidCharacter") || Has("Xml_InvalidCharInThisEncoding") || Has("Xml_InvalidSurrogate"))
        {
            return CiFormatError.IllegalCharacter;
        }

        if (Has("does not support") || Has("no Unicode byte order mark") || Has("Xml_UnknownEncoding") || Has("Xml_MissingByteOrderMark"))
        {
            return CiFormatError.UnsupportedEncoding;
        }

        return Has("exceeded a limit") || Has("Xml_LimitExceeded") ? CiFormatError.LimitExceeded : CiFormatError.NotWellFormed;

        bool Has(string part) => message.Contains(part, StringComparison.OrdinalIgnoreCase);
    }
}

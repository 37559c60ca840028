using System.Diagnostics.CodeAnalysis;
using System.Runtime.InteropServices;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>What a tokenizer met.</summary>
internal enum XmlToken
{
    /// <summary>A start tag; an empty-element tag is a start and an end.</summary>
    Start,

    /// <summary>An end tag.</summary>
    End,

    /// <summary>A run of text or one CDATA section, whole.</summary>
    Text,

    /// <summary>The end of a well-formed document.</summary>
    EndOfDocument,

    /// <summary>Nothing yet: the document comes in pieces, and the next is needed.</summary>
    More,
}

/// <summary>A pull tokenizer over UTF-8 that refuses everything that is not well-formed: XML 1.0 and Namespaces, no DTD.</summary>
/// <remarks>
/// <para>The codes follow one rule that <see cref="System.Xml.XmlReader"/> keeps too: bytes that are no UTF-8 are
/// <see cref="CiFormatError.IllegalCharacter"/> wherever the grammar reaches them (except inside the XML declaration, and except a
/// sequence that the end of the document cuts: that is an end too early, <see cref="CiFormatError.NotWellFormed"/>); valid characters
/// that are no XML Char are IllegalCharacter in text, attribute values, CDATA sections, comments, processing instructions, as a
/// reference and outside the root (there also what is beyond the basic plane: XmlReader judges half a pair), and NotWellFormed in
/// markup, where any other wrong character would be too.</para>
/// <para>The buffer holds the whole document, or a window onto one that comes in pieces (<see cref="OpenPieces"/>). Names of open
/// elements are copied, so that a window need hold no more than the token that is being scanned.</para>
/// </remarks>
internal sealed partial class Utf8XmlTokenizer(Utf8ReadState state)
{
    private byte[] _buffer = [];
    private int _start;
    private int _pos;
    private int _end;
    private bool _rootSeen;
    private Pending _pending;
    private CiReaderOptions _options = CiReaderOptions.Default;
    private CiEncodingKind _encoding;

    // Open elements: their names one after another, and where each begins.
    private byte[] _names = new byte[512];
    private int[] _nameStarts = new int[32];
    private int _namesUsed;
    private int _depth;

    /// <summary>Where the reader stands among the known nodes: for the paths of errors.</summary>
    public CiReadStack Stack;

    /// <summary>Elements that are open.</summary>
    public int Depth => _depth;

    /// <summary>The byte at which the token begins: a tag's <c>&lt;</c>, a text's first byte.</summary>
    public int TokenStart { get; private set; }

    /// <summary>The byte behind what was read last.</summary>
    public int TokenEnd => _pos;

    /// <summary>Whether a tag follows, so that the text met last is all there is of it.</summary>
    public bool IsTextAlone => _pos + 1 < _end && _buffer[_pos] == '<' && _buffer[_pos + 1] is not ((byte)'!' or (byte)'?');

    public ReadOnlySpan<byte> LocalName => _buffer.AsSpan(_localStart, _localLength);

    /// <summary>Whether the element met last is in another namespace than the root.</summary>
    public bool IsForeign { get; private set; }

    /// <summary>Whether the text's bytes are its value: no reference, no carriage return.</summary>
    public bool IsTextPlain { get; private set; }

    public int TextStart { get; private set; }

    public int TextEnd { get; private set; }

    public ReadOnlySpan<byte> RawText => _buffer.AsSpan(TextStart, TextEnd - TextStart);

    /// <summary>What <see cref="Read"/> has to finish first.</summary>
    private enum Pending
    {
        Nothing,
        EmptyTag,
        Declaration,
        Comment,
        Instruction,
        CData,
    }

    private bool _isCData;
    private int _localStart;
    private int _localLength;

    public ReadOnlySpan<byte> Raw(int start, int end) => _buffer.AsSpan(start, end - start);

    /// <summary>Stands before a document.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">The limits.</param>
    /// <param name="root">The root's name, for paths.</param>
    /// <param name="forCheck">Whether white space outside the root is a text, and the whole has no limit.</param>
    public void Open(ReadOnlyMemory<byte> document, CiReaderOptions options, string root, bool forCheck = false)
    {
        Reset(options, root);
        _reportsSpace = forCheck;
        if (!forCheck && document.Length > options.MaxDocumentLength)
        {
            throw new CiFormatException(CiFormatError.LimitExceeded, "", 0, 0, CiReadText.DocumentTooLong(options));
        }

        _encoding = CiEncoding.Detect(document.Span, out int mark);
        if (_encoding == CiEncodingKind.Unsupported)
        {
            throw CiEncoding.Unsupported();
        }

        if (_encoding != CiEncodingKind.Utf8)
        {
            // Lines and columns count UTF-16 units, so they stay what they were.
            Utf16Transcoder transcoder = new(_encoding, options.Lenient);
            ReadOnlySpan<byte> units = document.Span[mark..];
            byte[] utf8 = new byte[Utf16Transcoder.MaxLength(units.Length)];
            int length = transcoder.Convert(units, utf8);
            length += transcoder.Finish(utf8.AsSpan(length));
            document = utf8.AsMemory(0, length);
            mark = 0;
        }

        if (options.Lenient)
        {
            document = Utf8Repair.Whole(document);
        }

        if (MemoryMarshal.TryGetArray(document, out ArraySegment<byte> segment) && segment.Array is not null)
        {
            _buffer = segment.Array;
            _start = segment.Offset + mark;
            _end = segment.Offset + segment.Count;
        }
        else
        {
            _buffer = document.ToArray();
            _start = mark;
            _end = _buffer.Length;
        }

        _pos = _start;
        ReadDeclaration();
    }

    /// <summary>Reads the root's start tag, if it is what it mostly is.</summary>
    public bool TryRoot(CiNode root)
    {
        int start = SkipSpaces(_pos);
        if (!IsAt(start, root.StartTag) || _options.MaxDepth < 1)
        {
            return false;
        }

        TokenStart = start;
        _pos = start + root.StartTag.Length;
        Enter(root.Utf8Name);
        return true;
    }

    private void Reset(CiReaderOptions options, string root)
    {
        CloseWindow();
        Stack.Reset(root);
        ForgetPlace();
        _options = options;
        _namesUsed = 0;
        _rootSeen = false;
        _pending = Pending.Nothing;
        _rootNamespace = "";
        _origin = TextPosition.Start;
        TokenStart = 0;
    }

    private void ForgetPlace()
    {
        _depth = 0;
        _isGuessed = false;
        _guessEnd = -1;
        _slack = 0;
        ClearDue();
        ClearBindings();
    }

    /// <summary>Forgets the document, keeps the small arrays.</summary>
    public void Close()
    {
        CloseWindow();

        // Nothing may be guessed in what is not there any more, whoever still holds the lane.
        _buffer = [];
        _start = _pos = _end = 0;
        ForgetPlace();
        Stack.Clear();
        if (_names.Length > 64 * 1024)
        {
            _names = new byte[512];
        }

        if (_chars.Length > 1024 * 1024)
        {
            _chars = [];
        }
    }

    /// <summary>Reads on; comments and processing instructions are passed over.</summary>
    /// <param name="inContainer">Whether a run of plain white space is to be passed over too.</param>
    public XmlToken Read(bool inContainer)
    {
        _guessEnd = -1;
        if (_pending != Pending.Nothing)
        {
            if (_pending == Pending.EmptyTag)
            {
                _pending = Pending.Nothing;
                Leave();
                return XmlToken.End;
            }

            XmlToken? token = Resume();
            if (token is not null)
            {
                return token.Value;
            }
        }

        if (_depth == 0)
        {
            return ReadOutside();
        }

        byte[] buffer = _buffer;
        while (true)
        {
            int pos = _pos;
            if (inContainer)
            {
                while (pos < _end && XmlChars.IsSpace(buffer[pos]))
                {
                    pos++;
                }
            }

            if (pos >= _end)
            {
                if (!_isWhole)
                {
                    return XmlToken.More;
                }

                ThrowEnd();
            }

            if (buffer[pos] != '<')
            {
                // A run that turns out to be text begins where its white space does.
                return ScanText(_pos) ? XmlToken.Text : XmlToken.More;
            }

            switch (pos + 1 < _end ? buffer[pos + 1] : 0)
            {
                case (byte)'/':
                    ReadEndTag(pos);
                    return XmlToken.End;
                case (byte)'!':
                    if (ReadBang(pos))
                    {
                        return XmlToken.Text;
                    }

                    if (_pending != Pending.Nothing)
                    {
                        return XmlToken.More;
                    }

                    break;
                case (byte)'?':
                    SkipInstruction(pos);
                    if (_pending != Pending.Nothing)
                    {
                        return XmlToken.More;
                    }

                    break;
                default:
                    ReadStartTag(pos);
                    return XmlToken.Start;
            }
        }
    }

    /// <summary>Whether no namespace is in play, so that a name is what its bytes are.</summary>
    private bool IsUnqualified => _bindings.Count == 0 && _rootNamespace.Length == 0;

    /// <summary>Skips the element whose start tag was just met, its end tag included.</summary>
    public void Skip()
    {
        int depth = _depth;
        do
        {
            Read(inContainer: true);
        }
        while (_depth >= depth);
    }

    /// <summary>Reads to the end of the document, or of the piece, for the errors of the rest.</summary>
    public void Drain()
    {
        if (_rootSeen && _depth == 0 && _pos == _end && _isWhole)
        {
            return;
        }

        while (Pull(inContainer: true) is not (XmlToken.EndOfDocument or XmlToken.More))
        {
        }
    }

    public (int Line, int Column) Position(int at)
    {
        TextPosition position = _origin;
        position.Advance(_buffer.AsSpan(_start, at - _start));
        return (position.Line, position.Column);
    }

    public CiFormatException Error(CiFormatError error, int at, string detail)
    {
        (int line, int column) = Position(Math.Min(at, _end));
        return new CiFormatException(error, _rootSeen ? Stack.Path() : "", line, column, detail);
    }

    [DoesNotReturn]
    private void ThrowEnd()
    {
        _ranOut = true;
        throw Error(CiFormatError.NotWellFormed, _end, _rootSeen ? "the document ends too early" : "the document has no root element");
    }

    /// <summary>Refuses a document that breaks the grammar at a byte; bytes that are no UTF-8 come first.</summary>
    [DoesNotReturn]
    private void ThrowMarkup(int at, string detail)
    {
        if (at >= _end)
        {
            ThrowEnd();
        }

        Decode(at, out _);
        throw Error(CiFormatError.NotWellFormed, at, detail);
    }

    /// <summary>Looks at as many characters as XmlReader does before it judges: bytes that are no UTF-8 come first.</summary>
    private void LookAhead(int at, int count)
    {
        for (; count > 0; count--)
        {
            if (at < _end && _buffer[at] < 0x80)
            {
                at++;
                continue;
            }

            if (Rune.DecodeFromUtf8(_buffer.AsSpan(at, _end - at), out Rune rune, out int width) == System.Buffers.OperationStatus.NeedMoreData)
            {
                _ranOut = true;
                return;
            }

            Decode(at, out width);
            count -= rune.Utf16SequenceLength - 1;
            at += width;
        }
    }

    /// <summary>Decodes the character at a byte, which must lie before the end.</summary>
    private Rune Decode(int at, out int length)
    {
        switch (Rune.DecodeFromUtf8(_buffer.AsSpan(at, _end - at), out Rune rune, out length))
        {
            case System.Buffers.OperationStatus.Done:
                return rune;
            case System.Buffers.OperationStatus.NeedMoreData:
                ThrowEnd();
                return default;
            default:
                throw Error(CiFormatError.IllegalCharacter, at, _encoding == CiEncodingKind.Utf8
                    ? $"byte 0x{_buffer[at]:X2} is not UTF-8"
                    : "half a surrogate pair or half a unit is not UTF-16");
        }
    }

    private XmlToken ReadOutside()
    {
        while (true)
        {
            int space = _pos;
            _pos = SkipSpaces(_pos);
            if (_reportsSpace && _pos > space)
            {
                // What may be half a line end waits for the other half.
                _pos -= !_isWhole && _pos == _end && _buffer[_pos - 1] == '\r' ? 1 : 0;
                SetText(space, _pos, isPlain: false, isCData: true);
                return _pos > space ? XmlToken.Text : XmlToken.More;
            }

            if (_pos >= _end)
            {
                if (!_isWhole)
                {
                    return XmlToken.More;
                }

                if (!_rootSeen)
                {
                    ThrowEnd();
                }

                return XmlToken.EndOfDocument;
            }

            if (_buffer[_pos] != '<')
            {
                Rune rune = Decode(_pos, out _);
                throw rune.IsBmp && XmlChars.IsChar(rune.Value)
                    ? Error(CiFormatError.NotWellFormed, _pos, "text stands outside the root element")
                    : Illegal(_pos, rune.Value);
            }

            LookAhead(_pos, 4);

            switch (_pos + 1 < _end ? _buffer[_pos + 1] : 0)
            {
                case (byte)'!':
                    ReadBang(_pos);
                    break;
                case (byte)'?':
                    SkipInstruction(_pos);
                    break;
                default:
                    if (_rootSeen)
                    {
                        ThrowMarkup(_pos + 1, "a second root element");
                    }

                    ReadStartTag(_pos);
                    return XmlToken.Start;
            }

            if (_pending != Pending.Nothing)
            {
                return XmlToken.More;
            }
        }
    }

    private void Enter(ReadOnlySpan<byte> name)
    {
        if (_depth == _nameStarts.Length)
        {
            Array.Resize(ref _nameStarts, _depth * 2);
        }

        if (_namesUsed + name.Length > _names.Length)
        {
            Array.Resize(ref _names, Math.Max(_names.Length * 2, _namesUsed + name.Length));
        }

        name.CopyTo(_names.AsSpan(_namesUsed));
        _nameStarts[_depth++] = _namesUsed;
        _namesUsed += name.Length;
        _rootSeen = true;
    }

    private void Leave()
    {
        _namesUsed = _nameStarts[--_depth];
        if (_bindings.Count > 0)
        {
            DropBindings();
        }
    }

    private void CheckDepth(int tag)
    {
        if (_depth > _options.MaxDepth)
        {
            throw Error(CiFormatError.LimitExceeded, tag, $"elements stand more than {_options.MaxDepth} deep");
        }
    }
}

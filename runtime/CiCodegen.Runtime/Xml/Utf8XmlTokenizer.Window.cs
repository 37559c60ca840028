using System.Buffers;
using System.Text;

namespace CiCodegen.Runtime;

// A document that comes in pieces: the buffer is a window onto it.
//
// The scan sees the window up to its last '>', since most tokens end there. An error that it meets after running out of the window is
// no error yet: the token is scanned again once there is twice as much of it, so that the work stays linear.
internal sealed partial class Utf8XmlTokenizer
{
    private const int WindowLength = 64 * 1024;

    private TextPosition _origin = TextPosition.Start;
    private bool _isWhole = true;
    private bool _splitsText;
    private bool _reportsSpace;
    private bool _ownsBuffer;
    private bool _ranOut;
    private long _maxToken;
    private int _filled;
    private int _kept = -1;
    private int _stuck;
    private bool _hasEnded;
    private Pending _keptPending;
    private int _keptDepth;
    private int _keptNames;
    private int _searched;

    /// <summary>What is known of an element that is coming.</summary>
    public enum Framing
    {
        /// <summary>Nothing: it has to be scanned.</summary>
        Unknown,

        /// <summary>Its end has not come, nor much of it.</summary>
        Coming,

        /// <summary>All of it seems to be there; what follows is read up to its end.</summary>
        Whole,
    }

    /// <summary>Stands before a document that comes in pieces of UTF-8.</summary>
    /// <param name="options">The limits.</param>
    /// <param name="root">The root's name, for paths.</param>
    /// <param name="splitsText">Whether texts, comments and the like may come in pieces too; white space outside the root is a text then.</param>
    /// <param name="maxToken">The most bytes that the window may hold of one token, or of what is kept.</param>
    public void OpenPieces(CiReaderOptions options, string root, bool splitsText, long maxToken)
    {
        Reset(options, root);
        _pending = Pending.Declaration;
        _isWhole = false;
        _splitsText = splitsText;
        _reportsSpace = splitsText;
        _ownsBuffer = true;
        _maxToken = maxToken;
        _buffer = ArrayPool<byte>.Shared.Rent(WindowLength);
        _start = 0;
        _pos = 0;
        _end = 0;
        _filled = 0;
        _kept = -1;
        _stuck = 0;
        _hasEnded = false;
        _encoding = CiEncodingKind.Utf8;
    }

    /// <summary>How the document was encoded before it became pieces of UTF-8.</summary>
    public void SetEncoding(CiEncodingKind encoding) => _encoding = encoding;

    /// <summary>Takes the next piece. Only between tokens, after <see cref="XmlToken.More"/>.</summary>
    /// <exception cref="CiFormatException">The token, or what is kept, does not fit the window.</exception>
    public void Append(ReadOnlySpan<byte> piece)
    {
        _guessEnd = -1;
        int needed = _kept >= 0 ? _kept : _pos;
        if (_filled - needed > _maxToken)
        {
            throw TooLong();
        }

        MakeRoom(needed, piece.Length);
        piece.CopyTo(_buffer.AsSpan(_filled));
        int mark = piece.LastIndexOf((byte)'>');
        if (_filled + piece.Length - _pos < 2 * _stuck && _filled + piece.Length - needed <= _maxToken)
        {
            // Too little to try again.
            _end = _pos;
        }
        else if (_stuck > 0)
        {
            _end = _filled + piece.Length;
        }
        else if (mark >= 0)
        {
            _end = _filled + mark + 1;
        }
        else if (_splitsText)
        {
            _end = _filled + piece.Length;
        }

        _filled += piece.Length;
    }

    /// <summary>Ends the document.</summary>
    public void AppendEnd()
    {
        _hasEnded = true;
        _isWhole = true;
        _splitsText = false;
        _guessEnd = -1;
        _end = _filled;
    }

    /// <summary>Keeps what comes from here on in the window, so that <see cref="Rewind"/> can return to it.</summary>
    public void Keep()
    {
        _kept = _pos;
        _keptPending = _pending;
        _keptDepth = _depth;
        _keptNames = _namesUsed;
        _searched = 0;
    }

    /// <summary>Returns to what was kept. What follows is read up to where the tokenizer stood, or to the window's end, and means <see cref="XmlToken.More"/> there.</summary>
    /// <param name="toEnd">Whether to read to the window's end: what was met there is an error.</param>
    public void Rewind(bool toEnd)
    {
        _end = toEnd ? _filled : _pos;
        _isWhole = toEnd && _hasEnded;
        _pos = _kept;
        _guessEnd = -1;
        _isGuessed = false;
        ClearDue();
        _pending = _keptPending;
        _depth = _keptDepth;
        _namesUsed = _keptNames;
        DropBindings();
    }

    /// <summary>Looks whether an element seems to have come whole that begins where is kept: whether its end tag, or one like it, is in the window.</summary>
    /// <param name="node">The element.</param>
    /// <param name="patience">How many bytes may come before the element is scanned as far as it is there.</param>
    public Framing Frame(CiNode node, long patience)
    {
        // Where a namespace is in play, the tag may be another element's.
        if (_pos != _kept || _pending != Pending.Nothing || !IsUnqualified)
        {
            return Framing.Unknown;
        }

        int start = SkipSpaces(_kept);
        if (!IsAt(start, node.StartTag))
        {
            return Framing.Unknown;
        }

        int from = Math.Max(start, _kept + _searched);
        int at = _buffer.AsSpan(from, _end - from).IndexOf(node.EndTag);
        if (at < 0)
        {
            // An end tag may be cut.
            _searched = Math.Max(0, _end - _kept - node.EndTag.Length);
            return !_hasEnded && _filled - _kept <= patience ? Framing.Coming : Framing.Unknown;
        }

        int end = from + at + node.EndTag.Length;
        if (end - _kept > _maxToken)
        {
            return Framing.Unknown;
        }

        _end = end;
        _isWhole = true;
        _guessEnd = -1;
        return Framing.Whole;
    }

    /// <summary>Whether what <see cref="Frame"/> found was read to its end, and was one element.</summary>
    public bool IsFrameRead => _pos == _end && _pending == Pending.Nothing && _depth == _keptDepth;

    /// <summary>Returns to where is kept, to be scanned from there: something else ended where <see cref="Frame"/> saw an end.</summary>
    public void Unframe()
    {
        int kept = _kept;
        Rewind(toEnd: false);
        Release();
        _kept = kept;
    }

    /// <summary>Keeps no more, and reads on behind what was kept.</summary>
    public void Release()
    {
        _kept = -1;
        _guessEnd = -1;
        _isWhole = _hasEnded;
        _end = _hasEnded ? _filled : _pos;
        if (!_hasEnded && _buffer.AsSpan(_pos, _filled - _pos).LastIndexOf((byte)'>') is int mark and >= 0)
        {
            _end = _pos + mark + 1;
        }
    }

    /// <summary>The bytes between what is kept and where the tokenizer stands.</summary>
    public int KeptLength => _pos - _kept;

    /// <summary>Refuses what does not fit the window.</summary>
    public CiFormatException TooLong()
        => Error(CiFormatError.LimitExceeded, _kept >= 0 ? _kept : _pos, CiReadText.TokenTooLong(_maxToken));

    /// <summary>Reads on as <see cref="Read"/> does; <see cref="XmlToken.More"/> when the window ends before the token does.</summary>
    public XmlToken Pull(bool inContainer)
    {
        if (_isWhole)
        {
            return Read(inContainer);
        }

        _ranOut = false;
        try
        {
            XmlToken token = Read(inContainer);
            if (token != XmlToken.More)
            {
                _stuck = 0;
            }

            return token;
        }
        catch (CiFormatException) when (_ranOut)
        {
            DropBindings();
            _stuck = _filled - _pos;
            _end = _pos;
            return XmlToken.More;
        }
    }

    /// <summary>Goes on with what the last window ended in.</summary>
    /// <returns>What was met; null when there is nothing left of it.</returns>
    private XmlToken? Resume()
    {
        switch (_pending)
        {
            case Pending.Declaration:
                ReadOnlySpan<byte> rest = _buffer.AsSpan(_pos, _end - _pos);
                if (!_isWhole && "<?xml"u8.StartsWith(rest[..Math.Min(rest.Length, 5)]) && rest.IndexOf((byte)'>') < 0)
                {
                    return XmlToken.More;
                }

                _pending = Pending.Nothing;
                ReadDeclaration();
                return null;
            case Pending.Comment:
                SkipComment(_pos);
                return _pending == Pending.Nothing ? null : XmlToken.More;
            case Pending.Instruction:
                SkipInstructionData(_pos);
                return _pending == Pending.Nothing ? null : XmlToken.More;
            default:
                ScanCData(_pos);
                return _pending != Pending.Nothing && TextEnd == TextStart ? XmlToken.More : XmlToken.Text;
        }
    }

    private void MakeRoom(int needed, int length)
    {
        if (_buffer.Length - _filled >= length)
        {
            return;
        }

        _origin.Advance(_buffer.AsSpan(_start, needed - _start));
        byte[] room = _filled - needed + length > _buffer.Length
            ? ArrayPool<byte>.Shared.Rent(checked(Math.Max(_buffer.Length * 2, _filled - needed + length)))
            : _buffer;
        _buffer.AsSpan(needed, _filled - needed).CopyTo(room);
        if (room != _buffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = room;
        }

        TokenStart -= needed;
        _localStart -= needed;
        _pos -= needed;
        _end -= needed;
        _filled -= needed;
        _kept = _kept >= 0 ? 0 : -1;
        _start = 0;
    }

    private void CloseWindow()
    {
        if (_ownsBuffer)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _ownsBuffer = false;
        }

        _splitsText = false;
        _reportsSpace = false;
        _isWhole = true;
    }

    /// <summary>Ends a text where the window does; what is left of it is the next text.</summary>
    private bool CutText(int start, int at, bool isPlain)
    {
        if (!_splitsText)
        {
            ThrowEnd();
        }

        SetText(start, at, isPlain, isCData: false);
        _pos = at;
        return at > start;
    }

    /// <summary>Whether the window may end inside what begins here and belongs together: a line end, <c>]]&gt;</c>, a reference.</summary>
    private static bool IsCutAt(ReadOnlySpan<byte> rest) => rest[0] switch
    {
        (byte)'\r' => rest.Length < 2,
        (byte)']' => rest.Length < 3,
        (byte)'&' => rest[1..].IndexOfAnyExcept(XmlChars.Reference) < 0,
        _ => false,
    };

    /// <summary>How much of the window's end can be judged: no sequence that is cut, none of the bytes that may begin what comes next.</summary>
    private static int WholeLength(ReadOnlySpan<byte> rest, ReadOnlySpan<byte> beginnings = default)
    {
        int length = rest.Length;
        for (int i = 1; i <= Math.Min(3, length); i++)
        {
            if (rest[length - i] >= 0xC0)
            {
                bool isCut = Rune.DecodeFromUtf8(rest[(length - i)..], out _, out _) == OperationStatus.NeedMoreData;
                return isCut ? length - i : length;
            }
        }

        for (int i = beginnings.Length; i > 0 && length > 0 && beginnings.Contains(rest[length - 1]); i--)
        {
            length--;
        }

        return length;
    }
}

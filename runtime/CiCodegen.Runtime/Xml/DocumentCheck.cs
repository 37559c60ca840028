namespace CiCodegen.Runtime;

/// <summary>Checks a document with any root as it comes: whether it is well-formed and its parts keep their limits. The whole has none.</summary>
internal sealed class DocumentCheck : IDisposable
{
    private readonly CiReaderOptions _options;
    private readonly Utf8ReadState _state = Utf8ReadState.Rent();
    private bool _measuresTexts = true;
    private long _textLength;
    private int _textStart;
    private (int Line, int Column)? _textPlace;

    /// <summary>Stands before a document that comes through <see cref="Window"/>.</summary>
    public DocumentCheck(CiReaderOptions options)
    {
        _options = options;
        Window = new DocumentWindow(_state.Tokens, options.Lenient);
        _state.Tokens.OpenPieces(options, "", splitsText: true, options.MaxTextLength);
    }

    /// <summary>Where the document comes in.</summary>
    public DocumentWindow Window { get; }

    /// <summary>Checks a document that is there.</summary>
    /// <param name="document">The document.</param>
    /// <param name="options">The limits.</param>
    /// <param name="measuresTexts">Whether texts, tags and white space have a limit: a typed read measures what it reads itself.</param>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public static void Run(ReadOnlyMemory<byte> document, CiReaderOptions options, bool measuresTexts = true)
    {
        using DocumentCheck check = new(options) { _measuresTexts = measuresTexts };
        check._state.Tokens.Open(document, options, "", forCheck: true);
        check.Advance();
    }

    /// <summary>Checks what has come.</summary>
    /// <returns>Whether the document has ended.</returns>
    /// <exception cref="CiFormatException">The document breaks a rule.</exception>
    public bool Advance()
    {
        Utf8XmlTokenizer tokens = _state.Tokens;
        while (true)
        {
            switch (tokens.Pull(inContainer: false))
            {
                case XmlToken.EndOfDocument:
                    return true;
                case XmlToken.More:
                    if (_textLength > 0)
                    {
                        // The window moves on: the place is taken while it is there.
                        _textPlace ??= tokens.Position(_textStart);
                    }

                    return false;
                case XmlToken.Text:
                    CountText(tokens);
                    break;
                default:
                    _textLength = 0;
                    _textPlace = null;
                    if (_measuresTexts && tokens.TokenEnd - tokens.TokenStart > _options.MaxTextLength)
                    {
                        throw tokens.Error(CiFormatError.LimitExceeded, tokens.TokenStart, CiReadText.TokenTooLong(_options.MaxTextLength));
                    }

                    break;
            }
        }
    }

    /// <summary>Refuses an element that is read at once, where the check stands.</summary>
    public CiFormatException TooLong(long most)
        => _state.Tokens.Error(CiFormatError.LimitExceeded, _state.Tokens.TokenEnd, CiReadText.TokenTooLong(most));

    public void Dispose()
    {
        Window.Dispose();
        Utf8ReadState.Return(_state);
    }

    private void CountText(Utf8XmlTokenizer tokens)
    {
        if (!_measuresTexts)
        {
            return;
        }

        if (_textLength == 0)
        {
            // A byte is at most one unit, so counting is rarely needed.
            if (tokens.RawText.Length <= _options.MaxTextLength && tokens.IsTextAlone)
            {
                return;
            }

            _textStart = tokens.TextStart;
        }

        _textLength += tokens.CountText();
        if (_textLength > _options.MaxTextLength)
        {
            (int line, int column) = _textPlace ?? tokens.Position(_textStart);
            throw new CiFormatException(CiFormatError.LimitExceeded, "", line, column, CiReadText.TooLong(_options));
        }
    }
}

using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>The direct UTF-8 lane.</summary>
/// <remarks>It holds one reference and every call is compiled into its caller, so that the compiler keeps it in a register.</remarks>
internal readonly struct Utf8CiReader(Utf8ReadState state) : ICiReader
{
    private readonly Utf8XmlTokenizer _tokens = state.Tokens;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Enter(CiNodeTable nodes) => _tokens.State.Enter(nodes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Is(int child) => _tokens.Is(child);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool More(CiContainer? into) => _tokens.State.More(into);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public string ReadKey() => _tokens.Stack.Top.Key ?? "";

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public string ReadString() => _tokens.State.ReadString();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public string? ReadToken(CiTokenTable known) => _tokens.State.ReadToken(known);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int? ReadInt32() => _tokens.State.ReadInt32();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long? ReadInt64() => _tokens.State.ReadInt64();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public decimal? ReadDecimal() => _tokens.State.ReadDecimal();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool? ReadBoolean() => _tokens.State.ReadBoolean();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DateTimeOffset? ReadTime() => _tokens.State.ReadTime();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public string? ReadString(int child) => _tokens.ReadString(child);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public string? ReadToken(int child, CiTokenTable known) => _tokens.Is(child) ? ReadToken(known) : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int? ReadInt32(int child) => _tokens.ReadInt32(child);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long? ReadInt64(int child) => _tokens.Is(child) ? ReadInt64() : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public decimal? ReadDecimal(int child) => _tokens.Is(child) ? ReadDecimal() : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool? ReadBoolean(int child) => _tokens.Is(child) ? ReadBoolean() : null;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public DateTimeOffset? ReadTime(int child) => _tokens.Is(child) ? ReadTime() : null;
}

/// <summary>What the direct UTF-8 lane keeps; one per thread is kept for the next document.</summary>
internal sealed class Utf8ReadState
{
    [ThreadStatic]
    private static Utf8ReadState? t_spare;

    private CiReaderOptions _options = CiReaderOptions.Default;
    private Utf8Text _text;

    public readonly Utf8XmlTokenizer Tokens;

    private Utf8ReadState() => Tokens = new(this);

    public static Utf8ReadState Rent()
    {
        Utf8ReadState state = t_spare ?? new Utf8ReadState();
        t_spare = null;
        return state;
    }

    public static void Return(Utf8ReadState state)
    {
        state.Tokens.Close();
        t_spare = state;
    }

    /// <summary>Opens a document and reads its root's start tag.</summary>
    public void Start(ReadOnlyMemory<byte> document, CiReaderOptions options, CiNode root)
    {
        _options = options;
        Tokens.Open(document, options, root.Name);
        Tokens.Pad();
        if (Tokens.TryRoot(root))
        {
            return;
        }

        Tokens.Read(inContainer: true);
        if (!Tokens.LocalName.SequenceEqual(root.Utf8Name))
        {
            RefuseRoot(root.Name, Encoding.UTF8.GetString(Tokens.LocalName), Tokens.Position(Tokens.TokenStart));
        }
    }

    /// <summary>Stands before a document that comes in pieces.</summary>
    public void OpenPieces(CiReaderOptions options, CiNode root)
    {
        _options = options;
        Tokens.OpenPieces(options, root.Name, splitsText: false, options.MaxDocumentLength);
    }

    /// <summary>Reads what follows the root.</summary>
    public void Finish() => Tokens.Drain();

    public void Enter(CiNodeTable nodes)
    {
        Tokens.EnterGuessed();
        Tokens.Stack.Push(nodes);
    }

    /// <summary>Whether a child comes that was offered before; what no child is, and what none took, is passed over.</summary>
    public bool More(CiContainer? into)
    {
        Tokens.SkipDue();
        while (true)
        {
            int child = Tokens.GuessNext();
            if (child < -1)
            {
                child = Next(child);
            }

            if (child < 0)
            {
                return false;
            }

            if (child < Tokens.Stack.Top.Nodes.Count)
            {
                Tokens.SetDue(child);
                return true;
            }

            if (into is null)
            {
                Tokens.Skip();
            }
            else
            {
                ReadExtras(into.Extras);
            }
        }
    }

    public string ReadString()
    {
        if (Tokens.TryText() is { } guessed)
        {
            return guessed;
        }

        ReadOnlySpan<byte> text = ReadText();
        return text.Length == 0 ? "" : Encoding.UTF8.GetString(text);
    }

    public string? ReadToken(CiTokenTable known)
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(ReadText());
        return ScalarText.IsAbsent(text) ? null : known.Find(text) ?? Encoding.UTF8.GetString(text);
    }

    public int? ReadInt32()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryInt32(text, out int value) ? value : throw BadScalar(text, ScalarText.Int32Form);
    }

    public long? ReadInt64()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryInt64(text, out long value) ? value : throw BadScalar(text, ScalarText.Int64Form);
    }

    public decimal? ReadDecimal()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryDecimal(text, out decimal value) ? value : throw BadScalar(text, ScalarText.DecimalForm);
    }

    public bool? ReadBoolean()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryBoolean(text, out bool value) ? value : throw BadScalar(text, ScalarText.BooleanForm);
    }

    public DateTimeOffset? ReadTime()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryTime(text, out DateTimeOffset value) ? value : throw BadScalar(text, ScalarText.TimeForm);
    }

    /// <summary>Moves to the next known child where no guess came true.</summary>
    /// <param name="guess"><see cref="Utf8XmlTokenizer.NotGuessed"/>, or <see cref="Utf8XmlTokenizer.Duplicate"/> and below.</param>
    private int Next(int guess)
    {
        ref CiReadStack.Frame top = ref Tokens.Stack.Top;
        if (guess != Utf8XmlTokenizer.NotGuessed)
        {
            Fail(CiFormatError.DuplicateNode, Tokens.ChildStart, CiReadText.Duplicate(top.Nodes[Utf8XmlTokenizer.Duplicate - guess], top.Key));
        }

        top.Current = -1;
        while (true)
        {
            switch (Tokens.Read(inContainer: true))
            {
                case XmlToken.Start:
                    int found = Tokens.IsForeign ? -1 : top.Nodes.Find(Tokens.LocalName, top.Next);
                    if (found < 0)
                    {
                        if (_options.Extras && top.Nodes.KeepsExtras && Tokens.IsNameable)
                        {
                            Tokens.ChildStart = Tokens.TokenStart;
                            return top.Nodes.Count;
                        }

                        Tokens.Skip();
                        continue;
                    }

                    return Meet(ref top, found);
                case XmlToken.Text:
                    if (!Tokens.IsTextSpace())
                    {
                        Fail(CiFormatError.StrayText, Tokens.TokenStart, CiReadText.Stray);
                    }

                    continue;
                case XmlToken.More:
                    return -1;
                default:
                    Tokens.Stack.Pop();
                    return -1;
            }
        }
    }

    private int Meet(ref CiReadStack.Frame top, int found)
    {
        Tokens.ChildStart = Tokens.TokenStart;
        CiNode node = top.Nodes[found];
        int before = node.IsMap ? Tokens.Stack.Meet(ref top, found, Encoding.UTF8.GetString(Tokens.LocalName)) : Tokens.Stack.Meet(ref top, found);
        if (before > 0 && !node.IsMany)
        {
            Fail(CiFormatError.DuplicateNode, Tokens.ChildStart, CiReadText.Duplicate(node, top.Key));
        }

        return found;
    }

    /// <summary>Reads the current child's text to its end tag. The span lives until the next call.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        if (Tokens.TryScalar(out ReadOnlySpan<byte> guessed))
        {
            return guessed;
        }

        Tokens.EnterGuessed();
        XmlToken token = Tokens.Read(inContainer: false);
        if (token == XmlToken.End)
        {
            return default;
        }

        if (token == XmlToken.Text && Tokens.IsTextPlain)
        {
            // The usual scalar: one run that is its own value.
            int start = Tokens.TextStart;
            int end = Tokens.TextEnd;
            CheckLength(Tokens.RawText);
            token = Tokens.Read(inContainer: false);
            if (token == XmlToken.End)
            {
                return Tokens.Raw(start, end);
            }

            _text.Clear();
            _text.Append(Tokens.Raw(start, end));
        }
        else
        {
            _text.Clear();
        }

        while (token == XmlToken.Text)
        {
            Tokens.AppendText(ref _text);
            CheckLength(_text.Written);
            token = Tokens.Read(inContainer: false);
        }

        if (token == XmlToken.Start)
        {
            Fail(CiFormatError.BadScalar, Tokens.ChildStart, CiReadText.ElementInScalar);
        }

        return _text.Written;
    }

    /// <summary>Reads the unknown element whose start tag was just met, to its end tag.</summary>
    public void ReadExtras(List<CiExtra> into)
    {
        ExtraBuilder builder = new(into, Tokens.RootNamespace);
        XmlToken token = XmlToken.Start;
        do
        {
            switch (token)
            {
                case XmlToken.Start:
                    builder.Begin(Encoding.UTF8.GetString(Tokens.LocalName), Tokens.CurrentNamespace());
                    Tokens.CopyAttributes(builder);
                    break;
                case XmlToken.Text:
                    _text.Clear();
                    Tokens.AppendText(ref _text);
                    if (builder.Text(Encoding.UTF8.GetString(_text.Written)) > _options.MaxTextLength)
                    {
                        throw Tokens.Error(CiFormatError.LimitExceeded, Tokens.ChildStart, CiReadText.TooLong(_options));
                    }

                    break;
                default:
                    builder.End();
                    break;
            }
        }
        while (builder.IsOpen && (token = Tokens.Read(inContainer: false)) is XmlToken.Start or XmlToken.Text or XmlToken.End);
    }

    public CiFormatException BadScalar(ReadOnlySpan<byte> text, string form)
    {
        Fail(CiFormatError.BadScalar, Tokens.ChildStart, CiReadText.BadScalar(text, form));
        return null;
    }

    private void CheckLength(ReadOnlySpan<byte> text)
    {
        // A byte is at most one UTF-16 unit, so counting is rarely needed. Both XML lanes look once a run is whole.
        if (text.Length > _options.MaxTextLength && Encoding.UTF8.GetCharCount(text) > _options.MaxTextLength)
        {
            throw Tokens.Error(CiFormatError.LimitExceeded, Tokens.ChildStart, CiReadText.TooLong(_options));
        }
    }

    /// <summary>Throws an error above well-formedness, unless the rest of the document has one below it.</summary>
    [DoesNotReturn]
    private void Fail(CiFormatError error, int at, string detail)
    {
        CiFormatException exception = Tokens.Error(error, at, detail);
        Tokens.Drain();
        throw exception;
    }

    /// <summary>Refuses a document whose root's start tag was just met.</summary>
    [DoesNotReturn]
    public void RefuseRoot(string root, string name, (int Line, int Column) place)
    {
        CiFormatException exception;
        if (name == "Error")
        {
            CiServiceErrorBuilder builder = new();
            ReadError(builder);
            exception = builder.ToException(name, place.Line, place.Column);
        }
        else
        {
            exception = new CiFormatException(CiFormatError.UnexpectedRoot, name, place.Line, place.Column, CiReadText.WrongRoot(name, root));
        }

        Tokens.Drain();
        throw exception;
    }

    /// <summary>Gathers the children of an <c>Error</c> whose start tag was just met.</summary>
    public void ReadError(CiServiceErrorBuilder builder)
    {
        while (Tokens.Read(inContainer: true) is XmlToken token && token != XmlToken.End)
        {
            if (token == XmlToken.Start)
            {
                int found = Tokens.IsForeign ? -1 : CiServiceErrorBuilder.Find(Encoding.UTF8.GetString(Tokens.LocalName));
                string text = ReadTolerantText();
                if (found >= 0)
                {
                    builder.Set(found, text);
                }
            }
        }
    }

    /// <summary>Reads an element's own text to its end tag; elements inside are skipped.</summary>
    public string ReadTolerantText()
    {
        _text.Clear();
        while (Tokens.Read(inContainer: false) is XmlToken token && token != XmlToken.End)
        {
            if (token == XmlToken.Start)
            {
                Tokens.Skip();
            }
            else
            {
                Tokens.AppendText(ref _text);
            }
        }

        return Encoding.UTF8.GetString(_text.Written);
    }
}

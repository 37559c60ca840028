using System.Text;
using System.Xml;

namespace CiCodegen.Runtime;

/// <summary>The lane over <see cref="XmlReader"/>.</summary>
internal readonly struct XmlReaderCiReader(XmlReaderReadState state) : ICiReader
{
    public void Enter(CiNodeTable nodes) => state.Tokens.Stack.Push(nodes);

    public bool Is(int child) => state.Is(child);

    public bool More(CiContainer? into) => state.More(into);

    public string ReadKey() => state.Tokens.Stack.Top.Key ?? "";

    public string ReadString() => state.ReadString();

    public string? ReadToken(CiTokenTable known) => state.ReadToken(known);

    public int? ReadInt32() => state.ReadInt32();

    public long? ReadInt64() => state.ReadInt64();

    public decimal? ReadDecimal() => state.ReadDecimal();

    public bool? ReadBoolean() => state.ReadBoolean();

    public DateTimeOffset? ReadTime() => state.ReadTime();

    public string? ReadString(int child) => state.Is(child) ? state.ReadString() : null;

    public string? ReadToken(int child, CiTokenTable known) => state.Is(child) ? state.ReadToken(known) : null;

    public int? ReadInt32(int child) => state.Is(child) ? state.ReadInt32() : null;

    public long? ReadInt64(int child) => state.Is(child) ? state.ReadInt64() : null;

    public decimal? ReadDecimal(int child) => state.Is(child) ? state.ReadDecimal() : null;

    public bool? ReadBoolean(int child) => state.Is(child) ? state.ReadBoolean() : null;

    public DateTimeOffset? ReadTime(int child) => state.Is(child) ? state.ReadTime() : null;
}

/// <summary>What the lane over <see cref="XmlReader"/> keeps; one per thread is kept for the next document.</summary>
/// <remarks>It follows <see cref="Utf8ReadState"/> step by step: the two must answer alike.</remarks>
internal sealed class XmlReaderReadState : LookingReadState
{
    [ThreadStatic]
    private static XmlReaderReadState? t_spare;

    private CiReaderOptions _options = CiReaderOptions.Default;
    private Utf8Text _text;
    private (int Line, int Column) _child;

    public readonly XmlReaderTokens Tokens = new();

    /// <summary>What was refused above well-formedness, while the rest is looked through.</summary>
    public CiFormatException? Failure { get; private set; }

    public static XmlReaderReadState Rent()
    {
        XmlReaderReadState state = t_spare ?? new XmlReaderReadState();
        t_spare = null;
        return state;
    }

    public static void Return(XmlReaderReadState state)
    {
        state.Tokens.Close();
        state.Failure = null;
        state.ClearDue();
        t_spare = state;
    }

    public void Start(XmlReader reader, CiReaderOptions options, CiNode root, CiEncodingKind? encoding)
    {
        _options = options;
        Tokens.Open(reader, options, root.Name, encoding);
        if (!string.Equals(Tokens.LocalName, root.Name, StringComparison.Ordinal))
        {
            RefuseRoot(root.Name);
        }
    }

    /// <summary>Reads what follows the root.</summary>
    public void Finish() => Tokens.Drain();

    protected override int KnownCount => Tokens.Stack.Top.Nodes.Count;

    protected override void SkipChild() => Tokens.Skip();

    protected override int Next()
    {
        ref CiReadStack.Frame top = ref Tokens.Stack.Top;
        top.Current = -1;
        while (true)
        {
            switch (Tokens.ReadChild(top.Nodes, top.Next, out int found))
            {
                case XmlToken.Start:
                    if (found < 0)
                    {
                        if (_options.Extras && top.Nodes.KeepsExtras && Tokens.IsNameable)
                        {
                            _child = Tokens.KeptPosition;
                            return top.Nodes.Count;
                        }

                        Tokens.Skip();
                        continue;
                    }

                    _child = Tokens.KeptPosition;
                    CiNode node = top.Nodes[found];
                    int before = node.IsMap ? Tokens.Stack.Meet(ref top, found, Tokens.LocalName) : Tokens.Stack.Meet(ref top, found);
                    if (before > 0 && !node.IsMany)
                    {
                        throw Fail(CiFormatError.DuplicateNode, _child, CiReadText.Duplicate(node, top.Key));
                    }

                    return found;
                case XmlToken.Text:
                    if (Tokens.IsSpaceNode)
                    {
                        continue;
                    }

                    (int, int) place = Tokens.TextPosition;
                    if (!Tokens.IsTextSpace())
                    {
                        throw Fail(CiFormatError.StrayText, place, CiReadText.Stray);
                    }

                    continue;
                default:
                    Tokens.Stack.Pop();
                    return -1;
            }
        }
    }

    public string ReadString()
    {
        ReadOnlySpan<char> text = ReadText();
        return text.Length == 0 ? "" : text.ToString();
    }

    public string? ReadToken(CiTokenTable known)
    {
        ReadOnlySpan<char> text = ReadText().Trim(" \t\r\n");
        return text.Length == 0 || text is "-" ? null : known.Find(text) ?? text.ToString();
    }

    public int? ReadInt32()
    {
        ReadOnlySpan<char> digits = ReadText();
        if (ScalarText.TryDigits(digits, out int number))
        {
            return number;
        }

        ReadOnlySpan<byte> text = ToScalar(digits);
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryInt32(text, out int value) ? value : throw BadScalar(text, ScalarText.Int32Form);
    }

    public long? ReadInt64()
    {
        ReadOnlySpan<byte> text = ReadScalar();
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryInt64(text, out long value) ? value : throw BadScalar(text, ScalarText.Int64Form);
    }

    public decimal? ReadDecimal()
    {
        ReadOnlySpan<byte> text = ReadScalar();
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryDecimal(text, out decimal value) ? value : throw BadScalar(text, ScalarText.DecimalForm);
    }

    public bool? ReadBoolean()
    {
        ReadOnlySpan<byte> text = ReadScalar();
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryBoolean(text, out bool value) ? value : throw BadScalar(text, ScalarText.BooleanForm);
    }

    public DateTimeOffset? ReadTime()
    {
        ReadOnlySpan<byte> text = ReadScalar();
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryTime(text, out DateTimeOffset value) ? value : throw BadScalar(text, ScalarText.TimeForm);
    }

    /// <summary>Reads the current child's text to its end tag. The span lives until the next call.</summary>
    public ReadOnlySpan<char> ReadText()
    {
        if (Tokens.TryScalar(out int length, out XmlToken token))
        {
            return Tokens.Copied(length);
        }

        for (; token == XmlToken.Text; token = Tokens.Read())
        {
            length = Tokens.CopyText(length, _options.MaxTextLength);
            if (length > _options.MaxTextLength)
            {
                throw Tokens.Error(CiFormatError.LimitExceeded, _child, CiReadText.TooLong(_options));
            }
        }

        return token == XmlToken.Start
            ? throw Fail(CiFormatError.BadScalar, _child, CiReadText.ElementInScalar)
            : Tokens.Copied(length);
    }

    /// <summary>Reads the current child's text for a parser: trimmed, in UTF-8.</summary>
    public ReadOnlySpan<byte> ReadScalar() => ToScalar(ReadText());

    /// <summary>A text for a parser: trimmed, in UTF-8.</summary>
    public ReadOnlySpan<byte> ToScalar(ReadOnlySpan<char> text)
    {
        _text.Clear();
        _text.Advance(Encoding.UTF8.GetBytes(text, _text.Reserve(Encoding.UTF8.GetMaxByteCount(text.Length))));
        return ScalarText.Trim(_text.Written);
    }

    /// <summary>Reads the unknown element whose start tag was just met, to its end tag.</summary>
    protected override void ReadExtras(List<CiExtra> into)
    {
        ExtraBuilder builder = new(into, Tokens.RootNamespace);
        XmlToken token = XmlToken.Start;
        do
        {
            switch (token)
            {
                case XmlToken.Start:
                    builder.Begin(Tokens.LocalName, Tokens.CurrentNamespace);
                    Tokens.CopyAttributes(builder);
                    break;
                case XmlToken.Text:
                    if (builder.Text(Tokens.Copied(Tokens.CopyText(0, _options.MaxTextLength))) > _options.MaxTextLength)
                    {
                        throw Tokens.Error(CiFormatError.LimitExceeded, _child, CiReadText.TooLong(_options));
                    }

                    break;
                default:
                    builder.End();
                    break;
            }
        }
        while (builder.IsOpen && (token = Tokens.Read()) is XmlToken.Start or XmlToken.Text or XmlToken.End);
    }

    public CiFormatException BadScalar(ReadOnlySpan<byte> text, string form)
        => Fail(CiFormatError.BadScalar, _child, CiReadText.BadScalar(text, form));

    /// <summary>Makes an error above well-formedness, unless the rest of the document has one below it.</summary>
    private CiFormatException Fail(CiFormatError error, (int, int) place, string detail)
    {
        Failure = Tokens.Error(error, place, detail);
        Tokens.Drain();
        return Failure;
    }

    private void RefuseRoot(string root)
    {
        string name = Tokens.LocalName;
        (int line, int column) = Tokens.TagPosition;
        CiFormatException exception;
        if (name == "Error")
        {
            CiServiceErrorBuilder builder = new();
            ReadError(builder);
            exception = builder.ToException(name, line, column);
        }
        else
        {
            exception = new CiFormatException(CiFormatError.UnexpectedRoot, name, line, column, CiReadText.WrongRoot(name, root));
        }

        Tokens.Drain();
        throw exception;
    }

    private void ReadError(CiServiceErrorBuilder builder)
    {
        while (Tokens.Read() is XmlToken token && token != XmlToken.End)
        {
            if (token == XmlToken.Start)
            {
                int found = Tokens.IsForeign ? -1 : CiServiceErrorBuilder.Find(Tokens.LocalName);
                int length = 0;
                while (Tokens.Read() is XmlToken inner && inner != XmlToken.End)
                {
                    if (inner == XmlToken.Start)
                    {
                        Tokens.Skip();
                    }
                    else
                    {
                        length = Tokens.CopyText(length, int.MaxValue);
                    }
                }

                if (found >= 0)
                {
                    builder.Set(found, Tokens.Copied(length).ToString());
                }
            }
        }
    }
}

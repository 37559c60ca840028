using System.Text;
using System.Text.Json;

namespace CiCodegen.Runtime;

/// <summary>What the JSON lane keeps; one per thread is kept for the next document.</summary>
internal sealed class JsonReadState : LookingReadState
{
    private const string ScalarDue = "a string, number, true or false is due";
    private const string ObjectDue = "an object is due";

    [ThreadStatic]
    private static JsonReadState? t_spare;

    private readonly JsonTokens _tokens = new();
    private CiReaderOptions _options = CiReaderOptions.Default;
    private CiNode? _root;
    private Utf8Text _text;
    private int _child;
    private bool _peeked;
    private bool _emptyText;
    private string _extra = "";

    /// <summary>The current child's own name, where its node stands for many names.</summary>
    public string Key => _tokens.Stack.Top.Key ?? "";

    public static JsonReadState Rent()
    {
        JsonReadState state = t_spare ?? new JsonReadState();
        t_spare = null;
        return state;
    }

    public static void Return(JsonReadState state)
    {
        state._tokens.Close();
        state._root = null;
        state.ClearDue();
        t_spare = state;
    }

    /// <summary>Opens a document and reads its outermost brace.</summary>
    public void Start(ReadOnlyMemory<byte> document, CiReaderOptions options, CiNode root)
    {
        _options = options;
        _root = root;
        _peeked = false;
        _emptyText = false;
        _text.Clear();
        _tokens.Open(document, options, root.Name);
        _tokens.Read();
        if (_tokens.Type != JsonTokenType.StartObject)
        {
            throw Fail(CiFormatError.BadJson, _tokens.TokenStart, ObjectDue);
        }
    }

    /// <summary>Reads what follows the root.</summary>
    public void Finish() => _tokens.Drain();

    public void Enter(CiNodeTable nodes)
    {
        if (_tokens.Stack.Depth == 0)
        {
            _tokens.Stack.Push(nodes);
            EnterRoot(nodes);
            return;
        }

        if (_tokens.Type == JsonTokenType.String)
        {
            // What a converter from XML makes of an empty element.
            _emptyText = Text().Trim(" \t\r\n"u8).Length == 0;
        }

        if (!_emptyText && _tokens.Type != JsonTokenType.StartObject)
        {
            throw Fail(CiFormatError.BadJson, _child, ObjectDue);
        }

        _tokens.Stack.Push(nodes);
    }

    protected override int KnownCount => _tokens.Stack.Top.Nodes.Count;

    protected override void SkipChild() => _tokens.Skip();

    protected override int Next()
    {
        if (_emptyText)
        {
            _emptyText = false;
            _tokens.Stack.Pop();
            return -1;
        }

        ref CiReadStack.Frame top = ref _tokens.Stack.Top;
        top.Current = -1;
        while (true)
        {
            if (top.Array >= 0)
            {
                if (NextItem(ref top))
                {
                    return top.Current;
                }

                continue;
            }

            if (!_peeked)
            {
                _tokens.Read();
            }

            _peeked = false;
            if (_tokens.Type == JsonTokenType.EndObject)
            {
                _tokens.Stack.Pop();
                return -1;
            }

            int key = _tokens.TokenStart;
            int found = top.Nodes.Find(Text(), top.Next);
            if (found < 0 && _options.Extras && top.Nodes.KeepsExtras)
            {
                _extra = Encoding.UTF8.GetString(Text());
                _tokens.Read();
                _child = _tokens.TokenStart;
                return top.Nodes.Count;
            }

            top.Key = found >= 0 && top.Nodes[found].IsMap ? Encoding.UTF8.GetString(Text()) : null;
            _tokens.Read();
            if (found < 0)
            {
                _tokens.Skip();
            }
            else if (Meet(ref top, found, key))
            {
                return found;
            }
        }
    }

    /// <summary>The current child's text: a string's, or a number, <c>true</c> or <c>false</c> as it stands. The span lives until the next call.</summary>
    public ReadOnlySpan<byte> ReadText()
    {
        if (_tokens.Type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            throw Fail(CiFormatError.BadJson, _child, ScalarDue);
        }

        ReadOnlySpan<byte> text = Text();
        if (text.Length > _options.MaxTextLength && Encoding.UTF8.GetCharCount(text) > _options.MaxTextLength)
        {
            throw _tokens.Error(CiFormatError.LimitExceeded, _child, CiReadText.TooLong(_options));
        }

        return text;
    }

    /// <summary>The current child's text as a string.</summary>
    public string ReadString()
        => _tokens.Type is JsonTokenType.StartObject or JsonTokenType.StartArray || _tokens.Raw.Length > _options.MaxTextLength
            ? Encoding.UTF8.GetString(ReadText())
            : _tokens.GetString(ref _text);

    /// <summary>Reads the value of the unknown property that was just met: each item of an array is an element.</summary>
    protected override void ReadExtras(List<CiExtra> into)
    {
        ExtraBuilder builder = new(into, "");
        Stack<(string Name, bool IsObject)> open = new();
        string name = _extra;
        do
        {
            switch (_tokens.Type)
            {
                case JsonTokenType.PropertyName:
                    name = Encoding.UTF8.GetString(Text());
                    break;
                case JsonTokenType.StartArray:
                    open.Push((name, false));
                    break;
                case JsonTokenType.StartObject:
                    builder.Begin(name, "");
                    open.Push((name, true));
                    break;
                case JsonTokenType.EndObject or JsonTokenType.EndArray:
                    (name, bool isObject) = open.Pop();
                    if (isObject)
                    {
                        builder.End();
                    }

                    break;
                case not JsonTokenType.Null:
                    AddScalar(builder, name);
                    break;
            }
        }
        while ((open.Count > 0 || _tokens.Type == JsonTokenType.PropertyName) && _tokens.Read());
    }

    private void AddScalar(ExtraBuilder builder, string name)
    {
        string text = Encoding.UTF8.GetString(ReadText());
        if (builder.IsOpen && name.StartsWith('@'))
        {
            builder.Attribute(name[1..], text);
        }
        else if (builder.IsOpen && name == "#text")
        {
            builder.Text(text);
        }
        else
        {
            builder.Begin(name, "");
            builder.Text(text);
            builder.End();
        }
    }

    public CiFormatException BadScalar(ReadOnlySpan<byte> text, string form)
        => Fail(CiFormatError.BadScalar, _child, CiReadText.BadScalar(text, form));

    private ReadOnlySpan<byte> Text() => _tokens.IsEscaped ? _tokens.Unescape(ref _text) : _tokens.Raw;

    /// <summary>Looks whether the root stands around its children, and whether it is an <c>Error</c>.</summary>
    private void EnterRoot(CiNodeTable nodes)
    {
        _tokens.Read();
        _peeked = true;
        if (_tokens.Type != JsonTokenType.PropertyName || nodes.Find(Text(), 0) >= 0)
        {
            return;
        }

        bool isRoot = Text().SequenceEqual(_root!.Utf8Name);
        if (!isRoot && !Text().SequenceEqual("Error"u8))
        {
            return;
        }

        _peeked = false;
        _tokens.Read();
        if (_tokens.Type != JsonTokenType.StartObject)
        {
            _tokens.Skip();
        }
        else if (!isRoot)
        {
            throw RefuseError();
        }
    }

    /// <summary>Takes the value of a known property.</summary>
    /// <returns>Whether there is a child to hand out.</returns>
    private bool Meet(ref CiReadStack.Frame top, int found, int key)
    {
        CiNode node = top.Nodes[found];
        _child = _tokens.TokenStart;
        if (node.IsMany && _tokens.Type == JsonTokenType.StartArray)
        {
            if (node.IsMap ? top.Keys?.ContainsKey(top.Key!) == true : _tokens.Stack.Count(in top, found) > 0)
            {
                MeetNode(ref top, found);
                throw Fail(CiFormatError.DuplicateNode, key, CiReadText.Duplicate(node, top.Key));
            }

            top.Array = found;
            return false;
        }

        if (MeetNode(ref top, found) > 0)
        {
            throw Fail(CiFormatError.DuplicateNode, key, CiReadText.Duplicate(node, top.Key));
        }

        if (_tokens.Type == JsonTokenType.StartArray)
        {
            throw Fail(CiFormatError.BadJson, _child, "an array stands where the node comes once");
        }

        if (_tokens.Type == JsonTokenType.Null)
        {
            top.Current = -1;
            return false;
        }

        return true;
    }

    private int MeetNode(ref CiReadStack.Frame top, int found)
        => top.Nodes[found].IsMap ? _tokens.Stack.Meet(ref top, found, top.Key!) : _tokens.Stack.Meet(ref top, found);

    /// <summary>Takes the next item of the open array; null items count, but are not handed out.</summary>
    private bool NextItem(ref CiReadStack.Frame top)
    {
        _tokens.Read();
        if (_tokens.Type == JsonTokenType.EndArray)
        {
            top.Array = -1;
            top.Current = -1;
            return false;
        }

        _child = _tokens.TokenStart;
        MeetNode(ref top, top.Array);
        if (_tokens.Type == JsonTokenType.StartArray)
        {
            throw Fail(CiFormatError.BadJson, _child, "an array stands in an array");
        }

        return _tokens.Type != JsonTokenType.Null;
    }

    /// <summary>Makes an error above the grammar, unless the rest of the document has one below it.</summary>
    private CiFormatException Fail(CiFormatError error, int at, string detail)
    {
        CiFormatException exception = _tokens.Error(error, at, detail);
        _tokens.Drain();
        return exception;
    }

    private CiFormatException RefuseError()
    {
        (int line, int column) = _tokens.Position(_tokens.TokenStart);
        CiServiceErrorBuilder builder = new();
        while (_tokens.Read() && _tokens.Type == JsonTokenType.PropertyName)
        {
            int found = CiServiceErrorBuilder.Find(Encoding.UTF8.GetString(Text()));
            _tokens.Read();
            if (found >= 0 && _tokens.Type is JsonTokenType.String or JsonTokenType.Number)
            {
                builder.Set(found, Encoding.UTF8.GetString(Text()));
            }

            _tokens.Skip();
        }

        _tokens.Drain();
        return builder.ToException("Error", line, column);
    }
}

using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;

namespace CiCodegen.Runtime;

/// <summary>JSON token by token over one buffer, without a ref struct to hold.</summary>
/// <remarks>It takes what <see cref="Utf8JsonReader"/> takes; what is wrong with a document that it does not take, that reader says.</remarks>
internal sealed partial class JsonTokens
{
    private byte[] _buffer = [];
    private int _start;
    private int _end;
    private int _pos;
    private CiReaderOptions _options = CiReaderOptions.Default;

    /// <summary>Where the reader stands among the known nodes: for the paths of errors.</summary>
    public CiReadStack Stack;

    public JsonTokenType Type { get; private set; }

    /// <summary>The byte at which the token begins.</summary>
    public int TokenStart { get; private set; }

    /// <summary>The token's bytes as they stand, a string's without its quotes.</summary>
    public ReadOnlySpan<byte> Raw => _buffer.AsSpan(_rawStart, _rawLength);

    /// <summary>Whether the string has escapes.</summary>
    public bool IsEscaped { get; private set; }

    /// <summary>Objects and arrays that are open.</summary>
    public int Depth { get; private set; }

    private readonly ShortTexts _texts = new();
    private int _rawStart;
    private int _rawLength;

    /// <summary>Bytes of the document, by where tokens begin.</summary>
    public ReadOnlySpan<byte> Slice(int start, int end) => _buffer.AsSpan(start, end - start);

    public void Open(ReadOnlyMemory<byte> document, CiReaderOptions options, string root)
    {
        Stack.Reset(root);
        _options = options;
        Depth = 0;
        if (document.Length > options.MaxDocumentLength)
        {
            throw new CiFormatException(CiFormatError.LimitExceeded, "", 0, 0, CiReadText.DocumentTooLong(options));
        }

        ReadOnlySpan<byte> bytes = document.Span;
        int mark = bytes.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? 3 : 0;
        CiEncodingKind kind = bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xFE]) || bytes is [> 0, 0, ..] ? CiEncodingKind.Utf16LittleEndian
            : bytes.StartsWith((ReadOnlySpan<byte>)[0xFE, 0xFF]) || bytes is [0, > 0, ..] ? CiEncodingKind.Utf16BigEndian
            : CiEncodingKind.Utf8;
        if (kind != CiEncodingKind.Utf8)
        {
            mark = bytes[0] >= 0xFE ? 2 : 0;
            _buffer = Encoding.UTF8.GetBytes(CiEncoding.FromUtf16(bytes[mark..], kind, CiFormatError.BadJson));
            _start = 0;
            _end = _buffer.Length;
        }
        else if (MemoryMarshal.TryGetArray(document, out ArraySegment<byte> segment) && segment.Array is not null)
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

        // The reader looks at a string's bytes only when it is asked for the string: what is skipped must be UTF-8 too.
        ReadOnlySpan<byte> text = _buffer.AsSpan(_start, _end - _start);
        if (!Utf8.IsValid(text))
        {
            int valid = 0;
            while (Rune.DecodeFromUtf8(text[valid..], out _, out int width) == System.Buffers.OperationStatus.Done)
            {
                valid += width;
            }

            throw Error(CiFormatError.BadJson, _start + valid, $"byte 0x{text[valid]:X2} is not UTF-8");
        }

        _due = Due.Value;
    }

    public void Close()
    {
        _buffer = [];
        Stack.Clear();
    }

    /// <summary>Skips the value at which the reader stands.</summary>
    public void Skip()
    {
        if (Type is JsonTokenType.StartObject or JsonTokenType.StartArray)
        {
            int depth = Depth;
            while (Depth >= depth)
            {
                Read();
            }
        }
    }

    /// <summary>Reads to the end of the document for the errors of the rest.</summary>
    public void Drain()
    {
        while (Read())
        {
        }
    }

    /// <summary>Whether the current property has a name.</summary>
    public bool IsNamed(ReadOnlySpan<byte> name, ref Utf8Text scratch)
        => IsEscaped ? Unescape(ref scratch).SequenceEqual(name) : Raw.SequenceEqual(name);

    /// <summary>The current string without its escapes.</summary>
    public ReadOnlySpan<byte> Unescape(ref Utf8Text scratch)
    {
        scratch.Clear();
        ReadOnlySpan<byte> text = Raw;
        Span<byte> utf8 = stackalloc byte[4];
        int stop;
        while ((stop = text.IndexOf((byte)'\\')) >= 0)
        {
            scratch.Append(text[..stop]);
            text = text[(stop + 1)..];
            if (text[0] != 'u')
            {
                scratch.Append((byte)(text[0] switch
                {
                    (byte)'b' => '\b',
                    (byte)'f' => '\f',
                    (byte)'n' => '\n',
                    (byte)'r' => '\r',
                    (byte)'t' => '\t',
                    _ => (char)text[0],
                }));
                text = text[1..];
                continue;
            }

            int unit = Hex(text[1..5]);
            text = text[5..];
            if (char.IsHighSurrogate((char)unit))
            {
                unit = char.ConvertToUtf32((char)unit, (char)Hex(text[2..6]));
                text = text[6..];
            }

            scratch.Append(utf8[..new Rune(unit).EncodeToUtf8(utf8)]);
        }

        scratch.Append(text);
        return scratch.Written;
    }

    public (int Line, int Column) Position(int at) => TextPosition.After(_buffer.AsSpan(_start, at - _start));

    public CiFormatException Error(CiFormatError error, int at, string detail, Exception? inner = null)
    {
        (int line, int column) = Position(Math.Clamp(at, _start, _end));
        return new CiFormatException(error, Stack.Path(), line, column, detail, inner);
    }

    /// <summary>Escapes for half a surrogate pair are grammatical JSON, but no text.</summary>
    private void CheckSurrogates()
    {
        ReadOnlySpan<byte> text = Raw;
        int at = 0;
        int next;
        while ((next = text[at..].IndexOf((byte)'\\')) >= 0)
        {
            at += next;
            if (text[at + 1] != 'u')
            {
                at += 2;
                continue;
            }

            char unit = (char)Hex(text.Slice(at + 2, 4));
            if (char.IsSurrogate(unit))
            {
                bool paired = char.IsHighSurrogate(unit) && text.Length >= at + 12 && text[at + 6] == '\\' && text[at + 7] == 'u'
                    && char.IsLowSurrogate((char)Hex(text.Slice(at + 8, 4)));
                if (!paired)
                {
                    throw Error(CiFormatError.BadJson, _rawStart + at, "an escaped surrogate stands without its partner");
                }

                at += 6;
            }

            at += 6;
        }
    }

    private static int Hex(ReadOnlySpan<byte> digits)
    {
        int value = 0;
        foreach (byte digit in digits)
        {
            value = (value * 16) + (digit <= '9' ? digit - '0' : (digit | 0x20) - 'a' + 10);
        }

        return value;
    }

    /// <summary>Says what is wrong with the document.</summary>
    private CiFormatException Broken()
    {
        // Depth is this class's to check: the reader would call it bad JSON.
        Utf8JsonReader reader = new(_buffer.AsSpan(_start, _end - _start), new JsonReaderOptions { MaxDepth = int.MaxValue });
        try
        {
            while (reader.Read())
            {
            }
        }
        catch (JsonException exception)
        {
            return Broken(exception);
        }

        throw new InvalidOperationException("A JSON document was refused that System.Text.Json takes.");
    }

    private CiFormatException Broken(JsonException exception)
    {
        ReadOnlySpan<byte> text = _buffer.AsSpan(_start, _end - _start);
        int at = 0;
        for (long line = exception.LineNumber ?? 0; line > 0; line--)
        {
            at += text[at..].IndexOf((byte)'\n') + 1;
        }

        string message = exception.Message;
        int tail = message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return Error(CiFormatError.BadJson, (int)Math.Min(_end, _start + at + (exception.BytePositionInLine ?? 0)), tail < 0 ? message : message[..tail], exception);
    }
}

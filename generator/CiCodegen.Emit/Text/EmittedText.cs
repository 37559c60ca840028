using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Text that may stand in emitted code because its type has escaped it for its place.</summary>
internal abstract record EmittedText(string Text)
{
    public sealed override string ToString() => Text;
}

/// <summary>A C# identifier; keywords get their '@'.</summary>
internal sealed record Identifier : EmittedText
{
    private static readonly HashSet<string> s_keywords = new(StringComparer.Ordinal)
    {
        "abstract", "as", "base", "bool", "break", "byte", "case", "catch", "char", "checked", "class", "const", "continue", "decimal", "default",
        "delegate", "do", "double", "else", "enum", "event", "explicit", "extern", "false", "finally", "fixed", "float", "for", "foreach", "goto",
        "if", "implicit", "in", "int", "interface", "internal", "is", "lock", "long", "namespace", "new", "null", "object", "operator", "out",
        "override", "params", "private", "protected", "public", "readonly", "ref", "return", "sbyte", "sealed", "short", "sizeof", "stackalloc",
        "static", "string", "struct", "switch", "this", "throw", "true", "try", "typeof", "uint", "ulong", "unchecked", "unsafe", "ushort",
        "using", "virtual", "void", "volatile", "while",

        // No keywords everywhere, and none of them can name a type.
        "async", "await", "dynamic", "extension", "field", "file", "nint", "notnull", "nuint", "partial", "record", "required", "scoped", "unmanaged", "var", "where",
    };

    public Identifier(string name)
        : base(s_keywords.Contains(name) ? "@" + name : name)
    {
        if (!IsIdentifier(name))
        {
            throw new ArgumentException($"'{name}' is no C# identifier.", nameof(name));
        }
    }

    /// <summary>The private field behind a property.</summary>
    public static Identifier Field(string member) => new("_" + char.ToLowerInvariant(member[0]) + member.Substring(1));

    [MethodImpl(HotLoop.Compiled)]
    private static bool IsIdentifier(string name)
    {
        foreach (char c in name)
        {
            if (!(c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9') or '_'))
            {
                return false;
            }
        }

        return name.Length > 0 && name[0] is not (>= '0' and <= '9');
    }
}

/// <summary>A namespace of identifiers.</summary>
internal sealed record NamespaceName(string Name)
    : EmittedText(string.Join(".", Name.Split('.').Select(p => new Identifier(p).Text)));

/// <summary>A type, by an alias that its file declares for the type's namespace, or in full.</summary>
/// <remarks>What stands before <c>::</c> is looked up among aliases alone, so no type or member of a consumer's can come between.</remarks>
internal sealed record TypeName : EmittedText
{
    private TypeName(string text)
        : base(text)
    {
    }

    public static TypeName Keyword(string keyword) => new(keyword);

    public static TypeName Runtime(string name) => new("Ci::" + new Identifier(name));

    public static TypeName Own(string name) => new("Own::" + new Identifier(name));

    public static TypeName List(TypeName item) => new($"Generic::List<{item}>");

    public static TypeName Dictionary(TypeName value) => new($"Generic::Dictionary<string, {value}>");

    public static TypeName System(string name) => new("global::System." + new Identifier(name));
}

/// <summary>A C# string literal.</summary>
internal sealed record CSharpLiteral(string Value) : EmittedText(Quote(Value))
{
    [MethodImpl(HotLoop.Compiled)]
    private static string Quote(string value)
    {
        StringBuilder text = new(value.Length + 2);
        text.Append('"');
        foreach (char c in value)
        {
            switch (c)
            {
                case '"':
                    text.Append("\\\"");
                    break;
                case '\\':
                    text.Append("\\\\");
                    break;
                case >= ' ' and <= '~':
                    text.Append(c);
                    break;
                default:
                    text.Append("\\u").Append(((int)c).ToString("X4", CultureInfo.InvariantCulture));
                    break;
            }
        }

        return text.Append('"').ToString();
    }
}

/// <summary>Text inside an XML doc comment, on one line.</summary>
internal sealed record DocText : EmittedText
{
    private DocText(string text)
        : base(text)
    {
    }

    public static DocText Plain(string value) => new(Escape(value));

    /// <summary>Text in which <c>`code`</c> becomes a c element.</summary>
    public static DocText WithCode(string value)
    {
        if (value.IndexOf('`') < 0)
        {
            return Plain(value);
        }

        StringBuilder text = new(value.Length + 16);
        int from = 0;
        while (value.IndexOf('`', from) is var open and >= 0 && value.IndexOf('`', open + 1) is var close and >= 0)
        {
            Escape(value, from, open, text);
            text.Append("<c>");
            Escape(value, open + 1, close, text);
            text.Append("</c>");
            from = close + 1;
        }

        Escape(value, from, value.Length, text);
        return new DocText(text.ToString());
    }

    private static string Escape(string value)
    {
        if (IsPlain(value, 0, value.Length))
        {
            return value;
        }

        StringBuilder text = new(value.Length);
        Escape(value, 0, value.Length, text);
        return text.ToString();
    }

    private static void Escape(string value, int from, int to, StringBuilder text)
    {
        if (IsPlain(value, from, to))
        {
            text.Append(value, from, to - from);
            return;
        }

        for (int i = from; i < to; i++)
        {
            char c = value[i];
            switch (c)
            {
                case '&':
                    text.Append("&amp;");
                    break;
                case '<':
                    text.Append("&lt;");
                    break;
                case '>':
                    text.Append("&gt;");
                    break;
                case '\r' or '\n' or '\t' or '\u0085' or '\u2028' or '\u2029':
                    text.Append(' ');
                    break;
                case var _ when char.IsHighSurrogate(c) && i + 1 < to && char.IsLowSurrogate(value[i + 1]):
                    text.Append(c).Append(value[++i]);
                    break;
                default:
                    // A lone surrogate or a control character is no XML character.
                    text.Append(c < ' ' || char.IsSurrogate(c) || c is '\uFFFE' or '\uFFFF' ? '?' : c);
                    break;
            }
        }
    }

    [MethodImpl(HotLoop.Compiled)]
    private static bool IsPlain(string value, int from, int to)
    {
        for (int i = from; i < to; i++)
        {
            if (value[i] is < ' ' or '&' or '<' or '>' or > '~')
            {
                return false;
            }
        }

        return true;
    }
}

/// <summary>A C# expression or statement, put together from escaped parts only.</summary>
internal sealed record CSharpExpression : EmittedText
{
    private CSharpExpression(string text)
        : base(text)
    {
    }

    [MethodImpl(HotLoop.Compiled)]
    public static CSharpExpression Of(FormattableString code)
    {
        foreach (object? argument in code.GetArguments())
        {
            if (argument is not (EmittedText or int))
            {
                throw new ArgumentException($"A value of type '{argument?.GetType().Name}' is not escaped for C#.", nameof(code));
            }
        }

        return new CSharpExpression(code.ToString(CultureInfo.InvariantCulture));
    }

    public static CSharpExpression Number(decimal value, string suffix) => new(value.ToString(CultureInfo.InvariantCulture) + suffix);

    public static CSharpExpression Join(string separator, IEnumerable<CSharpExpression> parts) => new(string.Join(separator, parts.Select(p => p.Text)));
}

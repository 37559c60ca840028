using System.Globalization;

namespace CiCodegen.Schema;

/// <summary>Reads conditions: <c>CallBackType == TDMQ</c>, <c>State != Failed &amp;&amp; (A || !B)</c>, <c>Codec in H.264, H.265</c>; <c>&amp;&amp;</c> binds closer.</summary>
internal sealed class ConditionParser
{
    private static readonly (string Sign, ComparisonKind Kind)[] s_signs =
    [
        ("==", ComparisonKind.In), ("!=", ComparisonKind.NotIn),
        ("<=", ComparisonKind.AtMost), (">=", ComparisonKind.AtLeast), ("<", ComparisonKind.Less), (">", ComparisonKind.Greater),
    ];

    private readonly string _text;
    private int _at;
    private int _depth;
    private string _error = "";

    private ConditionParser(string text) => _text = text;

    public static ConditionModel? Parse(string text, out string error)
    {
        ConditionParser parser = new(text);
        ConditionModel? condition = parser.ParseAny();
        if (condition is not null && !parser.IsAtEnd)
        {
            condition = parser.Fail($"'{text.Substring(parser._at)}' is too much");
        }

        error = parser._error;
        return condition;
    }

    private bool IsAtEnd
    {
        get
        {
            SkipBlanks();
            return _at == _text.Length;
        }
    }

    private ConditionModel? ParseAny() => ParseSeveral("||", () => ParseSeveral("&&", ParseOne, isAll: true), isAll: false);

    private ConditionModel? ParseSeveral(string sign, Func<ConditionModel?> parse, bool isAll)
    {
        List<ConditionModel> parts = [];
        do
        {
            if (parse() is not { } part)
            {
                return null;
            }

            // (A && B) && C is A && B && C.
            if (part is CombinedModel combined && combined.IsAll == isAll)
            {
                parts.AddRange(combined.Parts);
            }
            else
            {
                parts.Add(part);
            }
        }
        while (Take(sign));
        return parts.Count == 1 ? parts[0] : new CombinedModel(parts.ToEquatableArray(), isAll);
    }

    private ConditionModel? ParseOne()
    {
        if (!Take("("))
        {
            return ParseComparison();
        }

        if (++_depth > 32)
        {
            return Fail("it has too many parentheses");
        }

        ConditionModel? inner = ParseAny();
        if (inner is not null && !Take(")"))
        {
            return Fail("a ')' is due");
        }

        _depth--;
        return inner;
    }

    private ConditionModel? ParseComparison()
    {
        bool negated = !LooksAt("!=") && Take("!");
        string path = TakeName();
        if (path.Length == 0)
        {
            return Fail("a node's name is due");
        }

        if (!path.Split('.').All(Names.IsWireName))
        {
            return Fail($"'{path}' is no node's name");
        }

        if (negated)
        {
            return new ComparisonModel(path, ComparisonKind.Absent, default);
        }

        foreach ((string sign, ComparisonKind kind) in s_signs)
        {
            if (Take(sign))
            {
                return TakeValue(isList: false) is { } value ? Compare(path, kind, [value]) : null;
            }
        }

        bool not = TakeWord("not");
        if (TakeWord("in"))
        {
            return TakeValues() is { } values ? Compare(path, not ? ComparisonKind.NotIn : ComparisonKind.In, values) : null;
        }

        return not ? Fail("'in' is due behind 'not'") : new ComparisonModel(path, ComparisonKind.Present, default);
    }

    private ConditionModel? Compare(string path, ComparisonKind kind, List<string> values)
    {
        bool isNumeric = kind is not (ComparisonKind.In or ComparisonKind.NotIn);
        return isNumeric && !decimal.TryParse(values[0], NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _)
            ? Fail($"'{values[0]}' is no number")
            : new ComparisonModel(path, kind, values.ToEquatableArray());
    }

    private List<string>? TakeValues()
    {
        List<string> values = [];
        do
        {
            if (TakeValue(isList: true) is not { } value)
            {
                return null;
            }

            if (values.Contains(value))
            {
                Fail($"the value '{value}' comes twice");
                return null;
            }

            values.Add(value);
        }
        while (Take(","));
        return values;
    }

    /// <summary>A value, bare or between single quotes; null when none stands here.</summary>
    private string? TakeValue(bool isList)
    {
        SkipBlanks();
        if (_at < _text.Length && _text[_at] == '\'')
        {
            return TakeQuoted();
        }

        int start = _at;
        while (_at < _text.Length && !LooksAt("&&") && !LooksAt("||") && _text[_at] != ')' && !(isList && _text[_at] == ','))
        {
            if (_text[_at] is '(' or '\'' or '=' or '<' or '>' or '!')
            {
                Fail($"a value with '{_text[_at]}' needs single quotes around it");
                return null;
            }

            _at++;
        }

        string value = _text.Substring(start, _at - start).Trim();
        if (value.Length == 0)
        {
            Fail("a value is due behind the sign");
            return null;
        }

        return value;
    }

    private string? TakeQuoted()
    {
        string value = "";
        int start = ++_at;
        while (true)
        {
            int end = _text.IndexOf('\'', start);
            if (end < 0)
            {
                Fail("a quote is not closed");
                return null;
            }

            value += _text.Substring(start, end - start);
            _at = end + 1;
            if (_at == _text.Length || _text[_at] != '\'')
            {
                return value;
            }

            // Two quotes inside are one.
            value += "'";
            start = _at + 1;
        }
    }

    private string TakeName()
    {
        SkipBlanks();
        int start = _at;
        while (_at < _text.Length && !char.IsWhiteSpace(_text[_at]) && _text[_at] is not ('=' or '!' or '<' or '>' or '&' or '|' or '(' or ')' or ',' or '\''))
        {
            _at++;
        }

        return _text.Substring(start, _at - start);
    }

    private bool TakeWord(string word)
    {
        SkipBlanks();
        if (!LooksAt(word) || (_at + word.Length < _text.Length && !char.IsWhiteSpace(_text[_at + word.Length]) && _text[_at + word.Length] != '\''))
        {
            return false;
        }

        _at += word.Length;
        return true;
    }

    private bool Take(string sign)
    {
        SkipBlanks();
        if (!LooksAt(sign))
        {
            return false;
        }

        _at += sign.Length;
        return true;
    }

    private bool LooksAt(string text) => string.CompareOrdinal(_text, _at, text, 0, text.Length) == 0;

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
        {
            _at++;
        }
    }

    private ConditionModel? Fail(string error)
    {
        _error = error;
        return null;
    }
}

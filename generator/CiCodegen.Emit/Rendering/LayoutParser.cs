using static CiCodegen.Emit.LayoutTemplate;

namespace CiCodegen.Emit;

/// <summary>Reads a template of ours.</summary>
internal sealed class LayoutParser(string text, string fileName)
{
    private const string Open = "{{";
    private const string Close = "}}";
    private int _at;

    public List<Part> Parse()
    {
        List<Part> parts = [];
        return Parse(parts).Length == 0 ? parts : throw Wrong("'end' or 'else' without a beginning");
    }

    /// <summary>Reads up to the word that ends a body, or to the end of the text.</summary>
    private string Parse(List<Part> parts)
    {
        while (true)
        {
            int open = text.IndexOf(Open, _at, StringComparison.Ordinal);
            if (open < 0)
            {
                Add(parts, text.Substring(_at));
                _at = text.Length;
                return "";
            }

            int close = text.IndexOf(Close, open, StringComparison.Ordinal);
            if (close < 0)
            {
                throw Wrong("'{{' without '}}'");
            }

            string code = text.Substring(open + Open.Length, close - open - Open.Length);
            string before = text.Substring(_at, open - _at);
            Add(parts, code[0] == '~' ? before.TrimEnd(' ', '\t') : before);
            _at = close + Close.Length;
            if (code[code.Length - 1] == '~')
            {
                SkipLine();
            }

            string[] words = code.Trim('~').Split([' '], StringSplitOptions.RemoveEmptyEntries);
            switch (words[0])
            {
                case "end" or "else":
                    return words[0];
                case "for" when words is [_, var variable, "in", var list]:
                    Part loop = Of(PartKind.For, variable, list);
                    Expect(Parse(loop.Body), "end");
                    parts.Add(loop);
                    break;
                case "if" when words is [_, var flag]:
                    Part choice = Of(PartKind.If, "", flag);
                    string end = Parse(choice.Body);
                    Expect(end == "else" ? Parse(choice.Otherwise) : end, "end");

                    parts.Add(choice);
                    break;
                default:
                    parts.Add(words.Length == 1 ? Of(PartKind.Value, "", words[0]) : throw Wrong($"'{code}' is more than templates may say"));
                    break;
            }
        }
    }

    /// <summary>Passes blanks and one line end.</summary>
    private void SkipLine()
    {
        while (_at < text.Length && text[_at] is (' ' or '\t'))
        {
            _at++;
        }

        if (_at < text.Length && text[_at] == '\n')
        {
            _at++;
        }
    }

    private static void Add(List<Part> parts, string piece)
    {
        if (piece.Length > 0)
        {
            parts.Add(new Part(PartKind.Text, piece, "", ""));
        }
    }

    private static Part Of(PartKind kind, string variable, string path)
    {
        int dot = path.IndexOf('.');
        return dot < 0 ? new Part(kind, variable, path, "") : new Part(kind, variable, path.Substring(0, dot), path.Substring(dot + 1));
    }

    private void Expect(string met, string wanted)
    {
        if (met != wanted)
        {
            throw Wrong($"'{wanted}' is due");
        }
    }

    private TemplateException Wrong(string what) => new($"{fileName}: {what} near offset {_at}.");
}

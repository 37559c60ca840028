using System.Text;

namespace CiCodegen.Import;

/// <summary>Collects the text of a cell or paragraph.</summary>
internal sealed class CellTextBuilder
{
    private readonly StringBuilder _text = new();
    private readonly List<CellLink> _links = [];
    private readonly List<string> _anchors = [];
    private string? _target;
    private int _linkStart;

    /// <summary>Adds text; runs of blanks become one.</summary>
    public void Add(ReadOnlySpan<char> more)
    {
        foreach (char c in more)
        {
            // Invisible characters that copied pages carry.
            if (c is '\u200B' or '\uFEFF' or '\u00AD')
            {
                continue;
            }

            if (!char.IsWhiteSpace(c))
            {
                _text.Append(c);
            }
            else if (_text.Length > 0 && _text[^1] is not (' ' or '\n'))
            {
                _text.Append(' ');
            }
        }
    }

    /// <summary>Begins a new line.</summary>
    public void Break()
    {
        while (_text.Length > 0 && _text[^1] == ' ')
        {
            _text.Length--;
        }

        if (_text.Length > 0 && _text[^1] != '\n')
        {
            _text.Append('\n');
        }
    }

    public void BeginLink(string to)
    {
        EndLink();
        _target = to;
        _linkStart = _text.Length;
    }

    public void EndLink()
    {
        if (_target is not null)
        {
            _links.Add(new CellLink(_text.ToString(_linkStart, Math.Max(0, _text.Length - _linkStart)).Trim(), _target));
            _target = null;
        }
    }

    public void Anchor(string name) => _anchors.Add(name);

    public CellText ToCellText()
    {
        EndLink();
        return new CellText(_text.ToString().Trim(), [.. _links], [.. _anchors]);
    }
}

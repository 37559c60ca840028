using System.Text;

namespace CiCodegen.Import;

/// <summary>Collects the text of a cell or paragraph.</summary>
internal sealed class CellTextBuilder
{
    private readonly StringBuilder text = new();
    private readonly List<CellLink> links = [];
    private readonly List<string> anchors = [];
    private string? target;
    private int linkStart;

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
                text.Append(c);
            }
            else if (text.Length > 0 && text[^1] is not (' ' or '\n'))
            {
                text.Append(' ');
            }
        }
    }

    /// <summary>Begins a new line.</summary>
    public void Break()
    {
        while (text.Length > 0 && text[^1] == ' ')
        {
            text.Length--;
        }

        if (text.Length > 0 && text[^1] != '\n')
        {
            text.Append('\n');
        }
    }

    public void BeginLink(string to)
    {
        EndLink();
        target = to;
        linkStart = text.Length;
    }

    public void EndLink()
    {
        if (target is not null)
        {
            links.Add(new CellLink(text.ToString(linkStart, Math.Max(0, text.Length - linkStart)).Trim(), target));
            target = null;
        }
    }

    public void Anchor(string name) => anchors.Add(name);

    public CellText ToCellText()
    {
        EndLink();
        return new CellText(text.ToString().Trim(), [.. links], [.. anchors]);
    }
}

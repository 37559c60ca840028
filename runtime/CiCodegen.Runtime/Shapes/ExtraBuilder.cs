using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Builds an unknown element from the tokens of a lane.</summary>
/// <param name="into">Where it goes.</param>
/// <param name="rootNamespace">The namespace of the known elements; they are written in none.</param>
internal sealed class ExtraBuilder(List<CiExtra> into, string rootNamespace)
{
    private readonly Stack<Frame> _open = new();

    /// <summary>Whether the element is still open.</summary>
    public bool IsOpen => _open.Count > 0;

    /// <summary>Opens an element.</summary>
    public void Begin(string name, string ns)
    {
        string outer = IsOpen ? _open.Peek().Namespace : rootNamespace;
        CiExtra element = new(name)
        {
            Namespace = string.Equals(ns, outer, StringComparison.Ordinal) ? null : string.Equals(ns, rootNamespace, StringComparison.Ordinal) ? "" : ns,
        };
        (IsOpen ? _open.Peek().Element.Children : into).Add(element);
        _open.Push(new Frame(element, ns, new StringBuilder()));
    }

    /// <summary>Gives the element an attribute.</summary>
    public void Attribute(string name, string value) => _open.Peek().Element.Attributes.Add(new(name, value));

    /// <summary>Gives the element a piece of text.</summary>
    /// <returns>The text's length so far.</returns>
    public int Text(ReadOnlySpan<char> text) => _open.Peek().Text.Append(text).Length;

    /// <summary>Closes the element opened last.</summary>
    public void End()
    {
        Frame frame = _open.Pop();
        string text = frame.Text.ToString();
        bool isLayout = frame.Element.Children.Count > 0 && text.AsSpan().IndexOfAnyExcept(" \t\r\n") < 0;
        frame.Element.Text = isLayout ? "" : text;
    }

    private readonly record struct Frame(CiExtra Element, string Namespace, StringBuilder Text);
}

using System.Text;

namespace CiCodegen.Emit;

/// <summary>A template of ours: Scriban's syntax, of which templates may use text, <c>for</c>, <c>if</c> on a flag and member access.</summary>
/// <remarks>
/// The engine took a fifth of a compiler's first run, most of it to be compiled itself. That both say the same of every
/// template is tested.
/// </remarks>
internal sealed class LayoutTemplate : ITemplate
{
    private readonly List<Part> _parts;
    private int _size = 1024;

    public LayoutTemplate(string text, string fileName)
    {
        LayoutParser parser = new(text, fileName);
        _parts = parser.Parse();
    }

    public string Render(Plan plan, CancellationToken cancellationToken)
    {
        StringBuilder output = new(_size);
        Write(_parts, new Scope("", PlanMapper.Map(plan), null), output, cancellationToken);
        _size = Math.Max(_size, output.Length);
        return output.ToString();
    }

    private static void Write(List<Part> parts, Scope scope, StringBuilder output, CancellationToken cancellationToken)
    {
        foreach (Part part in parts)
        {
            switch (part.Kind)
            {
                case PartKind.Text:
                    output.Append(part.Text);
                    break;
                case PartKind.Value:
                    output.Append((string)scope.Find(part));
                    break;
                case PartKind.If:
                    Write((bool)scope.Find(part) ? part.Body : part.Otherwise, scope, output, cancellationToken);
                    break;
                default:
                    foreach (object item in (object[])scope.Find(part))
                    {
                        cancellationToken.ThrowIfCancellationRequested();
                        Write(part.Body, new Scope(part.Text, item, scope), output, cancellationToken);
                    }

                    break;
            }
        }
    }

    internal enum PartKind
    {
        Text,
        Value,
        If,
        For,
    }

    /// <summary>A piece of a template.</summary>
    /// <param name="Kind">What it is.</param>
    /// <param name="Text">The text; the variable of a loop.</param>
    /// <param name="Name">The variable that is asked for.</param>
    /// <param name="Member">Its member; empty for the variable itself.</param>
    internal sealed record Part(PartKind Kind, string Text, string Name, string Member)
    {
        public List<Part> Body { get; } = [];

        public List<Part> Otherwise { get; } = [];
    }

    /// <summary>A loop's variable and what is around the loop.</summary>
    private sealed class Scope(string name, object value, Scope? outer)
    {
        public object Find(Part part)
        {
            for (Scope? scope = this; scope is not null; scope = scope.Next)
            {
                if (scope.IsNamed(part.Name))
                {
                    return (part.Member.Length == 0 ? scope.Value : ((Fields)scope.Value)[part.Member]) ?? throw Missing(part);
                }

                if (scope.Next is null)
                {
                    return ((Fields)scope.Value)[part.Name] ?? throw Missing(part);
                }
            }

            throw Missing(part);
        }

        private Scope? Next => outer;

        private object Value => value;

        private bool IsNamed(string text) => outer is not null && name == text;

        private static TemplateException Missing(Part part) => new($"There is no '{part.Name}{(part.Member.Length == 0 ? "" : "." + part.Member)}'.");
    }
}

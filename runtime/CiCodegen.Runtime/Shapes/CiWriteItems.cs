namespace CiCodegen.Runtime;

/// <summary>The items of a repeated container, each opened as the loop comes to it: what <see cref="CiShapeWriter.Each"/> answers.</summary>
/// <typeparam name="TWriter">The lane.</typeparam>
/// <typeparam name="TShape">The items' shape.</typeparam>
public ref struct CiWriteItems<TWriter, TShape>
    where TWriter : struct, ICiWriter
    where TShape : class
{
    private readonly ref TWriter _writer;
    private readonly CiNode _node;
    private readonly List<TShape>? _values;
    private int _next;

    internal CiWriteItems(ref TWriter writer, CiNode node, List<TShape>? values)
    {
        _writer = ref writer;
        _node = node;
        _values = values;
        Current = null!;
    }

    /// <summary>The item that was opened last: it is to write itself, and so to close itself.</summary>
    public TShape Current { get; private set; }

    /// <summary>Itself, as <c>foreach</c> asks.</summary>
    public readonly CiWriteItems<TWriter, TShape> GetEnumerator() => this;

    /// <summary>Opens the next item; before the first the list is opened, and behind the last it is closed. A null is passed over.</summary>
    /// <returns>Whether there was one.</returns>
    public bool MoveNext()
    {
        if (_values is not { Count: > 0 } values)
        {
            return false;
        }

        if (_next == 0)
        {
            _writer.BeginMany(_node);
        }

        while (_next < values.Count)
        {
            if (_writer.Begin(_node, values[_next++]) is { } item)
            {
                Current = item;
                return true;
            }
        }

        _writer.EndMany(_node);
        return false;
    }
}

using System.Globalization;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Where a writer stands: for the path in an error, and for JSON whether an array is open.</summary>
internal struct CiWriteStack
{
    private Frame[] _frames;
    private int _depth;

    private struct Frame
    {
        public CiNode Node;
        public int Index;
        public CiNode? Many;
        public int ManyIndex;
    }

    /// <summary>Whether what is written next stands in an array.</summary>
    public readonly bool InMany => _depth > 0 && _frames[_depth - 1].Many is not null;

    public readonly bool AtRoot => _depth == 0;

    public void Reset()
    {
        // What an error left open is overwritten before it is looked at.
        _frames ??= new Frame[16];
        _depth = 0;
    }

    public void Begin(CiNode node)
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        int index = Step(node);
        ref Frame frame = ref _frames[_depth++];
        frame.Node = node;
        frame.Index = index;
        if (frame.Many is not null)
        {
            frame.Many = null;
        }
    }

    /// <summary>Leaves the container entered last.</summary>
    /// <returns>Its node.</returns>
    public CiNode End() => _frames[--_depth].Node;

    /// <summary>Checks at the end of a document that each shape has closed its container.</summary>
    /// <exception cref="InvalidOperationException">One has not: it was written by hand.</exception>
    public readonly void CheckClosed(object document)
    {
        if (_depth > 0)
        {
            throw new InvalidOperationException($"A shape in {document.GetType()} does not close its container '{Path()}': its Write has to end with ICiWriter.End.");
        }
    }

    public readonly void BeginMany(CiNode node)
    {
        ref Frame top = ref _frames[_depth - 1];
        top.Many = node;
        top.ManyIndex = -1;
    }

    public readonly void EndMany() => _frames[_depth - 1].Many = null;

    /// <summary>Counts an item when it stands in an array.</summary>
    /// <returns>Its index, or -1.</returns>
    public readonly int Step(CiNode node)
    {
        if (_depth == 0)
        {
            return -1;
        }

        ref Frame top = ref _frames[_depth - 1];
        return ReferenceEquals(top.Many, node) ? ++top.ManyIndex : -1;
    }

    /// <summary>The node that an entry of a map is written as.</summary>
    /// <exception cref="CiFormatException">The name cannot stand in XML, or does not begin as the map's names do.</exception>
    public readonly CiNode Key(CiNode map, string key)
    {
        if (WriteText.WhyNoKey(map, key) is { } reason)
        {
            throw new CiFormatException(CiFormatError.IllegalCharacter, Path(map, -1), 0, 0, reason);
        }

        return map.IsMany ? CiNode.Many(key) : CiNode.One(key);
    }

    /// <summary>The path of the container that is being written.</summary>
    public readonly string Path() => Container().ToString();

    /// <summary>The path of a scalar that is being written.</summary>
    public readonly string Path(CiNode leaf, int index) => Append(Container(), leaf, index).ToString();

    private readonly StringBuilder Container()
    {
        StringBuilder path = new();
        for (int i = 0; i < _depth; i++)
        {
            Append(path, _frames[i].Node, _frames[i].Index);
        }

        return path;
    }

    private static StringBuilder Append(StringBuilder path, CiNode node, int index)
    {
        path.Append(path.Length == 0 ? "" : ".").Append(node.Name);
        return index < 0 ? path : path.Append('[').Append(index.ToString(CultureInfo.InvariantCulture)).Append(']');
    }
}

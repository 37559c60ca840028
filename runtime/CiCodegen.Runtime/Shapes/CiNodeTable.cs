namespace CiCodegen.Runtime;

/// <summary>The children that one shape knows, in schema order; a reader answers with an index into it.</summary>
public sealed class CiNodeTable
{
    private readonly CiNode[] _nodes;
    private readonly int[] _maps;

    /// <summary>Makes a table.</summary>
    /// <param name="nodes">The children, in schema order; names must differ.</param>
    /// <exception cref="ArgumentNullException"><paramref name="nodes"/> is null.</exception>
    public CiNodeTable(params CiNode[] nodes)
    {
        ArgumentNullException.ThrowIfNull(nodes);
        _nodes = nodes;
        Tags = new NodeTag[nodes.Length];
        List<int> maps = [];
        for (int i = 0; i < nodes.Length; i++)
        {
            CiNode node = nodes[i];
            Tags[i] = new NodeTag(node, i);
            IsCounted |= Tags[i].Bit == 0;
            if (node.IsMap)
            {
                // A longer beginning is tried before a shorter one.
                int shorter = maps.FindIndex(map => nodes[map].Utf8Name.Length < node.Utf8Name.Length);
                maps.Insert(shorter < 0 ? maps.Count : shorter, i);
            }
        }

        _maps = [.. maps];
    }

    /// <summary>Makes a table of a shape that takes what it does not know.</summary>
    /// <param name="names">The children's wire names, in schema order, as <see cref="CiNode"/> takes them; with a <c>+</c> before them those that may repeat.</param>
    /// <exception cref="ArgumentNullException"><paramref name="names"/> is null.</exception>
    public static CiNodeTable Of(params string[] names)
    {
        ArgumentNullException.ThrowIfNull(names);
        return new(Array.ConvertAll(names, static name => name.StartsWith('+') ? CiNode.Many(name[1..]) : CiNode.One(name))) { KeepsExtras = true };
    }

    /// <summary>Whether the shape takes what it does not know: a reader that is asked for it answers with <see cref="Count"/> then.</summary>
    public bool KeepsExtras { get; init; }

    /// <summary>How many children the shape knows.</summary>
    public int Count => _nodes.Length;

    /// <summary>The children's tags, by index.</summary>
    internal NodeTag[] Tags { get; }

    /// <summary>Whether one bit per child does not tell how often each came.</summary>
    internal bool IsCounted { get; }

    /// <summary>The child at an index.</summary>
    /// <param name="index">0 to <see cref="Count"/> - 1.</param>
    public CiNode this[int index] => _nodes[index];

    /// <summary>Finds a child by its UTF-8 name, trying <paramref name="first"/> and its successors first: documents mostly follow the schema's order.</summary>
    internal int Find(ReadOnlySpan<byte> name, int first)
    {
        CiNode[] nodes = _nodes;
        int i = first;
        for (int n = nodes.Length; n > 0; n--)
        {
            if (i >= nodes.Length)
            {
                i = 0;
            }

            if (name.SequenceEqual(nodes[i].Utf8Name))
            {
                return i;
            }

            i++;
        }

        return FindMap(name);
    }

    /// <summary>Finds a child by its name, trying <paramref name="first"/> and its successors first.</summary>
    internal int Find(string name, int first)
    {
        CiNode[] nodes = _nodes;
        int i = first;
        for (int n = nodes.Length; n > 0; n--)
        {
            if (i >= nodes.Length)
            {
                i = 0;
            }

            if (string.Equals(name, nodes[i].Name, StringComparison.Ordinal))
            {
                return i;
            }

            i++;
        }

        return FindMap(name);
    }

    private int FindMap(ReadOnlySpan<byte> name)
    {
        foreach (int map in _maps)
        {
            if (name.StartsWith(_nodes[map].Utf8Prefix))
            {
                return map;
            }
        }

        return -1;
    }

    private int FindMap(ReadOnlySpan<char> name)
    {
        foreach (int map in _maps)
        {
            if (name.StartsWith(_nodes[map].Prefix, StringComparison.Ordinal))
            {
                return map;
            }
        }

        return -1;
    }
}

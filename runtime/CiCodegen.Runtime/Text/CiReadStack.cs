using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace CiCodegen.Runtime;

/// <summary>Where a reader stands among the known nodes: which tables are open, which child is current, how often each came.</summary>
/// <remarks>Lives in a pooled state and keeps its arrays, so that reading costs no allocation beyond the result.</remarks>
internal struct CiReadStack
{
    private Frame[] _frames;
    private int[] _counts;
    private int _depth;
    private int _used;
    private int _countsUsed;
    private string _root;
    private Frame _savedTop;
    private int _savedDepth;
    private int _savedUsed;
    private int[] _savedCounts;
    private ulong _savedSeen;

    /// <summary>Which of the innermost container's children came that come once, by index.</summary>
    public ulong Seen;

    /// <summary>The tags of the innermost container's children, by index.</summary>
    public NodeTag[] Tags;

    /// <summary>One open container.</summary>
    internal struct Frame
    {
        public CiNodeTable Nodes;

        /// <summary>Which child to look for first.</summary>
        public int Next;
        public int Current;
        public int CountsStart;

        /// <summary><see cref="CiReadStack.Seen"/>, while a child is open.</summary>
        public ulong Seen;

        /// <summary>The current child's own name, where its node stands for many names.</summary>
        public string? Key;

        /// <summary>How often each name came for which such a node stands.</summary>
        public Dictionary<string, int>? Keys;

        /// <summary>JSON only: the repeated node whose array is open, else -1.</summary>
        public int Array;
    }

    public readonly int Depth => _depth;

    public readonly ref Frame Top => ref _frames[_depth - 1];

    public void Reset(string root)
    {
        _frames ??= new Frame[16];
        _counts ??= new int[256];
        _depth = 0;
        _countsUsed = 0;
        Seen = 0;
        Tags = [];
        _root = root;
    }

    /// <summary>Forgets what belongs to the caller, keeps the arrays.</summary>
    public void Clear()
    {
        // Beyond these nothing was ever pushed.
        if (_frames is not null)
        {
            Array.Clear(_frames, 0, _used);
        }

        _used = 0;
        _depth = 0;
        _savedTop = default;
        Tags = [];
        _root = "";
    }

    public void Push(CiNodeTable nodes)
    {
        if (_depth == _frames.Length)
        {
            Array.Resize(ref _frames, _depth * 2);
        }

        int start = _countsUsed;
        if (nodes.IsCounted)
        {
            int used = start + nodes.Count;
            if (used > _counts.Length)
            {
                Array.Resize(ref _counts, Math.Max(used, _counts.Length * 2));
            }

            Array.Clear(_counts, start, nodes.Count);
            _countsUsed = used;
        }

        if (_depth > 0)
        {
            Top.Seen = Seen;
        }

        Seen = 0;
        Tags = nodes.Tags;
        ref Frame frame = ref _frames[_depth++];
        _used = Math.Max(_used, _depth);
        frame.Nodes = nodes;
        frame.Next = 0;
        frame.Current = -1;
        frame.CountsStart = start;
        frame.Array = -1;

        // Writing a reference costs more than looking at it.
        if (frame.Key is not null)
        {
            frame.Key = null;
        }

        if (frame.Keys is not null)
        {
            frame.Keys = null;
        }
    }

    /// <summary>Keeps where the innermost container stands, for <see cref="Restore"/>.</summary>
    public void Save()
    {
        ref Frame top = ref Top;
        _savedTop = top;
        _savedSeen = Seen;
        _savedDepth = _depth;
        _savedUsed = _countsUsed;
        int counts = top.Nodes.IsCounted ? top.Nodes.Count : 0;
        if (_savedCounts is null || _savedCounts.Length < counts)
        {
            _savedCounts = new int[Math.Max(16, counts)];
        }

        _counts.AsSpan(top.CountsStart, counts).CopyTo(_savedCounts);
    }

    /// <summary>Returns to what was kept; the container must still be open.</summary>
    public void Restore()
    {
        _depth = _savedDepth;
        _countsUsed = _savedUsed;
        Top = _savedTop;
        Seen = _savedSeen;
        Tags = _savedTop.Nodes.Tags;
        int counts = _savedTop.Nodes.IsCounted ? _savedTop.Nodes.Count : 0;
        _savedCounts.AsSpan(0, counts).CopyTo(_counts.AsSpan(_savedTop.CountsStart));
    }

    public void Pop()
    {
        _countsUsed = _frames[--_depth].CountsStart;
        if (_depth > 0)
        {
            ref Frame top = ref Top;
            Seen = top.Seen;
            Tags = top.Nodes.Tags;
        }
    }

    /// <summary>Makes a child current and counts it.</summary>
    /// <returns>How often it came before; of one that comes once, whether.</returns>
    public int Meet(ref Frame frame, int child)
    {
        ref readonly NodeTag tag = ref frame.Nodes.Tags[child];
        frame.Next = child + tag.Step;
        frame.Current = child;
        if (tag.Bit == 0)
        {
            return _counts[frame.CountsStart + child]++;
        }

        int before = (Seen & tag.Bit) == 0 ? 0 : 1;
        Seen |= tag.Bit;
        return before;
    }

    /// <summary>Makes a child of a map current and counts it by its own name.</summary>
    /// <returns>How often that name came before.</returns>
    public int Meet(ref Frame frame, int child, string key)
    {
        Meet(ref frame, child);
        frame.Key = key;
        ref int count = ref CollectionsMarshal.GetValueRefOrAddDefault(frame.Keys ??= new(StringComparer.Ordinal), key, out _);
        return count++;
    }

    /// <summary>How often a child came that may come often.</summary>
    public readonly int Count(in Frame frame, int child) => _counts[frame.CountsStart + child];

    /// <summary>The path of the current node; made only for an error.</summary>
    public readonly string Path()
    {
        StringBuilder path = new(_root);
        for (int i = 0; i < _depth; i++)
        {
            ref Frame frame = ref _frames[i];
            if (frame.Current < 0)
            {
                break;
            }

            CiNode node = frame.Nodes[frame.Current];
            path.Append('.').Append(node.IsMap ? frame.Key : node.Name);
            int count = !node.IsMany ? 0 : node.IsMap ? frame.Keys![frame.Key!] : _counts[frame.CountsStart + frame.Current];
            if (count > 0)
            {
                path.Append('[').Append((count - 1).ToString(CultureInfo.InvariantCulture)).Append(']');
            }
        }

        return path.ToString();
    }
}

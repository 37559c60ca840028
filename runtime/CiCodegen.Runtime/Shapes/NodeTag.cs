using System.Runtime.Intrinsics;

namespace CiCodegen.Runtime;

/// <summary>How a known child's tags begin on the wire, for a comparison of sixteen bytes at once.</summary>
internal readonly struct NodeTag
{
    /// <summary>The bytes of a tag that are compared at once.</summary>
    public const int Width = 16;

    public readonly Vector128<byte> Start;
    public readonly Vector128<byte> StartMask;
    public readonly Vector128<byte> End;
    public readonly Vector128<byte> EndMask;
    public readonly int Length;

    /// <summary>What to look for behind the child: itself where it repeats, else its successor.</summary>
    public readonly int Step;

    public NodeTag(CiNode node)
    {
        Step = node.IsMany ? 0 : 1;
        Length = node.StartTag.Length;
        if (node.IsMap)
        {
            // Nothing is equal to what nothing is masked out of: no text has this byte.
            Start = Vector128.Create((byte)0xFF);
            StartMask = Vector128.Create((byte)0x7F);
            End = Start;
            EndMask = StartMask;
            return;
        }

        (Start, StartMask) = Head(node.StartTag);
        (End, EndMask) = Head(node.EndTag);
    }

    private static (Vector128<byte> Bytes, Vector128<byte> Mask) Head(ReadOnlySpan<byte> tag)
    {
        Span<byte> bytes = stackalloc byte[Width];
        Span<byte> mask = stackalloc byte[Width];
        bytes.Clear();
        mask.Clear();
        int length = Math.Min(tag.Length, Width);
        tag[..length].CopyTo(bytes);
        mask[..length].Fill(0xFF);
        return (Vector128.Create<byte>(bytes), Vector128.Create<byte>(mask));
    }
}

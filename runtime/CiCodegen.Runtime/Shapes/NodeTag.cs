using System.Runtime.Intrinsics;

namespace CiCodegen.Runtime;

/// <summary>How a known child's tags begin on the wire, for a comparison of sixteen bytes at once.</summary>
internal readonly struct NodeTag
{
    /// <summary>The bytes of a tag that are compared at once.</summary>
    public const int Width = 16;

    public readonly Vector128<byte> Start;
    public readonly Vector128<byte> StartMask;

    /// <summary>The end tag behind its first byte, where <see cref="IsSimple"/>.</summary>
    public readonly Vector128<byte> End;
    public readonly Vector128<byte> EndMask;
    public readonly int Length;

    /// <summary>The child's bit among those that came; none where one bit does not tell how often it came, nor beyond 64 children.</summary>
    public readonly ulong Bit;

    /// <summary>What to look for behind the child: itself where it repeats, else its successor.</summary>
    public readonly int Step;

    /// <summary>Whether the tag is compared whole, and the child comes once.</summary>
    public readonly bool IsSimple;

    public NodeTag(CiNode node, int index)
    {
        Step = node.IsMany ? 0 : 1;
        Length = node.StartTag.Length;
        Bit = node.IsMany || index >= 64 ? 0 : 1UL << index;

        IsSimple = Bit != 0 && Length <= Width;

        // What a map's children are called is not known: no tag is like its own, since the mask leaves nothing of what stands there.
        Span<byte> bytes = stackalloc byte[Width];
        Span<byte> mask = stackalloc byte[Width];
        ReadOnlySpan<byte> tag = node.IsMap ? [0xFF] : node.StartTag;
        int length = Math.Min(tag.Length, Width);
        bytes.Clear();
        mask.Clear();
        tag[..length].CopyTo(bytes);
        mask[..(node.IsMap ? 0 : length)].Fill(0xFF);
        Start = Vector128.Create<byte>(bytes);
        StartMask = Vector128.Create<byte>(mask);
        if (IsSimple && !node.IsMap)
        {
            // As long as the start tag: a slash for the angle bracket.
            bytes[0] = (byte)'/';
            End = Vector128.Create<byte>(bytes);
            EndMask = StartMask;
        }
    }
}

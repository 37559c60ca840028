using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Text;
using System.Text.Json;

namespace CiCodegen.Runtime;

/// <summary>One XML element that a shape knows: its wire name, or how its names begin, and how often it may stand in its parent.</summary>
/// <remarks>Immutable and shared: emitted code holds one instance per node for the life of the process.</remarks>
public sealed class CiNode
{
    private StrongBox<JsonEncodedText>? _jsonName;

    private CiNode(string name, bool isMany)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        IsMany = isMany;
        IsMap = name[^1] == '*';
        Utf8Name = Encoding.UTF8.GetBytes(name);
        Utf8Prefix = IsMap ? Utf8Name[..^1] : Utf8Name;

        // A tag that no document has: what a map's children are called is not known here.
        StartTag = IsMap ? [0] : Encoding.UTF8.GetBytes($"<{name}>");
        EndTag = IsMap ? [0] : Encoding.UTF8.GetBytes($"</{name}>");
        (StartHead, EndHead) = (Head(StartTag), Head(EndTag));
    }

    /// <summary>The name exactly as it stands on the wire; case counts.</summary>
    public string Name { get; }

    /// <summary>Whether the node repeats as siblings (a "Container array" or "String array" of the docs).</summary>
    public bool IsMany { get; }

    /// <summary>Whether the node stands for all names that begin like its own: <c>Transcode_*</c>, or <c>*</c> alone.</summary>
    public bool IsMap { get; }

    internal byte[] Utf8Name { get; }

    /// <summary>How the names begin that the node stands for; its own name where it is no map.</summary>
    internal byte[] Utf8Prefix { get; }

    /// <summary>How the names begin that the node stands for; its own name where it is no map.</summary>
    internal ReadOnlySpan<char> Prefix => IsMap ? Name.AsSpan(0, Name.Length - 1) : Name;

    internal byte[] StartTag { get; }

    internal byte[] EndTag { get; }

    /// <summary>The start tag's first sixteen bytes, or all of it and zeros.</summary>
    internal Vector128<byte> StartHead { get; }

    /// <summary>The end tag's first sixteen bytes, or all of it and zeros.</summary>
    internal Vector128<byte> EndHead { get; }

    // Made when JSON is first written: few programs do.
    internal JsonEncodedText JsonName
        => (_jsonName ??= new(JsonEncodedText.Encode(Name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping))).Value;

    /// <summary>A node that stands in its parent once at most.</summary>
    /// <param name="name">The wire name; with a <c>*</c> at its end the node stands for all names that begin so, each once.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public static CiNode One(string name) => new(name, isMany: false);

    /// <summary>A node that may repeat as siblings, also interleaved with others.</summary>
    /// <param name="name">The wire name; with a <c>*</c> at its end the node stands for all names that begin so.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public static CiNode Many(string name) => new(name, isMany: true);

    /// <summary>The wire name.</summary>
    public override string ToString() => Name;

    private static Vector128<byte> Head(ReadOnlySpan<byte> tag)
    {
        Span<byte> head = stackalloc byte[Vector128<byte>.Count];
        head.Clear();
        tag[..Math.Min(tag.Length, head.Length)].CopyTo(head);
        return Vector128.Create<byte>(head);
    }
}

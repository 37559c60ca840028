using System.Text;
using System.Text.Json;

namespace CiCodegen.Runtime;

/// <summary>One XML element that a shape knows: its wire name and how often it may stand in its parent.</summary>
/// <remarks>Immutable and shared: emitted code holds one instance per node for the life of the process.</remarks>
public sealed class CiNode
{
    private CiNode(string name, bool isMany)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        Name = name;
        IsMany = isMany;
        Utf8Name = Encoding.UTF8.GetBytes(name);
        StartTag = Encoding.UTF8.GetBytes($"<{name}>");
        EndTag = Encoding.UTF8.GetBytes($"</{name}>");
        JsonName = JsonEncodedText.Encode(name, System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping);
    }

    /// <summary>The name exactly as it stands on the wire; case counts.</summary>
    public string Name { get; }

    /// <summary>Whether the node repeats as siblings (a "Container array" or "String array" of the docs).</summary>
    public bool IsMany { get; }

    internal byte[] Utf8Name { get; }

    internal byte[] StartTag { get; }

    internal byte[] EndTag { get; }

    internal JsonEncodedText JsonName { get; }

    /// <summary>A node that stands in its parent once at most.</summary>
    /// <param name="name">The wire name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public static CiNode One(string name) => new(name, isMany: false);

    /// <summary>A node that may repeat as siblings, also interleaved with others.</summary>
    /// <param name="name">The wire name.</param>
    /// <exception cref="ArgumentException"><paramref name="name"/> is null or empty.</exception>
    public static CiNode Many(string name) => new(name, isMany: true);

    /// <summary>The wire name.</summary>
    public override string ToString() => Name;
}

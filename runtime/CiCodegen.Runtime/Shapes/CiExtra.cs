namespace CiCodegen.Runtime;

/// <summary>An element that no schema knows, kept because <see cref="CiReaderOptions.Extras"/> asked for it, or made to be written along.</summary>
/// <remarks>
/// Comments, processing instructions and attributes with a prefix are not kept. In JSON a text stands as a string and anything else as an
/// object, with attributes as <c>@name</c> and a text beside elements as <c>#text</c>; elements of another namespace have no place there.
/// </remarks>
/// <param name="name">The name, without a prefix.</param>
public sealed class CiExtra(string name)
{
    private List<KeyValuePair<string, string>>? _attributes;
    private List<CiExtra>? _children;

    /// <summary>The name, without a prefix.</summary>
    public string Name { get; } = name;

    /// <summary>The namespace where it is another than the parent's; null where it is the same.</summary>
    public string? Namespace { get; set; }

    /// <summary>The element's own text; between elements, white space alone is none.</summary>
    public string Text { get; set; } = "";

    /// <summary>The attributes without a prefix.</summary>
    public List<KeyValuePair<string, string>> Attributes { get => _attributes ??= []; set => _attributes = value; }

    /// <summary>The elements inside.</summary>
    public List<CiExtra> Children { get => _children ??= []; set => _children = value; }

    /// <summary>Whether there is nothing but a text.</summary>
    internal bool IsText => _attributes is not { Count: > 0 } && _children is not { Count: > 0 };

    /// <summary>The name and the text.</summary>
    public override string ToString() => $"{Name}: {Text}";
}

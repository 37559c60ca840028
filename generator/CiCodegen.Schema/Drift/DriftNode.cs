namespace CiCodegen.Schema;

/// <summary>A node as drift compares it: what a page, or the file imported from it, says.</summary>
/// <param name="name">The wire name.</param>
/// <param name="parent">The parent; null for a root.</param>
public sealed class DriftNode(string name, DriftNode? parent)
{
    /// <summary>The wire name.</summary>
    public string Name { get; } = name;

    /// <summary>The parent; null for a root.</summary>
    public DriftNode? Parent { get; } = parent;

    /// <summary>The path from the root.</summary>
    public string Path { get; } = parent is null ? name : parent.Path + "." + name;

    /// <summary>Whether the page speaks of the node itself; otherwise only its children name it.</summary>
    public bool IsDeclared { get; init; } = true;

    /// <summary>The path as the page writes it; null where it is <see cref="Path"/>.</summary>
    public string? Written { get; init; }

    /// <summary>The type in the docs' words, as in <c>Container array</c>; null when the page says none.</summary>
    public string? Type { get; init; }

    /// <summary>Whether it must be there, as in <c>Yes</c>, <c>No</c> or <c>Yes if State is On</c>; null when the page says nothing.</summary>
    public string? Required { get; init; }

    /// <summary>What else is said, by key of the schema language, as text.</summary>
    public IReadOnlyDictionary<string, string> Facts { get; init; } = new Dictionary<string, string>();

    /// <summary>The rules across its children.</summary>
    public IReadOnlyList<DriftRule> Rules { get; init; } = [];

    /// <summary>The C# member that callers use, as in <c>ConcatRequest.Operation.TemplateId</c>; null where no code is emitted.</summary>
    public string? Member { get; init; }

    /// <summary>Whether a caller sets the node.</summary>
    public bool IsRequest => Path.StartsWith("Request", StringComparison.Ordinal) || Path.StartsWith("Parameters", StringComparison.Ordinal);

    /// <summary>The children, in document order.</summary>
    public List<DriftNode> Children { get; } = [];

    /// <summary>The path as the page writes it.</summary>
    public string WrittenPath => Written ?? Path;

    /// <summary>A fact, or null.</summary>
    /// <param name="key">Its key.</param>
    public string? Fact(string key) => Facts.TryGetValue(key, out string? value) ? value : null;

    /// <summary>This node and all below it.</summary>
    public IEnumerable<DriftNode> All()
    {
        yield return this;
        foreach (DriftNode child in Children)
        {
            foreach (DriftNode node in child.All())
            {
                yield return node;
            }
        }
    }
}

/// <summary>A rule across children.</summary>
/// <param name="Kind">Which rule.</param>
/// <param name="Nodes">The children.</param>
/// <param name="When">When it holds; null when always.</param>
public sealed record DriftRule(string Kind, EquatableArray<string> Nodes, string? When = null)
{
    /// <summary>The rule as a schema writes it.</summary>
    public string Text => $"{Kind}: {string.Join(", ", Nodes)}{(When is null ? "" : $" when {When}")}";
}

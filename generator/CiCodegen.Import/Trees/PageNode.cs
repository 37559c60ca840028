namespace CiCodegen.Import;

/// <summary>One node of a page's tree.</summary>
/// <param name="name">The wire name; <c>*</c> in it stands for any characters.</param>
/// <param name="parent">Its parent; null for a root.</param>
/// <param name="line">The line of its row.</param>
internal sealed class PageNode(string name, PageNode? parent, int line)
{
    private readonly PageNode? _root = parent?.Root;

    public string Name { get; private set; } = name;

    public PageNode? Parent => parent;

    public int Line => line;

    public List<PageNode> Children { get; } = [];

    /// <summary>The path from the root.</summary>
    public string Path => parent is null ? Name : string.Join('.', Upward().Reverse().Select(n => n.Name));

    /// <summary>How many nodes are above it.</summary>
    public int Depth { get; } = parent is null ? 0 : parent.Depth + 1;

    /// <summary>The path as the page writes it, where it differs.</summary>
    public string? WrittenPath { get; set; }

    /// <summary>The type as the page writes it, normalised; null without a type column.</summary>
    public string? Wire { get; set; }

    /// <summary>The type cell in the docs' words, as in <c>Container array</c>; null without one.</summary>
    public string? TypeCell { get; set; }

    /// <summary>The required cell, as in <c>Yes</c> or <c>Yes if State is On</c>; null without one.</summary>
    public string? RequiredCell { get; set; }

    /// <summary>Where the page has the node, with heading and caption where there is no parent column.</summary>
    public string? Place { get; set; }

    public bool IsMany { get; set; }

    /// <summary>Whether a row speaks of the node; otherwise only its children name it.</summary>
    public bool IsDeclared { get; set; }

    /// <summary>Whether a caller sets it.</summary>
    public bool IsRequest => Root.Name is not "Response";

    public bool? Required { get; set; }

    public string? RequiredWhen { get; set; }

    /// <summary>What the node is like, by key of the schema language.</summary>
    public FactSet Facts { get; } = new();

    /// <summary>The rules across its children.</summary>
    public List<PageRule> Rules { get; } = [];

    /// <summary>What phrases say of it, in the order of the page.</summary>
    public List<SaidFact> Said { get; } = [];

    /// <summary>What describes it: the first sentence is a summary.</summary>
    public List<string> Words { get; } = [];

    /// <summary>The anchors under which the page points to it.</summary>
    public List<string> Anchors { get; } = [];

    /// <summary>Links in its cells.</summary>
    public List<CellLink> Links { get; } = [];

    /// <summary>What it refers to on other pages.</summary>
    public PageReference? Reference { get; set; }

    /// <summary>Its C# member, where the one that follows from its name is another node's.</summary>
    public string? Member { get; set; }

    /// <summary>Facts of the page that its schema does not repeat: the runtime or the envelope has something else there.</summary>
    public HashSet<string> LeftOut { get; } = new(StringComparer.Ordinal);

    public bool IsContainer => Children.Count > 0 || Wire == "Container" || Facts.Has("sameAs") || Facts.Has("use") || Reference is not null;

    public PageNode Root => _root ?? this;

    public PageNode? Child(string child) => Children.Find(c => c.Name == child);

    /// <summary>The node at a path below this one; null when there is none.</summary>
    public PageNode? Find(string path)
    {
        PageNode? node = this;
        foreach (string segment in path.Split('.'))
        {
            node = node?.Child(segment);
        }

        return node;
    }

    /// <summary>Leaves a fact out of the schema.</summary>
    public void Leave(string key)
    {
        if (Facts.Has(key))
        {
            LeftOut.Add(key);
        }
    }

    /// <summary>Makes a value of a container.</summary>
    public void Empty()
    {
        Children.Clear();
        Rules.Clear();
        Reference = null;
        Wire = "String";
        foreach (string key in (string[])["sameAs", "use", "refersTo", "type", "shape"])
        {
            Facts.Remove(key);
        }
    }

    /// <summary>Gives a structure another name.</summary>
    public void Rename(string other) => Name = other;

    /// <summary>This node and those above it, up to the root.</summary>
    public IEnumerable<PageNode> Upward()
    {
        for (PageNode? node = this; node is not null; node = node.Parent)
        {
            yield return node;
        }
    }

    /// <summary>This node and all below it, in order. A page may nest a thousand, so nothing calls itself.</summary>
    public IEnumerable<PageNode> All()
    {
        Stack<PageNode> open = new([this]);
        while (open.TryPop(out PageNode? node))
        {
            yield return node;
            for (int i = node.Children.Count - 1; i >= 0; i--)
            {
                open.Push(node.Children[i]);
            }
        }
    }
}

/// <summary>A rule across the children of a container.</summary>
/// <param name="Kind">Which rule.</param>
/// <param name="Nodes">The children.</param>
internal sealed record PageRule(string Kind, IReadOnlyList<string> Nodes)
{
    public bool Equals(PageRule? other) => other is not null && Kind == other.Kind && Nodes.SequenceEqual(other.Nodes);

    public override int GetHashCode() => HashCode.Combine(Kind, Nodes.Count);
}

/// <summary>What a node refers to on another page.</summary>
/// <param name="Path">The path there; null for a structure.</param>
/// <param name="Words">How the page names the other page, or the structure's name.</param>
internal sealed record PageReference(string? Path, string Words);

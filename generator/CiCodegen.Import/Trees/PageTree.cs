namespace CiCodegen.Import;

/// <summary>What a page says, as trees.</summary>
internal sealed class PageTree
{
    /// <summary>The roots: <c>Request</c>, <c>Response</c>, <c>Parameters</c>, in this order where the page has them.</summary>
    public List<PageNode> Roots { get; } = [];

    /// <summary>Structures by name: tables without parents that hang under a heading.</summary>
    public List<PageNode> Shapes { get; } = [];

    public PageNode? Root(string name) => Roots.Find(r => r.Name == name);

    public PageNode GetRoot(string name, int line)
    {
        if (Root(name) is { } root)
        {
            return root;
        }

        PageNode added = new(name, null, line) { Wire = "Container" };
        Roots.Add(added);
        return added;
    }

    public PageNode? Find(string path)
    {
        int dot = path.IndexOf('.');
        PageNode? root = Root(dot < 0 ? path : path[..dot]);
        return dot < 0 ? root : root?.Find(path[(dot + 1)..]);
    }

    public IEnumerable<PageNode> All() => Roots.Concat(Shapes).SelectMany(r => r.All());
}

using CiCodegen.Schema;

namespace CiCodegen.Import;

/// <summary>Proposes C# type names for the containers of a Tag: the Tag and the node's name, longer where two would be one.</summary>
internal static class ShapeNamer
{
    // What the envelope brings, and the runtime names.
    private static readonly HashSet<string> s_envelope = new(StringComparer.Ordinal)
    {
        "Request", "Request.Input", "Request.Operation", "Response", "Response.JobsDetail", "Response.JobsDetail.Input", "Response.JobsDetail.Operation",
    };

    public static void Name(ImportedPage page)
    {
        if (page.Kind != PageKind.Tag)
        {
            return;
        }

        PageNode[] containers = [.. page.Tree.All().Where(n => n.IsContainer && !s_envelope.Contains(n.Path) && !n.Facts.Has("sameAs") && !n.Facts.Has("use") && n.Name[^1] != '*')];
        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (IGrouping<string, PageNode> same in containers.GroupBy(n => Proposal(page.Tag!, n, 0)))
        {
            PageNode[] nodes = [.. same];
            for (int i = 0; i < nodes.Length; i++)
            {
                // The first keeps the short name, unless more of the path tells them apart.
                int depth = nodes.Length == 1 ? 0 : Depth(page.Tag!, nodes);
                string name = Proposal(page.Tag!, nodes[i], depth);
                if (!taken.Add(name))
                {
                    name = Proposal(page.Tag!, nodes[i], int.MaxValue);
                    taken.Add(name);
                }

                nodes[i].Facts.Set("shape", name);
            }
        }
    }

    private static int Depth(string tag, PageNode[] nodes)
    {
        for (int depth = 1; depth < 12; depth++)
        {
            if (nodes.Select(n => Proposal(tag, n, depth)).Distinct().Count() == nodes.Length)
            {
                return depth;
            }
        }

        return int.MaxValue;
    }

    private static string Proposal(string tag, PageNode node, int parents)
    {
        List<string> segments = [Names.ToMember(node.Name)];
        PageNode? at = node.Parent;
        for (int i = 0; i < parents && at is not null; i++, at = at.Parent)
        {
            string name = at.Name is "JobsDetail" ? "Job" : Names.ToMember(at.Name);
            if (name != tag)
            {
                segments.Insert(0, name);
            }
        }

        string joined = string.Concat(segments);

        // The Tag's own name says nothing, and its templates have the other.
        return joined == tag || joined == tag + "Template" ? tag + "Parameters" : joined.StartsWith(tag, StringComparison.Ordinal) ? joined : tag + joined;
    }
}

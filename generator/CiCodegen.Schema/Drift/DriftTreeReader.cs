namespace CiCodegen.Schema;

/// <summary>Reads a schema file as drift compares it: what it says itself, without envelope, corrections and what it refers to.</summary>
public static class DriftTreeReader
{
    // Told in other ways, or not of the page.
    private static readonly HashSet<string> s_other = new(StringComparer.Ordinal)
    {
        FactKeys.Type, FactKeys.Wire, FactKeys.Many, FactKeys.Required, FactKeys.Shape, FactKeys.EnumName, FactKeys.Member, FactKeys.Summary, FactKeys.Written, FactKeys.Runtime, FactKeys.OptIn, FactKeys.Open,
    };

    /// <summary>The roots of a file.</summary>
    /// <param name="document">The file.</param>
    public static IReadOnlyList<DriftNode> Read(SchemaDocument document) => document switch
    {
        TagDocument tag => Roots((tag.Request, "Request", tag.Tag.Value + "Request"), (tag.Response, "Response", tag.Tag.Value + "Job")),
        PageDocument page => Roots((page.Parameters, "Parameters", null), (page.Request, "Request", null), (page.Response, "Response", null)),
        SharedDocument shared => [.. shared.Shapes.Select(s => Node(s, null, s.Name.Value, s.Name.Value, true))],
        _ => [],
    };

    private static IReadOnlyList<DriftNode> Roots(params (NodeDocument? Node, string Name, string? Member)[] roots)
        => [.. roots.Where(r => r.Node is not null).Select(r => Node(r.Node!, null, r.Name, r.Member, r.Name != "Response"))];

    private static DriftNode Node(NodeDocument node, DriftNode? parent, string name, string? member, bool isRequest)
    {
        DriftNode read = new(name, parent)
        {
            Written = node.Find(FactKeys.Written)?.Text,
            Type = Type(node),
            Required = isRequest ? RequiredWord(node) : null,
            Facts = node.Facts.Where(f => !s_other.Contains(f.Key)).ToDictionary(f => f.Key, Text),
            Rules = [.. node.Rules.Select(r => new DriftRule(r.Kind.Value, r.Nodes.Select(n => n.Value).ToEquatableArray(), r.When?.Value))],
            Member = member,
        };
        foreach (NodeDocument child in node.Children)
        {
            // A list answers jobs: what is below JobsDetail is a member of the job.
            string childName = child.Name.Value;
            string? own = member is null ? null
                : parent is null && name == "Response" ? childName == "JobsDetail" ? member : null
                : member + "." + (child.Find(FactKeys.Member)?.Text ?? Names.ToMember(childName.TrimEnd('*')));
            read.Children.Add(Node(child, read, childName, own, isRequest));
        }

        return read;
    }

    private static string Type(NodeDocument node)
    {
        bool container = node.Children.Count > 0 || node.Find(FactKeys.Use) is not null || node.Find(FactKeys.SameAs) is not null || node.Find(FactKeys.Shape) is not null;
        string wire = node.Find(FactKeys.Wire)?.Text ?? (container ? "Container" : TypeBinder.WireTypeOf(node.Find(FactKeys.Type)?.Text ?? "string"));
        return node.Find(FactKeys.Many)?.Text == "true" ? wire + " array" : wire;
    }

    private static string RequiredWord(NodeDocument node) => node.Find(FactKeys.Required)?.Text switch
    {
        null or "false" => "No",
        "true" => "Yes",
        { } condition => "Yes if " + condition,
    };

    private static string Text(Fact fact)
        => fact.Clauses.Count > 0
            ? string.Join("; ", fact.Clauses.Select(c => $"{string.Join(", ", c.Values.Select(v => v.Text))} when {c.When.Value}"))
            : string.Join(", ", fact.Values.Select(v => v.Text));
}

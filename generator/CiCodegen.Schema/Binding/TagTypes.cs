namespace CiCodegen.Schema;

/// <summary>The C# type names that the code of a Tag, of its templates or of an operation takes.</summary>
/// <remarks>Pipeline value: compared by value.</remarks>
/// <param name="Tag">The Tag.</param>
/// <param name="Own">Those of its own containers and enums.</param>
/// <param name="Shared">Those that it shares with other Tags.</param>
public sealed record TagTypes(string Tag, EquatableArray<string> Own, EquatableArray<string> Shared)
{
    /// <summary>The catalog of all Tags is a type too.</summary>
    private const string Catalog = "CiTagCatalog";

    /// <summary>The names of a Tag.</summary>
    /// <param name="tag">The Tag.</param>
    public static TagTypes Of(TagModel tag)
    {
        SortedSet<string> own = new(StringComparer.Ordinal);
        SortedSet<string> shared = new(StringComparer.Ordinal);
        foreach (NodeModel root in tag.Roots)
        {
            Collect(root, own, shared);
        }

        if (tag.Unit == SchemaUnit.Operation)
        {
            own.Add(tag.Tag);
        }

        return new TagTypes(tag.Name, own.ToEquatableArray(), shared.ToEquatableArray());
    }

    /// <summary>Names that two Tags, or a Tag and the shared types, both take.</summary>
    /// <param name="tags">The names of each Tag.</param>
    /// <param name="documents">The Tags' files, for the place.</param>
    public static EquatableArray<SchemaProblem> Clashes(IEnumerable<TagTypes> tags, IEnumerable<TagDocument> documents)
    {
        List<SchemaProblem> problems = [];
        TagTypes[] all = tags.OrderBy(t => t.Tag, StringComparer.Ordinal).ToArray();
        Dictionary<string, string> owners = new(StringComparer.Ordinal) { [Catalog] = "the catalog of all Tags" };
        foreach (string name in all.SelectMany(t => t.Shared))
        {
            owners[name] = "the shared types";
        }

        TagDocument[] files = documents.ToArray();
        foreach (TagTypes tag in all)
        {
            foreach (string name in tag.Own)
            {
                if (!owners.TryGetValue(name, out string? owner))
                {
                    owners.Add(name, $"Tag {tag.Tag}");
                }
                else if (files.FirstOrDefault(f => TagModel.NameOf(f.Unit, f.Tag.Value) == tag.Tag) is { } file)
                {
                    problems.Add(new SchemaProblem(
                        ProblemDescriptors.TypeNameClash.Id, file.Path, file.Tag.Span, EquatableArray.Of(name, owner, $"Tag {tag.Tag}", "shape' or 'enumName")));
                }
            }
        }

        return problems.ToEquatableArray();
    }

    private static void Collect(NodeModel node, SortedSet<string> own, SortedSet<string> shared)
    {
        if (node.Shape is not null)
        {
            (node.IsShared ? shared : own).Add(node.Shape);
        }

        if (node.Enum is { IsRuntime: false } values)
        {
            (values.IsShared ? shared : own).Add(values.Name);
        }

        foreach (NodeModel child in node.Children)
        {
            Collect(child, own, shared);
        }
    }
}

using CiCodegen.Schema;

namespace CiCodegen.Cli.Schemas;

/// <summary>The schemas that come with the command line.</summary>
internal static class BundledSchemas
{
    private const string ResourcePrefix = "schema/";
    private const string PathPrefix = "bundled:";

    private static readonly Lazy<IReadOnlyList<SchemaText>> s_all = new(Load);

    /// <summary>All files, by path. A path in a message begins with <c>bundled:</c>: there is no such file on disk.</summary>
    public static IReadOnlyList<SchemaText> All => s_all.Value;

    /// <summary>The JSON Schema by which editors complete schemas.</summary>
    public static string JsonSchema => EmbeddedText.Read(ResourcePrefix + "ci-schema.json");

    /// <summary>The files of one folder that belong to a Tag: they bear its name.</summary>
    private static bool Belongs(SchemaText text, string folder, string tag)
        => text.Path.Equals($"{PathPrefix}{folder}/{tag}.ci.yaml", StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether a file corrects one of some Tags.</summary>
    public static bool Corrects(SchemaText text, IEnumerable<string> tags) => tags.Any(tag => Belongs(text, "corrections", tag));

    /// <summary>Whether a file is of one of some Tags: the Tag itself, or its corrections.</summary>
    public static bool IsOf(SchemaText text, IEnumerable<string> tags)
        => tags.Any(tag => Belongs(text, "tags", tag) || Belongs(text, "corrections", tag));

    private static List<SchemaText> Load()
    {
        List<SchemaText> texts = [];
        foreach (string name in EmbeddedText.Names)
        {
            if (name.StartsWith(ResourcePrefix, StringComparison.Ordinal) && name.EndsWith(".ci.yaml", StringComparison.Ordinal))
            {
                texts.Add(new SchemaText(PathPrefix + name[ResourcePrefix.Length..], EmbeddedText.Read(name), IsBundled: true));
            }
        }

        return [.. texts.OrderBy(t => t.Path, StringComparer.Ordinal)];
    }
}

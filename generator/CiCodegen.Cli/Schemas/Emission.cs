using CiCodegen.Emit;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Schemas;

/// <summary>Composes what is emitted for some Tags as the compiler does: the Tags' files, the shared types they use, the catalog.</summary>
internal static class Emission
{
    /// <summary>The namespace where a project has no root namespace.</summary>
    public const string DefaultNamespace = "Ci.CiJobs";

    public static IReadOnlyList<EmittedFile> Emit(IReadOnlyList<TagModel> tags, string space, TemplateStore templates, CancellationToken cancellationToken)
    {
        SourceEmitter emitter = new(new EmitOptions(space), templates);
        List<EmittedFile> files = [];
        foreach (TagModel tag in tags)
        {
            files.AddRange(emitter.EmitTag(tag, cancellationToken));
        }

        files.AddRange(emitter.EmitShared(SharedTypes.Union(tags.Select(SharedTypes.Of)), cancellationToken));
        if (tags.Any(t => t.Unit != SchemaUnit.Operation))
        {
            files.Add(emitter.EmitCatalog(tags.Select(CatalogEntry.Of).OfType<CatalogEntry>().OrderBy(e => e.Tag, StringComparer.Ordinal).ThenBy(e => e.Unit).ToEquatableArray(), cancellationToken));
        }

        return [.. files.OrderBy(f => f.HintName, StringComparer.Ordinal)];
    }
}

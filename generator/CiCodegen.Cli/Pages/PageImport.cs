using CiCodegen.Cli.Schemas;
using CiCodegen.Import;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Pages;

/// <summary>Pages, imported against the schemas at hand.</summary>
/// <param name="Pages">The pages, and those that they refer to.</param>
internal sealed record PageImport(IReadOnlyList<ImportedPage> Pages)
{
    /// <summary>Imports pages; one that cannot be read is reported and left out.</summary>
    /// <param name="run">The run.</param>
    /// <param name="sources">The pages.</param>
    /// <param name="library">Pages to look references up in.</param>
    /// <param name="schema">A directory with schemas whose structures a page may use; null for the bundled ones alone.</param>
    /// <param name="failures">Where pages go that cannot be read.</param>
    public static PageImport Run(Invocation run, IReadOnlyList<PageSource> sources, IReadOnlyList<PageSource> library, string? schema, List<ImportException> failures)
    {
        PageImporter importer = new(Structures(run, schema));
        return new PageImport(importer.Import(sources, library, e => Fail(run, e, failures)));
    }

    /// <summary>Imports one page by itself; empty when it cannot be read, which is reported.</summary>
    public static IReadOnlyList<ImportedPage> Alone(Invocation run, PageSource page, List<ImportException> failures)
        => new PageImporter([]).Import([page], null, e => Fail(run, e, failures));

    private static void Fail(Invocation run, ImportException e, List<ImportException> failures)
    {
        PageFiles.Report(run, e);
        failures.Add(e);
    }

    private static IEnumerable<KnownShape> Structures(Invocation run, string? schema)
    {
        IEnumerable<SchemaText> texts = schema is null ? BundledSchemas.All : OwnSchemas.Below(run.Host, schema).Texts.Concat(BundledSchemas.All);
        return texts.Select(t => SchemaParser.Parse(t, run.Cancellation).Document).OfType<SharedDocument>().SelectMany(d => d.Shapes.Select(s => new KnownShape(s.Name.Value, d.PageId?.Value)));
    }
}

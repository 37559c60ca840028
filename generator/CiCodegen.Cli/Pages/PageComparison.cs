using CiCodegen.Cli.Schemas;
using CiCodegen.Import;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Pages;

/// <summary>What changed in one page.</summary>
/// <param name="Page">The page.</param>
/// <param name="Against">What it was compared with.</param>
/// <param name="Events">The changes.</param>
internal sealed record PageDriftReport(string Page, string Against, IReadOnlyList<DriftEvent> Events);

/// <summary>Compares pages with what is known of them.</summary>
internal static class PageComparison
{
    /// <summary>Two versions of a page.</summary>
    public static PageDriftReport OfVersions(Invocation run, PageSource before, PageSource after, List<ImportException> failures)
    {
        // Each by itself, whatever schemas there are: one page must not lend the other its structures.
        IReadOnlyList<ImportedPage> old = PageImport.Alone(run, before, failures);
        IReadOnlyList<ImportedPage> now = PageImport.Alone(run, after, failures);
        IReadOnlyList<DriftEvent> events = old.Count == 0 || now.Count == 0 ? [] : SchemaDiff.Compare(PageDrift.Read(old[0]), PageDrift.Read(now[0]));
        return new PageDriftReport(after.Path, before.Path, events);
    }

    /// <summary>Pages against the files that were imported from them: by the page's id, else by the Tag.</summary>
    /// <exception cref="CliException">A schema has an error: nothing can be said of its page.</exception>
    public static IEnumerable<PageDriftReport> OfSchemas(Invocation run, IReadOnlyList<PageSource> sources, string? directory, List<ImportException> failures)
    {
        IReadOnlyList<SchemaDocument> documents = SchemaLoader.Parse(run, directory);
        foreach (ImportedPage page in PageImport.Run(run, sources, [], directory, failures).Pages)
        {
            SchemaDocument? known = Known(documents, page);
            if (known is not null)
            {
                yield return new PageDriftReport(page.Source.Path, known.Path, Compare(known, page));
            }
            else if (page.Kind != PageKind.None)
            {
                run.Error.WriteLine($"{page.Source.Path}: no schema is of the page '{page.PageId}'; 'cicodegen import' makes one");
            }
        }
    }

    /// <summary>What a schema is of.</summary>
    public static PageKind? KindOf(SchemaDocument document) => document switch
    {
        TagDocument { Unit: SchemaUnit.Job } => PageKind.Tag,
        TagDocument { Unit: SchemaUnit.Template } => PageKind.Template,
        PageDocument => PageKind.Page,
        SharedDocument => PageKind.Shared,
        _ => null,
    };

    private static SchemaDocument? Known(IReadOnlyList<SchemaDocument> documents, ImportedPage page)
        => documents.FirstOrDefault(d => PageIdOf(d) == page.PageId && KindOf(d) is { } kind && (kind == page.Kind || kind != PageKind.Shared || page.Kind == PageKind.None))
            ?? (page.Kind is PageKind.Tag or PageKind.Template ? documents.OfType<TagDocument>().FirstOrDefault(d => KindOf(d) == page.Kind && d.Tag.Value == page.Tag) : null);

    private static IReadOnlyList<DriftEvent> Compare(SchemaDocument known, ImportedPage page)
    {
        if (page.Kind == PageKind.None)
        {
            // A page that has nothing any more: all that the schema has is gone.
            return SchemaDiff.Compare(DriftTreeReader.Read(known), []);
        }

        // What no longer says its Tag cannot be read as one; its nodes compare all the same.
        page.WriteAs(page.Tag is null && KindOf(known) is PageKind.Tag or PageKind.Template ? PageKind.Page : KindOf(known)!.Value);
        IReadOnlyDictionary<string, string> places = PageDrift.Places(page);
        return [.. SchemaDiff.Compare(DriftTreeReader.Read(known), DriftTreeReader.Read(Parse(page)))
            .Select(e => e.WrittenPath == e.Path && places.TryGetValue(e.Path, out string? place) ? e with { WrittenPath = place } : e)];
    }

    private static SchemaDocument Parse(ImportedPage page)
    {
        CiCodegen.Schema.ParseResult parsed = SchemaParser.Parse(new SchemaText(page.Source.Path, page.ToYaml()), default);
        return parsed.Document
            ?? throw new CliException(CliException.BadSchema, $"What '{page.Source.Path}' says is no schema: {parsed.Problems.FirstOrDefault()?.Message}");
    }

    private static string? PageIdOf(SchemaDocument document) => document switch
    {
        TagDocument tag => tag.PageId?.Value,
        PageDocument page => page.PageId.Value,
        SharedDocument shared => shared.PageId?.Value,
        _ => null,
    };
}

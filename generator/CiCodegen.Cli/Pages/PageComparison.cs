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
    public static IEnumerable<PageDriftReport> OfSchemas(Invocation run, IReadOnlyList<PageSource> sources, string? directory, List<ImportException> failures)
    {
        SchemaText[] texts = directory is null ? [.. BundledSchemas.All] : [.. OwnSchemas.Below(run.Host, directory).OverBundled()];
        SchemaDocument[] documents = [.. texts.Select(t => SchemaParser.Parse(t, run.Cancellation).Document).OfType<SchemaDocument>()];
        foreach (ImportedPage page in PageImport.Run(run, sources, [], directory, failures).Pages)
        {
            if (page.Kind == PageKind.None)
            {
                continue;
            }

            SchemaDocument? known = documents.FirstOrDefault(d => PageIdOf(d) == page.PageId && KindOf(d) is { } kind && (kind == page.Kind || kind != PageKind.Shared))
                ?? (page.Kind is PageKind.Tag or PageKind.Template ? documents.OfType<TagDocument>().FirstOrDefault(d => KindOf(d) == page.Kind && d.Tag.Value == page.Tag) : null);
            if (known is null)
            {
                run.Error.WriteLine($"{page.Source.Path}: no schema is of the page '{page.PageId}'; 'cicodegen import' makes one");
                continue;
            }

            page.WriteAs(KindOf(known)!.Value);
            yield return new PageDriftReport(page.Source.Path, known.Path, SchemaDiff.Compare(DriftTreeReader.Read(known), DriftTreeReader.Read(Parse(page))));
        }
    }

    private static SchemaDocument Parse(ImportedPage page)
        => SchemaParser.Parse(new SchemaText(page.Source.Path, page.ToYaml()), default).Document
            ?? throw new InvalidOperationException($"The schema imported from '{page.Source.Path}' cannot be read back.");

    private static string? PageIdOf(SchemaDocument document) => document switch
    {
        TagDocument tag => tag.PageId?.Value,
        PageDocument page => page.PageId.Value,
        SharedDocument shared => shared.PageId?.Value,
        _ => null,
    };

    private static PageKind? KindOf(SchemaDocument document) => document switch
    {
        TagDocument { Unit: SchemaUnit.Job } => PageKind.Tag,
        TagDocument { Unit: SchemaUnit.Template } => PageKind.Template,
        PageDocument => PageKind.Page,
        SharedDocument => PageKind.Shared,
        _ => null,
    };
}

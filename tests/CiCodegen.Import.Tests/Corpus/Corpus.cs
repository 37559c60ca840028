using System.Globalization;
using CiCodegen.Schema;
using CiCodegen.Tests;

namespace CiCodegen.Import.Tests;

/// <summary>The outside corpus of pages, imported once.</summary>
internal static class Corpus
{
    private static readonly Lazy<IReadOnlyList<ImportedPage>> s_pages = new(() =>
    {
        PhraseReader.Usage.Value = [];
        IReadOnlyList<ImportedPage> pages = new PageImporter(Structures).Import(Sources("corpus", "pages"));
        Usage = PhraseReader.Usage.Value!;
        PhraseReader.Usage.Value = null;
        return pages;
    });

    /// <summary>The folder, or null where there is none.</summary>
    public static string? Folder => Repository.Shared is { } shared && Directory.Exists(Path.Combine(shared, "corpus", "pages")) ? shared : null;

    /// <summary>All pages, imported together.</summary>
    public static IReadOnlyList<ImportedPage> Pages => s_pages.Value;

    /// <summary>How often each phrasing was used.</summary>
    public static IReadOnlyDictionary<string, int> Usage { get; private set; } = new Dictionary<string, int>();

    /// <summary>The bundled shared files.</summary>
    public static IEnumerable<SchemaText> Shared
        => Directory.EnumerateFiles(Path.Combine(Repository.Root, "schema", "shared"), "*.ci.yaml").Order(StringComparer.Ordinal).Select(f => new SchemaText(Path.GetFileName(f), File.ReadAllText(f), IsBundled: true));

    /// <summary>The structures that pages may use.</summary>
    public static IEnumerable<KnownShape> Structures
        => Shared.Select(t => SchemaParser.Parse(t, default).Document).OfType<SharedDocument>().SelectMany(d => d.Shapes.Select(s => new KnownShape(s.Name.Value, d.PageId?.Value)));

    public static IEnumerable<PageSource> Sources(params string[] folder)
        => Directory.EnumerateFiles(Path.Combine([Repository.Shared!, .. folder]))
            .Where(f => Path.GetExtension(f) is ".md" or ".txt" && Path.GetFileName(f) != "CHANGES.md")
            .Order(StringComparer.Ordinal)
            .Select(f => PageSource.Decode(Path.GetFileName(f), File.ReadAllBytes(f)));

    public static PageSource Source(string name) => PageSource.Decode(name, File.ReadAllBytes(Path.Combine(Folder!, "corpus", "pages", name)));

    public static string Percent(double part, double whole) => whole == 0 ? "-" : (part / whole).ToString("P1", CultureInfo.InvariantCulture);
}

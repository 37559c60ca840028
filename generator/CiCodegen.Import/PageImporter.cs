using System.Text.RegularExpressions;
using CiCodegen.Schema;

namespace CiCodegen.Import;

/// <summary>Turns pages of the docs into schema files.</summary>
/// <param name="shapes">The structures that schemas have already: a reference to one becomes <c>use</c>, and a page that has one too leaves it to them.</param>
public sealed partial class PageImporter(IEnumerable<KnownShape> shapes)
{
    private readonly KnownShape[] _shapes = [.. shapes];

    /// <summary>Reads pages that may refer to one another.</summary>
    /// <param name="pages">The pages to import.</param>
    /// <param name="library">Pages to look references up in; one that is referred to is imported too.</param>
    /// <param name="onFailure">Told of pages that cannot be read at all; without it they are thrown.</param>
    /// <returns>The pages, in their order, then those of the library that are referred to.</returns>
    /// <exception cref="ImportException">A page cannot be read at all, and nobody is to be told.</exception>
    public IReadOnlyList<ImportedPage> Import(IEnumerable<PageSource> pages, IEnumerable<PageSource>? library = null, Action<ImportException>? onFailure = null)
    {
        List<ImportedPage> imported = ReadAll(pages, onFailure);
        HashSet<string> ids = [.. imported.Select(p => p.PageId)];
        List<ImportedPage> others = ReadAll((library ?? []).Where(p => !ids.Contains(p.Id)), onFailure);
        ReferenceResolver references = new(_shapes, [.. imported, .. others]);
        List<ImportedPage> all = [.. imported];
        for (int i = 0; i < all.Count; i++)
        {
            foreach (ImportedPage needed in references.Resolve(all[i]))
            {
                if (!all.Contains(needed))
                {
                    all.Add(needed);
                }
            }
        }

        LeaveKnown(all);
        Claim(all);
        foreach (ImportedPage page in all)
        {
            new LogicalTypes(page.FindingList).Decide(page.Tree);
            SampleChecker.Check(page);
            EnvelopeFit.Fit(page);
            MemberNames.Part(page);
            ShapeNamer.Name(page);
        }

        return all;
    }

    /// <summary>Reads one page.</summary>
    /// <param name="page">The page.</param>
    /// <exception cref="ImportException">The page cannot be read at all.</exception>
    public ImportedPage Import(PageSource page) => Import([page])[0];

    // A structure that schemas have from elsewhere stays theirs: one name, one type.
    private void LeaveKnown(IReadOnlyList<ImportedPage> pages)
    {
        foreach (ImportedPage page in pages)
        {
            foreach (PageNode shape in page.Tree.Shapes.Where(s => _shapes.Any(k => k.Name == s.Name && k.PageId != page.PageId)).ToArray())
            {
                page.FindingList.Add(FindingClass.DuplicateNode, shape.Line, $"schemas have a structure {shape.Name} already", "left to them");
                page.Tree.Shapes.Remove(shape);
            }
        }
    }

    private static List<ImportedPage> ReadAll(IEnumerable<PageSource> pages, Action<ImportException>? onFailure)
    {
        List<ImportedPage> read = [];
        foreach (PageSource page in pages)
        {
            try
            {
                read.Add(Read(page));
            }
            catch (ImportException e) when (onFailure is not null)
            {
                onFailure(e);
            }
        }

        return read;
    }

    // Two pages of one Tag, or of its templates: the latest is the file, and of those without a date the one of the plainest name; the others stay what they are, pages.
    private static void Claim(IReadOnlyList<ImportedPage> pages)
    {
        foreach (IGrouping<(PageKind, string), ImportedPage> claims in pages.Where(p => p.Kind is PageKind.Tag or PageKind.Template).GroupBy(p => (p.Kind, p.Tag!)))
        {
            foreach (ImportedPage other in ByRank(claims).Skip(1))
            {
                other.Kind = PageKind.Page;
            }
        }

        HashSet<string> taken = new(StringComparer.Ordinal);
        foreach (ImportedPage page in ByRank(pages.Where(p => p.Kind == PageKind.Shared)))
        {
            foreach (PageNode shape in page.Tree.Shapes.Where(s => !taken.Add(s.Name)).ToArray())
            {
                Rename(page, shape, shape.Name + Names.ToMember(page.PageId));
            }
        }
    }

    private static IEnumerable<ImportedPage> ByRank(IEnumerable<ImportedPage> pages)
        => pages.OrderByDescending(p => p.Date ?? "", StringComparer.Ordinal).ThenBy(p => p.PageId.Length).ThenBy(p => p.PageId, StringComparer.Ordinal);

    // A structure of a name that another page has: the page's own nodes go on using it.
    private static void Rename(ImportedPage page, PageNode shape, string name)
    {
        page.FindingList.Add(FindingClass.DuplicateNode, shape.Line, $"another page has a structure {shape.Name}", $"named {name}");
        foreach (PageNode node in page.Tree.All().Where(n => n.Facts.Text("use") == shape.Name))
        {
            node.Facts.Replace("use", new FactValue(name));
        }

        shape.Rename(name);
    }

    private static ImportedPage Read(PageSource source)
    {
        FindingList findings = new(source.Path);
        PageOutline outline = PageReader.Read(source, findings);
        IReadOnlyList<NodeTable> tables = new NodeTableReader(findings).Read(outline);
        PageHead head = PageHead.Read(source, outline);
        PageTree tree = new TreeBuilder(findings).Build(tables);
        ProseReferences.Read(outline, tree);
        SampleSet samples = SampleSet.Read(outline, findings);
        samples.CountRepetitions(tree, findings);
        ConditionResolver conditions = new();
        FactMapper facts = new(tree, conditions, findings);
        facts.MapValues();
        ValueTables.Read(outline, tree);
        facts.MapRelations();

        string? http = head.Http;
        string? tag = TagOf(tree, head);
        NodeTable[] counted = [.. tables.Where(t => !t.IsHeaders)];
        PageKind kind = tree.Roots.Count == 0 ? tree.Shapes.Count == 0 ? PageKind.None : PageKind.Shared
            : tag is not null && http == "POST /template" && tree.Root("Request") is not null && tree.Find("Response.TemplateList") is null ? PageKind.Template
            : tag is not null && http is not null && Submission().IsMatch(http) && tree.Root("Request") is not null && IsJobTag(tree) ? PageKind.Tag
            : PageKind.Page;
        return new ImportedPage(source, outline.Dialect)
        {
            Kind = kind,
            Date = head.Date,
            Tag = tag,
            Family = FamilyOf(http),
            Http = http,
            Tables = counted.Length,
            Rows = counted.Sum(t => t.Rows.Count),
            TableHash = PageLock.HashOf(counted),
            Tree = tree,
            Head = head,
            FindingList = findings,
            Samples = samples,
        };
    }

    // The row Tag says it; where the row is silent, the samples do.
    private static string? TagOf(PageTree tree, PageHead head)
    {
        string? said = (tree.Find("Request.Tag") ?? tree.Find("Response.JobsDetail.Tag"))?.Facts.Text("const");
        string[] tags = [.. head.Tags];
        return said is not null && (tags.Length == 0 || tags.Contains(said)) ? said : tags.Length == 1 ? tags[0] : said;
    }

    private static bool IsJobTag(PageTree tree) => tree.Find("Request.Tag") is not null || tree.Find("Request.Operation") is { IsMany: false };

    private static string FamilyOf(string? http)
        => http is not null && Family().Match(http) is { Success: true } match ? match.Groups["family"].Value : "media";

    [GeneratedRegex(@"^POST /([a-z]+_)?jobs$", RegexOptions.CultureInvariant)]
    private static partial Regex Submission();

    [GeneratedRegex(@"/(?<family>pic|ai|asr|doc|file)_jobs", RegexOptions.CultureInvariant)]
    private static partial Regex Family();
}

/// <summary>A structure that schemas have.</summary>
/// <param name="Name">Its name.</param>
/// <param name="PageId">The page that it was imported from; null for one written by hand.</param>
public sealed record KnownShape(string Name, string? PageId = null);

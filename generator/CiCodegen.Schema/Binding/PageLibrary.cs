using System.Runtime.CompilerServices;

namespace CiCodegen.Schema;

/// <summary>A file that others refer to by its page's id, with what corrects it.</summary>
/// <remarks>Pipeline value: compared by value.</remarks>
/// <param name="Document">The file.</param>
/// <param name="Corrections">Its corrections, in the order in which they apply.</param>
public sealed record ReferencedFile(SchemaDocument Document, EquatableArray<CorrectionDocument> Corrections)
{
    /// <summary>The id of the file's page, or null.</summary>
    public string? PageId => IdOf(Document);

    /// <summary>Whether another file has its place, so that it is only there to be referred to.</summary>
    public bool IsShadowed { get; init; }

    /// <summary>The id of a file's page, or null.</summary>
    /// <param name="document">The file.</param>
    public static string? IdOf(SchemaDocument document) => document switch
    {
        TagDocument tag => tag.PageId?.Value,
        PageDocument page => page.PageId.Value,
        SharedDocument shared => shared.PageId?.Value,
        _ => null,
    };
}

/// <summary>Finds which other files a file refers to, so that it is bound again only when one of them changes.</summary>
public static class ReferenceFinder
{
    // A document never changes, and many others ask what it refers to.
    private static readonly ConditionalWeakTable<SchemaDocument, string[]> s_wanted = new();

    /// <summary>The files that a file needs, by way of whatever file.</summary>
    /// <param name="document">The file.</param>
    /// <param name="corrections">Its corrections.</param>
    /// <param name="shared">All shared files.</param>
    /// <param name="candidates">What can be referred to: pages come before Tags.</param>
    public static EquatableArray<ReferencedFile> Find(
        SchemaDocument document, IEnumerable<CorrectionDocument> corrections, IEnumerable<SharedDocument> shared, EquatableArray<ReferencedFile> candidates)
    {
        List<string> wanted = [];
        Add(document, wanted);
        foreach (SchemaDocument other in corrections.Concat<SchemaDocument>(shared))
        {
            Add(other, wanted);
        }

        List<ReferencedFile> found = [];
        for (int i = 0; i < wanted.Count; i++)
        {
            // Where no file has the page, the one that was meant comes along, to be named in the problem.
            string? id = candidates.Any(c => c.PageId == wanted[i]) ? wanted[i] : Suggestion.Nearest(wanted[i], candidates.Select(c => c.PageId).OfType<string>());
            foreach (ReferencedFile file in candidates.Where(c => id is not null && c.PageId == id && !found.Exists(f => ReferenceEquals(f, c))))
            {
                found.Add(file);
                Add(file.Document, wanted);
                foreach (CorrectionDocument correction in file.Corrections)
                {
                    Add(correction, wanted);
                }
            }
        }

        return found.ToEquatableArray();
    }

    /// <summary>The pages that a file itself refers to.</summary>
    /// <param name="document">The file.</param>
    public static IReadOnlyList<string> PagesOf(SchemaDocument document) => s_wanted.GetValue(document, WantedBy);

    private static void Add(SchemaDocument document, List<string> wanted)
    {
        foreach (string page in PagesOf(document))
        {
            if (!wanted.Contains(page))
            {
                wanted.Add(page);
            }
        }
    }

    private static string[] WantedBy(SchemaDocument document)
    {
        List<string> wanted = [];
        Collect(document, wanted);
        return [.. wanted];
    }

    private static void Collect(SchemaDocument document, List<string> wanted)
    {
        IEnumerable<NodeDocument> roots = document switch
        {
            TagDocument tag => There(tag.Parameters, tag.Request, tag.Response),
            PageDocument page => There(page.Parameters, page.Request, page.Response),
            SharedDocument shared => shared.Shapes.Concat(shared.Envelopes.SelectMany(e => There(e.Request, e.Response))),
            CorrectionDocument correction => correction.Entries.SelectMany(e => e.Nodes),
            _ => [],
        };
        foreach (NodeDocument root in roots)
        {
            Collect(root, wanted);
        }

        if (document is CorrectionDocument changes)
        {
            foreach (Fact fact in changes.Entries.SelectMany(e => e.Set))
            {
                Collect(fact, wanted);
            }
        }
    }

    private static IEnumerable<NodeDocument> There(params NodeDocument?[] roots) => roots.OfType<NodeDocument>();

    private static void Collect(NodeDocument node, List<string> wanted)
    {
        foreach (Fact fact in node.Facts)
        {
            Collect(fact, wanted);
        }

        foreach (NodeDocument child in node.Children)
        {
            Collect(child, wanted);
        }
    }

    private static void Collect(Fact fact, List<string> wanted)
    {
        if (fact.Key == FactKeys.SameAs && PageLibrary.Split(fact.Text) is { Page: { } page } && !wanted.Contains(page))
        {
            wanted.Add(page);
        }
    }
}

/// <summary>The trees of other files, for <c>sameAs: page#Path</c>.</summary>
internal sealed class PageLibrary(ReferencedFile asking, EquatableArray<ReferencedFile> files, IEnumerable<SharedDocument> shared, Glossary glossary, Func<ReferencedFile, RootSet> bindRoots)
{
    private readonly Dictionary<string, RootSet> _roots = new(StringComparer.Ordinal);
    private readonly Dictionary<string, NodeDocument> _shapes = new(StringComparer.Ordinal);
    private readonly SharedDocument[] _shared = shared.Where(s => s.PageId is not null).ToArray();
    private readonly HashSet<string> _bundled = new(
        files.Append(asking).SelectMany(f => f.Corrections.Concat<SchemaDocument>([f.Document])).Concat(shared).Where(d => d.IsBundled).Select(d => d.Path), StringComparer.Ordinal);

    public IEnumerable<string> PageIds
        => files.Select(f => f.PageId).Concat(_shared.Select(s => s.PageId?.Value)).OfType<string>().Distinct();

    /// <summary>A reference's page, or null for one within its own file, and path.</summary>
    public static (string? Page, string Path) Split(string reference)
    {
        int at = reference.LastIndexOf('#');
        return at < 0 ? (null, reference) : (reference.Substring(0, at), reference.Substring(at + 1));
    }

    public bool Has(string page) => PageIds.Contains(page);

    /// <summary>The node where a path begins, or null.</summary>
    /// <param name="page">The page.</param>
    /// <param name="name">The root's name.</param>
    /// <param name="from">The file that refers to it: a bundled one means the bundled page, also where a file of one's own has its place.</param>
    public NodeDocument? Root(string page, string name, string from)
    {
        bool wantsBundled = _bundled.Contains(from);
        if ((files.FirstOrDefault(f => f.PageId == page && wantsBundled && f.Document.IsBundled) ?? files.FirstOrDefault(f => f.PageId == page)) is { } file)
        {
            string at = file.Document.Path;
            if (!_roots.TryGetValue(at, out RootSet? roots))
            {
                // Set first, for pages that refer to one another.
                _roots[at] = new RootSet(null, null, null);
                roots = bindRoots(file);
                _roots[at] = roots = new RootSet(ReRoot(roots.Parameters, page), ReRoot(roots.Request, page), ReRoot(roots.Response, page));
            }

            return roots.Find(name);
        }

        string key = $"{page}#{name}";
        if (!_shapes.TryGetValue(key, out NodeDocument? shape)
            && ReRoot(_shared.Where(s => s.PageId?.Value == page).SelectMany(s => s.Shapes).FirstOrDefault(s => s.Name.Value == name), page) is { } found && glossary.Over(found) is { } explained)
        {
            _shapes.Add(key, shape = explained);
        }

        return shape;
    }

    /// <summary>A tree as others take it over: references within its file say which file, and types are named where it is taken over.</summary>
    private static NodeDocument? ReRoot(NodeDocument? node, string page) => node is null ? null : node with
    {
        Facts = node.Facts.Where(f => f.Key is not (FactKeys.Shape or FactKeys.EnumName or FactKeys.Written)).Select(f => ReRoot(f, page)).ToEquatableArray(),
        Children = node.Children.Map(c => ReRoot(c, page)!),
    };

    private static Fact ReRoot(Fact fact, string page)
        => fact.Key != FactKeys.SameAs || Split(fact.Text).Page is not null
            ? fact
            : fact with { Values = EquatableArray.Of(fact.Values[0] with { Text = $"{page}#{fact.Text}" }) };
}

using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Finds what a page's references lead to: a structure that schemas have, or a node of another page.</summary>
/// <param name="shapes">The structures that schemas have already.</param>
/// <param name="pages">All pages at hand.</param>
internal sealed partial class ReferenceResolver(IReadOnlyList<KnownShape> shapes, IReadOnlyList<ImportedPage> pages)
{
    /// <summary>Resolves the references of a page.</summary>
    /// <returns>The pages that it needs.</returns>
    public IReadOnlyList<ImportedPage> Resolve(ImportedPage page)
    {
        List<ImportedPage> needed = [];
        foreach (PageNode node in page.Tree.All())
        {
            if (node.Reference is not { } reference || node.Children.Count > 0 || node.Facts.Has("sameAs"))
            {
                continue;
            }

            ImportedPage? target = reference.Path is null ? Structure(page, node, reference.Words) : Node(page, node, reference);
            if (target is not null && target != page)
            {
                needed.Add(target);
            }

            if (node.Facts.Has("use") || node.Facts.Has("sameAs"))
            {
                node.Wire = "Container";
            }
            else if (node.Wire is "Container")
            {
                node.Facts.Set("refersTo", reference.Path is { } path ? $"{path} of {Name(reference.Words)}" : $"the structure {reference.Words}");
                page.FindingList.Add(FindingClass.UnresolvedReference, node.Line, $"{node.Path} refers to {node.Facts.Text("refersTo")}, which no page at hand has", "kept as text");
            }
            else
            {
                // A value that the words explain elsewhere: nothing to include.
                node.Reference = null;
            }
        }

        return needed;
    }

    private static string Name(string words) => words == "this page" ? words : $"the page on {words}";

    private ImportedPage? Structure(ImportedPage page, PageNode node, string name)
    {
        string[] names = [.. new[] { name, ShapeNames.Of(name), node.Name, Suffix().Replace(name, ""), name[(name.LastIndexOf('_') + 1)..] }.Where(n => n.Length > 0).Distinct()];
        foreach (string candidate in names)
        {
            if (shapes.FirstOrDefault(s => s.Name == candidate) is { } known)
            {
                // The page that it came from is imported with the others, where it is at hand.
                node.Facts.Set("use", candidate);
                return pages.FirstOrDefault(p => p.PageId == known.PageId);
            }

            foreach (ImportedPage holder in pages.OrderBy(p => p == page ? 0 : 1).ThenBy(p => p.PageId.Length))
            {
                if (holder.Tree.Shapes.Find(s => s.Name == candidate || s.Anchors.Contains(candidate)) is { } shape && shape != node.Root)
                {
                    node.Facts.Set("use", shape.Name);
                    return holder;
                }
            }
        }

        return null;
    }

    private ImportedPage? Node(ImportedPage page, PageNode node, PageReference reference)
    {
        string[] words = Words(reference.Words);
        (ImportedPage Page, int Score)[] found =
        [
            .. pages.Where(p => p != page && p.Tree.Find(reference.Path!) is { } target && target.Children.Count > 0)
                .Select(p => (p, Score(p, page, words)))
                .OrderByDescending(p => p.Item2).ThenByDescending(p => p.p.Tree.Find(reference.Path!)!.All().Count()).ThenBy(p => p.p.PageId.Length).ThenBy(p => p.p.PageId, StringComparer.Ordinal),
        ];
        if (found.Length == 0 || (found[0].Score == 0 && found.Length > 1))
        {
            return null;
        }

        node.Facts.Set("sameAs", $"{found[0].Page.PageId}#{reference.Path}");
        return found[0].Page;
    }

    // The words by which the page is called, in what it says of itself.
    private static int Score(ImportedPage candidate, ImportedPage from, string[] words)
    {
        string about = $"{candidate.Head.Title} {candidate.Head.Intro} {candidate.PageId}";
        HashSet<string> own = [.. Words(about)];
        int score = words.Count(own.Contains) * 4;
        score += candidate.Tag is not null && candidate.Tag == from.Tag ? 3 : 0;
        score += words.Contains("template") && candidate.Http == "POST /template" ? 2 : 0;
        return score;
    }

    private static string[] Words(string text)
        => [.. Word().Matches(text).Select(m => m.Value.ToLowerInvariant()).Where(w => w is not ("the" or "a" or "an" or "api" or "of" or "to" or "in" or "this" or "is" or "used" or "page")).Distinct()];

    [GeneratedRegex(@"Array$", RegexOptions.CultureInvariant)]
    private static partial Regex Suffix();

    [GeneratedRegex(@"[A-Za-z0-9]+", RegexOptions.CultureInvariant)]
    private static partial Regex Word();
}

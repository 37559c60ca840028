namespace CiCodegen.Schema;

/// <summary>Which file has a Tag or a page when several claim it: one's own comes before a bundled one, two of a kind are a problem.</summary>
public static class FileChooser
{
    /// <summary>Chooses one file per Tag.</summary>
    /// <param name="tags">All files.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The chosen files, by Tag.</returns>
    public static List<TagDocument> Tags(IEnumerable<TagDocument> tags, List<SchemaProblem> problems)
    {
        List<TagDocument> all = [];
        foreach (IGrouping<string, TagDocument> claim in tags.GroupBy(t => $"{t.Unit} {t.Tag.Value}", StringComparer.OrdinalIgnoreCase).OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase))
        {
            TagDocument[] files = claim.OrderBy(t => t.IsBundled).ThenBy(t => t.Path, StringComparer.Ordinal).ToArray();
            TagDocument chosen = files[0];
            foreach (TagDocument other in files.Skip(1))
            {
                problems.Add(other.IsBundled == chosen.IsBundled
                    ? Problem(ProblemDescriptors.DuplicateTag, other.Path, other.Tag, other.Tag.Value, chosen.Path)
                    : Problem(ProblemDescriptors.ShadowedTag, chosen.Path, chosen.Tag, chosen.Tag.Value));
            }

            all.Add(chosen);
        }

        return all;
    }

    /// <summary>Chooses one file per page.</summary>
    /// <param name="pages">All files with <c>kind: page</c>.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The chosen files, by page.</returns>
    public static List<PageDocument> Pages(IEnumerable<PageDocument> pages, List<SchemaProblem> problems)
    {
        List<PageDocument> all = [];
        foreach (IGrouping<string, PageDocument> claim in pages.GroupBy(p => p.PageId.Value, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal))
        {
            PageDocument[] files = claim.OrderBy(p => p.IsBundled).ThenBy(p => p.Path, StringComparer.Ordinal).ToArray();
            foreach (PageDocument other in files.Skip(1).Where(p => p.IsBundled == files[0].IsBundled))
            {
                problems.Add(Problem(ProblemDescriptors.DuplicatePage, other.Path, other.PageId, claim.Key, files[0].Path));
            }

            all.Add(files[0]);
        }

        return all;
    }

    /// <summary>The chosen files with their corrections, pages before Tags: what a reference is looked up in.</summary>
    /// <param name="pages">The chosen pages.</param>
    /// <param name="tags">The chosen Tags.</param>
    /// <param name="all">All files, the chosen ones among them: a bundled file may refer to a bundled one whose place a file of one's own takes.</param>
    /// <param name="corrections">All corrections.</param>
    public static EquatableArray<ReferencedFile> Files(
        IEnumerable<PageDocument> pages, IEnumerable<TagDocument> tags, IEnumerable<TagDocument> all, IReadOnlyCollection<CorrectionDocument> corrections)
    {
        TagDocument[] chosen = [.. tags];
        HashSet<string> paths = new(chosen.Select(t => t.Path), StringComparer.Ordinal);
        return pages.Concat<SchemaDocument>(chosen).Select(d => new ReferencedFile(d, CorrectionsOf(d, corrections)))
            .Concat(all.Where(t => t.IsBundled && !paths.Contains(t.Path)).Select(t => new ReferencedFile(t, CorrectionsOf(t, corrections)) { IsShadowed = true }))
            .ToEquatableArray();
    }

    /// <summary>The corrections of a file in the order in which they apply: bundled ones first, then one's own, each by path.</summary>
    /// <remarks>Bundled corrections are about the bundled file; a file of one's own that takes its place says itself what is right.</remarks>
    /// <param name="document">The chosen file.</param>
    /// <param name="corrections">All corrections.</param>
    public static EquatableArray<CorrectionDocument> CorrectionsOf(SchemaDocument document, IEnumerable<CorrectionDocument> corrections)
        => corrections.Where(c => IsOf(c, document) && (document.IsBundled || !c.IsBundled)).OrderBy(c => !c.IsBundled).ThenBy(c => c.Path, StringComparer.Ordinal).ToEquatableArray();

    /// <summary>Reports corrections for Tags and pages that no file has.</summary>
    /// <param name="tags">All Tags.</param>
    /// <param name="pages">All pages.</param>
    /// <param name="corrections">All corrections.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void ReportOrphans(IReadOnlyCollection<TagDocument> tags, IReadOnlyCollection<PageDocument> pages, IEnumerable<CorrectionDocument> corrections, List<SchemaProblem> problems)
    {
        foreach (CorrectionDocument correction in corrections)
        {
            if (!tags.Any(t => IsOf(correction, t)) && !pages.Any(p => IsOf(correction, p)) && Subject(correction) is { } subject)
            {
                IEnumerable<string> known = correction.PageId is not null ? pages.Select(p => p.PageId.Value).Concat(tags.Select(t => t.PageId?.Value).OfType<string>()) : tags.Where(t => t.Unit == subject.Unit).Select(t => t.Tag.Value);
                problems.Add(Problem(ProblemDescriptors.OrphanCorrection, correction.Path, subject.Name, subject.Name.Value, Suggestion.Sentence(subject.Name.Value, known), subject.Noun));
            }
        }
    }

    /// <summary>What a correction is about.</summary>
    private static (Located<string> Name, string Noun, SchemaUnit Unit)? Subject(CorrectionDocument correction) => correction switch
    {
        { Tag: { } tag } => (tag, "Tag", SchemaUnit.Job),
        { Template: { } template } => (template, "template of Tag", SchemaUnit.Template),
        { Operation: { } operation } => (operation, "operation", SchemaUnit.Operation),
        { PageId: { } page } => (page, "page", default),
        _ => null,
    };

    private static bool IsOf(CorrectionDocument correction, SchemaDocument document) => document switch
    {
        TagDocument { Unit: SchemaUnit.Job } tag => correction.Tag?.Value == tag.Tag.Value,
        TagDocument { Unit: SchemaUnit.Template } template => correction.Template?.Value == template.Tag.Value,
        TagDocument operation => correction.Operation?.Value == operation.Tag.Value,
        PageDocument page => correction.PageId?.Value == page.PageId.Value,
        _ => false,
    };

    private static SchemaProblem Problem(ProblemDescriptor descriptor, string path, Located<string> at, params string[] arguments)
        => new(descriptor.Id, path, at.Span, arguments.ToEquatableArray());
}

namespace CiCodegen.Schema;

/// <summary>All schema files of a host, read and bound: what the command line and the emulator work on.</summary>
/// <param name="Tags">The Tags without errors, by name.</param>
/// <param name="Problems">Every problem of every file, by file and place.</param>
public sealed record SchemaSet(EquatableArray<TagModel> Tags, EquatableArray<SchemaProblem> Problems)
{
    /// <summary>Whether an error was found.</summary>
    public bool HasErrors => Problems.Any(p => p.Descriptor.Severity == ProblemSeverity.Error);

    /// <summary>The Tag with a name, or null; case counts.</summary>
    /// <param name="tag">The Tag.</param>
    public TagModel? Find(string tag) => Tags.FirstOrDefault(t => t.Tag == tag);

    /// <summary>Reads and binds files.</summary>
    /// <param name="texts">The files, in any order.</param>
    /// <param name="cancellationToken">Stops the work.</param>
    /// <exception cref="OperationCanceledException">The work was stopped.</exception>
    public static SchemaSet Load(IEnumerable<SchemaText> texts, CancellationToken cancellationToken)
    {
        List<SchemaProblem> problems = [];
        List<SchemaDocument> documents = [];
        foreach (SchemaText text in texts.OrderBy(t => t.Path, StringComparer.Ordinal))
        {
            ParseResult parsed = SchemaParser.Parse(text, cancellationToken);
            problems.AddRange(parsed.Problems);
            if (parsed.Document is not null)
            {
                documents.Add(parsed.Document);
            }
        }

        SharedDocument[] shared = documents.OfType<SharedDocument>().ToArray();
        CorrectionDocument[] corrections = documents.OfType<CorrectionDocument>().ToArray();
        TagDocument[] all = documents.OfType<TagDocument>().ToArray();
        List<TagModel> tags = [];
        foreach (TagDocument tag in TagChooser.Choose(all, problems))
        {
            BindResult bound = SchemaBinder.Bind(tag, shared, TagChooser.CorrectionsOf(tag, corrections), cancellationToken);
            problems.AddRange(bound.Problems);
            if (bound.Model is not null)
            {
                tags.Add(bound.Model);
            }
        }

        TagChooser.ReportOrphans(all, corrections, problems);
        problems.AddRange(TagTypes.Clashes(tags.Select(TagTypes.Of), all));
        return new SchemaSet(
            tags.OrderBy(t => t.Tag, StringComparer.Ordinal).ToEquatableArray(),
            problems.OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Span.Start).ThenBy(p => p.Id, StringComparer.Ordinal).Distinct().ToEquatableArray());
    }
}

/// <summary>Which file has a Tag when several claim it: one's own comes before a bundled one, two of a kind are a problem.</summary>
public static class TagChooser
{
    /// <summary>Chooses one file per Tag.</summary>
    /// <param name="tags">All files.</param>
    /// <param name="problems">Takes what is wrong.</param>
    /// <returns>The chosen files, by Tag.</returns>
    public static IEnumerable<TagDocument> Choose(IEnumerable<TagDocument> tags, List<SchemaProblem> problems)
    {
        foreach (IGrouping<string, TagDocument> claim in tags.GroupBy(t => t.Tag.Value, StringComparer.OrdinalIgnoreCase).OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase))
        {
            TagDocument[] files = claim.OrderBy(t => t.IsBundled).ThenBy(t => t.Path, StringComparer.Ordinal).ToArray();
            TagDocument chosen = files[0];
            foreach (TagDocument other in files.Skip(1))
            {
                if (other.IsBundled == chosen.IsBundled)
                {
                    problems.Add(Problem(ProblemDescriptors.DuplicateTag, other, other.Tag.Value, chosen.Path));
                }
                else
                {
                    problems.Add(Problem(ProblemDescriptors.ShadowedTag, chosen, chosen.Tag.Value));
                }
            }

            yield return chosen;
        }
    }

    /// <summary>The corrections of a Tag in the order in which they apply: bundled ones first, then one's own, each by path.</summary>
    /// <remarks>Bundled corrections are about the bundled file; a file of one's own that takes its place says itself what is right.</remarks>
    /// <param name="tag">The chosen file.</param>
    /// <param name="corrections">All corrections.</param>
    public static IEnumerable<CorrectionDocument> CorrectionsOf(TagDocument tag, IEnumerable<CorrectionDocument> corrections)
        => corrections.Where(c => c.Tag.Value == tag.Tag.Value && (tag.IsBundled || !c.IsBundled)).OrderBy(c => !c.IsBundled).ThenBy(c => c.Path, StringComparer.Ordinal);

    /// <summary>Reports corrections for Tags that no file has.</summary>
    /// <param name="tags">All Tags.</param>
    /// <param name="corrections">All corrections.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void ReportOrphans(IEnumerable<TagDocument> tags, IEnumerable<CorrectionDocument> corrections, List<SchemaProblem> problems)
    {
        string[] known = tags.Select(t => t.Tag.Value).ToArray();
        foreach (CorrectionDocument correction in corrections)
        {
            if (!known.Contains(correction.Tag.Value))
            {
                problems.Add(new SchemaProblem(
                    ProblemDescriptors.OrphanCorrection.Id, correction.Path, correction.Tag.Span,
                    EquatableArray.Of(correction.Tag.Value, Suggestion.Sentence(correction.Tag.Value, known))));
            }
        }
    }

    private static SchemaProblem Problem(ProblemDescriptor descriptor, TagDocument at, params string[] arguments)
        => new(descriptor.Id, at.Path, at.Tag.Span, arguments.ToEquatableArray());
}

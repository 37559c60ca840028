using CiCodegen.Schema;

namespace CiCodegen.Generator;

/// <summary>Which files are compiled, and what is wrong with the choice.</summary>
internal sealed record Choice(EquatableArray<TagDocument> Tags, EquatableArray<PageDocument> Pages, EquatableArray<SchemaProblem> Problems)
{
    public static Choice Of(EquatableArray<TagDocument> tags, EquatableArray<PageDocument> pages, EquatableArray<CorrectionDocument> corrections, EquatableArray<SchemaDocument> references, GeneratorOptions options)
    {
        List<SchemaProblem> problems = [];
        TagDocument[] chosen = FileChooser.Tags(tags, problems).ToArray();
        PageDocument[] chosenPages = FileChooser.Pages(pages, problems).ToArray();
        FileChooser.ReportOrphans(tags, pages.Concat(references.OfType<PageDocument>()).ToArray(), corrections, problems);
        string[] known = chosen.Select(t => t.Tag.Value).ToArray();
        foreach (string requested in options.RequestedTags)
        {
            // A file of that name with an error in it has been reported itself.
            if (!known.Contains(requested) && !options.BundledTags.Contains(requested))
            {
                problems.Add(SchemaProblem.OfProject(ProblemDescriptors.UnknownTag, requested, Suggestion.Sentence(requested, options.BundledTags.Concat(known).Distinct())));
            }
        }

        problems.AddRange(options.Problems());
        return new Choice(chosen.ToEquatableArray(), chosenPages.ToEquatableArray(), problems.ToEquatableArray());
    }
}

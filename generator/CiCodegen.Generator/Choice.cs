using CiCodegen.Schema;

namespace CiCodegen.Generator;

/// <summary>Which files are compiled, and what is wrong with the choice.</summary>
internal sealed record Choice(EquatableArray<TagDocument> Tags, EquatableArray<PageDocument> Pages, EquatableArray<SchemaProblem> Problems)
{
    public static Choice Of(AllFiles all, GeneratorOptions options)
    {
        EquatableArray<TagDocument> tags = all.Read.Tags.Items;
        EquatableArray<PageDocument> pages = all.Read.Pages.Items;
        List<SchemaProblem> problems = [];
        List<TagDocument> chosen = FileChooser.Tags(tags, problems);
        List<PageDocument> chosenPages = FileChooser.Pages(pages, problems);
        FileChooser.ReportOrphans(tags, pages.Concat(all.References.OfType<PageDocument>()).ToArray(), all.Read.Corrections, problems);
        // A Tag may have templates only.
        ReportUnknown(options.RequestedTags, options.BundledTags.Concat(options.BundledTemplates), chosen.Where(t => t.Unit != SchemaUnit.Operation), "Tag", "CiTag", problems);
        ReportUnknown(options.RequestedTemplates, options.BundledTemplates, chosen.Where(t => t.Unit == SchemaUnit.Template), "template of Tag", "CiTemplate", problems);
        ReportUnknown(options.RequestedOperations, options.BundledOperations, chosen.Where(t => t.Unit == SchemaUnit.Operation), "operation", "CiOperation", problems);

        problems.AddRange(options.Problems());
        return new Choice(chosen.ToEquatableArray(), chosenPages.ToEquatableArray(), problems.ToEquatableArray());
    }

    private static void ReportUnknown(IEnumerable<string> requested, IEnumerable<string> bundled, IEnumerable<TagDocument> files, string noun, string item, List<SchemaProblem> problems)
    {
        string[] known = [.. bundled.Concat(files.Select(f => f.Tag.Value)).Distinct()];
        foreach (string name in requested)
        {
            // A file of that name with an error in it has been reported itself.
            if (!known.Contains(name))
            {
                problems.Add(SchemaProblem.OfProject(ProblemDescriptors.UnknownTag, name, Suggestion.Sentence(name, known), noun, item));
            }
        }
    }
}

namespace CiCodegen.Schema;

/// <summary>All schema files of a host, read and bound: what the command line and the emulator work on.</summary>
/// <param name="Units">The Tags, templates and operations without errors, by name.</param>
/// <param name="Pages">The pages without errors, by id.</param>
/// <param name="Problems">Every problem of every file, by file and place.</param>
public sealed record SchemaSet(EquatableArray<TagModel> Units, EquatableArray<PageModel> Pages, EquatableArray<SchemaProblem> Problems)
{
    private const string TemplateVerb = "template";

    /// <summary>Whether an error was found.</summary>
    public bool HasErrors => Problems.Any(p => p.Descriptor.Severity == ProblemSeverity.Error);

    /// <summary>The Tags that have jobs, by name.</summary>
    public EquatableArray<TagModel> Tags => Of(SchemaUnit.Job);

    /// <summary>The templates, by Tag.</summary>
    public EquatableArray<TagModel> Templates => Of(SchemaUnit.Template);

    /// <summary>The operations, by name.</summary>
    public EquatableArray<TagModel> Operations => Of(SchemaUnit.Operation);

    private EquatableArray<TagModel> Of(SchemaUnit unit) => Units.Where(u => u.Unit == unit).ToEquatableArray();

    /// <summary>The Tag with a name, or null; case counts.</summary>
    /// <param name="tag">The Tag; the operation for <see cref="SchemaUnit.Operation"/>.</param>
    /// <param name="unit">Whether its jobs or its templates are meant.</param>
    public TagModel? Find(string tag, SchemaUnit unit = SchemaUnit.Job) => Units.FirstOrDefault(t => t.Unit == unit && t.Tag == tag);

    /// <summary>The verbs of a Tag: those that its file says, and that of templates where there are any.</summary>
    /// <param name="tag">The Tag's jobs, or its templates when it has no jobs.</param>
    public EquatableArray<string> VerbsOf(TagModel tag)
        => tag.Verbs.Contains(TemplateVerb) || tag.Unit == SchemaUnit.Operation || Find(tag.Tag, SchemaUnit.Template) is null ? tag.Verbs : tag.Verbs.Append(TemplateVerb).ToEquatableArray();

    /// <summary>The page with an id, or null.</summary>
    /// <param name="id">The page's id.</param>
    public PageModel? FindPage(string id) => Pages.FirstOrDefault(p => p.PageId == id);

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

        EquatableArray<SharedDocument> shared = documents.OfType<SharedDocument>().ToEquatableArray();
        CorrectionDocument[] corrections = documents.OfType<CorrectionDocument>().ToArray();
        TagDocument[] allTags = documents.OfType<TagDocument>().ToArray();
        PageDocument[] allPages = documents.OfType<PageDocument>().ToArray();
        List<TagDocument> chosen = FileChooser.Tags(allTags, problems);
        List<PageDocument> chosenPages = FileChooser.Pages(allPages, problems);
        EquatableArray<ReferencedFile> files = FileChooser.Files(chosenPages, chosen, allTags, corrections);
        List<TagModel> tags = [];
        List<PageModel> pages = [];
        foreach (ReferencedFile file in files.Where(f => !f.IsShadowed))
        {
            EquatableArray<ReferencedFile> references = ReferenceFinder.Find(file.Document, file.Corrections, shared, files);
            if (file.Document is TagDocument tag)
            {
                BindResult bound = SchemaBinder.Bind(tag, shared, file.Corrections, references, cancellationToken);
                problems.AddRange(bound.Problems);
                if (bound.Model is not null)
                {
                    tags.Add(bound.Model);
                }
            }
            else if (file.Document is PageDocument page)
            {
                PageBindResult bound = SchemaBinder.Bind(page, shared, file.Corrections, references, cancellationToken);
                problems.AddRange(bound.Problems);
                if (bound.Model is not null)
                {
                    pages.Add(bound.Model);
                }
            }
        }

        FileChooser.ReportOrphans(allTags, allPages, corrections, problems);
        problems.AddRange(TagTypes.Clashes(tags.Select(TagTypes.Of), allTags));
        return new SchemaSet(
            tags.OrderBy(t => t.Tag, StringComparer.Ordinal).ThenBy(t => t.Unit).ToEquatableArray(),
            pages.OrderBy(p => p.PageId, StringComparer.Ordinal).ToEquatableArray(),
            problems.OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Span.Start).ThenBy(p => p.Id, StringComparer.Ordinal).Distinct().ToEquatableArray());
    }
}

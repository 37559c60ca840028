namespace CiCodegen.Schema;

/// <summary>A bound Tag, template or operation and what is wrong with it.</summary>
/// <param name="Model">The model; null when an error was found.</param>
/// <param name="Problems">The problems, by file and place.</param>
public sealed record BindResult(TagModel? Model, EquatableArray<SchemaProblem> Problems)
{
    /// <summary>What could be bound in spite of an error, for its types alone; null when there is no error, or nothing to go on with.</summary>
    public TagModel? Draft { get; init; }
}

/// <summary>A bound page and what is wrong with it.</summary>
/// <param name="Model">The model; null when an error was found.</param>
/// <param name="Problems">The problems, by file and place.</param>
public sealed record PageBindResult(PageModel? Model, EquatableArray<SchemaProblem> Problems);

/// <summary>Binds documents: one Tag, template or operation, its corrections and the shared files become a <see cref="TagModel"/>.</summary>
public static class SchemaBinder
{
    /// <summary>Binds one Tag.</summary>
    /// <param name="tag">The Tag's file.</param>
    /// <param name="shared">All shared files.</param>
    /// <param name="corrections">The Tag's corrections, in the order in which they apply.</param>
    /// <param name="references">The files that it refers to.</param>
    /// <param name="cancellationToken">Stops the binding.</param>
    /// <exception cref="OperationCanceledException">The binding was stopped.</exception>
    public static BindResult Bind(
        TagDocument tag, EquatableArray<SharedDocument> shared, EquatableArray<CorrectionDocument> corrections, EquatableArray<ReferencedFile> references, CancellationToken cancellationToken)
    {
        ProblemList problems = new(tag.Path);
        SharedNames names = SharedNames.Of(shared, problems);
        ReferenceExpander expander = Prepare(tag, corrections, names, Library(new(tag, corrections), references, shared, names), problems);
        cancellationToken.ThrowIfCancellationRequested();
        RootSet roots = expander.Roots;
        if (tag.Unit != SchemaUnit.Operation && (roots.Request is null || roots.Response is null))
        {
            if (!problems.HasErrors)
            {
                problems.Add(ProblemDescriptors.MissingKey, tag.Tag.Span, "A Tag without an envelope", roots.Request is null ? "request" : "response", "");
            }

            return new BindResult(null, OwnProblems());
        }

        NodeModel?[] models = new NodeBinder(TagModel.NameOf(tag.Unit, tag.Tag.Value), tag.Unit, expander, names, problems, cancellationToken)
            .BindRoots(roots.Parameters, roots.Request, roots.Response);

        // The runtime's interfaces need members that a draft without them has not.
        ProblemList contract = new(tag.Path);
        if (models[2] is { } whole)
        {
            RuntimeContract.Check(tag.Unit, whole, roots.Response!, contract);
        }

        NodeDocument?[] sources = [roots.Parameters, roots.Request, roots.Response];
        for (int i = 0; i < models.Length; i++)
        {
            if (models[i] is { } bound)
            {
                RuntimeContract.CheckElsewhere(tag.Unit, bound, sources[i]!, contract);
            }
        }

        bool isDraft = tag.IsDraft || problems.HasErrors;
        problems.AddRange(contract.ToArray());
        if (contract.HasErrors || !Drafts.Allow(problems))
        {
            return new BindResult(null, OwnProblems());
        }

        string[] http = tag.Http?.Value.Split(' ') is { Length: 2 } said ? said : ["POST", tag.Unit == SchemaUnit.Template ? "/template" : "/jobs"];
        if (!isDraft)
        {
            PathParameters.Check(tag, http[1], models[0], problems);
        }

        EquatableArray<string> verbs = tag.Unit != SchemaUnit.Job ? default
            : tag.Verbs.Count > 0 ? tag.Verbs.Map(static v => v.Value)

            // The request with several operations goes to the path of media jobs.
            : http[1] == "/jobs" ? EquatableArray.Of("create", "describe", "list", "cancel", "multi")
            : EquatableArray.Of("create", "describe", "list", "cancel");
        TagModel model = new(
            tag.Tag.Value, tag.Family?.Value ?? "media", http[0], http[1], verbs, tag.PageId?.Value, tag.PageDate?.Value, models[1] ?? Absent("Request"), models[2] ?? Absent("Response"))
        {
            Unit = tag.Unit,
            Parameters = models[0],
        };
        return isDraft || problems.HasErrors
            ? new BindResult(null, OwnProblems()) { Draft = Drafts.Of(model, SchemaParser.KnownVerbs, problems.ToArray().Any(p => shared.Any(s => s.Path == p.Path))) }
            : new BindResult(model, OwnProblems());

        EquatableArray<SchemaProblem> OwnProblems() => Drafts.Own(problems, tag, shared, corrections, references);
    }

    /// <summary>A root that is not there.</summary>
    private static NodeModel Absent(string name) => new(name, name, LogicalType.Container, TypeBinder.WireTypeOf(TypeBinder.Word(LogicalType.Container)), IsMany: false);

    /// <summary>Binds one page: it is checked like a Tag, has no envelope, and nothing is emitted for it.</summary>
    /// <param name="page">The page's file.</param>
    /// <param name="shared">All shared files.</param>
    /// <param name="corrections">The page's corrections, in the order in which they apply.</param>
    /// <param name="references">The files that it refers to.</param>
    /// <param name="cancellationToken">Stops the binding.</param>
    /// <exception cref="OperationCanceledException">The binding was stopped.</exception>
    public static PageBindResult Bind(
        PageDocument page, EquatableArray<SharedDocument> shared, EquatableArray<CorrectionDocument> corrections, EquatableArray<ReferencedFile> references, CancellationToken cancellationToken)
    {
        ProblemList problems = new(page.Path);
        SharedNames names = SharedNames.Of(shared, problems);
        ReferenceExpander expander = Prepare(page, corrections, names, Library(new(page, corrections), references, shared, names), problems);
        NodeModel?[] roots = new NodeBinder(page.Tag?.Value ?? "Page", null, expander, names, problems, cancellationToken).BindRoots(expander.Roots.Parameters, expander.Roots.Request, expander.Roots.Response);
        PageModel? model = problems.HasErrors
            ? null
            : new PageModel(page.PageId.Value, page.PageDate?.Value, page.Tag?.Value, page.Operation?.Value, page.Http?.Value, roots[0], roots[1], roots[2]);
        return new PageBindResult(page.IsDraft ? null : model, Drafts.Own(problems, page, shared, corrections, references));
    }

    private static PageLibrary Library(ReferencedFile asking, EquatableArray<ReferencedFile> references, EquatableArray<SharedDocument> shared, SharedNames names)
    {
        PageLibrary? library = null;

        // What is wrong with the other file is reported where that file is bound.
        library = new PageLibrary(asking, references, shared, names.Glossary, file => Prepare(file.Document, file.Corrections, names, library!, new ProblemList(file.Document.Path)).Roots);
        return library;
    }

    /// <summary>A file's trees, corrected and within their envelope.</summary>
    private static ReferenceExpander Prepare(SchemaDocument document, EquatableArray<CorrectionDocument> corrections, SharedNames names, PageLibrary library, ProblemList problems)
    {
        ReferenceExpander expander = new(names, library, problems);
        CorrectionApplier applier = new(expander);
        RootSet roots = applier.Apply(RootSet.Of(document), corrections);
        if (document is TagDocument tag)
        {
            if (Surround(tag with { Parameters = roots.Parameters, Request = roots.Request, Response = roots.Response }, names, problems) is not { } surrounded)
            {
                expander.Roots = new RootSet(null, null, null);
                return expander;
            }

            roots = surrounded;
        }

        expander.Roots = names.Glossary.Over(applier.ApplyWaiting(roots, problems));
        return expander;
    }

    private static RootSet? Surround(TagDocument tag, SharedNames names, ProblemList problems)
    {
        string wanted = tag.Envelope?.Value ?? tag.Unit switch { SchemaUnit.Job => "jobs", SchemaUnit.Template => "templates", _ => "none" };
        if (wanted == "none")
        {
            return RootSet.Of(tag);
        }

        if (names.Envelope(wanted) is not { } envelope)
        {
            SourceSpan span = tag.Envelope?.Span ?? tag.Tag.Span;
            problems.Add(ProblemDescriptors.BadReference, span, "envelope", wanted, Suggestion.Sentence(wanted, names.EnvelopeNames));
            return null;
        }

        HashSet<string> optIn = new(tag.OptIn.Select(p => p.Value), StringComparer.Ordinal);
        HashSet<string> without = new(tag.Without.Select(p => p.Value), StringComparer.Ordinal);
        HashSet<string> met = new(StringComparer.Ordinal);
        NodeDocument? Lay(NodeDocument? own, NodeDocument? shared, string root)
            => shared is null ? own : EnvelopeMerger.Merge(own, shared, root, Wanted, Unwanted);
        bool Wanted(string path) => optIn.Contains(path) && met.Add(path);
        bool Unwanted(string path) => without.Contains(path) && met.Add(path);

        NodeDocument? request = WithTag(Lay(tag.Request, envelope.Request, "Request"), tag.Tag);
        NodeDocument? response = Lay(tag.Response, envelope.Response, "Response");
        foreach (Located<string> path in tag.OptIn.Concat(tag.Without))
        {
            if (!met.Contains(path.Value))
            {
                problems.Add(ProblemDescriptors.BadReference, path.Span, tag.OptIn.Contains(path) ? "optIn" : "without", path.Value, " The envelope has no such node, or the Tag lists it itself.");
            }
        }

        return new RootSet(tag.Parameters, request, response);
    }

    /// <summary>The node <c>Tag</c> of a request can only have one value; a Tag need not say it again.</summary>
    private static NodeDocument? WithTag(NodeDocument? request, Located<string> tag)
    {
        if (request?.Child("Tag") is not { } node || node.Find(FactKeys.Const) is not null)
        {
            return request;
        }

        Fact value = new(FactKeys.Const, tag.Span, request.Path, EquatableArray.Of(new FactValue(tag.Value, null, tag.Span)));
        NodeDocument named = node with { Facts = node.Facts.Append(value).ToEquatableArray() };
        return request with { Children = request.Children.Map(c => ReferenceEquals(c, node) ? named : c) };
    }
}

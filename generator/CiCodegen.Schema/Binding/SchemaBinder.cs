namespace CiCodegen.Schema;

/// <summary>A bound Tag and what is wrong with it.</summary>
/// <param name="Model">The model; null when an error was found.</param>
/// <param name="Problems">The problems, by file and place.</param>
public sealed record BindResult(TagModel? Model, EquatableArray<SchemaProblem> Problems);

/// <summary>Binds documents: one Tag, its corrections and the shared files become a <see cref="TagModel"/>.</summary>
public static class SchemaBinder
{
    private const string DefaultEnvelope = "jobs";

    /// <summary>Binds one Tag.</summary>
    /// <param name="tag">The Tag's file.</param>
    /// <param name="shared">All shared files.</param>
    /// <param name="corrections">The Tag's corrections, in the order in which they apply.</param>
    /// <param name="cancellationToken">Stops the binding.</param>
    /// <exception cref="OperationCanceledException">The binding was stopped.</exception>
    public static BindResult Bind(TagDocument tag, IEnumerable<SharedDocument> shared, IEnumerable<CorrectionDocument> corrections, CancellationToken cancellationToken)
    {
        ProblemList problems = new(tag.Path);
        SharedNames names = new(shared, problems);
        TagDocument corrected = new CorrectionApplier(problems).Apply(tag, corrections);
        cancellationToken.ThrowIfCancellationRequested();

        (NodeDocument? request, NodeDocument? response) = Surround(corrected, names, problems);
        if (request is null || response is null)
        {
            if (!problems.HasErrors)
            {
                problems.Add(ProblemDescriptors.MissingKey, tag.Tag.Span, "A Tag without an envelope", request is null ? "request" : "response", "");
            }

            return new BindResult(null, problems.ToArray());
        }

        NodeBinder binder = new(tag.Tag.Value, request, response, names, problems, cancellationToken);
        NodeModel? boundRequest = binder.BindRoot(request, isRequest: true);
        NodeModel? boundResponse = binder.BindRoot(response, isRequest: false);
        if (boundResponse is not null && boundResponse.Child("JobsDetail") is not { Type: LogicalType.Container, IsMany: true })
        {
            problems.Add(ProblemDescriptors.Contradiction, response.Name.Span, "Response", "a container 'JobsDetail' with 'many: true' is needed; the envelope 'jobs' has it");
        }

        if (problems.HasErrors || boundRequest is null || boundResponse is null)
        {
            return new BindResult(null, problems.ToArray());
        }

        string[] http = (tag.Http?.Value ?? "POST /jobs").Split(' ');
        EquatableArray<string> verbs = tag.Verbs.Count == 0
            ? EquatableArray.Of("create", "describe", "list", "cancel")
            : tag.Verbs.Select(v => v.Value).ToEquatableArray();
        TagModel model = new(
            tag.Tag.Value, tag.Family?.Value ?? "media", http[0], http[1], verbs, tag.PageId?.Value, tag.PageDate?.Value, boundRequest, boundResponse);
        return new BindResult(model, problems.ToArray());
    }

    private static (NodeDocument? Request, NodeDocument? Response) Surround(TagDocument tag, SharedNames names, ProblemList problems)
    {
        string wanted = tag.Envelope?.Value ?? DefaultEnvelope;
        if (wanted == "none")
        {
            return (tag.Request, tag.Response);
        }

        if (names.Envelope(wanted) is not { } envelope)
        {
            SourceSpan span = tag.Envelope?.Span ?? tag.Tag.Span;
            problems.Add(ProblemDescriptors.BadReference, span, "envelope", wanted, Suggestion.Sentence(wanted, names.EnvelopeNames));
            return (null, null);
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

        return (request, response);
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
        return request with { Children = request.Children.Select(c => ReferenceEquals(c, node) ? named : c).ToEquatableArray() };
    }
}

/// <summary>What the shared files offer by name.</summary>
internal sealed class SharedNames
{
    private readonly Dictionary<string, NodeDocument> _shapes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, EnvelopeDocument> _envelopes = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Fact> _enums = new(StringComparer.Ordinal);

    public SharedNames(IEnumerable<SharedDocument> documents, ProblemList problems)
    {
        // A file of one's own comes before a bundled one, so the first of a name wins.
        foreach (SharedDocument document in documents.OrderBy(d => d.IsBundled).ThenBy(d => d.Path, StringComparer.Ordinal))
        {
            foreach (NodeDocument shape in document.Shapes)
            {
                if (_shapes.TryGetValue(shape.Name.Value, out NodeDocument? first))
                {
                    if (!document.IsBundled)
                    {
                        problems.AddIn(document.Path, ProblemDescriptors.TypeNameClash, shape.Name.Span, shape.Name.Value, first.Path, document.Path, "name");
                    }

                    continue;
                }

                _shapes.Add(shape.Name.Value, shape);
                CollectEnums(shape);
            }

            foreach (EnvelopeDocument envelope in document.Envelopes)
            {
                if (_envelopes.ContainsKey(envelope.Name.Value))
                {
                    continue;
                }

                _envelopes.Add(envelope.Name.Value, envelope);
                CollectEnums(envelope.Request);
                CollectEnums(envelope.Response);
            }
        }
    }

    public IEnumerable<string> ShapeNames => _shapes.Keys.OrderBy(k => k, StringComparer.Ordinal);

    public IEnumerable<string> EnvelopeNames => _envelopes.Keys.OrderBy(k => k, StringComparer.Ordinal);

    public NodeDocument? Shape(string name) => _shapes.TryGetValue(name, out NodeDocument? shape) ? shape : null;

    public EnvelopeDocument? Envelope(string name) => _envelopes.TryGetValue(name, out EnvelopeDocument? envelope) ? envelope : null;

    /// <summary>The values of a shared enum, or null.</summary>
    public Fact? Enum(string name) => _enums.TryGetValue(name, out Fact? values) ? values : null;

    private void CollectEnums(NodeDocument? node)
    {
        if (node is null)
        {
            return;
        }

        if (node.Find(FactKeys.EnumName) is { } name && node.Find(FactKeys.Enum) is { } values && !_enums.ContainsKey(name.Text))
        {
            _enums.Add(name.Text, values);
        }

        foreach (NodeDocument child in node.Children)
        {
            CollectEnums(child);
        }
    }
}

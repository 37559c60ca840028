using CiCodegen.Schema.Yaml;

namespace CiCodegen.Schema;

/// <summary>A parsed file and what is wrong with it.</summary>
/// <param name="Document">The document; null when an error was found.</param>
/// <param name="Problems">The problems, by place.</param>
public sealed record ParseResult(SchemaDocument? Document, EquatableArray<SchemaProblem> Problems)
{
    /// <summary>What could be read of a file with an error; null when there is no error, or nothing to go on with.</summary>
    public SchemaDocument? Draft { get; init; }
}

/// <summary>Reads schema files: text to document.</summary>
public static class SchemaParser
{
    private static readonly string[] s_kinds = ["tag", "template", "operation", "page", "shared", "correction"];
    private static readonly string[] s_sources = ["wire"];
    private static readonly string[] s_families = ["media", "ai", "pic", "asr", "doc", "file"];

    /// <summary>The verbs that a Tag can have.</summary>
    internal static readonly string[] KnownVerbs = ["create", "describe", "list", "cancel", "template", "multi"];

    /// <summary>Reads one file.</summary>
    /// <param name="text">The file.</param>
    /// <param name="cancellationToken">Stops the reading.</param>
    /// <exception cref="OperationCanceledException">The reading was stopped.</exception>
    public static ParseResult Parse(SchemaText text, CancellationToken cancellationToken)
    {
        ProblemList problems = new(text.Path);
        YamlNode? root = YamlReader.Read(text.Text, problems, cancellationToken, out bool isWhole);

        if (!isWhole && !problems.HasErrors)
        {
            problems.Add(ProblemDescriptors.YamlSyntax, new SourceSpan(0, 0, 1, 1, 1, 1), "the parser stopped before the end.");
        }

        // What is missing behind the place where the reading stopped is no error of its own.
        ProblemList found = isWhole ? problems : new ProblemList(text.Path);
        SchemaDocument? document = root is null ? null : ParseRoot(root, text, found);
        return problems.HasErrors
            ? new ParseResult(null, problems.ToArray()) { Draft = document is not null && Drafts.Allow(problems) && Drafts.Allow(found) ? document with { IsDraft = true } : null }
            : new ParseResult(document, problems.ToArray());
    }

    private static SchemaDocument? ParseRoot(YamlNode root, SchemaText text, ProblemList problems)
    {
        if (MapReader.AsMap(root, "schema", "a schema file", problems) is not { } map)
        {
            return null;
        }

        if (map.RequiredText("kind", ": tag, template, operation, page, shared or correction") is not { } kind)
        {
            return null;
        }

        switch (kind.Value)
        {
            case "tag":
                return ParseTag(map, text, problems);
            case "template":
                return ParseTemplate(map, text, problems);
            case "operation":
                return ParseOperation(map, text, problems);
            case "page":
                return ParsePage(map, text, problems);
            case "shared":
                return ParseShared(map, text, problems);
            case "correction":
                return CorrectionParser.Parse(map, text, problems);
            default:
                MapReader.CheckWord("kind", kind, s_kinds, problems);
                return null;
        }
    }

    private static TagDocument? ParseTag(MapReader map, SchemaText text, ProblemList problems)
    {
        Located<string>? tag = map.RequiredText("tag");
        Located<string>? family = map.Word("family", s_families);
        Located<string>? http = ParseHttp(map, problems);
        EquatableArray<Located<string>> verbs = map.Texts("verbs");
        foreach (Located<string> v in verbs)
        {
            MapReader.CheckWord("verbs", v, KnownVerbs, problems);
        }

        TagDocument? document = ParseUnit(map, SchemaUnit.Job, tag, text, problems);
        map.Finish();
        return document is null ? null : document with { Family = family, Http = http, Verbs = verbs };
    }

    private static TagDocument? ParseTemplate(MapReader map, SchemaText text, ProblemList problems)
    {
        Located<string>? tag = map.RequiredText("tag");
        Located<string>? http = ParseHttp(map, problems);
        if (http is { Value: not "POST /template" } other)
        {
            problems.Add(ProblemDescriptors.Contradiction, other.Span, "http", "templates are made by POST /template; another call is a file of 'kind: operation'");
        }

        TagDocument? document = ParseUnit(map, SchemaUnit.Template, tag, text, problems);
        map.Finish();
        return document is null ? null : document with { Http = http };
    }

    private static TagDocument? ParseOperation(MapReader map, SchemaText text, ProblemList problems)
    {
        Located<string>? operation = map.RequiredText("operation", ": the name of the call, as in ListQueues");
        if (map.Find("http") is null)
        {
            problems.Add(ProblemDescriptors.MissingKey, map.Span, "An operation", "http", ": method and path, as in GET /queue");
        }

        Located<string>? http = ParseHttp(map, problems);
        NodeDocument? parameters = ParseRootNode(map, "parameters", "Parameters", problems);
        if (operation is { Value: "Request" or "Parameters" or "Validate" } taken)
        {
            problems.Add(ProblemDescriptors.BadTypeName, taken.Span, taken.Value);
        }

        TagDocument? document = ParseUnit(map, SchemaUnit.Operation, operation, text, problems);
        map.Finish();
        return document is null ? null : document with { Http = http, Parameters = parameters };
    }

    /// <summary>What every compiled file can say.</summary>
    private static TagDocument? ParseUnit(MapReader map, SchemaUnit unit, Located<string>? named, SchemaText text, ProblemList problems)
    {
        (Located<string>? pageId, Located<string>? pageDate) = ParsePageId(map);
        Located<string>? source = map.Word("source", s_sources);
        if (source is { } wire && pageId is not null)
        {
            problems.Add(ProblemDescriptors.Contradiction, wire.Span, "source", "what was written from the wire has no page; leave one of the two out");
        }

        Located<string>? envelope = map.Text("envelope");
        EquatableArray<Located<string>> optIn = map.Texts("optIn");
        EquatableArray<Located<string>> without = map.Texts("without");
        NodeDocument? request = ParseRootNode(map, "request", "Request", problems);
        NodeDocument? response = ParseRootNode(map, "response", "Response", problems);
        if (named is not { } name)
        {
            return null;
        }

        if (!Names.IsIdentifier(name.Value))
        {
            problems.Add(ProblemDescriptors.BadTypeName, name.Span, name.Value);
        }

        return new TagDocument(text.Path, text.IsBundled)
        {
            Unit = unit,
            Tag = name,
            PageId = pageId,
            PageDate = pageDate,
            Source = source,
            Envelope = envelope,
            OptIn = optIn,
            Without = without,
            Request = request,
            Response = response,
        };
    }

    private static PageDocument? ParsePage(MapReader map, SchemaText text, ProblemList problems)
    {
        (Located<string>? pageId, Located<string>? pageDate) = ParsePageId(map);
        if (map.Find("page") is null)
        {
            problems.Add(ProblemDescriptors.MissingKey, map.Span, "A page file", "page", ": the page's id");
        }

        Located<string>? tag = map.Text("tag");
        if (tag is { } name && !Names.IsIdentifier(name.Value))
        {
            problems.Add(ProblemDescriptors.BadTypeName, name.Span, name.Value);
        }

        Located<string>? operation = map.Text("operation");
        Located<string>? http = ParseHttp(map, problems);
        NodeDocument? parameters = ParseRootNode(map, "parameters", "Parameters", problems);
        NodeDocument? request = ParseRootNode(map, "request", "Request", problems);
        NodeDocument? response = ParseRootNode(map, "response", "Response", problems);
        map.Finish();
        return pageId is not { } id
            ? null
            : new PageDocument(text.Path, text.IsBundled)
            {
                PageId = id,
                PageDate = pageDate,
                Tag = tag,
                Operation = operation,
                Http = http,
                Parameters = parameters,
                Request = request,
                Response = response,
            };
    }

    private static (Located<string>? Id, Located<string>? Date) ParsePageId(MapReader map)
    {
        MapReader? page = map.Map("page", "'page'");
        Located<string>? id = page?.RequiredText("id");
        Located<string>? date = page?.Text("date");
        page?.Finish();
        return (id, date);
    }

    private static Located<string>? ParseHttp(MapReader map, ProblemList problems)
    {
        Located<string>? http = map.Text("http");
        if (http is { } verb && (verb.Value.Split(' ') is not { Length: 2 } parts || parts[0] is not ("POST" or "PUT" or "GET" or "DELETE") || !parts[1].StartsWith("/", StringComparison.Ordinal)))
        {
            problems.Add(ProblemDescriptors.WrongKind, verb.Span, "http", "a method and a path, as in POST /jobs", $"'{verb.Value}'");
        }

        return http;
    }

    private static SharedDocument ParseShared(MapReader map, SchemaText text, ProblemList problems)
    {
        (Located<string>? pageId, Located<string>? _) = ParsePageId(map);
        EquatableArray<NodeDocument> shapes = map.Find("shapes") is { } found ? NodeParser.ParseNodes(found.Value, "shapes", isShape: true, problems) : default;
        List<EnvelopeDocument> envelopes = [];
        (YamlScalar Key, YamlNode Value)? list = map.Find("envelopes");
        if (list?.Value is YamlMap entries)
        {
            foreach (KeyValuePair<YamlScalar, YamlNode> entry in entries.Entries)
            {
                if (MapReader.AsMap(entry.Value, entry.Key.Text, "an envelope", problems) is { } envelope)
                {
                    envelopes.Add(new EnvelopeDocument(
                        new Located<string>(entry.Key.Text, entry.Key.Span),
                        ParseRootNode(envelope, "request", "Request", problems),
                        ParseRootNode(envelope, "response", "Response", problems)));
                    envelope.Finish();
                }
            }
        }
        else if (list is { } other)
        {
            problems.Add(ProblemDescriptors.WrongKind, other.Value.Span, "envelopes", "a mapping", YamlReader.Kind(other.Value));
        }

        EquatableArray<SummaryDocument> summaries = ParseSummaries(map, problems);
        map.Finish();
        return new SharedDocument(text.Path, text.IsBundled) { PageId = pageId, Shapes = shapes, Envelopes = envelopes.ToEquatableArray(), Summaries = summaries };
    }

    private static EquatableArray<SummaryDocument> ParseSummaries(MapReader map, ProblemList problems)
    {
        if (map.Find("summaries") is not { } found)
        {
            return default;
        }

        if (found.Value is not YamlMap entries)
        {
            problems.Add(ProblemDescriptors.WrongKind, found.Value.Span, "summaries", "a mapping", YamlReader.Kind(found.Value));
            return default;
        }

        List<SummaryDocument> summaries = [];
        foreach (KeyValuePair<YamlScalar, YamlNode> entry in entries.Entries)
        {
            string? wrong = entry.Key.Text.Split('.').FirstOrDefault(n => !Names.IsWireName(n) && !Names.IsPattern(n));
            if (wrong is not null)
            {
                problems.Add(ProblemDescriptors.BadWireName, entry.Key.Span, wrong);
            }
            else if (MapReader.TextOf(entry.Value, entry.Key.Text, problems) is { } text)
            {
                summaries.Add(new SummaryDocument(new Located<string>(entry.Key.Text, entry.Key.Span), text));
            }
        }

        return summaries.ToEquatableArray();
    }

    private static NodeDocument? ParseRootNode(MapReader map, string key, string wireName, ProblemList problems)
        => map.Find(key) is { } found
            ? NodeParser.ParseNode(new Located<string>(wireName, found.Key.Span), found.Value, isShape: false, problems)
            : null;
}

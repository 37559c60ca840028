using System.Collections.Immutable;
using System.Text;
using CiCodegen.Emit;
using CiCodegen.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CiCodegen.Generator;

/// <summary>Compiles <c>*.ci.yaml</c> schemas into C#: a thin host of CiCodegen.Schema and CiCodegen.Emit.</summary>
/// <remarks>
/// Each step is a pure function between values that compare by what they hold. Problems travel apart from models, so moving a line
/// emits nothing again. A file is read alone; a Tag sees the shared files, its own corrections and the files that it refers to.
/// </remarks>
[Generator(LanguageNames.CSharp)]
public sealed class CiGenerator : IIncrementalGenerator
{
    private const string Extension = ".ci.yaml";
    private const string Reference = "reference";

    /// <inheritdoc/>
    public void Initialize(IncrementalGeneratorInitializationContext context)
    {
        IncrementalValueProvider<GeneratorOptions> options = context.AnalyzerConfigOptionsProvider
            .Select(static (provider, _) => GeneratorOptions.From(provider))
            .WithTrackingName(TrackingNames.Options);

        IncrementalValuesProvider<SchemaFile> texts = context.AdditionalTextsProvider
            .Where(static text => text.Path.EndsWith(Extension, StringComparison.OrdinalIgnoreCase))
            .Combine(context.AnalyzerConfigOptionsProvider)
            .Select(static (pair, _) => SchemaFile.Of(pair.Left, pair.Right));

        IncrementalValuesProvider<Guarded<ParseResult>> documents = texts
            .Where(static f => f.Origin != Reference)
            .Select(static (f, ct) => Guard.Run(f.Text.Path, ct, () => f.Parse(ct)))
            .WithTrackingName(TrackingNames.Documents);

        // What is only there to be referred to is read once somebody refers to a page.
        IncrementalValueProvider<bool> anyRefers = documents
            .Select(static (d, _) => d.Value?.Document is { } document && ReferenceFinder.RefersToPages(document))
            .Collect()
            .Select(static (all, _) => all.Any(refers => refers));
        IncrementalValueProvider<EquatableArray<SchemaDocument>> references = texts
            .Where(static f => f.Origin == Reference)
            .Combine(anyRefers)
            .Where(static pair => pair.Right)
            .Select(static (pair, ct) => Guard.Run(pair.Left.Text.Path, ct, () => pair.Left.Parse(ct)).Value?.Document)
            .Collect()
            .Select(static (all, _) => all.OfType<SchemaDocument>().OrderBy(d => d.Path, StringComparer.Ordinal).ToEquatableArray())
            .WithTrackingName(TrackingNames.References);

        IncrementalValueProvider<EquatableArray<SharedDocument>> shared = Collect<SharedDocument>(documents).WithTrackingName(TrackingNames.Shared);
        IncrementalValueProvider<EquatableArray<CorrectionDocument>> corrections = Collect<CorrectionDocument>(documents).WithTrackingName(TrackingNames.Corrections);
        IncrementalValueProvider<EquatableArray<TagDocument>> tags = Collect<TagDocument>(documents);
        IncrementalValueProvider<EquatableArray<PageDocument>> pages = Collect<PageDocument>(documents);

        // Choosing needs all files; behind it each chosen one goes its own way again, with the few others that it refers to.
        IncrementalValueProvider<Choice> choice = tags.Combine(pages).Combine(corrections.Combine(references)).Combine(options)
            .Select(static (all, _) => Choice.Of(all.Left.Left.Left, all.Left.Left.Right, all.Left.Right.Left, all.Left.Right.Right, all.Right));
        IncrementalValueProvider<EquatableArray<ReferencedFile>> files = choice.Combine(tags).Combine(corrections).Combine(references)
            .Select(static (all, _) => FileChooser.Files(
                all.Left.Left.Left.Pages.Concat(all.Right.OfType<PageDocument>()),
                all.Left.Left.Left.Tags.Concat(all.Right.OfType<TagDocument>()),
                all.Left.Left.Right,
                all.Left.Right.Concat(all.Right.OfType<CorrectionDocument>()).ToArray()));
        IncrementalValuesProvider<BindInput> inputs = documents
            .Select(static (d, _) => d.Value?.Document)
            .Where(static d => d is TagDocument or PageDocument)
            .Combine(shared.Combine(files))
            .Select(static (pair, _) => BindInput.Of(pair.Left!, pair.Right.Left, pair.Right.Right))
            .Where(static i => i is not null)
            .Select(static (i, _) => i!)
            .WithTrackingName(TrackingNames.Inputs);

        IncrementalValuesProvider<Guarded<BindResult>> bound = inputs
            .Where(static i => i.File.Document is TagDocument)
            .Select(static (i, ct) => Guard.Run(i.File.Document.Path, ct, () => SchemaBinder.Bind((TagDocument)i.File.Document, i.Shared, i.File.Corrections, i.References, ct)))
            .WithTrackingName(TrackingNames.Bound);

        // Nothing is emitted for a page; one's own is checked all the same.
        IncrementalValuesProvider<Guarded<PageBindResult>> boundPages = inputs
            .Where(static i => i.File.Document is PageDocument { IsBundled: false })
            .Select(static (i, ct) => Guard.Run(i.File.Document.Path, ct, () => SchemaBinder.Bind((PageDocument)i.File.Document, i.Shared, i.File.Corrections, i.References, ct)));

        IncrementalValuesProvider<TagModel> models = bound
            .Select(static (b, _) => b.Value?.Model)
            .WithTrackingName(TrackingNames.Models)
            .Where(static m => m is not null)
            .Select(static (m, _) => m!);

        IncrementalValueProvider<EmitOptions?> emit = options.Select(static (o, _) => o.Emit);

        IncrementalValuesProvider<Guarded<EmittedFiles>> emitted = models
            .Combine(emit)
            .Select(static (pair, ct) => Guard.Run(pair.Left.Name, ct, () => new EmittedFiles(pair.Right is null ? default : new SourceEmitter(pair.Right).EmitTag(pair.Left, ct)) { Entry = CatalogEntry.Of(pair.Left) }))
            .WithTrackingName(TrackingNames.Emitted);

        IncrementalValueProvider<SharedTypes> sharedTypes = models
            .Select(static (m, _) => SharedTypes.Of(m))
            .Collect()
            .Select(static (all, _) => SharedTypes.Union(all))
            .WithTrackingName(TrackingNames.SharedTypes);

        // A Tag that could not be emitted is not in the catalog.
        IncrementalValueProvider<EquatableArray<CatalogEntry>> catalog = emitted
            .Select(static (e, _) => e.Value?.Entry)
            .Collect()
            .Select(static (all, _) => all.OfType<CatalogEntry>().OrderBy(e => e.Tag, StringComparer.Ordinal).ThenBy(e => e.Unit).ToEquatableArray())
            .WithTrackingName(TrackingNames.Catalog);

        IncrementalValueProvider<EquatableArray<SchemaProblem>> clashes = models
            .Select(static (m, _) => TagTypes.Of(m))
            .Collect()
            .Combine(tags)
            .Select(static (all, _) => TagTypes.Clashes(all.Left, all.Right));

        IncrementalValuesProvider<EquatableArray<SchemaProblem>> problems = documents
            .Select(static (d, _) => d.Problems(d.Value?.Problems ?? default))
            .Collect()
            .Combine(bound.Select(static (b, _) => b.Problems(b.Value?.Problems ?? default)).Collect())
            .Combine(boundPages.Select(static (b, _) => b.Problems(b.Value?.Problems ?? default)).Collect())
            .Combine(choice.Select(static (c, _) => c.Problems).Combine(clashes))
            .Select(static (all, _) => Distinct(all.Left.Left.Left.Concat(all.Left.Left.Right).Concat(all.Left.Right).SelectMany(p => p).Concat(all.Right.Left).Concat(all.Right.Right)))
            .WithTrackingName(TrackingNames.Problems)
            .SelectMany(static (p, _) => ImmutableArray.Create(p));

        context.RegisterSourceOutput(problems, static (output, found) => DiagnosticReporter.Report(output, found));
        context.RegisterSourceOutput(emitted, static (output, files) => Add(output, files));
        context.RegisterSourceOutput(
            sharedTypes.Combine(emit),
            static (output, pair) => Add(output, Guard.Run("shared types", output.CancellationToken, () => new EmittedFiles(pair.Right is null ? default : new SourceEmitter(pair.Right).EmitShared(pair.Left, output.CancellationToken)))));
        context.RegisterSourceOutput(
            catalog.Combine(emit),
            static (output, pair) => Add(output, Guard.Run("catalog", output.CancellationToken, () => new EmittedFiles(
                pair.Right?.Has(EmitParts.Client) != true || pair.Left.Count == 0 ? default : EquatableArray.Of(new SourceEmitter(pair.Right).EmitCatalog(pair.Left, output.CancellationToken))))));
    }

    private static IncrementalValueProvider<EquatableArray<TDocument>> Collect<TDocument>(IncrementalValuesProvider<Guarded<ParseResult>> documents)
        where TDocument : SchemaDocument, IEquatable<TDocument>
        => documents
            .Select(static (d, _) => d.Value?.Document as TDocument)
            .Where(static d => d is not null)
            .Collect()
            .Select(static (all, _) => all.Select(d => d!).OrderBy(d => d.Path, StringComparer.Ordinal).ToEquatableArray());

    private static EquatableArray<SchemaProblem> Distinct(IEnumerable<SchemaProblem> problems)
        => problems.Distinct().OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Span.Start).ThenBy(p => p.Id, StringComparer.Ordinal).ToEquatableArray();

    private static void Add(SourceProductionContext output, Guarded<EmittedFiles> files)
    {
        if (files.Failure is not null)
        {
            DiagnosticReporter.Report(output, [files.Failure]);
            return;
        }

        foreach (EmittedFile file in files.Value!.Files)
        {
            output.AddSource(file.HintName, SourceText.From(file.Text, Encoding.UTF8));
        }
    }

    /// <summary>A schema file and where it comes from: one's own, a bundled one, or a bundled one that nobody asked for.</summary>
    private sealed record SchemaFile(AdditionalText Text, string Origin)
    {
        public static SchemaFile Of(AdditionalText text, AnalyzerConfigOptionsProvider options)
            => new(text, options.GetOptions(text).TryGetValue("build_metadata.AdditionalFiles.CiOrigin", out string? origin) ? origin : "own");

        public ParseResult Parse(CancellationToken cancellationToken)
            => SchemaParser.Parse(new SchemaText(Text.Path, Text.GetText(cancellationToken)?.ToString() ?? "", Origin != "own"), cancellationToken);
    }

    /// <summary>A chosen file with all that it is bound from.</summary>
    private sealed record BindInput(ReferencedFile File, EquatableArray<SharedDocument> Shared, EquatableArray<ReferencedFile> References)
    {
        public static BindInput? Of(SchemaDocument document, EquatableArray<SharedDocument> shared, EquatableArray<ReferencedFile> files)
            => files.FirstOrDefault(f => !f.IsShadowed && f.Document.Path == document.Path) is { } file
                ? new BindInput(file, shared, ReferenceFinder.Find(document, file.Corrections, shared, files))
                : null;
    }

    private sealed record EmittedFiles(EquatableArray<EmittedFile> Files)
    {
        public CatalogEntry? Entry { get; init; }
    }
}

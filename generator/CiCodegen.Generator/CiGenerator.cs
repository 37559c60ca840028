using System.Collections.Immutable;
using System.Text;
using CiCodegen.Emit;
using CiCodegen.Schema;
using Microsoft.CodeAnalysis;
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
            .Select(static (f, ct) => Guard.Run(f.Text.Path, ct, () => SchemaParser.Parse(f.Read(ct), ct)))
            .WithTrackingName(TrackingNames.Documents);

        IncrementalValueProvider<ReadFiles> read = documents.Collect().Select(static (all, _) => ReadFiles.Of(all)).WithTrackingName(TrackingNames.Read);

        // What is only there to be referred to is read once somebody refers to it.
        IncrementalValueProvider<Guarded<OfferedResult>> offered = texts
            .Where(static f => f.Origin == Reference)
            .Select(static (f, _) => new OfferedFile(f))
            .Collect()
            .Select(static (all, _) => Bundle<OfferedFile>.Of(all))
            .Combine(read.Select(static (r, _) => r.Asked))
            .Select(static (pair, ct) => Guard.Run("reference files", ct, () => OfferedFiles.Read(pair.Left, pair.Right, ct)));
        IncrementalValueProvider<Bundle<SchemaDocument>> references = offered.Select(static (o, _) => o.Value?.Documents ?? new(default)).WithTrackingName(TrackingNames.References);

        IncrementalValueProvider<Bundle<SharedDocument>> shared = read.Select(static (r, _) => r.Shared).WithTrackingName(TrackingNames.Shared);
        IncrementalValueProvider<Bundle<TagDocument>> tags = read.Select(static (r, _) => r.Tags);

        // Choosing needs all files; behind it each chosen one goes its own way again, with the few others that it refers to.
        IncrementalValueProvider<AllFiles> all = read.Combine(references).Select(static (pair, _) => new AllFiles(pair.Left, pair.Right));
        IncrementalValueProvider<Choice> choice = all.Combine(options).Select(static (pair, _) => Choice.Of(pair.Left, pair.Right));
        IncrementalValueProvider<Bundle<ReferencedFile>> files = choice.Combine(all).Select(static (pair, _) => FilesOf(pair.Left, pair.Right));
        IncrementalValuesProvider<BindInput> inputs = documents
            .Where(static d => (d.Value?.Document ?? d.Value?.Draft) is TagDocument or PageDocument)
            .Combine(shared.Combine(files).Select(static (pair, _) => new BindSources(pair.Left, pair.Right)))
            .SelectMany(static (pair, _) => BindInput.Of((pair.Left.Value!.Document ?? pair.Left.Value.Draft)!, pair.Right) is { } input ? ImmutableArray.Create(input) : ImmutableArray<BindInput>.Empty)
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
            .SelectMany(static (b, _) => (b.Value?.Model ?? b.Value?.Draft) is { } model ? ImmutableArray.Create(model) : ImmutableArray<TagModel>.Empty)
            .WithTrackingName(TrackingNames.Models);

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
        IncrementalValueProvider<Bundle<CatalogEntry>> catalog = emitted
            .Select(static (e, _) => e.Value?.Entry)
            .Collect()
            .Select(static (all, _) => Bundle<CatalogEntry>.Of(all.OfType<CatalogEntry>().OrderBy(e => e.Tag, StringComparer.Ordinal).ThenBy(e => (int)e.Unit)))
            .WithTrackingName(TrackingNames.Catalog);

        IncrementalValueProvider<Bundle<SchemaProblem>> clashes = models
            .Select(static (m, _) => TagTypes.Of(m))
            .Collect()
            .Select(static (all, _) => Bundle<TagTypes>.Of(all))
            .Combine(tags)
            .Select(static (pair, _) => new Bundle<SchemaProblem>(TagTypes.Clashes(pair.Left, pair.Right)));

        IncrementalValueProvider<Bundle<SchemaProblem>> found = Both(
            Both(
                Flat(documents.Select(static (d, _) => new Bundle<SchemaProblem>(d.Problems(d.Value?.Problems ?? default)))),
                Flat(bound.Select(static (b, _) => new Bundle<SchemaProblem>(b.Problems(b.Value?.Problems ?? default))))),
            Both(
                Flat(boundPages.Select(static (b, _) => new Bundle<SchemaProblem>(b.Problems(b.Value?.Problems ?? default)))),
                Both(choice.Combine(offered).Select(static (pair, _) => Bundle<SchemaProblem>.Of(pair.Left.Problems.Concat(pair.Right.Problems(pair.Right.Value?.Failures ?? default)))), clashes)));
        IncrementalValueProvider<Bundle<SchemaProblem>> problems = found.Select(static (all, _) => Distinct(all)).WithTrackingName(TrackingNames.Problems);

        context.RegisterSourceOutput(problems, static (output, found) => DiagnosticReporter.Report(output, found));
        context.RegisterSourceOutput(emitted, static (output, files) => Add(output, files));
        context.RegisterSourceOutput(
            sharedTypes.Combine(emit),
            static (output, pair) => Add(output, Guard.Run("shared types", output.CancellationToken, () => new EmittedFiles(pair.Right is null ? default : new SourceEmitter(pair.Right).EmitShared(pair.Left, output.CancellationToken)))));
        context.RegisterSourceOutput(
            catalog.Combine(emit),
            static (output, pair) => Add(output, Guard.Run("catalog", output.CancellationToken, () => new EmittedFiles(
                pair.Right?.Has(EmitParts.Client) != true || pair.Left.Items.Count == 0 ? default : EquatableArray.Of(new SourceEmitter(pair.Right).EmitCatalog(pair.Left.Items, output.CancellationToken))))));
    }

    private static Bundle<ReferencedFile> FilesOf(Choice choice, AllFiles all) => new(FileChooser.Files(
        choice.Pages.Concat(all.References.OfType<PageDocument>()),
        choice.Tags.Concat(all.References.OfType<TagDocument>()),
        all.Read.Tags,
        all.Read.Corrections.Concat(all.References.OfType<CorrectionDocument>()).ToArray()));

    private static IncrementalValueProvider<Bundle<SchemaProblem>> Flat(IncrementalValuesProvider<Bundle<SchemaProblem>> problems)
        => problems.Collect().Select(static (all, _) => Bundle<SchemaProblem>.Of(all.SelectMany(p => p)));

    private static IncrementalValueProvider<Bundle<SchemaProblem>> Both(IncrementalValueProvider<Bundle<SchemaProblem>> first, IncrementalValueProvider<Bundle<SchemaProblem>> second)
        => first.Combine(second).Select(static (pair, _) => Bundle<SchemaProblem>.Of(pair.Left.Concat(pair.Right)));

    private static Bundle<SchemaProblem> Distinct(Bundle<SchemaProblem> problems)
        => Bundle<SchemaProblem>.Of(problems.Distinct().OrderBy(p => p.Path, StringComparer.Ordinal).ThenBy(p => p.Span.Start).ThenBy(p => p.Id, StringComparer.Ordinal));

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

    private sealed record EmittedFiles(EquatableArray<EmittedFile> Files)
    {
        public CatalogEntry? Entry { get; init; }
    }
}

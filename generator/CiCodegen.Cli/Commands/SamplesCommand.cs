using System.CommandLine;
using CiCodegen.Cli.Pages;
using CiCodegen.Cli.Samples;
using CiCodegen.Cli.Schemas;
using CiCodegen.Import;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Commands;

/// <summary><c>samples</c>: whether the samples of pages are read without loss.</summary>
internal static class SamplesCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string[]> pages = new("page") { Description = "Pages of the docs, or directories with them.", Arity = ArgumentArity.OneOrMore };
        Option<string?> structures = new("--structures") { Description = "A JSON file of structures seen on the wire: requests are held against them.", HelpName = "file" };
        Option<string?> schema = SchemaLoader.Option();
        Command command = new("samples", "Read the samples of pages, write them back, and report what is lost.") { pages, structures, schema };
        cli.Handle(command, run => RunAsync(run, run.Get(pages)!, run.Get(structures), run.Get(schema)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string[] paths, string? structures, string? schema)
    {
        List<ImportException> failures = [];
        IReadOnlyList<PageSource> sources = await PageFiles.ReadAsync(run, PageFiles.Find(run.Host, paths), failures);
        SchemaSet set = SchemaLoader.Load(run, schema);
        BindingSource bindings = BindingSource.Load(run, schema);
        SampleDocument[] documents = [.. sources.SelectMany(page => Samples(run, page, failures).Select(s => SampleDocument.Of(page.Path, s, tag => set.Find(tag) is not null, tag => !s.IsJson && set.Find(tag, SchemaUnit.Template) is not null)))];
        SampleReading[] readings = [.. documents.Where(d => d.State == SampleState.Job).Select(d => SampleReading.Of(d, bindings.Find(d.Tag!, run.Cancellation), set.Find(d.Tag!)!))];

        // Templates are not compiled in: only those are compiled that there are samples of.
        TagModel[] templateModels = [.. documents.Where(d => d.State == SampleState.Template).Select(d => d.Tag!).Distinct().Select(t => set.Find(t, SchemaUnit.Template)!)];
        IReadOnlyList<CiTemplateBinding> templates = templateModels.Length == 0 ? [] : MemoryCompiler.CompileAll(templateModels, run.Cancellation).Templates;
        SampleReading[] ofTemplates = [.. documents.Where(d => d.State == SampleState.Template).Select(d => SampleReading.Of(d, templates.First(t => t.Tag == d.Tag), set.Find(d.Tag!, SchemaUnit.Template)!))];
        readings = [.. readings, .. ofTemplates];
        WireFinding[]? wire = structures is null ? null : [.. Check(WireStructures.Load(run.Host, structures), set)];
        SampleReport report = new(sources.Count, documents, readings, wire);
        if (run.IsJson)
        {
            run.WriteJson(report.WriteJson);
        }
        else
        {
            report.WriteMarkdown(run.Out);
        }

        foreach (SampleReading reading in readings.Where(r => r.Error is not null))
        {
            run.Error.WriteLine($"{reading.Document.Page}({reading.Document.Sample.Line},1): warning {ImportProblem.Defect}: the sample cannot be read: {reading.Error}");
        }

        if (!report.IsClean)
        {
            run.Error.WriteLine("Not every sample is read without loss; the report says which and why.");
        }

        return report.IsClean && failures.Count == 0 ? ExitCode.Done : ExitCode.Findings;
    }

    private static IEnumerable<WireFinding> Check(WireStructures structures, SchemaSet set) => set.Tags.SelectMany(structures.Check);

    private static IReadOnlyList<PageSample> Samples(Invocation run, PageSource page, List<ImportException> failures)
    {
        try
        {
            return PageSamples.Read(page);
        }
        catch (ImportException e)
        {
            PageFiles.Report(run, e);
            failures.Add(e);
            return [];
        }
    }
}

using System.CommandLine;
using CiCodegen.Cli.Pages;
using CiCodegen.Cli.Samples;
using CiCodegen.Cli.Schemas;
using CiCodegen.Import;
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
        SampleSorter sorter = new(set);
        SampleDocument[] documents = [.. sources.SelectMany(page => sorter.Sort(page.Path, Samples(run, page, failures)))];
        SampleTypes types = SampleTypes.Load(run, schema, documents);
        SampleReading[] readings = [.. documents.Where(d => d.Model is not null).OrderBy(d => d.State).Select(d => SampleReading.Of(d, types.LanesOf(d, run.Cancellation)))];
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

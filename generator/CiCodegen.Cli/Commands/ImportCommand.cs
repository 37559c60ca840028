using System.CommandLine;
using System.Text.Json;
using CiCodegen.Cli.Pages;
using CiCodegen.Cli.Schemas;
using CiCodegen.Import;

namespace CiCodegen.Cli.Commands;

/// <summary><c>import</c>: pages of the docs become schemas.</summary>
internal static class ImportCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string[]> pages = new("page") { Description = "Pages of the docs, or directories with them: Markdown, saved HTML, or the site copied as text. How a page is written is found by itself.", Arity = ArgumentArity.OneOrMore };
        Option<string?> output = new("-o", "--output") { Description = "The directory for the schemas; it is made when it is missing. Without it, the schema of a single page goes to stdout.", HelpName = "dir" };
        Option<string?> library = new("--pages") { Description = "A directory with more pages: what a page refers to is looked up there, and imported too.", HelpName = "dir" };
        Option<string> summaries = new("--summaries") { Description = "What becomes of the page's own words: none of them, or keep them as summaries.", HelpName = "none|keep", DefaultValueFactory = _ => "none" };
        summaries.AcceptOnlyFromAmong("none", "keep");
        Option<string?> locked = new("--lock") { Description = $"The lock to note the pages in, for 'update'. Without it, the nearest {PageLock.FileName} at or above the output directory, where there is one.", HelpName = "file" };
        Option<string?> schema = SchemaLoader.Option();
        Command command = new("import", "Turn pages of the docs into schemas.") { pages, output, library, summaries, locked, schema };
        cli.Handle(command, run => RunAsync(run, run.Get(pages)!, run.Get(output), run.Get(library), run.Get(summaries) == "keep", run.Get(locked), run.Get(schema)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string[] paths, string? output, string? library, bool keep, string? locked, string? schema)
    {
        List<ImportException> failures = [];
        IReadOnlyList<string> files = PageFiles.Find(run.Host, paths);
        if (output is null && files.Count != 1)
        {
            throw new CliException(CliException.Usage, $"{Plural.Of(files.Count, "page")} need a directory: name one with -o.");
        }

        IReadOnlyList<PageSource> sources = await PageFiles.ReadAsync(run, files, failures);
        IReadOnlyList<PageSource> more = library is null ? [] : await PageFiles.ReadAsync(run, PageFiles.Find(run.Host, [library]), failures);
        PageImport import = PageImport.Run(run, sources, more, schema, failures);
        if (output is null)
        {
            if (!run.IsJson && import.Pages.Count > 0)
            {
                run.Out.Write(import.Pages[0].ToYaml(keep));
            }
        }
        else
        {
            await WriteAsync(run, import.Written, output, keep, locked);
        }

        Report(run, import, failures, output);
        return failures.Count > 0 ? ExitCode.Findings : ExitCode.Done;
    }

    private static async Task WriteAsync(Invocation run, IReadOnlyList<ImportedPage> pages, string output, bool keep, string? locked)
    {
        string directory = run.Host.FullPath(output);
        Directory.CreateDirectory(directory);
        foreach (ImportedPage page in pages)
        {
            await File.WriteAllTextAsync(Path.Combine(directory, FileOf(directory, page)), page.ToYaml(keep), run.Cancellation);
        }

        if ((locked is null ? LockFile.Above(run.Host, output) : run.Host.FullPath(locked)) is { } path)
        {
            await LockFile.WriteAsync(path, pages.Select(p => (p, Path.Combine(directory, FileOf(directory, p)))), run.Cancellation);
        }
    }

    // A directory laid out as the bundled schemas are gets each file in the folder of its kind.
    private static string FileOf(string directory, ImportedPage page)
    {
        string folder = page.Kind switch { PageKind.Tag => "tags", PageKind.Template => "templates", PageKind.Shared => "shared", _ => "pages" };
        return Directory.Exists(Path.Combine(directory, folder)) ? Path.Combine(folder, page.Kind == PageKind.Template ? $"{page.Tag}.ci.yaml" : page.FileName) : page.FileName;
    }

    private static void Report(Invocation run, PageImport import, List<ImportException> failures, string? output)
    {
        if (run.IsJson)
        {
            run.WriteJson(w => WriteJson(w, import, failures, output, run.Host.FullPath(output ?? ".")));
            return;
        }

        foreach (ImportFinding finding in import.Pages.SelectMany(p => p.Findings))
        {
            run.Error.WriteLine($"{finding.Path}({finding.Line},1): warning {ImportProblem.Defect}: {finding.Class}: {finding.Message}; {finding.Action}");
        }

        foreach (ImportedPage page in import.Pages.Where(p => p.Kind == PageKind.None))
        {
            run.Error.WriteLine($"{page.Source.Path}: no table of nodes, so no schema");
        }

        if (output is not null)
        {
            run.Out.Write($"{Plural.Of(import.Written.Count, "schema")} from {Plural.Of(import.Pages.Count, "page")} in {output}: {Plural.Of(import.Written.Sum(p => p.Nodes), "node")}, {Plural.Of(import.Pages.Sum(p => p.Findings.Count), "finding")}\n");
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, PageImport import, List<ImportException> failures, string? output, string directory)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("pages");
        foreach (ImportedPage page in import.Pages)
        {
            writer.WriteStartObject();
            writer.WriteString("page", page.Source.Path);
            writer.WriteString("id", page.PageId);
            writer.WriteString("date", page.Date);
            writer.WriteString("dialect", page.Dialect.ToString());
            writer.WriteString("kind", page.Kind.ToString().ToLowerInvariant());
            writer.WriteString("tag", page.Tag);
            writer.WriteString("file", page.Kind == PageKind.None ? null : output is null ? page.FileName : Path.Combine(output, FileOf(directory, page)));
            writer.WriteNumber("tables", page.Tables);
            writer.WriteNumber("rows", page.Rows);
            writer.WriteNumber("nodes", page.Nodes);
            writer.WriteStartArray("findings");
            foreach (ImportFinding finding in page.Findings)
            {
                writer.WriteStartObject();
                writer.WriteString("file", finding.Path);
                writer.WriteNumber("line", finding.Line);
                writer.WriteString("class", finding.Class.ToString());
                writer.WriteString("message", finding.Message);
                writer.WriteString("action", finding.Action);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteStartArray("errors");
        foreach (ImportException failure in failures)
        {
            writer.WriteStartObject();
            writer.WriteString("file", failure.Path);
            writer.WriteNumber("line", failure.Line);
            writer.WriteString("message", failure.Message);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

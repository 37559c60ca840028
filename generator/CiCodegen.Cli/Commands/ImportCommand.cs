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
        Option<bool> force = new("--force") { Description = "Write over files that import did not write." };
        Command command = new("import", "Turn pages of the docs into schemas.") { pages, output, library, summaries, locked, schema, force };
        cli.Handle(command, run => RunAsync(run, run.Get(pages)!, run.Get(output), run.Get(library), run.Get(summaries) == "keep", run.Get(locked), run.Get(schema), run.Get(force)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string[] paths, string? output, string? library, bool keep, string? locked, string? schema, bool force)
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
        ImportFiles to = ImportFiles.Of(import.Pages, run.Host.FullPath(output ?? "."));
        if (output is null)
        {
            if (!run.IsJson && import.Pages is [{ Kind: not PageKind.None }, ..])
            {
                run.Out.Write(import.Pages[0].ToYaml(keep));
            }
        }
        else
        {
            await WriteAsync(run, to.Written, output, keep, locked, force);
        }

        Report(run, import, to, failures, output);
        return failures.Count > 0 || (output is not null && to.Left.Any(l => !l.IsHarmless)) ? ExitCode.Findings : ExitCode.Done;
    }

    // What cannot be done is found out before anything is written.
    private static async Task WriteAsync(Invocation run, IReadOnlyList<(ImportedPage Page, string Name)> pages, string output, bool keep, string? locked, bool force)
    {
        string directory = run.Host.FullPath(output);
        string? lockPath = locked is null ? LockFile.Above(run.Host, output) : run.Host.FullPath(locked);
        PageLock? held = lockPath is null ? null : await LockFile.ReadAsync(lockPath, run.Cancellation);
        (ImportedPage Page, string File, string Text)[] files = [.. pages.Select(p => (p.Page, Path.Combine(directory, p.Name), p.Page.ToYaml(keep)))];
        string[] others = force ? [] : [.. files.Where(f => File.Exists(f.File) && !ImportFiles.IsImported(File.ReadAllText(f.File))).Select(f => $"'{Path.Combine(output, Path.GetRelativePath(directory, f.File))}'")];
        if (others.Length > 0)
        {
            throw new CliException("FileExists", $"{string.Join(" and ", others)} {(others.Length == 1 ? "names" : "name")} no page, so import did not write {(others.Length == 1 ? "it" : "them")}; --force writes over it. Nothing was written.");
        }

        run.Host.MakeDirectory(output);
        foreach ((_, string file, string text) in files)
        {
            await File.WriteAllTextAsync(file, text, run.Cancellation);
        }

        if (lockPath is not null)
        {
            await LockFile.WriteAsync(lockPath, held!, files.Select(f => (f.Page, f.File)), run.Cancellation);
        }
    }

    private static void Report(Invocation run, PageImport import, ImportFiles to, List<ImportException> failures, string? output)
    {
        // Without a directory nothing is written, so nothing is left out.
        foreach (LeftPage left in output is null ? [] : to.Left)
        {
            run.Error.WriteLine(left.Line);
        }

        if (run.IsJson)
        {
            run.WriteJson(w => WriteJson(w, import, to, failures, output));
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
            run.Out.Write($"{Plural.Of(to.Written.Count, "schema")} from {Plural.Of(import.Pages.Count, "page")} in {output}: {Plural.Of(to.Written.Sum(w => w.Page.Nodes), "node")}, {Plural.Of(import.Pages.Sum(p => p.Findings.Count), "finding")}\n");
        }
    }

    private static void WriteJson(Utf8JsonWriter writer, PageImport import, ImportFiles to, List<ImportException> failures, string? output)
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
            writer.WriteString("file", page.Kind == PageKind.None ? null : output is null ? page.FileName : to.Of(page) is { } name ? Path.Combine(output, name) : null);
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

using System.CommandLine;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Pages;
using CiCodegen.Cli.Schemas;
using CiCodegen.Import;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Commands;

/// <summary><c>update</c>: imports again what changed.</summary>
internal static class UpdateCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string[]> pages = new("page") { Description = "Pages of the docs, or directories with them. They are known by their ids: the file's name without date and extension.", Arity = ArgumentArity.OneOrMore };
        Option<string> folder = new("--schema") { Description = $"The directory with {PageLock.FileName}; corrections below it are checked against the new trees.", HelpName = "dir", DefaultValueFactory = _ => "schema" };
        Command command = new("update", "Import again what the lock names, and rewrite only what changed.") { pages, folder };
        cli.Handle(command, run => RunAsync(run, run.Get(pages)!, run.Get(folder)!));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string[] paths, string folder)
    {
        string lockPath = Path.Combine(run.Host.FullPath(folder), PageLock.FileName);
        if (!File.Exists(lockPath))
        {
            throw new CliException(CliException.FileAccess, $"There is no '{Path.Combine(folder, PageLock.FileName)}'; 'cicodegen import … -o {folder} --lock {Path.Combine(folder, PageLock.FileName)}' makes one.");
        }

        PageLock held = await LockFile.ReadAsync(lockPath, run.Cancellation);
        List<ImportException> failures = [];
        IReadOnlyList<PageSource> sources = await PageFiles.ReadAsync(run, PageFiles.Find(run.Host, paths), failures);
        HashSet<string> named = [.. held.Entries.Select(e => e.Page)];
        ILookup<string, ImportedPage> imported = PageImport.Run(run, [.. sources.Where(s => named.Contains(s.Id))], [.. sources.Where(s => !named.Contains(s.Id))], folder, failures).Pages.ToLookup(p => p.PageId);
        List<string> missing = [];
        List<string> unchanged = [];
        List<(ImportedPage Page, string File)> written = [];
        List<PageLoss> losses = [];
        foreach (PageLockEntry entry in held.Entries)
        {
            // Of several versions of a page the last one counts.
            if (imported[entry.Page].OrderBy(p => p.Date ?? "", StringComparer.Ordinal).ThenBy(p => p.Source.Path, StringComparer.Ordinal).LastOrDefault() is not { } page)
            {
                missing.Add(entry.Page);
                continue;
            }

            string file = Path.Combine(Path.GetDirectoryName(lockPath)!, entry.File);
            string? before = File.Exists(file) ? await File.ReadAllTextAsync(file, run.Cancellation) : null;
            if (PageLoss.Of(page, file, before) is { } loss)
            {
                losses.Add(new PageLoss(page.Source.Path, Path.Combine(folder, entry.File), loss));
                continue;
            }

            page.WriteAs(PageFiles.KindOf(file, page));
            string text = page.ToYaml();
            if (before == text)
            {
                unchanged.Add(entry.Page);
                continue;
            }

            await File.WriteAllTextAsync(file, text, run.Cancellation);
            written.Add((page, file));
        }

        if (written.Count > 0)
        {
            await LockFile.WriteAsync(lockPath, held, written, run.Cancellation);
        }

        SchemaProblem[] problems = [.. SchemaSet.Load(OwnSchemas.Below(run.Host, folder).OverBundled(), run.Cancellation).Problems.Where(p => p.Descriptor.Severity == ProblemSeverity.Error)];
        Report(run, folder, written, unchanged, missing, losses, problems);
        return failures.Count > 0 || missing.Count > 0 || losses.Count > 0 || problems.Length > 0 ? ExitCode.Findings : ExitCode.Done;
    }

    private static void Report(Invocation run, string folder, List<(ImportedPage Page, string File)> written, List<string> unchanged, List<string> missing, List<PageLoss> losses, SchemaProblem[] problems)
    {
        string[] files = [.. written.Select(w => Path.Combine(folder, Path.GetRelativePath(run.Host.FullPath(folder), w.File)))];
        foreach (SchemaProblem problem in problems)
        {
            run.Error.WriteLine(problem.ToString());
        }

        foreach (PageLoss loss in losses)
        {
            run.Error.WriteLine($"{loss.Page}(1,1): error {ImportProblem.Defect}: {loss.Message}.");
        }

        foreach (string page in missing)
        {
            run.Error.WriteLine($"The lock names the page '{page}', and it is not among those given; its schema stays as it is.");
        }

        if (run.IsJson)
        {
            run.WriteJson(w =>
            {
                w.WriteStartObject();
                w.WriteStrings("written", files);
                w.WriteStrings("unchanged", unchanged);
                w.WriteStrings("missing", missing);
                w.WriteStartArray("problems");
                foreach (SchemaProblem problem in problems)
                {
                    ProblemJson.Write(w, problem);
                }

                foreach (PageLoss loss in losses)
                {
                    ProblemJson.Write(w, ImportProblem.Defect, "error", new FilePlace(loss.Page, 1, 1), loss.Message);
                }

                w.WriteEndArray();
                w.WriteEndObject();
            });
            return;
        }

        foreach (string file in files)
        {
            run.Out.Write($"wrote {file}\n");
        }

        run.Out.Write($"{Plural.Of(written.Count, "schema")} rewritten, {unchanged.Count} unchanged\n");
    }
}

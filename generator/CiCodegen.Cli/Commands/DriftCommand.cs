using System.CommandLine;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Pages;
using CiCodegen.Cli.Schemas;
using CiCodegen.Import;

namespace CiCodegen.Cli.Commands;

/// <summary><c>drift</c>: what changed in the docs, and whom it breaks.</summary>
internal static class DriftCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string[]> pages = new("page") { Description = "Pages of the docs, or directories with them. Two pages and no --schema: the first is the old version of the second.", Arity = ArgumentArity.OneOrMore };
        Option<bool> markdown = new("--markdown") { Description = "Print a Markdown table, for a pull request." };
        Option<string?> schema = SchemaLoader.Option();
        Command command = new("drift", "Say what changed in the docs, and whom it breaks.") { pages, schema, markdown };
        cli.Handle(command, run => RunAsync(run, run.Get(pages)!, run.Get(schema), run.Get(markdown)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string[] paths, string? schema, bool markdown)
    {
        List<ImportException> failures = [];
        bool isPair = schema is null && paths.Length == 2 && paths.All(p => File.Exists(run.Host.FullPath(p)));
        IReadOnlyList<PageSource> sources = await PageFiles.ReadAsync(run, isPair ? paths : PageFiles.Find(run.Host, paths), failures);
        List<PageDriftReport> reports = failures.Count > 0 && isPair ? []
            : isPair ? [PageComparison.OfVersions(run, sources[0], sources[1], failures)]
            : [.. PageComparison.OfSchemas(run, sources, schema, failures)];
        DriftOutput.Write(run, reports, markdown);
        return failures.Count > 0 || reports.Any(r => r.Events.Count > 0) ? ExitCode.Findings : ExitCode.Done;
    }
}

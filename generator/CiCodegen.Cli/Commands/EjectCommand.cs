using System.CommandLine;
using System.CommandLine.Completions;
using CiCodegen.Cli.Scaffold;
using CiCodegen.Cli.Schemas;

namespace CiCodegen.Cli.Commands;

/// <summary><c>eject</c>: a bundled Tag as files of one's own.</summary>
internal static class EjectCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string> tag = new("Tag") { Description = "The bundled Tag, as in VideoTargetRec.", HelpName = "Tag" };
        tag.CompletionSources.Add(_ => BindingSource.BundledTags.Select(name => new CompletionItem(name)));
        Option<string> directory = NewFiles.DirectoryOption();
        Option<bool> force = NewFiles.ForceOption();
        Command command = new("eject", "Copy a bundled Tag into files of your own, to change it.") { tag, directory, force };
        cli.Handle(command, run =>
        {
            string name = run.Get(tag)!;
            if (!BindingSource.BundledTags.Contains(name, StringComparer.Ordinal))
            {
                throw SchemaLoader.Unknown(name, BindingSource.BundledTags, null);
            }

            string target = run.Get(directory)!;
            return NewFiles.WriteAsync(run, target, [.. Copies(name)], run.Get(force), name, [.. Next.Checks(run, target, name)]);
        });
        return command;
    }

    // A compiler takes a file for what its 'kind' says, so both may stand in one directory, under two names.
    private static IEnumerable<NewFile> Copies(string tag)
        => BundledSchemas.All.Where(t => BundledSchemas.IsOf(t, [tag]))
            .OrderBy(t => BundledSchemas.Corrects(t, [tag]))
            .Select(t => new NewFile(
                BundledSchemas.Corrects(t, [tag]) ? $"{tag}.corrections.ci.yaml" : $"{tag}.ci.yaml",
                t.Text.Replace($"../{NewFiles.JsonSchemaName}", NewFiles.JsonSchemaName, StringComparison.Ordinal)));
}

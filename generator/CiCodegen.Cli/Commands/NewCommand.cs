using System.CommandLine;
using CiCodegen.Cli.Scaffold;
using CiCodegen.Cli.Schemas;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Commands;

/// <summary><c>new</c>: a schema to start from.</summary>
internal static class NewCommand
{
    private const string Placeholder = "{Tag}";

    private static readonly Lazy<string> s_template = new(() => EmbeddedText.Read("scaffold/Tag.ci.yaml"));

    public static Command Create(CliContext cli)
    {
        Argument<string> tag = new("Tag") { Description = "The Tag as on the wire, as in VideoTargetRec." };
        Option<string> directory = NewFiles.DirectoryOption();
        Option<bool> force = NewFiles.ForceOption();
        Command command = new("new", "Start the schema of a Tag of your own.") { tag, directory, force };
        cli.Handle(command, run =>
        {
            string name = run.Get(tag)!;
            if (!Names.IsIdentifier(name))
            {
                throw new CliException(CliException.Usage, $"'{name}' cannot be a Tag; use letters, digits and '_', beginning with a letter.");
            }

            if (BindingSource.BundledTags.Contains(name, StringComparer.OrdinalIgnoreCase))
            {
                run.Error.WriteLine($"note: The Tag '{name}' is bundled; a file of your own takes its place. 'cicodegen eject {name}' starts from a copy.");
            }

            string target = run.Get(directory)!;
            NewFile file = new($"{name}.ci.yaml", s_template.Value.Replace(Placeholder, name, StringComparison.Ordinal));
            return NewFiles.WriteAsync(
                run, target, [file], run.Get(force), name,
                [.. Next.Checks(run, target, name)]);
        });
        return command;
    }
}

/// <summary>What to do with a schema that was just written.</summary>
internal static class Next
{
    public static IEnumerable<string> Checks(Invocation run, string directory, string tag)
    {
        yield return $"cicodegen check {directory}";
        yield return $"cicodegen tree {tag} --schema {directory}";
        if (!File.Exists(run.Host.FullPath(NewFiles.PathOf(directory, NewFiles.JsonSchemaName))))
        {
            yield return $"cicodegen init{(directory == "." ? "" : " " + directory)}    for completion in an editor";
        }
    }
}

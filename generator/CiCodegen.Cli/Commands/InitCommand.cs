using System.CommandLine;
using CiCodegen.Cli.Scaffold;
using CiCodegen.Cli.Schemas;

namespace CiCodegen.Cli.Commands;

/// <summary><c>init</c>: what an editor needs beside schemas of one's own.</summary>
internal static class InitCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string?> directory = new("dir") { Description = "The directory of the schemas; it is made when it is missing. Without it, the current one.", Arity = ArgumentArity.ZeroOrOne };
        Option<bool> force = NewFiles.ForceOption();
        Command command = new("init", "Put ci-schema.json beside schemas of your own, for editors.") { directory, force };
        cli.Handle(command, run =>
        {
            string target = run.Get(directory) ?? ".";
            return NewFiles.WriteAsync(
                run, target, [new NewFile(NewFiles.JsonSchemaName, BundledSchemas.JsonSchema)], run.Get(force), null,
                $"cicodegen new <Tag>{(target == "." ? "" : $" -o {target}")}    to start a schema of your own",
                $"'# yaml-language-server: $schema={NewFiles.JsonSchemaName}' as the first line of a schema that you have, so that an editor finds the file");
        });
        return command;
    }
}

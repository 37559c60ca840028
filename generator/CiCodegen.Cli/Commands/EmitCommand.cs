using System.CommandLine;
using System.Text;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Schemas;
using CiCodegen.Emit;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Commands;

/// <summary><c>emit</c>: the C# that the compiler adds, as files.</summary>
internal static class EmitCommand
{
    // As the compiler writes it under EmitCompilerGeneratedFiles.
    private static readonly UTF8Encoding s_encoding = new(encoderShouldEmitUTF8Identifier: true);

    public static Command Create(CliContext cli)
    {
        Option<string[]> tags = new("--tag") { Description = "A Tag to emit; may be given more than once. Without it, every known Tag.", HelpName = "Tag" };
        Option<string> output = new("-o", "--output") { Description = "The directory for the files; it is made when it is missing.", HelpName = "dir", Required = true };
        Option<string> space = new("--namespace") { Description = "The namespace of the code.", HelpName = "name", DefaultValueFactory = _ => Emission.DefaultNamespace };
        Option<string?> templates = new("--templates") { Description = $"A directory with templates in the place of the built-in ones: {string.Join(", ", TemplateStore.FileNames)}.", HelpName = "dir" };
        Option<string[]> templateTags = new("--template") { Description = "Only the templates of this Tag; can be given more than once, and beside --tag.", HelpName = "Tag" };
        Option<string[]> operations = new("--operation") { Description = "Only this operation, as in ListQueues; can be given more than once.", HelpName = "name" };
        Option<string?> schema = SchemaLoader.Option();
        Command command = new("emit", "Write the C# that the compiler adds for Tags.") { tags, templateTags, operations, output, space, templates, schema };
        cli.Handle(command, run => RunAsync(run, run.Get(tags) ?? [], run.Get(templateTags) ?? [], run.Get(operations) ?? [], run.Get(output)!, run.Get(space)!, run.Get(templates), run.Get(schema)));
        return command;
    }

    private static async Task<int> RunAsync(Invocation run, string[] names, string[] templateTags, string[] operations, string output, string space, string? templates, string? directory)
    {
        if (!EmitOptions.IsNamespace(space))
        {
            throw new CliException(CliException.Usage, $"'{space}' is no C# namespace.");
        }

        SchemaSet set = SchemaLoader.Load(run, directory);
        TagModel[] tags = names.Length + templateTags.Length + operations.Length == 0
            ? [.. set.Units]
            : [.. Chosen(set, names, SchemaUnit.Job, directory).Concat(Chosen(set, templateTags, SchemaUnit.Template, directory)).Concat(Chosen(set, operations, SchemaUnit.Operation, directory)).Distinct()];
        IReadOnlyList<EmittedFile> files;
        try
        {
            files = Emission.Emit(tags, space, templates is null ? TemplateStore.Embedded : ReadTemplates(run.Host, templates), run.Cancellation);
        }
        catch (TemplateException e)
        {
            throw new CliException("BadTemplate", e.Message);
        }

        string target = run.Host.FullPath(output);
        run.Host.MakeDirectory(output);
        foreach (EmittedFile file in files)
        {
            await File.WriteAllTextAsync(Path.Combine(target, file.HintName), file.Text, s_encoding, run.Cancellation);
        }

        if (run.IsJson)
        {
            run.WriteJson(w =>
            {
                w.WriteStartObject();
                w.WriteStrings("tags", tags.Select(t => t.Name));
                w.WriteStrings("files", files.Select(f => Path.Combine(output, f.HintName)));
                w.WriteEndObject();
            });
        }
        else
        {
            run.Out.Write($"{Plural.Of(files.Count, "file")} for {Plural.Of(tags.Length, tags.All(t => t.Unit == SchemaUnit.Job) ? "Tag" : "schema")} in {output}\n");
        }

        return ExitCode.Done;
    }

    private static IEnumerable<TagModel> Chosen(SchemaSet set, IEnumerable<string> names, SchemaUnit unit, string? directory)
        => names.Distinct(StringComparer.Ordinal).Select(n => set.Find(n, directory, unit)).OrderBy(t => t.Tag, StringComparer.Ordinal);

    private static TemplateStore ReadTemplates(CliHost host, string directory)
    {
        string path = host.FullPath(directory);
        if (!Directory.Exists(path))
        {
            throw new CliException(CliException.FileAccess, $"There is no directory '{directory}'; --templates takes one with {string.Join(", ", TemplateStore.FileNames)}.");
        }

        Dictionary<string, string> texts = Directory.EnumerateFiles(path, "*.sbn-cs").ToDictionary(f => Path.GetFileName(f), File.ReadAllText, StringComparer.Ordinal);
        try
        {
            return TemplateStore.WithOverrides(texts);
        }
        catch (ArgumentException)
        {
            string[] unknown = [.. texts.Keys.Except(TemplateStore.FileNames, StringComparer.Ordinal)];
            throw new CliException(CliException.Usage, $"'{Path.Combine(directory, unknown.FirstOrDefault() ?? "")}' is no template; templates are {string.Join(", ", TemplateStore.FileNames)}.");
        }
    }
}

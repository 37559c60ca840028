using System.CommandLine;
using System.Globalization;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Schemas;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Commands;

/// <summary><c>tags</c>: what is known.</summary>
internal static class TagsCommand
{
    public static Command Create(CliContext cli)
    {
        Option<string?> schema = SchemaLoader.Option();
        Command command = new("tags", "List every known Tag.") { schema };
        cli.Handle(command, run => Task.FromResult(Run(run, run.Get(schema))));
        return command;
    }

    private static int Run(Invocation run, string? directory)
    {
        SchemaSet set = SchemaLoader.Load(run, directory);

        // Some Tags have templates and no jobs of their own.
        TagModel[] tags = [.. set.Tags.Concat(set.Templates.Where(t => set.Find(t.Tag) is null)).OrderBy(t => t.Tag, StringComparer.Ordinal)];
        if (!run.IsJson)
        {
            TextTable.Write(
                run.Host,
                ["Tag", "Family", "Submitted by", "Verbs", "Request nodes", "Response nodes"],
                [.. tags.Select(t => (IReadOnlyList<string>)[t.Tag, t.Family, $"{t.Method} {t.Path}", string.Join(", ", set.VerbsOf(t)), Text(t.Request), Text(t.Response)])]);
            return ExitCode.Done;
        }

        run.WriteJson(w =>
        {
            w.WriteStartObject();
            w.WriteStartArray("tags");
            foreach (TagModel tag in tags)
            {
                w.WriteStartObject();
                TreeJson.WriteIdentity(w, tag, set.VerbsOf(tag));
                w.WriteNumber("requestNodes", Count(tag.Request));
                w.WriteNumber("responseNodes", Count(tag.Response));
                w.WriteEndObject();
            }

            w.WriteEndArray();
            w.WriteEndObject();
        });
        return ExitCode.Done;
    }

    // The root counts.
    private static int Count(NodeModel node) => 1 + node.Children.Sum(Count);

    private static string Text(NodeModel node) => Count(node).ToString(CultureInfo.InvariantCulture);
}

using System.CommandLine;
using CiCodegen.Cli.Output;
using CiCodegen.Cli.Schemas;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Commands;

/// <summary><c>check</c>: the compiler's own diagnostics, without a compiler.</summary>
internal static class CheckCommand
{
    public static Command Create(CliContext cli)
    {
        Argument<string[]> files = new("files") { Description = "Schema files, or directories with *.ci.yaml files; without any, the bundled schemas.", Arity = ArgumentArity.ZeroOrMore };
        Option<string?> schema = SchemaLoader.Option();
        Command command = new("check", "Check schemas: what a build would say, without one.") { files, schema };
        cli.Handle(command, run => Task.FromResult(Run(run, run.Get(files) ?? [], run.Get(schema))));
        return command;
    }

    private static int Run(Invocation run, string[] files, string? directory)
    {
        if (files.Length > 0 && directory is not null)
        {
            throw new CliException(CliException.Usage, "Name files, or a directory by --schema, not both: files may be directories.");
        }

        IEnumerable<SchemaText> texts =
            directory is not null ? OwnSchemas.Below(run.Host, directory).OverBundled()
            : files.Length > 0 ? OwnSchemas.Of(run.Host, files).OverBundled()
            : BundledSchemas.All;
        SchemaText[] all = [.. texts];
        SchemaSet set = SchemaSet.Load(all, run.Cancellation);

        // Of files by name nobody asks whose place they take.
        SchemaProblem[] problems = [.. set.Problems.Where(p => files.Length == 0 || p.Id != ProblemDescriptors.ShadowedTag.Id)];
        int errors = Count(problems, ProblemSeverity.Error);
        foreach (SchemaProblem problem in problems)
        {
            run.Error.WriteLine(problem.ToString());
        }

        if (run.IsJson)
        {
            run.WriteJson(w =>
            {
                w.WriteStartObject();
                w.WriteStartArray("problems");
                foreach (SchemaProblem problem in problems)
                {
                    ProblemJson.Write(w, problem);
                }

                w.WriteEndArray();
                w.WriteEndObject();
            });
        }
        else
        {
            int own = all.Count(t => !t.IsBundled);
            run.Out.Write($"{Plural.Of(own > 0 ? own : all.Length, own > 0 ? "file" : "bundled file")}: {Plural.Of(errors, "error")}, {Plural.Of(Count(problems, ProblemSeverity.Warning), "warning")}\n");
        }

        return errors > 0 ? ExitCode.Findings : ExitCode.Done;
    }

    private static int Count(SchemaProblem[] problems, ProblemSeverity severity) => problems.Count(p => p.Descriptor.Severity == severity);
}

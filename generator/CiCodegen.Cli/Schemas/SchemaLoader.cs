using System.CommandLine;
using CiCodegen.Schema;
using ParseResult = CiCodegen.Schema.ParseResult;

namespace CiCodegen.Cli.Schemas;

/// <summary>The schemas of a run: the bundled ones, with the user's own over them.</summary>
internal static class SchemaLoader
{
    /// <summary>The option of every command that looks at schemas.</summary>
    public static Option<string?> Option() => new("--schema")
    {
        Description = "A directory with *.ci.yaml files of your own; they come before the bundled ones.",
        HelpName = "dir",
    };

    /// <summary>The bundled schemas.</summary>
    public static SchemaSet Bundled(CancellationToken cancellationToken) => SchemaSet.Load(BundledSchemas.All, cancellationToken);

    /// <summary>The files of a run.</summary>
    public static IEnumerable<SchemaText> Texts(Invocation run, string? directory)
        => directory is null ? BundledSchemas.All : OwnSchemas.Below(run.Host, directory).OverBundled();

    /// <summary>The schemas of a run, without errors.</summary>
    /// <exception cref="CliException">A schema has an error; all problems have been printed.</exception>
    public static SchemaSet Load(Invocation run, string? directory)
    {
        SchemaSet set = SchemaSet.Load(Texts(run, directory), run.Cancellation);
        ThrowOnErrors(run, set.Problems);
        return set;
    }

    /// <summary>The files of a run as they stand, each by itself.</summary>
    /// <exception cref="CliException">A file cannot be read; all problems have been printed.</exception>
    public static IReadOnlyList<SchemaDocument> Parse(Invocation run, string? directory)
    {
        ParseResult[] parsed = [.. Texts(run, directory).Select(t => SchemaParser.Parse(t, run.Cancellation))];
        ThrowOnErrors(run, [.. parsed.SelectMany(p => p.Problems)]);
        return [.. parsed.Select(p => p.Document).OfType<SchemaDocument>()];
    }

    private static void ThrowOnErrors(Invocation run, IReadOnlyCollection<SchemaProblem> problems)
    {
        foreach (SchemaProblem problem in problems.Where(p => p.Descriptor.Severity != ProblemSeverity.Info))
        {
            run.Error.WriteLine(problem.ToString());
        }

        SchemaProblem[] errors = [.. problems.Where(p => p.Descriptor.Severity == ProblemSeverity.Error)];
        if (errors.Length > 0)
        {
            throw new CliException(CliException.BadSchema, $"{Plural.Of(errors.Length, "error")} in the schemas; nothing was done.")
            {
                Place = new FilePlace(errors[0].Path, errors[0].Span.Line, errors[0].Span.Column),
            };
        }
    }

    /// <summary>The Tag with a name; where only templates are of that name, those.</summary>
    /// <exception cref="CliException">There is none.</exception>
    public static TagModel Find(this SchemaSet set, string tag, string? directory, SchemaUnit unit = SchemaUnit.Job)
        => set.Find(tag, unit) ?? (unit == SchemaUnit.Job ? set.Find(tag, SchemaUnit.Template) : null)
            ?? throw Unknown(tag, set.Units.Where(t => t.Unit == unit || (unit == SchemaUnit.Job && t.Unit == SchemaUnit.Template)).Select(t => t.Tag).Distinct(), directory, unit switch { SchemaUnit.Template => "template of Tag", SchemaUnit.Operation => "operation", _ => "Tag" });

    /// <summary>The failure that a Tag is unknown.</summary>
    public static CliException Unknown(string tag, IEnumerable<string> known, string? directory, string noun = "Tag")
    {
        string[] names = [.. known];

        // 'videotargetrec' is meant, whatever the distance.
        string near = names.FirstOrDefault(n => n.Equals(tag, StringComparison.OrdinalIgnoreCase)) is { } same
            ? $" Did you mean '{same}'?"
            : Suggestion.Sentence(tag, names);
        string where = directory is null ? " 'cicodegen tags' lists the bundled ones; --schema names a directory with your own." : $" 'cicodegen tags --schema {directory}' lists them.";
        return new CliException(CliException.UnknownTag, $"No schema has the {noun} '{tag}'.{near}{where}");
    }
}

/// <summary>Numbers with their nouns.</summary>
internal static class Plural
{
    public static string Of(int count, string noun)
        => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(count == 0 ? "no" : count)} {noun}{(count == 1 ? "" : "s")}");
}

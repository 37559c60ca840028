using System.CommandLine;
using System.CommandLine.Completions;
using CiCodegen.Cli.Schemas;

namespace CiCodegen.Cli.Documents;

/// <summary>The options of the commands that read or write documents.</summary>
internal sealed class DocumentOptions
{
    public DocumentOptions(string fileDescription, string defaultKind, params string[] kinds)
    {
        File = new Argument<string?>("file") { Description = fileDescription, Arity = ArgumentArity.ZeroOrOne };
        As = new Option<string>("--as") { Description = "What the document is.", HelpName = string.Join('|', kinds), DefaultValueFactory = _ => defaultKind };
        As.AcceptOnlyFromAmong(kinds);
        Lane = new Option<string>("--lane") { Description = "Through which code XML goes: bytes directly, or .NET's XmlReader and XmlWriter.", HelpName = "utf8|xmlreader", DefaultValueFactory = _ => DocumentLane.Utf8 };
        Lane.AcceptOnlyFromAmong(DocumentLane.Utf8, DocumentLane.XmlReader);
    }

    public Argument<string?> File { get; }

    public Option<string?> Tag { get; } = TagOption();

    public Option<string> As { get; }

    public Option<string> Lane { get; }

    public Option<string?> Schema { get; } = SchemaLoader.Option();

    public Option<bool> Batch { get; } = new("--batch") { Description = "Read JSON lines on stdin and answer each with one JSON line on stdout." };

    public static Option<bool> ExtrasOption() => new("--extras") { Description = "Keep what the schema does not know, and write it along." };

    public static Option<string?> TagOption(string description = "The Tag, as in VideoTargetRec.")
    {
        Option<string?> tag = new("--tag") { Description = description, HelpName = "Tag" };
        tag.CompletionSources.Add(_ => BindingSource.BundledTags.Select(name => new CompletionItem(name)));
        return tag;
    }

    public void AddTo(Command command)
    {
        command.Add(File);
        command.Add(Tag);
        command.Add(As);
        command.Add(Lane);
        command.Add(Schema);
        command.Add(Batch);
    }

    /// <summary>The one document that the command line names.</summary>
    /// <exception cref="CliException">It names none.</exception>
    public DocumentRequest Single(Invocation run)
        => new(
            run.Get(File) ?? throw new CliException(CliException.Usage, "A file is needed, '-' for stdin; or --batch."),
            run.Get(Tag),
            run.Get(As)!,
            run.Get(Lane)!);

    /// <summary>What holds for batch lines that do not say otherwise.</summary>
    /// <exception cref="CliException">A file is named beside <c>--batch</c>.</exception>
    public DocumentRequest Defaults(Invocation run)
        => run.Get(File) is { } file
            ? throw new CliException(CliException.Usage, $"--batch takes the names of files from stdin; '{file}' is one too many.")
            : new DocumentRequest("", run.Get(Tag), run.Get(As)!, run.Get(Lane)!);
}

using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;

namespace CiCodegen.Cli.Output;

/// <summary>The library's help with a guide behind it: what else is worth knowing, examples, exit codes. Guides are texts under <c>Help</c>, one a command.</summary>
internal sealed class HelpWithGuide : SynchronousCommandLineAction
{
    private readonly HelpAction _standard;

    private HelpWithGuide(CliHost host) => _standard = new HelpAction { MaxWidth = host.TerminalWidth };

    public override bool ClearsParseErrors => true;

    /// <summary>Puts guides behind the help of all commands.</summary>
    public static void AddTo(RootCommand root, CliHost host)
    {
        HelpOption option = root.Options.OfType<HelpOption>().Single();
        option.Description = "Show help.";
        option.Action = new HelpWithGuide(host);
    }

    /// <summary>The guide of a command; null when it has none.</summary>
    public static string? GuideOf(Command command)
        => EmbeddedText.TryRead($"help/{(command is RootCommand ? "cicodegen" : command.Name)}.txt");

    public override int Invoke(ParseResult parseResult)
    {
        _standard.Invoke(parseResult);
        parseResult.InvocationConfiguration.Output.Write(GuideOf(parseResult.CommandResult.Command) ?? "");
        return ExitCode.Done;
    }
}

using System.CommandLine;
using CiCodegen.Cli.Output;
using CiCodegen.Tests;

namespace CiCodegen.Cli.Tests;

public sealed class HelpTests
{
    private static readonly CliContext s_context = new(CliRun.Host(TextWriter.Null, TextWriter.Null, Stream.Null, []));

    public static TheoryData<string> Commands => [.. CliApplication.CreateRoot(s_context).Subcommands.Select(c => c.Name)];

    [Fact]
    public async Task Root_Helps() => Snapshot.Match(Normal((await CliRun.Of("--help")).Exits(0).Out), "root");

    [Theory]
    [MemberData(nameof(Commands))]
    public async Task Command_Helps(string command) => Snapshot.Match(Normal((await CliRun.Of(command, "--help")).Exits(0).Out), command);

    [Fact]
    public void EveryCommandAndOption_IsDescribed()
    {
        foreach (Command command in CliApplication.CreateRoot(s_context).Subcommands)
        {
            Assert.False(string.IsNullOrEmpty(command.Description), command.Name);
            Assert.All(command.Options.Cast<Symbol>().Concat(command.Arguments), s => Assert.False(string.IsNullOrEmpty(s.Description), $"{command.Name} {s.Name}"));
        }
    }

    public static TheoryData<string> Guided => ["cicodegen", .. Commands.Select(row => row.Data)];

    [Theory]
    [MemberData(nameof(Guided))]
    public void EveryGuide_HasExitCodes_AndExamplesThatAreUnderstood(string command)
    {
        RootCommand root = CliApplication.CreateRoot(s_context);
        string guide = HelpWithGuide.GuideOf(command == "cicodegen" ? root : root.Subcommands.Single(c => c.Name == command)) ?? "";
        Assert.Contains("Exit codes:\n  0  ", guide, StringComparison.Ordinal);
        if (command != "cicodegen")
        {
            Assert.Contains("With --json:\n", guide, StringComparison.Ordinal);
        }

        // What stands two blanks or more behind a command says what it is for.
        string[] examples = [.. guide.Split('\n').Where(l => l.StartsWith("  ", StringComparison.Ordinal) && l.Contains("cicodegen ", StringComparison.Ordinal))
            .SelectMany(l => l.Trim().Split("  ")[0].TrimEnd(')').Split(" | "))
            .Select(part => part[Math.Max(0, part.IndexOf("cicodegen ", StringComparison.Ordinal))..])
            .Where(part => part.StartsWith("cicodegen ", StringComparison.Ordinal))];
        Assert.NotEmpty(examples);
        foreach (string example in examples)
        {
            ParseResult parsed = root.Parse([.. System.CommandLine.Parsing.CommandLineParser.SplitCommandLine(example).Skip(1)]);
            Assert.True(parsed.Errors.Count == 0 && parsed.UnmatchedTokens.Count == 0, $"{example}: {string.Join("; ", parsed.Errors.Select(e => e.Message))}");
            Assert.True(command is "cicodegen" or "new" or "eject" or "write" || parsed.CommandResult.Command.Name == command, example);
        }
    }

    [Fact]
    public void EveryCommandThatTakesATag_TakesSchemasOfOnesOwn()
    {
        Command[] commands = [.. CliApplication.CreateRoot(s_context).Subcommands.Where(c => c.Options.Any(o => o.Name == "--tag") || c.Name is "emulator" or "tree" or "tags" or "check")];
        Assert.True(commands.Length >= 13, string.Join(", ", commands.Select(c => c.Name)));
        Assert.All(commands, c => Assert.True(c.Options.Any(o => o.Name == "--schema"), c.Name));
    }

    [Fact]
    public async Task Help_FitsTheTerminal()
    {
        foreach (string command in Commands.Select(row => row.Data))
        {
            Assert.All((await CliRun.Of(command, "--help")).Out.Split('\n'), l => Assert.True(l.TrimEnd().Length <= 105, l));
        }
    }

    // Under a test host the executable has the host's name.
    private static string Normal(string help)
        => string.Join('\n', help.Replace(RootCommand.ExecutableName, "cicodegen", StringComparison.Ordinal).Split('\n').Select(l => l.TrimEnd()));
}

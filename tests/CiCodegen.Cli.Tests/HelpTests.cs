using System.CommandLine;
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

    // Under a test host the executable has the host's name.
    private static string Normal(string help)
        => string.Join('\n', help.Replace(RootCommand.ExecutableName, "cicodegen", StringComparison.Ordinal).Split('\n').Select(l => l.TrimEnd()));
}

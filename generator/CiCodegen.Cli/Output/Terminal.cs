using Spectre.Console;

namespace CiCodegen.Cli.Output;

/// <summary>Spectre.Console on a writer of the host's.</summary>
internal static class Terminal
{
    public static IAnsiConsole For(CliHost host, TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new AnsiConsoleOutput(writer),
        ColorSystem = host.IsColored ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });
}

using System.Text;
using Spectre.Console;

namespace CiCodegen.Cli.Output;

/// <summary>Spectre.Console on a writer of the host's.</summary>
internal static class Terminal
{
    public static IAnsiConsole For(CliHost host, TextWriter writer) => AnsiConsole.Create(new AnsiConsoleSettings
    {
        Out = new TerminalOutput(host, writer),
        Ansi = host.IsColored ? host.Ansi : AnsiSupport.No,
        ColorSystem = host.IsColored ? ColorSystemSupport.Detect : ColorSystemSupport.NoColors,
    });

    // The library knows a terminal by the console's own writers, and the host has others.
    private sealed class TerminalOutput(CliHost host, TextWriter writer) : IAnsiConsoleOutput
    {
        public TextWriter Writer => writer;

        public bool IsTerminal => true;

        public int Width => host.TerminalWidth;

        public int Height => 24;

        public void SetEncoding(Encoding encoding)
        {
            // The host's writers are UTF-8 whatever happens.
        }
    }
}

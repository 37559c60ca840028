using System.Text;
using Spectre.Console;

namespace CiCodegen.Cli;

/// <summary>Everything a command may touch of its surroundings; tests hand over their own.</summary>
internal sealed class CliHost
{
    /// <summary>Where data goes.</summary>
    public required TextWriter Out { get; init; }

    /// <summary>Where errors and progress go.</summary>
    public required TextWriter Error { get; init; }

    /// <summary>Where documents and batch lines come from.</summary>
    public required Stream Input { get; init; }

    /// <summary>Reads an environment variable.</summary>
    public required Func<string, string?> Environment { get; init; }

    /// <summary>What relative paths start from.</summary>
    public required string CurrentDirectory { get; init; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Whether a person reads <see cref="Out"/>.</summary>
    public bool IsOutTerminal { get; init; }

    /// <summary>Whether a person reads <see cref="Error"/>.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>How many characters a line of the terminal has.</summary>
    public int TerminalWidth { get; init; } = 100;

    /// <summary>Whether the terminal knows escape sequences.</summary>
    public AnsiSupport Ansi { get; init; } = AnsiSupport.Detect;

    /// <summary>Whether Ctrl+C and SIGTERM end the command in good order.</summary>
    public bool HandlesSignals { get; init; }

    /// <summary>Whether colours are welcome: see no-color.org.</summary>
    public bool IsColored => string.IsNullOrEmpty(Environment("NO_COLOR"));

    /// <summary>The real surroundings.</summary>
    public static CliHost FromConsole()
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        return new CliHost
        {
            // Console.Out encodes by the terminal's code page and flushes each write.
            Out = new StreamWriter(Console.OpenStandardOutput(), utf8, 16 * 1024) { NewLine = "\n" },
            Error = new StreamWriter(Console.OpenStandardError(), utf8) { NewLine = "\n", AutoFlush = true },
            Input = Console.OpenStandardInput(),
            Environment = System.Environment.GetEnvironmentVariable,
            CurrentDirectory = Directory.GetCurrentDirectory(),
            IsOutTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = !Console.IsErrorRedirected,
            TerminalWidth = Width(),
            HandlesSignals = true,
        };
    }

    private static int Width()
    {
        try
        {
            // Neither of the two need be a terminal, and some say 0.
            return Console.IsOutputRedirected && Console.IsErrorRedirected ? 100 : Console.WindowWidth is > 0 and int width ? width : 80;
        }
        catch (IOException)
        {
            return 100;
        }
    }

    /// <summary>A path as the file system takes it.</summary>
    public string FullPath(string path) => Path.GetFullPath(path, CurrentDirectory);

    /// <summary>Makes a directory that the user named, where it is missing.</summary>
    /// <exception cref="CliException">It cannot be made.</exception>
    public void MakeDirectory(string path)
    {
        try
        {
            Directory.CreateDirectory(FullPath(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The system's own words may speak of a file that nobody asked for.
            throw new CliException(CliException.FileAccess, $"The directory '{path}' cannot be made: {e.Message}");
        }
    }
}

using Spectre.Console;

namespace CiCodegen.Cli.Tests;

/// <summary>Tables and colours are for people; whatever reads the output gets plain text.</summary>
public sealed class TerminalTests
{
    [Theory]
    [InlineData(null, true)]
    [InlineData("", true)]
    [InlineData("1", false)]
    public async Task Tree_HasColours_UnlessNoColorIsSet(string? noColor, bool isColored)
    {
        string output = await RunAsync(isTerminal: true, noColor, "tree", "VideoTargetRec");
        Assert.Contains("├── ", output, StringComparison.Ordinal);
        Assert.Equal(isColored, output.Contains('\u001b'));
    }

    [Fact]
    public async Task Tags_AreATable_AndTheFirstColumnStaysWhole()
    {
        string output = await RunAsync(isTerminal: true, "1", "tags");
        Assert.Contains("────", output, StringComparison.Ordinal);
        Assert.Contains("  VideoTargetRec ", output, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("tags")]
    [InlineData("tree", "VideoTargetRec")]
    [InlineData("--help")]
    [InlineData("check")]
    public async Task WithoutATerminal_TextIsPlain(params string[] args)
    {
        string output = await RunAsync(isTerminal: false, null, args);
        Assert.NotEmpty(output);
        Assert.DoesNotContain('\u001b', output);
        Assert.DoesNotContain('─', output);
    }

    [Theory]
    [InlineData("tags")]
    [InlineData("tree", "VideoTargetRec")]
    [InlineData("completion", "bash")]
    public async Task Json_IsTheSameOnATerminal(params string[] args)
        => Assert.Equal(await RunAsync(isTerminal: false, null, [.. args, "--json"]), await RunAsync(isTerminal: true, null, [.. args, "--json"]));

    [Fact]
    public async Task Help_IsAsWideAsTheTerminal()
    {
        string output = await RunAsync(isTerminal: true, null, "submit", "--help");
        Assert.All(output.Split("Details:")[0].Split('\n'), l => Assert.True(l.TrimEnd().Length <= 72, l));
    }

    private static async Task<string> RunAsync(bool isTerminal, string? noColor, params string[] args)
    {
        StringWriter output = new();
        CliHost host = new()
        {
            Out = output,
            Error = TextWriter.Null,
            Input = Stream.Null,
            Environment = name => name == "NO_COLOR" ? noColor : null,
            CurrentDirectory = Path.GetTempPath(),
            IsOutTerminal = isTerminal,
            IsErrorTerminal = isTerminal,
            TerminalWidth = 72,
            Ansi = AnsiSupport.Yes,
        };
        Assert.Equal(0, await CliApplication.RunAsync(args, host, TestContext.Current.CancellationToken));
        return output.ToString();
    }
}

using System.Diagnostics;

namespace CiCodegen.Cli.Tests;

public sealed class CompletionTests : IDisposable
{
    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Theory]
    [InlineData("bash")]
    [InlineData("zsh")]
    [InlineData("pwsh")]
    public async Task Completion_CallsTheSuggestDirective(string shell)
        => Assert.Contains("[suggest:", (await CliRun.Of("completion", shell)).Exits(0).Out, StringComparison.Ordinal);

    [Fact]
    public async Task Suggestions_NameCommandsAndTags()
    {
        Assert.Contains("tree\n", (await CliRun.Of("[suggest:11]", "cicodegen tr")).Exits(0).Out.ReplaceLineEndings("\n"), StringComparison.Ordinal);
        Assert.Contains("VideoTargetRec", (await CliRun.Of("[suggest:16]", "cicodegen tree V")).Exits(0).Out, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bash_CompletesCommandsOptionsAndTags()
    {
        const string Shell = "/bin/bash";
        Assert.SkipUnless(File.Exists(Shell), "There is no bash.");
        string command = _directory.Write("cicodegen", $"#!{Shell}\nexec dotnet '{Path.Combine(AppContext.BaseDirectory, "cicodegen.dll")}' \"$@\"\n");
        if (!OperatingSystem.IsWindows())
        {
            File.SetUnixFileMode(command, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string script = _directory.Write("try.sh", """
            source <(cicodegen completion bash)
            complete -p cicodegen
            ask() {
                COMP_LINE=$1
                COMP_POINT=${#COMP_LINE}
                read -ra COMP_WORDS <<< "$COMP_LINE"
                if [[ $COMP_LINE == *' ' ]]; then COMP_WORDS+=(''); fi
                COMP_CWORD=$((${#COMP_WORDS[@]} - 1))
                _cicodegen
                echo "${COMPREPLY[*]}"
            }
            ask 'cicodegen tr'
            ask 'cicodegen tree VideoTarget'
            ask 'cicodegen read --sch'
            ask 'cicodegen tree --part re'
            """.ReplaceLineEndings("\n"));
        ProcessStartInfo start = new(Shell, [script]) { RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["PATH"] = $"{_directory.Path}:{start.Environment["PATH"]}";
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string[] lines = (await process.StandardOutput.ReadToEndAsync()).TrimEnd('\n').Split('\n');
        Assert.True(lines.Length == 5, string.Join('\n', lines) + await error);
        Assert.Contains("-F _cicodegen cicodegen", lines[0], StringComparison.Ordinal);
        Assert.Equal(["tree", "VideoTargetRec", "--schema"], lines[1..4]);
        Assert.Equal(["request", "response"], lines[4].Split(' ').Order(StringComparer.Ordinal));
    }
}

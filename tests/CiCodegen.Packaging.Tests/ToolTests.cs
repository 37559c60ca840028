using System.Diagnostics;

namespace CiCodegen.Packaging.Tests;

/// <summary>The command line as a dotnet tool: installed from a feed that has nothing else, it compiles a schema of one's own.</summary>
public sealed class ToolTests(PackedFeed feed)
{
    [Fact]
    public void Tool_InstallsAndCompilesASchemaInMemory()
    {
        string folder = feed.Consumer("tool", "");
        (int code, string output) = feed.Dotnet(folder, "tool", "install", "CiCodegen.Tool", "--version", PackedFeed.Version, "--tool-path", "tools");
        Assert.True(code == 0, output);
        Assert.Equal((0, ""), Skim(folder, "init", "schema"));
        Assert.Equal((0, ""), Skim(folder, "new", "Probe", "-o", "schema"));
        Assert.Equal((0, "{}\n"), Run(folder, "<Response/>", "read", "--tag", "Probe", "--schema", "schema", "-"));
    }

    private static (int Code, string Error) Skim(string folder, params string[] arguments)
    {
        (int code, string output) = Run(folder, "", arguments);
        return (code, output.StartsWith("wrote ", StringComparison.Ordinal) ? "" : output);
    }

    private static (int Code, string Output) Run(string folder, string input, params string[] arguments)
    {
        ProcessStartInfo start = new(Path.Combine(folder, "tools", OperatingSystem.IsWindows() ? "cicodegen.exe" : "cicodegen"), arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}

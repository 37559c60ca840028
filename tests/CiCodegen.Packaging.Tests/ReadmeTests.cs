using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.Packaging.Tests;

/// <summary>What the README shows is built from the package and run against the emulator, as a newcomer would.</summary>
public sealed class ReadmeTests(PackedFeed feed)
{
    private static readonly string s_readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    [Fact]
    public async Task FilesOfTheReadme_BuildAndRun()
    {
        Dictionary<string, string> files = Regex.Matches(s_readme, @"```\w+ file=(\S+)\n(.*?)```", RegexOptions.Singleline).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        Assert.Equal(["App.csproj", "Probe.ci.yaml", "Program.cs"], files.Keys.Order(StringComparer.Ordinal));
        Assert.True(files["Program.cs"].Split('\n').Length <= 16, "the call has fifteen lines at most");

        string folder = feed.Consumer("readme", "", ("Probe.ci.yaml", files["Probe.ci.yaml"]));
        string project = files["App.csproj"].Replace("Version=\"0.1.0\"", $"Version=\"{PackedFeed.Version}\"", StringComparison.Ordinal);
        Assert.Contains(PackedFeed.Version, project, StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "App.csproj"), project);

        using Process emulator = StartEmulator(folder);
        try
        {
            string line = await emulator.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
            Match port = Regex.Match(line, @"http://127\.0\.0\.1:(\d+)");
            Assert.True(port.Success, line + await ErrorIfEnded(emulator));
            File.WriteAllText(Path.Combine(folder, "Program.cs"), files["Program.cs"].Replace("127.0.0.1:8080", "127.0.0.1:" + port.Groups[1].Value, StringComparison.Ordinal));
            (int code, string output) = feed.Dotnet(folder, "run");
            Assert.True(code == 0, output);
            Assert.Matches(@"^Success: score \d+\n$", output);
        }
        finally
        {
            emulator.Kill(entireProcessTree: true);
        }
    }

    [Fact]
    public void CommandsOfTheReadme_AreThoseThatTestsRun()
    {
        // The sample is run by CiCodegen.House.Tests; the second is this very run.
        string[] commands = [.. Regex.Match(s_readme, @"```bash\n(.*?)```", RegexOptions.Singleline).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('#')[0].Trim())];
        Assert.Equal(["dotnet run --project samples/SubmitVideoTargetRec", "dotnet test"], commands);
    }

    private static Process StartEmulator(string schemas)
    {
        string configuration = typeof(ReadmeTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        string cli = Path.Combine(Repository.Root, "generator", "CiCodegen.Cli", "bin", configuration, "net10.0", "cicodegen.dll");
        ProcessStartInfo start = new("dotnet", [cli, "emulator", "--port", "0", "--schema", schemas, "--secret-id", PackedFeed.SecretId, "--secret-key", PackedFeed.SecretKey])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        return Process.Start(start)!;
    }

    private static async Task<string> ErrorIfEnded(Process process)
        => process.WaitForExit(1000) ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "";
}

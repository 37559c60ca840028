using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.House.Tests;

public sealed class SampleTests
{
    private static readonly string s_folder = Path.Combine(Repository.Root, "samples", "SubmitVideoTargetRec");

    [Fact]
    public void Sample_SubmitsWaitsAndShowsWhatWasFound()
    {
        (int code, string output, string error) = Run();
        Assert.True(code == 0, output + error);
        Assert.Equal(2, Regex.Matches(output, @"Submitted j[0-9a-f]{32}: Submitted").Count);
        Assert.Equal(2, Regex.Matches(output, @"Finished j[0-9a-f]{32}: Success").Count);
        foreach (string kind in new[] { "Body", "Car", "Pet" })
        {
            Assert.Matches($@"│ {kind} +│ [0-9.]+ +│ synthetic-\w+ +│ \d+ +│ \d+, \d+, \d+, \d+ +│", output);
        }

        Assert.Empty(error);
    }

    [Fact]
    public void Sample_SaysWhatIsMissingForTheService()
    {
        (int code, _, string error) = Run("--endpoint", "http://127.0.0.1:1");
        Assert.Equal(2, code);
        Assert.Contains("TENCENTCLOUD_SECRET_ID", error, StringComparison.Ordinal);
    }

    private static (int Code, string Output, string Error) Run(params string[] arguments)
    {
        string configuration = typeof(SampleTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        ProcessStartInfo start = new("dotnet", [Path.Combine(s_folder, "bin", configuration, "net10.0", "SubmitVideoTargetRec.dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("TENCENTCLOUD_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }
}

using System.Diagnostics;
using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.Packaging.Tests;

/// <summary>The emulator of the command line, as a process of its own.</summary>
internal sealed class EmulatorProcess : IDisposable
{
    private readonly Process _process;

    private EmulatorProcess(Process process, string endpoint)
    {
        _process = process;
        Endpoint = endpoint;
    }

    public string Endpoint { get; }

    public static async Task<EmulatorProcess> StartAsync(params string[] arguments)
    {
        string cli = Path.Combine(Repository.Root, "generator", "CiCodegen.Cli", "bin", PackedFeed.Configuration, "net10.0", "cicodegen.dll");
        ProcessStartInfo start = new("dotnet", [cli, "emulator", "--port", "0", "--secret-id", PackedFeed.SecretId, "--secret-key", PackedFeed.SecretKey, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        Process process = Process.Start(start)!;
        string line = await process.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken) ?? "";
        Match address = Regex.Match(line, @"http://127\.0\.0\.1:\d+");
        if (address.Success)
        {
            return new EmulatorProcess(process, address.Value);
        }

        string error = process.WaitForExit(1000) ? await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken) : "";
        process.Kill(entireProcessTree: true);
        throw new InvalidOperationException("The emulator said no address: " + line + error);
    }

    public void Dispose()
    {
        _process.Kill(entireProcessTree: true);
        _process.Dispose();
    }
}

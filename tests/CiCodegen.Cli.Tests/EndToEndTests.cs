using System.Diagnostics;
using System.Text;
using System.Text.Json;

namespace CiCodegen.Cli.Tests;

/// <summary>A Tag in a folder of one's own, from nothing to a finished job: nothing is built, by the commands in this process and as real processes.</summary>
public sealed class EndToEndTests : IDisposable
{
    private const string Request = """{"Operation":{"Probe":{"Level":2,"Mode":"Precise","Threshold":0.5,"Keyword":["a","b"]},"UserData":"mine"},"Tag":"Probe","Input":{"Object":"a.mp4"}}""";

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task InThisProcess()
    {
        (await RunInProcessAsync("", ["init", _directory.Path])).Exits(0);
        (await RunInProcessAsync("", ["new", "Probe", "-o", _directory.Path])).Exits(0);
        (await RunInProcessAsync("", ["check", _directory.Path])).Exits(0);
        Assert.Contains("Probe", (await RunInProcessAsync("", ["tags", "--schema", _directory.Path])).Exits(0).Out, StringComparison.Ordinal);
        await using RunningEmulator emulator = await RunningEmulator.StartAsync("--speed", "100", "--schema", _directory.Path);
        await UseAsync(RunInProcessAsync, emulator.Endpoint);
    }

    [Fact]
    public async Task AsProcesses()
    {
        (await RunProcessAsync("", ["new", "Probe", "-o", _directory.Path])).Exits(0);
        using Process emulator = Start("emulator", "--speed", "100", "--schema", _directory.Path);
        try
        {
            string line = await emulator.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60)) ?? await emulator.StandardError.ReadToEndAsync();
            Assert.StartsWith("listening on http://127.0.0.1:", line, StringComparison.Ordinal);
            await UseAsync(RunProcessAsync, line["listening on ".Length..]);
        }
        finally
        {
            emulator.Kill();
            await emulator.WaitForExitAsync();
        }
    }

    private async Task UseAsync(Func<string, string[], Task<CliRun>> run, string endpoint)
    {
        string[] own = ["--tag", "Probe", "--schema", _directory.Path];
        string xml = (await run(Request, ["write", "-", .. own])).Exits(0).Out;
        Assert.StartsWith("<Request>", xml, StringComparison.Ordinal);
        Assert.Equal(Request + "\n", (await run(xml, ["read", "--as", "request", "-", .. own])).Exits(0).Out);
        Assert.StartsWith("Request.Operation.Probe.Level: ", (await run(xml.Replace("<Level>2<", "<Level>4<", StringComparison.Ordinal), ["validate", "-", .. own])).Exits(1).Out, StringComparison.Ordinal);

        string[] service = [.. own, "--endpoint", endpoint, "--json"];
        string id = (await run(xml, ["submit", "-", .. service])).Exits(0).Json.GetProperty("jobId").GetString()!;
        JsonElement waited = (await run("", ["wait", "--deadline", "60", id, .. service])).Exits(0).Json;
        Assert.Equal("Success", waited.GetProperty("state").GetString());
        JsonElement job = waited.GetProperty("job");
        Assert.Equal("mine", job.GetProperty("Operation").GetProperty("UserData").GetString());
        Assert.InRange(job.GetProperty("Operation").GetProperty("ProbeResult").GetProperty("Hit")[0].GetProperty("Score").GetInt32(), 0, 100);
    }

    private static Task<CliRun> RunInProcessAsync(string input, string[] args) => CliRun.With(input, args);

    private static async Task<CliRun> RunProcessAsync(string input, string[] args)
    {
        using Process process = Start(args);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(TimeSpan.FromSeconds(120));
        return new CliRun(process.ExitCode, await output, await error);
    }

    private static Process Start(params string[] args)
    {
        UTF8Encoding utf8 = new(encoderShouldEmitUTF8Identifier: false);
        ProcessStartInfo start = new("dotnet", [Path.Combine(AppContext.BaseDirectory, "cicodegen.dll"), .. args])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            StandardInputEncoding = utf8,
            StandardOutputEncoding = utf8,
        };
        start.Environment["TENCENTCLOUD_SECRET_ID"] = CliRun.SecretId;
        start.Environment["TENCENTCLOUD_SECRET_KEY"] = CliRun.SecretKey;
        return Process.Start(start)!;
    }
}

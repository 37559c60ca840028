using System.Diagnostics;
using System.Reflection;
using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.House.Tests;

public sealed class SampleTests
{
    [Fact]
    public void Sample_SubmitsWaitsAndShowsWhatWasFound()
    {
        (int code, string output, string error) = Run("SubmitVideoTargetRec");
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
        (int code, _, string error) = Run("SubmitVideoTargetRec", "--endpoint", "http://127.0.0.1:1");
        Assert.Equal(2, code);
        Assert.Contains("TENCENTCLOUD_SECRET_ID", error, StringComparison.Ordinal);
    }

    [Fact]
    public void NativeClient_ReadsAndWritesInEveryLane()
    {
        (int code, string output, string error) = Run("NativeClient");
        Assert.True(code == 0, output + error);
        Assert.Equal("round trips: the same bytes\nviolations: Request.Operation.JobLevel\ncallback: VideoTargetRecJob j1\n", output);
    }

    [Fact]
    public void OwnTag_HasItsOwnTypesAndTheCorrectedOnes()
    {
        (int code, string output, string error) = Run("OwnTag");
        Assert.True(code == 0, output + error);
        string[] lines = output.Split('\n');
        Assert.StartsWith("Request.Operation.Loudness.Target: ", lines[0], StringComparison.Ordinal);
        Assert.Contains("<Loudness><Target>-14</Target><Mode>album</Mode></Loudness>", lines[1], StringComparison.Ordinal);
        Assert.Contains("<VideoTargetRec><Boat>true</Boat></VideoTargetRec>", lines[2], StringComparison.Ordinal);
        Assert.Equal("Loudness, VideoTargetRec", lines[3]);
    }

    [Fact]
    public void BulkSubmit_SubmitsEachOnce_HoweverOftenItIsStarted()
    {
        string folder = Directory.CreateTempSubdirectory("cicodegen-").FullName;
        try
        {
            string journal = Path.Combine(folder, "videos.journal");
            Assert.Equal((0, "Submitted: 100\nsucceeded: 100\n", ""), Run("BulkSubmit", journal));
            Assert.Equal((0, "Already: 100\nsucceeded: 0\n", ""), Run("BulkSubmit", journal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public async Task CallbackWorker_StoresWhatACallbackTells()
    {
        using Process worker = Process.Start(Start("CallbackWorker", "--urls", "http://127.0.0.1:0"))!;
        try
        {
            // Until the host says where it listens, and from then on so that its pipe never fills.
            string? line;
            do
            {
                line = await worker.StandardOutput.ReadLineAsync(TestContext.Current.CancellationToken);
                Assert.True(line is not null, "The worker ended before it listened.");
            }
            while (!line.Contains("Now listening on: ", StringComparison.Ordinal));
            Task<string> rest = worker.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);

            using HttpClient http = new() { BaseAddress = new Uri(line.Split("Now listening on: ")[1]) };
            using HttpResponseMessage submitted = await http.PostAsync(new Uri("/videos/input/demo.mp4", UriKind.Relative), null, TestContext.Current.CancellationToken);
            string job = await submitted.EnsureSuccessStatusCode().Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            Assert.Matches("^j[0-9a-f]{32}$", job);

            string callback = $"<Response><EventName>TaskFinish</EventName><JobsDetail><JobId>{job}</JobId><State>Success</State><Tag>VideoTargetRec</Tag></JobsDetail></Response>";
            using HttpResponseMessage forged = await http.PostAsync(new Uri("/ci/callbacks?secret=a-guess-of-someone", UriKind.Relative), new StringContent(callback), TestContext.Current.CancellationToken);
            Assert.Equal(System.Net.HttpStatusCode.Forbidden, forged.StatusCode);
            using HttpResponseMessage called = await http.PostAsync(new Uri("/ci/callbacks?secret=a-secret-of-your-own", UriKind.Relative), new StringContent(callback), TestContext.Current.CancellationToken);
            Assert.True(called.IsSuccessStatusCode);

            string? result = null;
            for (int i = 0; i < 300 && result is null; i++)
            {
                await Task.Delay(100, TestContext.Current.CancellationToken);
                using HttpResponseMessage asked = await http.GetAsync(new Uri("/results/" + job, UriKind.Relative), TestContext.Current.CancellationToken);
                result = asked.IsSuccessStatusCode ? await asked.Content.ReadAsStringAsync(TestContext.Current.CancellationToken) : null;
            }

            Assert.Matches(@"^Success, \d+ bodies$", result);
            worker.Kill(entireProcessTree: true);
            Assert.DoesNotContain("fail:", await rest, StringComparison.Ordinal);
        }
        finally
        {
            worker.Kill(entireProcessTree: true);
        }
    }

    private static (int Code, string Output, string Error) Run(string sample, params string[] arguments)
    {
        using Process process = Process.Start(Start(sample, arguments))!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    private static ProcessStartInfo Start(string sample, params string[] arguments)
    {
        string configuration = typeof(SampleTests).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        ProcessStartInfo start = new("dotnet", [Path.Combine(Repository.Root, "samples", sample, "bin", configuration, "net10.0", sample + ".dll"), .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("TENCENTCLOUD_", StringComparison.Ordinal)).ToArray())
        {
            start.Environment.Remove(name);
        }

        return start;
    }
}

using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.Packaging.Tests;

/// <summary>The C# of the docs, compiled against the packages and run against the emulator.</summary>
public sealed class DocsCodeTests(PackedFeed feed)
{
    // The README has files of its own: ReadmeTests.
    private static readonly string[] s_pages = ["generator/docs/api.md", "runtime/docs/client.md"];

    [Fact]
    public void BlocksOfTheApiPage_RunOneAfterTheOther()
    {
        string[] blocks = Blocks("generator/docs/api.md");
        Assert.True(blocks.Length >= 10);
        string folder = Consumer("api", string.Join("\n", blocks));
        (int code, string output) = feed.Dotnet(folder, "run");
        Assert.True(code == 0, output);
        string[] lines = output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Collection(
            lines,
            l => Assert.StartsWith("Request.Operation.JobLevel: ", l, StringComparison.Ordinal),
            l => Assert.Matches(@"^Success: \d+ bodies$", l),
            l => Assert.Equal("listed: True", l),
            l => Assert.Equal("ended: Success", l),
            l => Assert.Equal("ended: Success", l),
            l => Assert.Equal("ended: Success", l),
            l => Assert.Equal("mine", l),
            l => Assert.Equal("Shiny: yes; <Request><Tag>VideoTargetRec</Tag><Shiny>yes</Shiny></Request>", l),
            l => Assert.Equal("j1", l),
            l => Assert.Equal("j2", l),
            l => Assert.Equal("TaskFinish: True Success", l),
            l => Assert.StartsWith("not found: ", l, StringComparison.Ordinal),
            l => Assert.Equal("NotWellFormed at line 1", l),
            l => Assert.Equal("VideoTargetRec: True", l),
            l => Assert.Equal("200", l));
    }

    [Fact]
    public void BlocksOfTheClientPage_Run()
    {
        string[] blocks = Blocks("runtime/docs/client.md");
        Assert.Equal(2, blocks.Length);
        string folder = Consumer("client", $$"""
            await using CiEmulator emulator = await CiEmulator.StartAsync(new() { Speed = 50 });
            {
                using HttpClient http = new(CiClient.CreateHandler());
                CiClient client = new(http, new() { Bucket = "demo-1250000000", Region = "ap-chongqing", Endpoint = emulator.Endpoint }, new StaticCredentialProvider(emulator.Credentials));
                IAsyncEnumerable<ICiJobRequest<VideoTargetRecJob>> requests = Requests();
            {{blocks[0]}}
            }
            {
                WebApplicationBuilder builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", "--Ci:Bucket", "demo-1250000000", "--Ci:Region", "ap-chongqing", "--CiCallbackSecret", "a-secret-of-the-docs"]);
                builder.Logging.ClearProviders();
            {{blocks[1]}}
                await app.StartAsync();
                using HttpClient caller = new() { BaseAddress = new Uri(app.Urls.First()) };
                foreach (string secret in new[] { "a-secret-of-the-docs", "a-secret-of-nobody" })
                {
                    using HttpResponseMessage answer = await caller.PostAsync("/ci/callbacks?secret=" + secret, new StringContent("<Response><JobsDetail><JobId>j7</JobId><State>Success</State><Tag>VideoTargetRec</Tag></JobsDetail></Response>"));
                    Console.WriteLine((int)answer.StatusCode);
                }

                await app.StopAsync();
            }

            async IAsyncEnumerable<ICiJobRequest<VideoTargetRecJob>> Requests()
            {
                yield return new VideoTargetRecRequest { Input = new() { Object = "a.mp4" }, Operation = new() { VideoTargetRec = new() { Car = true } } };
                await Task.Yield();
            }
            """);
        (int code, string output) = feed.Dotnet(folder, "run");
        Assert.True(code == 0, output);
        Assert.Matches(@"^0 Submitted j[0-9a-f]{32}\n", output);
        Assert.Contains("\n200\n", output, StringComparison.Ordinal);
        Assert.Contains("\nj7: Success\n", output, StringComparison.Ordinal);
        Assert.Contains("\n403\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void NoOtherPage_HasCSharpThatNothingRuns()
    {
        IEnumerable<string> pages = new[] { "generator", "runtime", "schema", "samples" }
            .SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.md", SearchOption.AllDirectories))
            .Append(Path.Combine(Repository.Root, "CONTRIBUTING.md"));
        Assert.Equal(
            s_pages.Order(StringComparer.Ordinal),
            pages.Where(p => File.ReadAllText(p).Contains("```csharp", StringComparison.Ordinal)).Select(p => Path.GetRelativePath(Repository.Root, p).Replace('\\', '/')).Order(StringComparer.Ordinal));
    }

    private static string[] Blocks(string page)
        => [.. Regex.Matches(File.ReadAllText(Path.Combine(Repository.Root, page)), @"```csharp\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];

    private string Consumer(string name, string program)
    {
        string folder = feed.Consumer(
            "docs-" + name,
            $"<CiTag Include=\"VideoTargetRec\" /><FrameworkReference Include=\"Microsoft.AspNetCore.App\" /><PackageReference Include=\"CiCodegen.Extensions\" Version=\"{PackedFeed.Version}\" /><PackageReference Include=\"CiCodegen.Emulator\" Version=\"{PackedFeed.Version}\" />",
            feedOnly: false,
            ("Usings.cs", string.Concat(new[]
            {
                "System", "System.Collections.Generic", "System.IO", "System.Linq", "System.Net.Http", "System.Text", "System.Threading.Tasks", "System.Xml", "App.CiJobs", "CiCodegen.Emulator", "CiCodegen.Extensions", "CiCodegen.Runtime",
                "Microsoft.AspNetCore.Builder", "Microsoft.Extensions.Configuration", "Microsoft.Extensions.DependencyInjection", "Microsoft.Extensions.Logging",
            }.Select(n => $"global using {n};\n"))),
            ("Program.cs", program));
        return folder;
    }
}

using System.Diagnostics;
using CiCodegen.Tests;

namespace CiCodegen.Packaging.Tests;

/// <summary>Native programs from the package: the sample samples/NativeClient, and every Tag. They need a linker: gcc or clang, and zlib.</summary>
public sealed class AotTests(PackedFeed feed)
{
    [Fact]
    public async Task NativeProgram_PublishesWithoutAWarningAndSubmitsReadsAndValidates()
    {
        PackedFeed.SkipUnlessFull("compiling to native code takes a minute and a package of 100 MB");
        string folder = feed.Consumer(
            "aot", "<CiTag Include=\"VideoTargetRec\" />", feedOnly: false,
            ("Directory.Build.props", "<Project><PropertyGroup><RootNamespace>NativeClient</RootNamespace><ImplicitUsings>enable</ImplicitUsings></PropertyGroup></Project>"),
            ("Program.cs", File.ReadAllText(Path.Combine(Repository.Root, "samples", "NativeClient", "Program.cs"))));
        using EmulatorProcess emulator = await EmulatorProcess.StartAsync();
        Assert.Matches(@"^round trips: the same bytes\nviolations: Request.Operation.JobLevel\ncallback: VideoTargetRecJob j1\njob: Success, \d+ bodies\n$", RunNative(folder, emulator.Endpoint));
    }

    [Fact]
    public void AllTags_PublishWithoutAWarning()
    {
        PackedFeed.SkipUnlessFull("compiling all Tags to native code takes minutes");
        string[] tags = [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "schema", "tags"), "*.ci.yaml").Select(f => Path.GetFileName(f).Split('.')[0])];
        string folder = feed.Consumer(
            "aot-all", $"<CiTag Include=\"{string.Join(';', tags)}\" />", feedOnly: false,
            ("Program.cs", """
                using System;
                using System.Buffers;
                using System.Linq;
                using System.Text;
                using App.CiJobs;

                // Every Tag's code is asked for: what is trimmed away is not seen to compile.
                foreach (var tag in CiTagCatalog.All)
                {
                    object request = tag.ReadRequest(Encoding.UTF8.GetBytes("<Request><Tag>" + tag.Tag.Name + "</Tag></Request>"));
                    ArrayBufferWriter<byte> output = new();
                    tag.Write(request, output);
                    tag.WriteJson(tag.ReadResponseJson(Encoding.UTF8.GetBytes("{\"JobsDetail\":{\"JobId\":\"j\"}}")), output);
                    if (tag.Validate(request).IsValid)
                    {
                        Console.WriteLine(tag.Tag.Name);
                    }
                }

                Console.WriteLine(CiTagCatalog.All.Count());
                """));
        Assert.EndsWith($"{tags.Length}\n", RunNative(folder), StringComparison.Ordinal);
    }

    private string RunNative(string folder, params string[] arguments)
    {
        (int code, string output) = feed.Dotnet(folder, "publish", "-r", "linux-x64", "-o", Path.Combine(folder, "out"), "-p:PublishAot=true", "-p:InvariantGlobalization=true", "-p:CppCompilerAndLinker=gcc", "-p:LinkerFlavor=");
        Assert.True(code == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        ProcessStartInfo start = new(Path.Combine(folder, "out", "App"), arguments) { RedirectStandardOutput = true };
        start.Environment["TENCENTCLOUD_SECRET_ID"] = PackedFeed.SecretId;
        start.Environment["TENCENTCLOUD_SECRET_KEY"] = PackedFeed.SecretKey;
        using Process process = Process.Start(start)!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return printed;
    }
}

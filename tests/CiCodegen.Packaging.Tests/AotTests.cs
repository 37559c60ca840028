using System.Diagnostics;
using CiCodegen.Tests;

namespace CiCodegen.Packaging.Tests;

public sealed class AotTests(PackedFeed feed)
{
    [Fact]
    public void NativeProgram_PublishesWithoutAWarningAndRuns()
    {
        PackedFeed.SkipUnlessFull("compiling to native code takes a minute and a package of 100 MB");
        string folder = feed.Consumer(
            "aot", "<CiTag Include=\"VideoTargetRec\" />", feedOnly: false,
            ("Program.cs", """
                using System;
                using System.IO;
                using System.Text;
                using App.CiJobs;
                using CiCodegen.Runtime;

                VideoTargetRecRequest request = new() { Input = new() { Object = "a.mp4" }, Operation = new() { TemplateId = "t1" } };
                byte[] xml = CiXml.ToBytes(request);
                Console.WriteLine(request.Validate().IsValid + " " + CiXml.Read<VideoTargetRecRequest>(xml).Operation!.TemplateId);
                CiCallback callback = new CiCallbackParser(CiTagCatalog.All).Parse(Encoding.UTF8.GetBytes("{\"JobsDetail\":{\"JobId\":\"j1\",\"Tag\":\"VideoTargetRec\"}}"));
                Console.WriteLine(callback.Jobs[0] is VideoTargetRecJob { JobId: "j1" });
                await foreach (VideoTargetRecJob job in CiXml.ReadJobsAsync<VideoTargetRecJob>(new MemoryStream(Encoding.UTF8.GetBytes("<Response><JobsDetail><JobId>j2</JobId></JobsDetail></Response>"))))
                {
                    Console.WriteLine(job.JobId);
                }
                """));
        Assert.Equal("True t1\nTrue\nj2\n", RunNative(folder));
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

    private string RunNative(string folder)
    {
        (int code, string output) = feed.Dotnet(folder, "publish", "-r", "linux-x64", "-o", Path.Combine(folder, "out"), "-p:PublishAot=true", "-p:InvariantGlobalization=true", "-p:CppCompilerAndLinker=gcc", "-p:LinkerFlavor=");
        Assert.True(code == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "out", "App")) { RedirectStandardOutput = true })!;
        string printed = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return printed;
    }
}

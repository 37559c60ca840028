using System.Diagnostics;

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
        (int code, string output) = feed.Dotnet(folder, "publish", "-r", "linux-x64", "-o", Path.Combine(folder, "out"), "-p:PublishAot=true", "-p:InvariantGlobalization=true", "-p:CppCompilerAndLinker=gcc", "-p:LinkerFlavor=");
        Assert.True(code == 0, output);
        Assert.DoesNotContain("warning", output, StringComparison.OrdinalIgnoreCase);
        using Process process = Process.Start(new ProcessStartInfo(Path.Combine(folder, "out", "App")) { RedirectStandardOutput = true })!;
        Assert.Equal("True t1\nTrue\nj2\n", process.StandardOutput.ReadToEnd());
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
    }
}

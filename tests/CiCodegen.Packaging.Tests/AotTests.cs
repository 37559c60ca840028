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

        // Brotli alone, which the platform's handler brings when it is asked to undo encodings, is 0.9 MB more.
        Assert.InRange(new FileInfo(Path.Combine(folder, "out", "App")).Length, 1, 8_000_000);
    }

    [Fact]
    public void AllTagsTemplatesAndOperations_PublishWithoutAWarning()
    {
        PackedFeed.SkipUnlessFull("compiling all Tags to native code takes minutes");
        string[] tags = Bundled("tags");
        string[] templates = Bundled("templates");
        string[] operations = Bundled("operations");
        string folder = feed.Consumer(
            "aot-all",
            $"<CiTag Include=\"{string.Join(';', tags)}\" /><CiTemplate Include=\"{string.Join(';', templates)}\" /><CiOperation Include=\"{string.Join(';', operations)}\" />", feedOnly: false,
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

                foreach (var template in CiTagCatalog.Templates)
                {
                    ArrayBufferWriter<byte> output = new();
                    template.Write(template.ReadRequest(Encoding.UTF8.GetBytes("<Request><Tag>" + template.Tag + "</Tag></Request>")), output);
                    template.WriteJson(template.ReadResponse(Encoding.UTF8.GetBytes("<Response><Template><TemplateId>t</TemplateId></Template></Response>")), output);
                }

                Console.WriteLine(Operations.Run() + " " + CiTagCatalog.Templates.Count() + " " + CiTagCatalog.All.Count());
                """),
            ("Operations.cs", $$"""
                using System.Buffers;
                using App.CiJobs;
                using CiCodegen.Runtime;

                internal static class Operations
                {
                    private static int s_count;

                    public static int Run()
                    {
                        {{string.Join("\n        ", operations.Select(o => HasResponse(o) ? $"Use<{o}, {o}Response>();" : $"Use<{o}>();"))}}
                        return s_count;
                    }

                    private static void Use<TOperation, TResponse>()
                        where TOperation : ICiOperation<TResponse>, new()
                        where TResponse : class, ICiDocument<TResponse>
                    {
                        CiXml.Write(CiXml.Read<TResponse>("<Response/>"u8.ToArray()), new ArrayBufferWriter<byte>());
                        Use<TOperation>();
                    }

                    private static void Use<TOperation>()
                        where TOperation : ICiOperation, new()
                    {
                        TOperation operation = new();
                        operation.Validate();
                        operation.WriteDocument(new ArrayBufferWriter<byte>());
                        s_count++;
                    }
                }
                """));
        Assert.EndsWith($"{operations.Length} {templates.Length} {tags.Length}\n", RunNative(folder), StringComparison.Ordinal);
    }

    private static string[] Bundled(string kind) => [.. Directory.EnumerateFiles(Path.Combine(Repository.Root, "schema", kind), "*.ci.yaml").Select(f => Path.GetFileName(f).Split('.')[0])];

    private static bool HasResponse(string operation) => File.ReadAllText(Path.Combine(Repository.Root, "schema", "operations", operation + ".ci.yaml")).Contains("\nresponse:", StringComparison.Ordinal);

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

namespace CiCodegen.Packaging.Tests;

public sealed class ConsumerTests(PackedFeed feed)
{
    private const string Own = "kind: tag\ntag: Probe\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        Level: { type: int, range: '[1, 3]' }\n";

    [Fact]
    public void Package_RestoresBuildsWithoutAWarningAndRuns()
    {
        string folder = feed.Consumer(
            "runs", "<CiTag Include=\"VideoTargetRec\" />",
            ("schemas/Probe.ci.yaml", Own),
            ("schemas/VideoTargetRec.mine.ci.yaml", "kind: correction\ntag: VideoTargetRec\ncorrections:\n  - add: Request.Operation\n    reason: ours\n    source: ours\n    nodes: { Mine: { type: int } }\n"),
            ("obj/stale.ci.yaml", "this is no schema"),
            ("below/project/Other.csproj", "<Project />"),
            ("below/project/schemas/other.ci.yaml", "nor is this, and it is another project's"),
            ("Program.cs", """
                using System;
                using App.CiJobs;
                using CiCodegen.Runtime;

                VideoTargetRecRequest request = new() { Input = new() { Object = "a.mp4" }, Operation = new() { TemplateId = "t1", Mine = 5 } };
                System.Buffers.ArrayBufferWriter<byte> output = new();
                request.WriteTo(output);
                Console.WriteLine(System.Text.Encoding.UTF8.GetString(output.WrittenSpan));
                Console.WriteLine(string.Join(",", new ProbeRequest { Input = new(), Operation = new() { Level = 4 } }.Validate().Violations));
                Console.WriteLine(CiTagCatalog.All.Count);
                """));
        (int code, string output) = feed.Dotnet(folder, "run");
        Assert.True(code == 0, output);
        Assert.Contains("<Request><Tag>VideoTargetRec</Tag><Operation><TemplateId>t1</TemplateId><Mine>5</Mine></Operation><Input><Object>a.mp4</Object></Input></Request>", output, StringComparison.Ordinal);
        Assert.Contains("Path = Request.Operation.Level, Rule = range", output, StringComparison.Ordinal);
        Assert.EndsWith("\n2\n", output, StringComparison.Ordinal);
    }

    [Fact]
    public void AccessAndParts_AreTheProjectsToChoose()
    {
        string folder = feed.Consumer(
            "parts", "<CiTag Include=\"VideoTargetRec\" />",
            ("Directory.Build.props", "<Project><PropertyGroup><CiCodegenAccess>internal</CiCodegenAccess><CiCodegenParts>models;readers</CiCodegenParts></PropertyGroup></Project>"),
            ("Program.cs", """
                using System;
                using System.Linq;
                using System.Text;
                using App.CiJobs;
                using CiCodegen.Runtime;

                Console.WriteLine(CiXml.Read<VideoTargetRecRequest>(Encoding.UTF8.GetBytes("<Request><Tag>VideoTargetRec</Tag></Request>")).Tag);
                Console.WriteLine(typeof(VideoTargetRecRequest).Assembly.GetExportedTypes().Length);
                Console.WriteLine(string.Join(",", typeof(VideoTargetRecRequest).GetInterfaces().Select(i => i.Name).Order()));
                """));
        (int code, string output) = feed.Dotnet(folder, "run");
        Assert.True(code == 0, output);
        Assert.Equal("VideoTargetRec\n0\nICiReadable`1,ICiRooted\n", output);
    }

    [Fact]
    public void YamlError_FailsTheBuildWithFileLineAndColumn()
    {
        string folder = feed.Consumer("error", "", ("Probe.ci.yaml", Own.Replace("type: int", "type: integer", StringComparison.Ordinal)), ("Program.cs", "return 0;"));
        (int code, string output) = feed.Dotnet(folder, "build");
        Assert.NotEqual(0, code);
        Assert.Contains("Probe.ci.yaml(7,24): error CICG1008: 'type' has the value 'integer'", output, StringComparison.Ordinal);
    }

    [Fact]
    public void UnknownTag_FailsTheBuildAndNamesTheNearest()
    {
        string folder = feed.Consumer("unknown", "<CiTag Include=\"VideoTagetRec\" />", ("Program.cs", "return 0;"));
        (int code, string output) = feed.Dotnet(folder, "build");
        Assert.NotEqual(0, code);
        Assert.Contains("error CICG3001: No schema has the Tag 'VideoTagetRec'. Did you mean 'VideoTargetRec'?", output, StringComparison.Ordinal);
    }

    [Fact]
    public void NoTag_BuildsAndEmitsNothing()
    {
        string folder = feed.Consumer("none", "", ("Program.cs", "return 0;"));
        (int code, string output) = feed.Dotnet(folder, "build");
        Assert.True(code == 0, output);
    }

    [Fact]
    public void SchemaWithAnOldDate_IsNoticed()
    {
        string folder = feed.Consumer("dates", "", ("Probe.ci.yaml", Own), ("Program.cs", "System.Console.WriteLine(typeof(App.CiJobs.ProbeOperation).GetProperty(\"Level\")!.PropertyType.ToString());"));
        Assert.Contains("System.Int32", feed.Dotnet(folder, "run").Output, StringComparison.Ordinal);
        string file = Path.Combine(folder, "Probe.ci.yaml");
        File.WriteAllText(file, Own.Replace("type: int", "type: long", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(file, new DateTime(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        Assert.Contains("System.Int64", feed.Dotnet(folder, "run").Output, StringComparison.Ordinal);
    }
}

namespace CiCodegen.Packaging.Tests;

/// <summary>When a build compiles again, and when it does not.</summary>
public sealed class IncrementalBuildTests(PackedFeed feed)
{
    private static readonly DateTime s_old = new(2001, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    [Fact]
    public void Schemas_AreNoticedWhateverTheirDates_AndNothingElseIs()
    {
        string folder = feed.Consumer("incremental", "", ("Kept.ci.yaml", Tag("Kept", "int")), ("Program.cs", "return 0;"));
        string built = Build(folder);
        Assert.Equal("Kept", Tags(folder));
        Assert.Equal(built, Build(folder));

        string file = Path.Combine(folder, "Kept.ci.yaml");
        File.WriteAllText(file, Tag("Kept", "long"));
        string edited = Build(folder);
        Assert.NotEqual(built, edited);

        File.WriteAllText(file, Tag("Kept", "decimal"));
        File.SetLastWriteTimeUtc(file, s_old);
        string changed = Build(folder);
        Assert.NotEqual(edited, changed);

        string other = Path.Combine(folder, "Other.ci.yaml");
        File.WriteAllText(other, Tag("Other", "int"));
        File.SetLastWriteTimeUtc(other, s_old);
        string added = Build(folder);
        Assert.NotEqual(changed, added);
        Assert.Equal("Kept,Other", Tags(folder));

        File.Delete(other);
        Assert.NotEqual(added, Build(folder));
        Assert.Equal("Kept", Tags(folder));
    }

    [Fact]
    public void Tags_CanBeNamedOnTheCommandLine()
    {
        string folder = feed.Consumer("command-line", "<CiTag Include=\"Transcode\" />", ("Program.cs", "return 0;"));
        Build(folder, "-p:CiTags=VideoTargetRec%3BSnapshot");
        Assert.Equal("Snapshot,Transcode,VideoTargetRec", Tags(folder));
        Build(folder);
        Assert.Equal("Transcode", Tags(folder));
    }

    [Fact]
    public void Watch_SeesSchemas_AndEditorsFindTheirJsonSchema()
    {
        string folder = feed.Consumer("watch", "", ("schemas/Probe.ci.yaml", Tag("Probe", "int")), ("Program.cs", "return 0;"));
        Build(folder);
        (int code, string output) = feed.Dotnet(folder, "watch", "--list");
        Assert.True(code == 0, output);
        Assert.Contains("Probe.ci.yaml", output, StringComparison.Ordinal);
        Assert.Equal(File.ReadAllText(Path.Combine(feed.Package, "schema", "ci-schema.json")), File.ReadAllText(Path.Combine(folder, "obj", "ci-schema.json")));
    }

    [Fact]
    public async Task Watch_BuildsAndRunsAgainWhenASchemaIsEdited()
    {
        PackedFeed.SkipUnlessFull("a program that watches, and two builds");
        string folder = feed.Consumer("watch-run", "", ("schemas/Probe.ci.yaml", Tag("Probe", "int")), ("Program.cs", "System.Console.WriteLine(\"Level is \" + typeof(App.CiJobs.ProbeOperation).GetProperty(\"Level\")!.PropertyType);"));
        System.Diagnostics.ProcessStartInfo start = feed.Command(folder, usesMachinePackages: false, "watch", "--non-interactive", "--no-hot-reload", "run");
        start.Environment["DOTNET_USE_POLLING_FILE_WATCHER"] = "1";
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        try
        {
            Task<string> error = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
            Assert.Contains("Int32", await LevelAsync(process), StringComparison.Ordinal);

            // It looks at the files again once the program has ended; an edit before that may pass unseen, and is made again.
            Task<string> second = LevelAsync(process);
            for (int i = 0; i < 10 && !second.IsCompleted; i++)
            {
                await Task.Delay(TimeSpan.FromSeconds(3), TestContext.Current.CancellationToken);
                File.WriteAllText(Path.Combine(folder, "schemas", "Probe.ci.yaml"), Tag("Probe", "decimal"));
                await Task.WhenAny(second, Task.Delay(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken));
            }

            Assert.Contains("Decimal", await second, StringComparison.Ordinal);
        }
        finally
        {
            process.Kill(entireProcessTree: true);
        }
    }

    private static async Task<string> LevelAsync(System.Diagnostics.Process process)
    {
        using CancellationTokenSource enough = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        enough.CancelAfter(TimeSpan.FromMinutes(5));
        while (await process.StandardOutput.ReadLineAsync(enough.Token) is { } line)
        {
            if (line.StartsWith("Level is ", StringComparison.Ordinal))
            {
                return line;
            }
        }

        return "It ended.";
    }

    [Fact]
    public void DesignTimeBuild_HandsSchemasToTheCompilerAndHashesNothing()
    {
        string folder = feed.Consumer("design-time", "<CiTag Include=\"VideoTargetRec\" />", ("Probe.ci.yaml", Tag("Probe", "int")), ("Program.cs", "return 0;"));
        (int code, string output) = feed.Dotnet(folder, "restore");
        Assert.True(code == 0, output);
        (code, output) = feed.Dotnet(folder, "msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:CscCommandLineArgs");
        Assert.True(code == 0, output);
        Assert.Contains("Probe.ci.yaml", output, StringComparison.Ordinal);
        Assert.Contains("VideoTargetRec.ci.yaml", output, StringComparison.Ordinal);
        Assert.Contains("CiCodegen.Generator.dll", output, StringComparison.Ordinal);
        Assert.Empty(Directory.EnumerateFiles(folder, "ci.schemas.cache", SearchOption.AllDirectories));
    }

    // What the compiler wrote last, and when: it writes the assembly each time that it runs.
    private string Build(string folder, params string[] arguments)
    {
        (int code, string output) = feed.Dotnet(folder, ["build", "--nologo", "-v:q", "-p:EmitCompilerGeneratedFiles=true", "-p:CompilerGeneratedFilesOutputPath=obj/emitted", .. arguments]);
        Assert.True(code == 0, output);
        return File.GetLastWriteTimeUtc(Path.Combine(folder, "obj", "Debug", "net10.0", "App.dll")).ToString("O");
    }

    private static string Tags(string folder)
        => string.Join(',', Directory.GetFiles(Path.Combine(folder, "obj", "emitted"), "CiTagCatalog.g.cs", SearchOption.AllDirectories)
            .SelectMany(File.ReadAllLines).Where(l => l.Contains("CiTagBinding<", StringComparison.Ordinal)).Select(l => l.Split("CiTagBinding<")[1].Split("Request,")[0].Split('.', ':')[^1]).Order(StringComparer.Ordinal));

    private static string Tag(string name, string type) => $"kind: tag\ntag: {name}\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        Level: {{ type: {type} }}\n";
}

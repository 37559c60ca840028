using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Text.Json;

namespace CiCodegen.Packaging.Tests;

/// <summary>The generator with native code: that it is the same, and who compiles with it.</summary>
public sealed class PrecompiledTests(PackedFeed feed)
{
    private const string Items = "<CiTag Include=\"VideoTargetRec;Transcode\" /><CiTemplate Include=\"Snapshot\" /><CiOperation Include=\"ListQueues\" />";

    [Fact]
    public void PrecompiledFiles_AreThoseOfTheAnalyzerFolderWithNativeCode()
    {
        string[] il = Files(PackedFeed.Analyzers);
        Assert.Equal(5, il.Length);
        Assert.Equal(il, Files(PackedFeed.Precompiled));
        foreach (string file in il)
        {
            using PEReader analyzer = new(File.OpenRead(Path.Combine(feed.Package, PackedFeed.Analyzers, file)));
            using PEReader precompiled = new(File.OpenRead(Path.Combine(feed.Package, PackedFeed.Precompiled, file)));
            Assert.Equal(Identity(analyzer), Identity(precompiled));
            Assert.Equal((file, 0), (file, analyzer.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory.Size));

            // 'RTR', with which the header of native code begins.
            DirectoryEntry header = precompiled.PEHeaders.CorHeader!.ManagedNativeHeaderDirectory;
            Assert.Equal((file, 0x00525452u), (file, precompiled.GetSectionData(header.RelativeVirtualAddress).GetReader().ReadUInt32()));
        }
    }

    [Fact]
    public void Build_TakesThePrecompiledGeneratorUnlessToldNotTo_AndEmitsTheSame()
    {
        PackedFeed.SkipUnlessPrecompiled();
        string folder = feed.Consumer("precompiled", Items, ("Program.cs", "return 0;"));
        Assert.Equal(Expected(PackedFeed.Precompiled), Build(folder, "native"));
        Assert.Equal(Expected(PackedFeed.Analyzers), Build(folder, "il", "-p:CiCodegenPrecompiled=false"));
        (string Name, string Text)[] emitted = Emitted(folder, "native");
        Assert.Contains(emitted, f => f.Name.EndsWith("VideoTargetRec.Models.g.cs", StringComparison.Ordinal));
        Assert.Equal(Emitted(folder, "il"), emitted);
    }

    [Fact]
    public void OtherPlatforms_HaveTheIl()
    {
        string folder = feed.Consumer("other-platform", Items, ("Program.cs", "return 0;"));
        Assert.Equal(Expected(PackedFeed.Analyzers), CommandLine(folder, "-p:NETCoreSdkPortableRuntimeIdentifier=linux-musl-x64"));
    }

    [Fact]
    public void DesignTimeBuild_TakesThePrecompiledGenerator()
    {
        PackedFeed.SkipUnlessPrecompiled();
        Assert.Equal(Expected(PackedFeed.Precompiled), CommandLine(feed.Consumer("precompiled-design-time", Items, ("Program.cs", "return 0;")), "-p:DesignTimeBuild=true"));
    }

    [Theory]
    [InlineData("AfterTargets=\"ResolveLockFileAnalyzers\"")]
    [InlineData("BeforeTargets=\"CoreCompile\"")]
    public void ProjectThatTakesTheAnalyzerAway_IsNotGivenThePrecompiledOne(string when)
    {
        string target = $"<Target Name=\"TakeAway\" {when}><ItemGroup><Analyzer Remove=\"@(Analyzer)\" Condition=\"'%(Analyzer.NuGetPackageId)' == 'CiCodegen'\" /></ItemGroup></Target>";
        string folder = feed.Consumer("taken-" + when[..5], "", ("Program.cs", "return 0;"), ("Directory.Build.targets", $"<Project>{target}</Project>"));
        Assert.Empty(CommandLine(folder));
    }

    private static string Identity(PEReader file)
    {
        MetadataReader metadata = file.GetMetadataReader();
        AssemblyDefinition assembly = metadata.GetAssemblyDefinition();
        return $"{metadata.GetString(assembly.Name)} {assembly.Version} {metadata.GetGuid(metadata.GetModuleDefinition().Mvid)}";
    }

    private static string[] Expected(string where)
        => [.. new[] { "Emit", "Generator", "Schema", "Scriban", "YamlDotNet" }.Select(n => $"{where}/CiCodegen.{n}.dll")];

    private static (string Name, string Text)[] Emitted(string folder, string into)
    {
        string root = Path.Combine(folder, "obj", into);
        return [.. Directory.GetFiles(root, "*.cs", SearchOption.AllDirectories).Select(f => (Path.GetRelativePath(root, f), File.ReadAllText(f))).OrderBy(f => f.Item1, StringComparer.Ordinal)];
    }

    // Our analyzers in the compiler's command line, by their place in the package.
    private static string[] Analyzers(string output)
    {
        using JsonDocument items = JsonDocument.Parse(output);
        return [.. items.RootElement.GetProperty("Items").GetProperty("CscCommandLineArgs").EnumerateArray().Select(a => a.GetProperty("Identity").GetString()!)
            .Where(a => a.StartsWith("/analyzer:", StringComparison.Ordinal) && a.Contains("/cicodegen/", StringComparison.OrdinalIgnoreCase))
            .Select(a => a.Split($"/{PackedFeed.Version}/")[1]).Order(StringComparer.Ordinal)];
    }

    private string[] Files(string where) => [.. Directory.GetFiles(Path.Combine(feed.Package, where)).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    // What the compiler would be given.
    private string[] CommandLine(string folder, params string[] arguments)
    {
        (int code, string output) = feed.Dotnet(folder, "restore");
        Assert.True(code == 0, output);
        (code, output) = feed.Dotnet(folder, ["msbuild", "-t:Compile", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true", "-getItem:CscCommandLineArgs", .. arguments]);
        Assert.True(code == 0, output);
        return Analyzers(output);
    }

    private string[] Build(string folder, string into, params string[] arguments)
    {
        (int code, string output) = feed.Dotnet(folder, [
            "build", "--nologo", "--no-incremental", "-p:EmitCompilerGeneratedFiles=true", "-p:CompilerGeneratedFilesOutputPath=obj/" + into, "-p:ProvideCommandLineArgs=true",
            "-getItem:CscCommandLineArgs", .. arguments]);
        Assert.True(code == 0, output);
        return Analyzers(output);
    }
}

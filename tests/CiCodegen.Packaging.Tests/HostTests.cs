using System.Globalization;
using System.Runtime.InteropServices;
using System.Text.RegularExpressions;

namespace CiCodegen.Packaging.Tests;

/// <summary>Compilers and neighbours that the generator has to live with; generator/docs/hosts.md lists them.</summary>
public sealed class HostTests(PackedFeed feed)
{
    private const string OtherGenerator = """
        using System.IO;
        using Microsoft.CodeAnalysis;
        using YamlDotNet.Core;

        namespace OtherYaml;

        [Generator]
        public sealed class OtherGenerator : IIncrementalGenerator
        {
            public void Initialize(IncrementalGeneratorInitializationContext context) => context.RegisterPostInitializationOutput(static output =>
            {
                Parser parser = new(new StringReader("a:\n  - b\n"));
                long line = 0;
                while (parser.MoveNext())
                {
                    line = parser.Current!.Start.Line;
                }

                output.AddSource("Other.g.cs", $"internal static class Other {{ public const string Found = \"{typeof(Parser).Assembly.GetName().Version} {line}\"; }}");
            });
        }
        """;

    private static readonly (string Name, string Version)[] s_two = [("One", PackedFeed.Version), ("Two", "0.0.1-test")];

    [Theory]
    [InlineData("13.7.1")]
    [InlineData("16.3.0")]
    [InlineData("18.1.0")]
    public void AnotherAnalyzersYamlDotNet_DisturbsNobody(string version)
    {
        PackedFeed.SkipUnlessFull("three builds and a package from the network");
        string other = feed.Consumer(
            "other-" + version, "", feedOnly: false,
            ("OtherGenerator.cs", OtherGenerator));
        File.WriteAllText(Path.Combine(other, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>netstandard2.0</TargetFramework>
                <LangVersion>12</LangVersion>
                <Nullable>enable</Nullable>
                <AssemblyName>OtherYaml</AssemblyName>
                <PackageId>OtherYaml</PackageId>
                <PackageVersion>{version}</PackageVersion>
                <IncludeBuildOutput>false</IncludeBuildOutput>
                <SuppressDependenciesWhenPacking>true</SuppressDependenciesWhenPacking>
                <NoWarn>$(NoWarn);NU5128;RS1036;RS2008</NoWarn>
                <NuGetAudit>false</NuGetAudit>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="Microsoft.CodeAnalysis.CSharp" Version="4.8.0" PrivateAssets="all" />
                <PackageReference Include="YamlDotNet" Version="{version}" PrivateAssets="all" GeneratePathProperty="true" />
                <None Include="$(OutputPath)/OtherYaml.dll;$(PkgYamlDotNet)/lib/netstandard2.0/YamlDotNet.dll" Pack="true" PackagePath="analyzers/dotnet/cs" Visible="false" />
              </ItemGroup>
            </Project>
            """);
        (int code, string output) = feed.Dotnet(other, "build", "--nologo");
        Assert.True(code == 0, output);
        (code, output) = feed.Dotnet(other, "msbuild", "-nologo", "-t:Pack", "-p:NoBuild=true", "-p:PackageOutputPath=" + feed.Feed);
        Assert.True(code == 0, output);

        string folder = feed.Consumer(
            "beside-" + version, $"<CiTag Include=\"VideoTargetRec\" /><PackageReference Include=\"OtherYaml\" Version=\"{version}\" />",
            ("Program.cs", "System.Console.WriteLine(Other.Found + \" \" + new App.CiJobs.VideoTargetRecRequest().Validate().IsValid);"));
        (code, output) = feed.Dotnet(folder, "run");
        Assert.True(code == 0, output);
        Assert.Equal($"{version.Split('.')[0]}.0.0.0 3 False\n", output);
    }

    [Fact]
    public void TwoVersionsOfThePackage_LiveInOneSolution()
    {
        PackedFeed.SkipUnlessFull("two packs and two builds");
        feed.Pack("generator/CiCodegen.Package", feed.Feed, s_two[1].Version);
        feed.Pack("runtime/CiCodegen.Runtime", feed.Feed, s_two[1].Version);
        string folder = feed.Folder("two");
        foreach ((string name, string version) in s_two)
        {
            string project = feed.Consumer("two/" + name, "<CiTag Include=\"VideoTargetRec\" />", ("Program.cs", $"System.Console.WriteLine(new {name}.CiJobs.VideoTargetRecRequest().Validate().IsValid);"));
            string text = File.ReadAllText(Path.Combine(project, "App.csproj"));
            File.Delete(Path.Combine(project, "App.csproj"));
            File.WriteAllText(Path.Combine(project, name + ".csproj"), text.Replace(PackedFeed.Version, version, StringComparison.Ordinal));
        }

        File.WriteAllText(Path.Combine(folder, "Both.slnx"), "<Solution><Project Path=\"One/One.csproj\" /><Project Path=\"Two/Two.csproj\" /></Solution>");
        (int code, string output) = feed.Dotnet(folder, "build", "Both.slnx", "--nologo");
        Assert.True(code == 0, output);
        RunBoth();

        // Both in one server that stays, twice: it keeps what it has loaded.
        string pipe = "cicodegen-" + Guid.NewGuid().ToString("N");
        try
        {
            for (int i = 0; i < 2; i++)
            {
                (code, output) = feed.Dotnet(folder, "build", "Both.slnx", "--nologo", "--no-restore", "--no-incremental", "-v:detailed", "-p:UseSharedCompilation=true", "-p:SharedCompilationId=" + pipe);
                Assert.True(code == 0, output);
                Assert.Equal(2, Regex.Count(output, "CompilerServer: server - server processed compilation"));
                RunBoth();
            }
        }
        finally
        {
            string sdk = Regex.Match(feed.Dotnet(folder, "--info").Output, @"Base Path:\s*(.*)").Groups[1].Value.Trim();
            feed.Dotnet(folder, Path.Combine(sdk, "Roslyn", "bincore", "VBCSCompiler.dll"), "-shutdown", "-pipename:" + pipe);
        }

        void RunBoth()
        {
            foreach ((string name, string version) in s_two)
            {
                Assert.Contains($"/cicodegen/{version}/", File.ReadAllText(Path.Combine(folder, name, "obj", name + ".csproj.nuget.g.targets")), StringComparison.Ordinal);
                (int code, string output) = feed.Dotnet(folder, "run", "--no-build", "--project", name);
                Assert.True(code == 0, output);
                Assert.Equal("False\n", output);
            }
        }
    }

    [Fact]
    public void AppAndLibrary_BothUseThePackage()
    {
        string folder = feed.Folder("both");
        string library = feed.Consumer("both/lib", "<CiTag Include=\"Transcode\" />", ("Class.cs", "namespace Lib; public static class Made { public static Lib.CiJobs.TranscodeRequest Request() => new() { Input = new() { Object = \"a.mp4\" } }; }"));
        File.Move(Path.Combine(library, "App.csproj"), Path.Combine(library, "Lib.csproj"));
        File.WriteAllText(Path.Combine(library, "Lib.csproj"), File.ReadAllText(Path.Combine(library, "Lib.csproj")).Replace("<OutputType>Exe</OutputType>", "<NoWarn>$(NoWarn);CS1591</NoWarn>", StringComparison.Ordinal));
        string app = feed.Consumer(
            "both/app", "<CiTag Include=\"VideoTargetRec\" /><ProjectReference Include=\"../lib/Lib.csproj\" />",
            ("Program.cs", "System.Console.WriteLine(new App.CiJobs.VideoTargetRecRequest().Tag + Lib.Made.Request().Tag + App.CiJobs.CiTagCatalog.All.Count + Lib.CiJobs.CiTagCatalog.All.Count);"));
        (int code, string output) = feed.Dotnet(app, "run");
        Assert.True(code == 0, output);
        Assert.Equal("VideoTargetRecTranscode11\n", output);
        Assert.True(Directory.Exists(folder));
    }

    [Fact]
    public void OldestCompiler_LoadsTheGeneratorAndCompilesEveryTagWithoutAWarning()
    {
        string host = feed.Consumer(
            "roslyn48", "<PackageReference Include=\"Microsoft.CodeAnalysis.CSharp\" Version=\"4.8.0\" />", feedOnly: false,
            ("Program.cs", File.ReadAllText(Path.Combine(CiCodegen.Tests.Repository.Root, "tests", "CiCodegen.Packaging.Tests", "FloorHost.cs.txt"))));
        string project = Path.Combine(host, "App.csproj");
        File.WriteAllText(project, File.ReadAllText(project).Replace($"<PackageReference Include=\"CiCodegen\" Version=\"{PackedFeed.Version}\" />", $"<PackageReference Include=\"CiCodegen.Runtime\" Version=\"{PackedFeed.Version}\" />", StringComparison.Ordinal));
        string references = Directory.GetDirectories(Path.Combine(PackedFeed.MachinePackages, "microsoft.netcore.app.ref"), "8.*").Order(StringComparer.Ordinal).Last();
        string runtime = feed.Unpack("CiCodegen.Runtime");
        int tags = Directory.GetFiles(Path.Combine(feed.Package, "schema", "tags")).Length;
        Assert.True(tags >= 29);

        // What the code asks for itself: nothing is compiled a second time, when the JIT looks into what it could inline.
        string[] lines = Run(PackedFeed.Analyzers, ("DOTNET_TC_CallCounting", "0"), ("DOTNET_TC_OnStackReplacement", "0"));
        Assert.Equal(["compiler 4.8.0.0", $"tags {tags}", "problems 0", "refused "], lines[..4]);
        int compiled = Compiled(lines);

        // With every method optimised at once it looks into those of Scriban that name System.Text.Json, does not get it, and does not inline them.
        lines = Run(PackedFeed.Analyzers, ("DOTNET_TieredCompilation", "0"));
        Assert.Equal(["compiler 4.8.0.0", $"tags {tags}", "problems 0"], lines[..3]);
        Assert.All(lines[3]["refused ".Length..].Split(',', StringSplitOptions.RemoveEmptyEntries), name => Assert.Equal("System.Text.Json", name));

        if (RuntimeInformation.RuntimeIdentifier == "linux-x64")
        {
            // Native code for another compiler than the one it was made against is still taken.
            lines = Run(PackedFeed.Precompiled, ("DOTNET_TC_CallCounting", "0"), ("DOTNET_TC_OnStackReplacement", "0"));
            Assert.Equal(["compiler 4.8.0.0", $"tags {tags}", "problems 0", "refused "], lines[..4]);
            Assert.InRange(Compiled(lines), 1, compiled / 2);

            // A runtime that does not take native code, as one of another version does not, has the IL in the same files.
            lines = Run(PackedFeed.Precompiled, ("DOTNET_ReadyToRun", "0"));
            Assert.Equal(["compiler 4.8.0.0", $"tags {tags}", "problems 0"], lines[..3]);
        }

        static int Compiled(string[] lines) => int.Parse(lines[4]["compiled ".Length..], CultureInfo.InvariantCulture);

        string[] Run(string folder, params (string Name, string Value)[] variables)
        {
            (int code, string output) = feed.Dotnet(host, variables, "run", "--", feed.Package, Path.Combine(references, "ref", "net8.0"), Path.Combine(runtime, "lib", "net8.0", "CiCodegen.Runtime.dll"), folder);
            Assert.True(code == 0, output);
            return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        }
    }
}

using System.Diagnostics;
using System.Reflection;
using System.Runtime.InteropServices;
using CiCodegen.Packaging.Tests;
using CiCodegen.Tests;

[assembly: AssemblyFixture(typeof(PackedFeed))]

namespace CiCodegen.Packaging.Tests;

/// <summary>The packages, packed into a folder feed, and projects that restore from it and from nowhere else.</summary>
public sealed class PackedFeed : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("cicodegen-").FullName;

    public PackedFeed()
    {
        Feed = Path.Combine(_root, "feed");
        foreach (string project in Projects)
        {
            Pack(project, Feed);
        }

        Package = Unpack("CiCodegen");
    }

    public static string Version => "0.0.0-test";

    /// <summary>Where the package has the generator as IL.</summary>
    public const string Analyzers = "analyzers/dotnet/cs";

    /// <summary>Where it has the generator precompiled.</summary>
    public const string Precompiled = "tools/analyzers/linux-x64";

    /// <summary>How the repository was built for this test run.</summary>
    public static string Configuration { get; } = typeof(PackedFeed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;

    /// <summary>What the emulator takes as signed; made up.</summary>
    public static string SecretId => "AKIDREADME00000000000000000000000";

    public static string SecretKey => "readme-secret-key";

    public string Feed { get; }

    /// <summary>The package CiCodegen, unpacked.</summary>
    public string Package { get; }

    /// <summary>What is packed, by the package's id.</summary>
    public static IReadOnlyList<string> Ids { get; } = ["CiCodegen", "CiCodegen.Emulator", "CiCodegen.Extensions", "CiCodegen.Runtime", "CiCodegen.Tool"];

    private static IReadOnlyList<string> Projects { get; } =
        ["generator/CiCodegen.Package", "generator/CiCodegen.Cli", "runtime/CiCodegen.Runtime", "runtime/CiCodegen.Extensions", "runtime/CiCodegen.Emulator"];

    /// <summary>What restoring the repository has brought onto this machine: as a source it spares tests the network.</summary>
    public static string MachinePackages { get; } = Environment.GetEnvironmentVariable("NUGET_PACKAGES") is { Length: > 0 } folder
        ? folder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    /// <summary>Whether the slow tests run too.</summary>
    public static bool IsFull => Environment.GetEnvironmentVariable("CICODEGEN_FULL") == "1";

    /// <summary>Leaves a slow test to the full run.</summary>
    public static void SkipUnlessFull(string reason) => Assert.SkipUnless(IsFull, $"CICODEGEN_FULL is not 1: {reason}.");

    /// <summary>Leaves out what only this platform's native code can show.</summary>
    public static void SkipUnlessPrecompiled() => Assert.SkipUnless(RuntimeInformation.RuntimeIdentifier == "linux-x64", $"The package has nothing precompiled for {RuntimeInformation.RuntimeIdentifier}.");

    /// <summary>Packs a project of the repository as it was built for this test run.</summary>
    public void Pack(string project, string into, string? version = null)
    {
        version ??= Version;
        (int code, string output) = Dotnet(Repository.Root, "pack", project, "--no-build", "-c", Configuration, "-o", into, "-p:PackageVersion=" + version, "-p:MinVerVersionOverride=" + version);
        Assert.True(code == 0, output);
    }

    /// <summary>Unpacks a package into a folder of its own.</summary>
    public string Unpack(string id)
    {
        string folder = Path.Combine(_root, "unpacked", id);
        System.IO.Compression.ZipFile.ExtractToDirectory(Path.Combine(Feed, $"{id}.{Version}.nupkg"), folder);
        return folder;
    }

    /// <summary>An empty folder below the feed's own.</summary>
    public string Folder(string name) => Directory.CreateDirectory(Path.Combine(_root, name)).FullName;

    /// <summary>Makes a console project that references the package.</summary>
    public string Consumer(string name, string items, params (string Path, string Text)[] files) => Consumer(name, items, feedOnly: true, files);

    /// <summary>Makes a console project; what it needs beside our packages may come from this machine, and in a full run from its sources.</summary>
    public string Consumer(string name, string items, bool feedOnly, params (string Path, string Text)[] files)
    {
        string folder = Path.Combine(_root, name);
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "NuGet.config"), $"<configuration><packageSources>{(feedOnly || !IsFull ? "<clear />" : "")}<add key=\"feed\" value=\"{Feed}\" />{(feedOnly ? "" : $"<add key=\"machine\" value=\"{MachinePackages}\" />")}</packageSources></configuration>");
        File.WriteAllText(Path.Combine(folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <TargetFramework>net10.0</TargetFramework>
                <OutputType>Exe</OutputType>
                <Nullable>enable</Nullable>
                <LangVersion>12</LangVersion>
                <TreatWarningsAsErrors>true</TreatWarningsAsErrors>
                <GenerateDocumentationFile>true</GenerateDocumentationFile>
                <NoWarn>$(NoWarn);CS1587</NoWarn>
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="CiCodegen" Version="{Version}" />
                {items}
              </ItemGroup>
            </Project>
            """);
        foreach ((string path, string text) in files)
        {
            string full = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(full)!);
            File.WriteAllText(full, text);
        }

        return folder;
    }

    public (int Code, string Output) Dotnet(string folder, params string[] arguments) => Dotnet(folder, usesMachinePackages: arguments[0] == "pack", arguments);

    /// <summary>Runs <c>dotnet</c>, with a folder of packages of its own unless it works on the repository itself.</summary>
    public (int Code, string Output) Dotnet(string folder, bool usesMachinePackages, params string[] arguments) => Run(Command(folder, usesMachinePackages, arguments));

    /// <summary>Runs <c>dotnet</c> with more variables in its environment.</summary>
    public (int Code, string Output) Dotnet(string folder, (string Name, string Value)[] variables, params string[] arguments)
    {
        ProcessStartInfo start = Command(folder, usesMachinePackages: false, arguments);
        foreach ((string name, string value) in variables)
        {
            start.Environment[name] = value;
        }

        return Run(start);
    }

    private static (int Code, string Output) Run(ProcessStartInfo start)
    {
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }

    /// <summary>A command of <c>dotnet</c> as <see cref="Dotnet(string, bool, string[])"/> runs it.</summary>
    public ProcessStartInfo Command(string folder, bool usesMachinePackages, params string[] arguments)
    {
        ProcessStartInfo start = new("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["NUGET_PACKAGES"] = usesMachinePackages ? MachinePackages : Path.Combine(_root, "packages");
        start.Environment["DOTNET_CLI_UI_LANGUAGE"] = "en";
        start.Environment["MSBUILDDISABLENODEREUSE"] = "1";
        start.Environment["UseSharedCompilation"] = "false";
        start.Environment.Remove("CI");
        start.Environment.Remove("CICODEGEN_SHARED");
        start.Environment["TENCENTCLOUD_SECRET_ID"] = SecretId;
        start.Environment["TENCENTCLOUD_SECRET_KEY"] = SecretKey;
        return start;
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);
}

using System.IO.Compression;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Security.Cryptography;
using System.Text.Json;
using System.Xml.Linq;
using CiCodegen.Tests;

namespace CiCodegen.Packaging.Tests;

/// <summary>What a feed shows of each package, and what a debugger and an auditor find in it.</summary>
public sealed class PackageMetadataTests(PackedFeed feed)
{
    // The kind of debug information that SourceLink is, of the portable PDB format.
    private static readonly Guid s_sourceLink = new("CC110556-A091-4D38-9FEC-25AB9A351A6A");

    public static TheoryData<string> Ids => [.. PackedFeed.Ids];

    [Theory]
    [MemberData(nameof(Ids))]
    public void Package_SaysWhatItIs(string id)
    {
        using ZipArchive package = Open(id);
        XElement metadata = Nuspec(package, id);
        string? Value(string name) => metadata.Elements().SingleOrDefault(e => e.Name.LocalName == name)?.Value;
        Assert.Equal(PackedFeed.Version, Value("version"));
        Assert.Equal("MIT", Value("license"));
        Assert.True(Value("description")!.Length > 60);
        Assert.Contains("cloud-infinite", Value("tags"), StringComparison.Ordinal);
        Assert.StartsWith("Copyright", Value("copyright"), StringComparison.Ordinal);
        Assert.StartsWith("# CiCodegen", Text(package, Value("readme")!), StringComparison.Ordinal);
        byte[] icon = Bytes(package.GetEntry(Value("icon")!)!);
        Assert.Equal(new byte[] { 0x89, (byte)'P', (byte)'N', (byte)'G' }, icon[..4]);
        Assert.InRange(icon.Length, 500, 100_000);
    }

    [Fact]
    public void Packages_DependOnOneAnotherInOneVersion()
    {
        string[] found = [.. PackedFeed.Ids.SelectMany(id =>
        {
            using ZipArchive package = Open(id);
            return Nuspec(package, id).Descendants().Where(e => e.Name.LocalName == "dependency" && ((string)e.Attribute("id")!).StartsWith("CiCodegen", StringComparison.Ordinal))
                .Select(e => $"{id} -> {(string?)e.Attribute("id")} {(string?)e.Attribute("version")}").Distinct();
        })];
        Assert.Equal(
            [$"CiCodegen -> CiCodegen.Runtime {PackedFeed.Version}", $"CiCodegen.Emulator -> CiCodegen.Runtime {PackedFeed.Version}", $"CiCodegen.Extensions -> CiCodegen.Runtime {PackedFeed.Version}"],
            found);
    }

    [Fact]
    public void Symbols_SayWhereTheSourceOfTheirCommitIs()
    {
        PackedFeed.SkipUnlessFull("a clone and a build");
        Assert.SkipUnless(Directory.Exists(Path.Combine(Repository.Root, ".git")), "The sources stand in no clone of their own.");

        // The address is that of the clone's remote; here it gets one that the SDK knows.
        string clone = Path.Combine(feed.Folder("sourcelink"), "clone");
        Git(Repository.Root, "clone", "--quiet", "--shared", Repository.Root, clone);
        Git(clone, "remote", "set-url", "origin", "https://github.com/example/cicodegen.git");
        string commit = Git(clone, "rev-parse", "HEAD").Trim();
        (int code, string output) = feed.Dotnet(clone, usesMachinePackages: true, "build", "runtime/CiCodegen.Runtime", "--nologo", "-c", "Release", "-f", "net10.0", "-p:ContinuousIntegrationBuild=true");
        Assert.True(code == 0, output);

        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(File.OpenRead(Path.Combine(clone, "runtime", "CiCodegen.Runtime", "bin", "Release", "net10.0", "CiCodegen.Runtime.pdb")));
        MetadataReader pdb = provider.GetMetadataReader();
        byte[] link = pdb.CustomDebugInformation.Select(pdb.GetCustomDebugInformation).Where(i => pdb.GetGuid(i.Kind) == s_sourceLink).Select(i => pdb.GetBlobBytes(i.Value)).Single();
        JsonElement documents = JsonDocument.Parse(link).RootElement.GetProperty("documents");
        JsonProperty root = Assert.Single(documents.EnumerateObject());
        Assert.Equal(("/_/*", $"https://raw.githubusercontent.com/example/cicodegen/{commit}/*"), (root.Name, root.Value.GetString()));

        // Every document stands below that root, or is emitted and embedded.
        Assert.All(pdb.Documents.Select(d => pdb.GetString(pdb.GetDocument(d).Name)), name => Assert.StartsWith("/_/", name, StringComparison.Ordinal));
    }

    private static string Git(string folder, params string[] arguments)
    {
        System.Diagnostics.ProcessStartInfo start = new("git", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true };
        using System.Diagnostics.Process process = System.Diagnostics.Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        Assert.Equal(0, process.ExitCode);
        return output;
    }

    [Theory]
    [InlineData("CiCodegen.Runtime", "lib/net8.0/CiCodegen.Runtime")]
    [InlineData("CiCodegen.Runtime", "lib/net10.0/CiCodegen.Runtime")]
    [InlineData("CiCodegen.Extensions", "lib/net8.0/CiCodegen.Extensions")]
    [InlineData("CiCodegen.Extensions", "lib/net10.0/CiCodegen.Extensions")]
    [InlineData("CiCodegen.Emulator", "lib/net10.0/CiCodegen.Emulator")]
    public void SymbolPackage_HoldsTheSymbolsOfTheLibrary(string id, string file)
    {
        using ZipArchive package = Open(id);
        using ZipArchive symbols = ZipFile.OpenRead(Path.Combine(feed.Feed, $"{id}.{PackedFeed.Version}.snupkg"));
        using PEReader library = new(new MemoryStream(Bytes(package.GetEntry(file + ".dll")!)));
        Assert.Contains(library.ReadDebugDirectory(), d => d.Type == DebugDirectoryEntryType.Reproducible);
        DebugDirectoryEntry view = library.ReadDebugDirectory().Single(d => d.Type == DebugDirectoryEntryType.CodeView);
        using MetadataReaderProvider provider = MetadataReaderProvider.FromPortablePdbStream(new MemoryStream(Bytes(symbols.GetEntry(file + ".pdb")!)));
        BlobContentId pdb = new(provider.GetMetadataReader().DebugMetadataHeader!.Id);
        Assert.Equal(library.ReadCodeViewDebugDirectoryData(view).Guid, pdb.Guid);
        Assert.NotNull(package.GetEntry(file + ".xml"));
    }

    [Theory]
    [InlineData("CiCodegen.Generator")]
    [InlineData("CiCodegen.Schema")]
    [InlineData("CiCodegen.Emit")]
    public void Analyzer_CarriesItsSymbols(string assembly)
    {
        using PEReader library = new(File.OpenRead(Path.Combine(feed.Package, "analyzers", "dotnet", "cs", assembly + ".dll")));
        Assert.Contains(library.ReadDebugDirectory(), d => d.Type == DebugDirectoryEntryType.EmbeddedPortablePdb);
        Assert.Contains(library.ReadDebugDirectory(), d => d.Type == DebugDirectoryEntryType.Reproducible);
    }

    [Fact]
    public void PackingTwice_GivesTheSameContents()
    {
        string again = feed.Folder("again");
        feed.Pack("generator/CiCodegen.Package", again);
        Assert.Equal(Hashes(Path.Combine(feed.Feed, $"CiCodegen.{PackedFeed.Version}.nupkg")), Hashes(Path.Combine(again, $"CiCodegen.{PackedFeed.Version}.nupkg")));
    }

    [Theory]
    [InlineData("CiCodegen.Runtime")]
    [InlineData("CiCodegen.Extensions")]
    [InlineData("CiCodegen.Emulator")]
    public void PublicApi_IsWhatTheListsSay(string library)
    {
        PackedFeed.SkipUnlessFull("a Release build of the library");
        (int code, string output) = feed.Dotnet(Repository.Root, usesMachinePackages: true, "build", Path.Combine("runtime", library), "-c", "Release", "--nologo");
        Assert.True(code == 0, output);
    }

    [Fact]
    public void EveryProject_HasALockFileWithHashes()
    {
        string[] projects = [.. new[] { "generator", "runtime", "samples", "tests" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.csproj", SearchOption.AllDirectories))];
        Assert.True(projects.Length > 20);
        foreach (string project in projects)
        {
            string file = Path.Combine(Path.GetDirectoryName(project)!, "packages.lock.json");
            Assert.True(File.Exists(file), file);
            using JsonDocument content = JsonDocument.Parse(File.ReadAllText(file));
            IEnumerable<JsonProperty> packages = content.RootElement.GetProperty("dependencies").EnumerateObject().SelectMany(f => f.Value.EnumerateObject());
            Assert.All(packages.Where(p => p.Value.GetProperty("type").GetString() != "Project"), p => Assert.True(p.Value.TryGetProperty("contentHash", out _), p.Name));
        }
    }

    private static Dictionary<string, string> Hashes(string path)
    {
        using ZipArchive package = ZipFile.OpenRead(path);
        return package.Entries.ToDictionary(e => e.FullName, e => Convert.ToHexString(SHA256.HashData(Bytes(e))));
    }

    private ZipArchive Open(string id) => ZipFile.OpenRead(Path.Combine(feed.Feed, $"{id}.{PackedFeed.Version}.nupkg"));

    private static XElement Nuspec(ZipArchive package, string id) => XElement.Parse(Text(package, id + ".nuspec")).Elements().Single(e => e.Name.LocalName == "metadata");

    private static string Text(ZipArchive package, string name)
    {
        using StreamReader reader = new(package.GetEntry(name)!.Open());
        return reader.ReadToEnd();
    }

    private static byte[] Bytes(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        using MemoryStream copy = new();
        stream.CopyTo(copy);
        return copy.ToArray();
    }
}

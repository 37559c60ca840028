using System.Xml.Linq;
using CiCodegen.Tests;

namespace CiCodegen.House.Tests;

public sealed class ReferenceTests
{
    // Who may reference whom. 'Generator' through Consumer.targets is the analyzer, not a library.
    private static readonly Dictionary<string, string[]> s_allowed = new(StringComparer.Ordinal)
    {
        ["CiCodegen.Schema"] = [],
        ["CiCodegen.Emit"] = ["CiCodegen.Schema"],
        ["CiCodegen.Import"] = ["CiCodegen.Schema"],
        ["CiCodegen.Generator"] = ["CiCodegen.Schema", "CiCodegen.Emit"],
        ["CiCodegen.Package"] = ["CiCodegen.Generator"],
        ["CiCodegen.Runtime"] = [],
        ["CiCodegen.Extensions"] = ["CiCodegen.Runtime"],
        ["CiCodegen.Emulator"] = ["CiCodegen.Runtime", "CiCodegen.Schema"],
        ["CiCodegen.Cli"] = ["CiCodegen.Schema", "CiCodegen.Emit", "CiCodegen.Import", "CiCodegen.Emulator", "CiCodegen.Runtime"],
        ["CiCodegen.Shade"] = [],
        ["SubmitVideoTargetRec"] = ["CiCodegen.Runtime", "CiCodegen.Emulator"],
        ["NativeClient"] = ["CiCodegen.Runtime"],
        ["OwnTag"] = ["CiCodegen.Runtime"],
        ["BulkSubmit"] = ["CiCodegen.Runtime", "CiCodegen.Emulator"],
        ["CallbackWorker"] = ["CiCodegen.Runtime", "CiCodegen.Extensions", "CiCodegen.Emulator"],
    };

    private static readonly string[] s_consumers = ["CiCodegen.Emulator", "CiCodegen.Cli", "SubmitVideoTargetRec", "NativeClient", "OwnTag", "BulkSubmit", "CallbackWorker"];

    public static IEnumerable<string> Projects
        => new[] { "generator", "runtime", "samples" }.SelectMany(f => Directory.EnumerateFiles(Path.Combine(Repository.Root, f), "*.csproj", SearchOption.AllDirectories));

    [Fact]
    public void Projects_ReferenceOnlyWhatTheyMay()
    {
        Assert.True(Projects.Count() >= 7);
        foreach (string project in Projects)
        {
            string name = Path.GetFileNameWithoutExtension(project);
            XElement root = XElement.Load(project);
            Assert.True(s_allowed.ContainsKey(name), $"{name} is not in the list of who may reference whom.");
            IEnumerable<string> references = root.Descendants("ProjectReference")
                .Where(r => (string?)r.Attribute("ReferenceOutputAssembly") != "false")
                .Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
            Assert.Empty(references.Except(s_allowed[name]).Select(r => $"{name} -> {r}"));
            bool consumes = root.Descendants("Import").Any(i => ((string)i.Attribute("Project")!).EndsWith("Consumer.targets", StringComparison.Ordinal));
            Assert.Equal((name, s_consumers.Contains(name)), (name, consumes));
        }
    }

    [Fact]
    public void OnlyTheRenamedLibrariesAreBuildReferences()
    {
        // A build-only reference orders the build; it must not become a way around the list.
        IEnumerable<string> buildOnly = Projects.SelectMany(p => XElement.Load(p).Descendants("ProjectReference")
            .Where(r => (string?)r.Attribute("ReferenceOutputAssembly") == "false")
            .Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)));
        Assert.All(buildOnly, r => Assert.Equal("CiCodegen.Shade", r));
    }

    [Fact]
    public void Runtime_HasNoPackage()
    {
        XElement root = XElement.Load(Path.Combine(Repository.Root, "runtime", "CiCodegen.Runtime", "CiCodegen.Runtime.csproj"));
        Assert.Empty(root.Descendants("PackageReference").Where(r => (string?)r.Attribute("PrivateAssets") != "all").Select(r => (string?)r.Attribute("Include")));
    }

    [Fact]
    public void EveryProject_IsInTheSolution()
    {
        string solution = File.ReadAllText(Path.Combine(Repository.Root, "CiCodegen.sln")).Replace('\\', '/');
        IEnumerable<string> all = Projects.Concat(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests"), "*.csproj", SearchOption.AllDirectories));
        Assert.All(all.Select(p => Path.GetRelativePath(Repository.Root, p).Replace('\\', '/')), p => Assert.Contains(p, solution, StringComparison.Ordinal));
    }
}

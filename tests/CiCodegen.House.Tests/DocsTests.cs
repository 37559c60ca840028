using System.Xml.Linq;
using CiCodegen.Schema;
using CiCodegen.Tests;

namespace CiCodegen.House.Tests;

public sealed class DocsTests
{
    [Fact]
    public void EveryDependency_HasALineOfReason()
    {
        string reasons = File.ReadAllText(Path.Combine(Repository.Root, "generator", "docs", "dependencies.md"));
        XElement packages = XElement.Load(Path.Combine(Repository.Root, "Directory.Packages.props"));
        string[] names = [.. packages.Descendants("PackageVersion").Select(p => (string)p.Attribute("Include")!), "YamlDotNet", "Scriban.Signed"];
        Assert.True(names.Length > 10);
        Assert.All(names, n => Assert.Contains($"| {n} |", reasons, StringComparison.Ordinal));
    }

    [Fact]
    public void EveryVersion_StandsInOnePlace()
    {
        IEnumerable<string> projects = Directory.EnumerateFiles(Repository.Root, "*.csproj", SearchOption.AllDirectories);
        Assert.Empty(projects.Where(p => XElement.Load(p).Descendants("PackageReference").Any(r => r.Attribute("Version") is not null)).Select(p => Path.GetFileName(p)));
    }

    [Fact]
    public void EveryDiagnostic_HasAPage_ThatTheListNames()
    {
        string docs = Path.Combine(Repository.Root, "generator", "docs");
        string list = File.ReadAllText(Path.Combine(docs, "diagnostics.md"));
        Assert.Empty(ProblemDescriptors.All
            .Where(d => !File.ReadAllText(Path.Combine(docs, "diagnostics", d.Id + ".md")).StartsWith($"# {d.Id}: {d.Title} (", StringComparison.Ordinal) || !list.Contains($"[{d.Id}](diagnostics/{d.Id}.md) | {d.Title} |", StringComparison.Ordinal))
            .Select(d => d.Id));
    }

    [Fact]
    public void EverySnapshot_IsAskedForByATest()
    {
        foreach (string folder in Directory.EnumerateDirectories(Path.Combine(Repository.Root, "tests"), "Snapshots", SearchOption.AllDirectories).Where(f => !f.Contains("/bin/", StringComparison.Ordinal)))
        {
            foreach (string asked in Directory.EnumerateDirectories(folder))
            {
                string[] name = Path.GetFileName(asked).Split('.');
                string source = Path.Combine(Path.GetDirectoryName(folder)!, name[0] + ".cs");
                Assert.True(File.Exists(source) && File.ReadAllText(source).Contains(name[1] + "(", StringComparison.Ordinal), $"No test asks for {asked}.");
            }
        }
    }

    [Fact]
    public void TopLevel_HasTheFoldersOfTheHouse()
    {
        IEnumerable<string> folders = Directory.EnumerateDirectories(Repository.Root).Select(f => Path.GetFileName(f)).Where(f => !f.StartsWith('.') && f is not ("bin" or "obj" or "artifacts" or "TestResults"));
        Assert.Equal(["generator", "runtime", "samples", "schema", "tests"], folders.Order(StringComparer.Ordinal));
    }
}

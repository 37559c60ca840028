using System.Text.RegularExpressions;
using System.Xml.Linq;
using CiCodegen.Tests;

namespace CiCodegen.Packaging.Tests;

/// <summary>What the README shows is built from the package and run against the emulator, as a newcomer would.</summary>
public sealed class ReadmeTests(PackedFeed feed)
{
    private static readonly string s_readme = File.ReadAllText(Path.Combine(Repository.Root, "README.md"));

    /// <summary>The ways to get there: the package, the package for the oldest framework with the oldest C#, and the generator as a project.</summary>
    public static TheoryData<string> Ways => ["package", "package-net8.0", "project"];

    [Theory]
    [MemberData(nameof(Ways))]
    public async Task FilesOfTheReadme_BuildAndRun(string way)
    {
        if (way != "package")
        {
            PackedFeed.SkipUnlessFull("the package is tried in every run");
        }

        Dictionary<string, string> files = Regex.Matches(s_readme, @"```\w+ file=(\S+)\n(.*?)```", RegexOptions.Singleline).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        Assert.Equal(["App.csproj", "Probe.ci.yaml", "Program.cs"], files.Keys.Order(StringComparer.Ordinal));
        Assert.True(files["Program.cs"].Split('\n').Length <= 16, "the call has fifteen lines at most");

        // As a newcomer goes: a feed, a new project, the package, one item.
        string folder = feed.Consumer("readme-" + way, "", feedOnly: way == "package", ("Probe.ci.yaml", files["Probe.ci.yaml"]));
        string project = Path.Combine(folder, "App.csproj");
        File.Delete(project);
        Run(folder, way, "new", "console", "-n", "App", "-o", ".");
        if (way == "project")
        {
            Add(project, $"""
                <ItemGroup><ProjectReference Include="{Repository.Root}/runtime/CiCodegen.Runtime/CiCodegen.Runtime.csproj" /></ItemGroup>
                <Import Project="{Repository.Root}/generator/Consumer.targets" />
                """);
        }
        else
        {
            Run(folder, way, "add", "package", "CiCodegen", "--version", PackedFeed.Version);
        }

        Add(project, "<ItemGroup><CiTag Include=\"VideoTargetRec\" /></ItemGroup>");
        if (way == "package-net8.0")
        {
            File.WriteAllText(project, File.ReadAllText(project).Replace("net10.0", "net8.0", StringComparison.Ordinal));
            Add(project, "<PropertyGroup><LangVersion>12</LangVersion><RollForward>Major</RollForward><UseAppHost>false</UseAppHost></PropertyGroup>");
        }

        using EmulatorProcess emulator = await EmulatorProcess.StartAsync("--schema", folder);
        Assert.Contains("http://127.0.0.1:8080", files["Program.cs"], StringComparison.Ordinal);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), files["Program.cs"].Replace("http://127.0.0.1:8080", emulator.Endpoint, StringComparison.Ordinal));
        Assert.Matches(@"^Success: score \d+\n$", Run(folder, way, ["run", .. way == "project" ? ["-c", PackedFeed.Configuration, "-p:BuildProjectReferences=false"] : Array.Empty<string>()]));
    }

    [Fact]
    public void ProjectOfTheReadme_IsWhatTheCommandsMake()
    {
        string text = Regex.Match(s_readme, @"```xml file=App.csproj\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        XElement project = XElement.Parse(text);
        Assert.Equal(["TargetFramework", "OutputType", "Nullable", "ImplicitUsings"], project.Element("PropertyGroup")!.Elements().Select(e => e.Name.LocalName));
        Assert.Equal(["CiCodegen", "VideoTargetRec"], project.Elements("ItemGroup").Elements().Select(e => (string?)e.Attribute("Include")));
    }

    private string Run(string folder, string way, params string[] arguments)
    {
        (int code, string output) = feed.Dotnet(folder, usesMachinePackages: way == "project", arguments);
        Assert.True(code == 0, output);
        return output;
    }

    private static void Add(string project, string xml)
        => File.WriteAllText(project, File.ReadAllText(project).Replace("</Project>", xml + "\n</Project>", StringComparison.Ordinal));

    [Fact]
    public void CommandsOfTheReadme_AreThoseThatTestsRun()
    {
        // The sample is run by CiCodegen.House.Tests; the second is this very run.
        string[] commands = [.. Regex.Match(s_readme, @"```bash\n(.*?)```", RegexOptions.Singleline).Groups[1].Value.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => l.Split('#')[0].Trim())];
        Assert.Equal(["dotnet run --project samples/SubmitVideoTargetRec", "dotnet test"], commands);
    }
}

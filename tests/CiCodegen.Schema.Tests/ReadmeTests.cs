using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.Schema.Tests;

public sealed class ReadmeTests
{
    private static readonly string s_pages = Path.Combine(Repository.Root, "generator", "docs", "diagnostics");

    [Fact]
    public void EveryYamlOfTheSchemaReadme_IsASchema_AndAllOfThemGoTogether()
    {
        string[] blocks = [.. Regex.Matches(Repository.SchemaFile("README.md"), @"```yaml\n(.*?)```", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
        SchemaSet set = Yaml.Load([.. blocks.Select((b, i) => ($"block{i}.ci.yaml", b)), ("Templates.ci.yaml", Repository.SchemaFile("shared/structures.ci.yaml"))]);
        Assert.Empty(set.Problems.Select(p => p.ToString()));
        Assert.Equal(["DescribeProbe operation", "Probe tag", "Probe template"], set.Units.Select(u => $"{u.Tag} {(u.Unit == SchemaUnit.Job ? "tag" : u.Unit.ToString().ToLowerInvariant())}").Order(StringComparer.Ordinal));

        // The correction of the last block counts.
        Assert.Equal(LogicalType.Decimal, set.Find("Probe")!.Node("Response.JobsDetail.Operation.ProbeResult.Score").Type);
        Assert.Equal(4, blocks.Length);
    }

    public static TheoryData<string> Pages => [.. Directory.EnumerateFiles(s_pages).Where(f => File.ReadAllText(f).Contains("```yaml", StringComparison.Ordinal)).Select(f => Path.GetFileNameWithoutExtension(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Pages))]
    public void YamlOfADiagnosticsPage_HasThatDiagnosticAndNoOther(string id)
    {
        string block = Regex.Match(File.ReadAllText(Path.Combine(s_pages, id + ".md")), @"```yaml\n(.*?)```", RegexOptions.Singleline).Groups[1].Value;
        SchemaProblem problem = Assert.Single(Yaml.Load(("page.ci.yaml", block)).Problems);
        Assert.Equal((id, "page.ci.yaml"), (problem.Id, problem.Path));
    }
}

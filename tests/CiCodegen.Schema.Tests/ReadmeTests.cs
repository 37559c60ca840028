using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.Schema.Tests;

public sealed class ReadmeTests
{
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
}

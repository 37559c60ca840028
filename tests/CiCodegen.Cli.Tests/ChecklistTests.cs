using System.Text.Json;
using System.Text.RegularExpressions;
using CiCodegen.Tests;

namespace CiCodegen.Cli.Tests;

/// <summary>CONTRIBUTING's list for a new Tag, followed for one that does not exist: a page, a correction, and no C#.</summary>
public sealed partial class ChecklistTests : IDisposable
{
    private const string Page =
        """
        # Submitting a sharpness job

        Last updated: 2026-01-02

        ```
        POST /jobs HTTP/1.1
        ```

        | Node Name (Keyword) | Parent Node | Description | Type | Required |
        | --- | --- | --- | --- | --- |
        | Request | None | Request container | Container | Yes |
        | Tag | Request | Job tag: Sharpness | String | Yes |
        | Input | Request | Input | Container | Yes |
        | Object | Request.Input | Key | String | Yes |
        | Operation | Request | Rule | Container | Yes |
        | Sharpness | Request.Operation | Parameters | Container | Yes |
        | Strength | Request.Operation.Sharpness | How much, value range: [1, 10] | Int | No |
        | Area | Request.Operation.Sharpness | Valid values: Edge, All | String | No |

        | Node Name (Keyword) | Parent Node | Description | Type |
        | --- | --- | --- | --- |
        | Response | None | Response container | Container |
        | JobsDetail | Response | Details | Container |
        | JobId | Response.JobsDetail | Job ID | String |
        | Operation | Response.JobsDetail | Rule | Container |

        ```
        <Request>
          <Tag>Sharpness</Tag>
          <Input><Object>a.mp4</Object></Input>
          <Operation><Sharpness><Strength>3</Strength><Area>Edge</Area></Sharpness></Operation>
        </Request>
        ```

        ```
        <Response><JobsDetail>
          <JobId>j1</JobId><Tag>Sharpness</Tag><EndTime>-</EndTime>
          <Operation><SharpnessResult><Gain>1.50</Gain></SharpnessResult></Operation>
        </JobsDetail></Response>
        ```

        """;

    private const string Correction =
        """
        kind: correction
        tag: Sharpness

        corrections:
          - add: Response.JobsDetail.Operation
            reason: The samples have the result; no table does.
            source: samples of the page itself
            nodes:
              SharpnessResult: { nodes: { Gain: { type: decimal, summary: How much was gained. } } }

        """;

    private readonly TemporaryDirectory _directory = new();

    public void Dispose() => _directory.Dispose();

    [Fact]
    public async Task TheList_LeadsToATag_WithoutCSharp()
    {
        foreach (string file in Repository.SchemaFiles.Append(Path.Combine(Repository.Root, "schema", "schema.lock.yaml")))
        {
            _directory.Write(Path.GetRelativePath(Repository.Root, file), File.ReadAllText(file));
        }

        _directory.Write("submit-sharpness.md", Page);
        string[] commands = [.. Block().Match(File.ReadAllText(Path.Combine(Repository.Root, "CONTRIBUTING.md"))).Groups["lines"].Value.Split('\n').Select(l => l.Split('#')[0].Trim()).Where(l => l.Length > 0)];
        Assert.Equal(["import", "check", "tree", "samples", "drift"], commands.Select(c => c.Split(' ')[1]));

        // 1, and what comes of a page that leaves something out.
        (await Run(commands[0])).Exits(0);
        Assert.Contains("submit-sharpness:", File.ReadAllText(Path.Combine(_directory.Path, "schema", "schema.lock.yaml")), StringComparison.Ordinal);
        Assert.Contains("`Response.JobsDetail.Operation.SharpnessResult` | 2 | no node of the schema", (await Run(commands[3])).Exits(1).Out, StringComparison.Ordinal);

        // 2 to 4.
        _directory.Write("schema/corrections/Sharpness.ci.yaml", Correction);
        (await Run(commands[1])).Exits(0);
        Assert.Contains("Strength  int, [1, 10]", (await Run(commands[2])).Exits(0).Out, StringComparison.Ordinal);
        (await Run(commands[3])).Exits(0);
        (await Run(commands[4])).Exits(0);

        // It is a Tag as any other: listed, written, validated, read.
        string[] own = ["--schema", Path.Combine(_directory.Path, "schema")];
        JsonElement tags = (await CliRun.Of(["tags", "--json", .. own])).Exits(0).Json.GetProperty("tags");
        Assert.Contains(tags.EnumerateArray(), t => t.GetProperty("tag").GetString() == "Sharpness");
        const string Request = """{"Tag":"Sharpness","Input":{"Object":"a.mp4"},"Operation":{"Sharpness":{"Strength":11,"Area":"Edge"}}}""";
        Assert.Contains("<Strength>11</Strength>", (await CliRun.With(Request, ["write", "--tag", "Sharpness", "-", .. own])).Exits(0).Out, StringComparison.Ordinal);
        CliRun broken = (await CliRun.With(Request, ["validate", "--tag", "Sharpness", "-", "--json", .. own])).Exits(1);
        Assert.Equal("Request.Operation.Sharpness.Strength", Assert.Single(broken.Json.GetProperty("violations").EnumerateArray()).GetProperty("path").GetString());
        Assert.Equal(
            """{"JobsDetail":[{"JobId":"j1","Tag":"Sharpness","Operation":{"SharpnessResult":{"Gain":1.50}}}]}""",
            Sorted((await CliRun.With("<Response><JobsDetail><JobId>j1</JobId><Tag>Sharpness</Tag><Operation><SharpnessResult><Gain>1.50</Gain></SharpnessResult></Operation></JobsDetail></Response>", ["read", "--tag", "Sharpness", "-", "--json", .. own])).Exits(0).Json));
    }

    private Task<CliRun> Run(string command) => CliRun.In(_directory.Path, command.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..]);

    // The order of members is the envelope's affair.
    private static string Sorted(JsonElement value)
    {
        JsonElement job = value.GetProperty("JobsDetail")[0];
        return $$"""{"JobsDetail":[{"JobId":{{job.GetProperty("JobId").GetRawText()}},"Tag":{{job.GetProperty("Tag").GetRawText()}},"Operation":{{job.GetProperty("Operation").GetRawText()}}}]}""";
    }

    [GeneratedRegex("## Add a Tag.*?```bash\n(?<lines>.*?)```", RegexOptions.Singleline)]
    private static partial Regex Block();
}

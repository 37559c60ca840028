using System.Globalization;
using System.Text;
using CiCodegen.Schema;

namespace CiCodegen.Import.Tests;

/// <summary>What import writes passes <c>check</c>, whatever the page says: the page's defect is reported, and the schema stays usable.</summary>
public sealed class CheckTests
{
    private const string Request =
        """
        # Probe

        ```
        POST /jobs HTTP/1.1
        ```

        ## Request

        | Node Name | Parent Node | Description | Type | Required | Default Value | Constraints |
        | --- | --- | --- | --- | --- | --- | --- |
        | Request | None | Container | Container | Yes | None | None |
        | Tag | Request | Job tag: Probe | String | Yes | None | None |
        | Input | Request | File | Container | Yes | None | None |
        | Operation | Request | Rule | Container | Yes | None | None |
        | Probe | Request.Operation | Parameters | Container | No | None | None |

        """;

    private const string Response =
        """

        ## Response

        | Node Name | Parent Node | Description | Type |
        | --- | --- | --- | --- |
        | Response | None | Container | Container |
        | JobsDetail | Response | Jobs | Container |
        | Operation | Response.JobsDetail | Rule | Container |
        | Result | Response.JobsDetail.Operation | Result | Container |
        | Score | Response.JobsDetail.Operation.Result | How sure | Int |

        """;

    private static readonly string[] s_types = ["String", "Int", "Float", "Bool", "Container", "String array", "Container array"];

    [Fact]
    public void APageWithoutDefects_PassesAsItIs() => Assert.Equal("", Problems(Page.Import(Request + Response)));

    [Theory]
    [InlineData("| State | Response.JobsDetail | Valid values: `Submitted`, `Running`, `Success`, `Failed` | String |", "State: {}", FindingClass.ValueContradiction)]
    [InlineData("| State | Response.JobsDetail | Valid values: `Queued`, `Submitted`, `Running`, `Success`, `Failed`, `Pause`, `Cancel` | String |", "State: {}", FindingClass.ValueContradiction)]
    [InlineData("| State | Response.JobsDetail | Whether it ran | Int |", "State: { wire: Int }", FindingClass.TypeContradiction)]
    [InlineData("| Progress | Response.JobsDetail | How far, value range: [0, 100] | Int |", "Progress: { type: string, wire: Int, range: '[0, 100]' }", FindingClass.TypeContradiction)]
    [InlineData("| Code | Response.JobsDetail | Error code | Int |", "Code: { type: string, wire: Int }", FindingClass.TypeContradiction)]
    [InlineData("| QueueId | Response.JobsDetail | Queue | Integer |", "QueueId: { type: string, wire: Int }", FindingClass.TypeContradiction)]
    [InlineData("| CreationTime | Response.JobsDetail | When | Int |", "CreationTime: { type: time, wire: Int }", FindingClass.TypeContradiction)]
    [InlineData("| Message | Response.JobsDetail | Errors | String array |", "Message: {}", FindingClass.TypeContradiction)]
    [InlineData("| SubTag | Response.JobsDetail | Tags | Container |", "SubTag: { type: string, wire: Container }", FindingClass.TypeContradiction)]
    [InlineData("| Tag | Response.JobsDetail | Valid values: `A`, `B` | String |", "Tag: {}", FindingClass.TypeContradiction)]
    [InlineData("| NextToken | Response | Page | Int |", "NextToken: { type: string, wire: Int }", FindingClass.TypeContradiction)]
    [InlineData("| NonExistJobIds | Response | Ids | String |", "NonExistJobIds: { many: true }", FindingClass.TypeContradiction)]
    public void WhatTheRuntimeHas_StaysTheRuntimes(string row, string line, FindingClass kind)
    {
        string text = Request + Response + row + "\n";
        ImportedPage page = Page.Import(text);
        string name = line[..(line.IndexOf(':') + 1)];
        Assert.Equal(line, page.ToYaml().Split('\n').Select(l => l.Trim()).Last(l => l.StartsWith(name, StringComparison.Ordinal)));
        Assert.Contains(page.Findings, f => f.Class == kind && f.Line == text.Split('\n').Index().Single(l => l.Item == row).Index + 1);
        Assert.Equal("", Problems(page));
    }

    [Fact]
    public void StatesInAnotherOrder_AreNoDefect()
    {
        ImportedPage page = Page.Import(Request + Response + "| State | Response.JobsDetail | Valid values: `Failed`, `Success`, `Running`, `Submitted`, `Cancel`, `Pause` | String |\n");
        Assert.Empty(page.Findings);
        Assert.Equal("", Problems(page));
    }

    [Theory]
    [InlineData("| Level | Request.Operation.Probe | How far | Int | No | None | [10, 1] |", "Level: { type: int }")]
    [InlineData("| Level | Request.Operation.Probe | How far | Int | No | None | (0, 1) |", "Level: { type: int }")]
    [InlineData("| Level | Request.Operation.Probe | How far | Float | No | None | (5, 5] |", "Level: { type: decimal }")]
    [InlineData("| Level | Request.Operation.Probe | How far | Int | No | None | If `Tag` is `Probe`, the unit is px, and the value range is [10, 1] |", "Level: { type: int }")]
    [InlineData("| Name | Request.Operation.Probe | A name | String | No | None | Length limit: 99999999999 characters |", "Name: {}")]
    [InlineData("| Name | Request.Operation.Probe | A name, which can contain up to 0.5 bytes | String | No | None | None |", "Name: {}")]
    [InlineData("| Name | Request.Operation.Probe | A name | String | No | None | Only the .tar.gz format is supported |", "Name: {}")]
    [InlineData("| Mode | Request.Operation.Probe | Manner | String | No | None | a, A, b |", "Mode: { enum: { a: A, A: A2, b: B } }")]
    [InlineData("| CallBack* | Request | Address | String | No | None | None |", "CallBack: {}")]
    public void WhatNoSchemaCanSay_IsReportedAndLeftOut(string row, string line)
    {
        ImportedPage page = Page.Import(Request + row + "\n" + Response);
        Assert.Equal(line, page.Line(line[..line.IndexOf(':')]));
        Assert.True(line.Contains("enum", StringComparison.Ordinal) || page.Findings.Any(f => f.Line == 16 && f.Class is FindingClass.ValueContradiction or FindingClass.BrokenName));
        Assert.Equal("", Problems(page));
    }

    [Fact]
    public void NamesThatDifferInSignsOnly_GetMembersOfTheirOwn()
    {
        ImportedPage page = Page.Import(Request + "| x-y | Request.Operation.Probe | One | Int | No | None | None |\n| x_y | Request.Operation.Probe | Two | Int | No | None | None |\n| callback | Request | Address | String | No | None | None |\n" + Response);
        Assert.Equal("x-y: { type: int }", page.Line("x-y"));
        Assert.Equal("x_y: { type: int, member: XY2 }", page.Line("x_y"));
        Assert.Contains(page.Findings, f => f is { Class: FindingClass.DuplicateNode, Line: 17 });
        Assert.Equal("", Problems(page));
    }

    [Theory]
    [InlineData("Request > Operation > Probe", 0)]
    [InlineData("Request/Operation/Probe", 0)]
    [InlineData("Request -> Operation -> Probe", 0)]
    [InlineData("Request.Operation.Probe (new)", 1)]
    public void APathIsReadWhateverPartsItsNames(string parent, int findings)
    {
        ImportedPage page = Page.Import(Request + $"| Level | {parent} | How far | Int | No | None | None |\n" + Response);
        Assert.NotNull(page.Tree.Find("Request.Operation.Probe.Level"));
        Assert.Equal(findings, page.Findings.Count);
        Assert.Equal("", Problems(page));
    }

    [Fact]
    public void EveryNodeOfTheEnvelope_PassesAsAnyType()
    {
        List<ImportedPage> pages = [];
        foreach (EnvelopeNode node in EnvelopeNode.Around(PageKind.Tag))
        {
            foreach (string type in s_types)
            {
                foreach (string said in (string[])["A thing", "A thing. Valid values: `0`, `1`", "A thing. Default value: `7`", "A thing, value range: [1, 3]", "A thing, which can contain up to 5 bytes. Unit: px"])
                {
                    string row = $"| {node.Name} | {node.Parent} | {said} | {type} |";
                    bool isRequest = node.Path.StartsWith("Request", StringComparison.Ordinal);
                    string text = isRequest ? Request + row + " No | None | None |\n" + Response : Request + Response + row + "\n";
                    pages.Add(Page.Import(text.Replace("Probe", $"Probe{pages.Count}", StringComparison.Ordinal), $"submit-probe{pages.Count}.md"));
                }
            }
        }

        Assert.All(pages, p => Assert.Equal(PageKind.Tag, p.Kind));
        Assert.Equal("", Problems([.. pages]));
    }

    [Fact]
    public void ATreeBeyondTheDepthOfSchemas_IsCutThere()
    {
        string path = "Request.Operation.Probe";
        StringBuilder text = new(Request);
        for (int i = 0; i < 40; i++)
        {
            text.Append(CultureInfo.InvariantCulture, $"| D{i} | {path} | A thing | Container | No | None | None |\n| E{i} | {path} | A thing | String | No | None | If `Mode` is `a`, the value can be `x`<br>If `Mode` is `b`, the value can be `y` |\n| Mode | {path} | Manner | String | No | None | a, b |\n");
            path += $".D{i}";
        }

        ImportedPage page = Page.Import(text + Response);
        Assert.Equal(28, page.Tree.All().Max(n => n.Depth));
        Assert.Equal("", Problems(page));
    }

    [Fact]
    public void EveryFact_PassesBesideEveryType()
    {
        string[] values = ["None", "5", "none", "fast", "true", "9999999999", "1.5", "99999999999999999999", "5s", "Video end time", "If `Mode` is `a`, the default value is `7`"];
        string[] limits =
        [
            "None", "1, 2", "a, A", "true/false", "[1, 3]", "(0, video duration]", "[9, 1]", "0-100", "[0, 99999999999]", "[1e3, 2]", "An integer greater than or equal to 0", "A floating point number above 0",
            "This parameter must be an even number", "Length limit: 5 characters", "Only the .mp4 format is supported", "Format: 0xRRGGBB", "Format: %Y-%m-%dT%H:%m:%S%z", "Unit: px<br>[1, 3]", "`auto` indicates automatic choice<br>[1, 3]",
            "If `Mode` is `a`, the value can be `1` or `2`", "If `Mode` is `a`, the value can be `x`<br>Valid values: `1`, `2`", "If `Mode` is `a`, the unit is px, and the value range is [3, 1]", "If `Mode` is `$x{y}`, this parameter is not supported", "The maximum value is 9", "a, b, etc", "%, +",
        ];
        StringBuilder request = new(Request + "| Mode | Request.Operation.Probe | Manner | String | No | a | a, b |\n");
        StringBuilder response = new(Response);
        int number = 0;
        foreach (string type in (string[])[.. s_types, "Long", "Int array", "Blob"])
        {
            foreach (string limit in limits)
            {
                foreach (string value in values)
                {
                    request.Append(CultureInfo.InvariantCulture, $"| N{++number} | Request.Operation.Probe | A thing | {type} | No | {value} | {limit} |\n");
                }

                response.Append(CultureInfo.InvariantCulture, $"| N{++number} | Response.JobsDetail.Operation.Result | {limit} | {type} |\n");
            }
        }

        ImportedPage page = Page.Import(request.ToString() + response);
        Assert.Equal(number + 9, page.Nodes);
        Assert.Equal("", Problems(page));
    }

    [Fact]
    public void ATemplate_PassesWithTheRuntimesNodesAsAnyType()
    {
        List<ImportedPage> pages = [];
        foreach (EnvelopeNode node in EnvelopeNode.Around(PageKind.Template))
        {
            foreach (string type in s_types)
            {
                string tag = $"Probe{pages.Count}";
                pages.Add(Page.Import(
                    $"""
                    # Probe

                    ```
                    POST /template HTTP/1.1
                    ```

                    | Node Name | Parent Node | Description | Type |
                    | --- | --- | --- | --- |
                    | Request | None | Container | Container |
                    | Tag | Request | Template tag: {tag} | String |
                    | Response | None | Container | Container |
                    | Template | Response | Template | Container |
                    | {node.Name} | {node.Parent} | A thing. Valid values: `0`, `1` | {type} |

                    """,
                    $"template-create-{tag}.md"));

                // A list of templates is no answer to the making of one: such a page stays a page.
                Assert.Equal(node.Name == "TemplateList" ? PageKind.Page : PageKind.Template, pages[^1].Kind);
            }
        }

        Assert.Equal("", Problems([.. pages]));
    }

    [Fact]
    public void TheTableOfTheEnvelope_IsTheEnvelope()
    {
        EnvelopeDocument[] envelopes = [.. Corpus.Shared.Select(t => SchemaParser.Parse(t, default).Document).OfType<SharedDocument>().SelectMany(d => d.Envelopes)];
        foreach ((string name, PageKind kind) in (ReadOnlySpan<(string, PageKind)>)[("jobs", PageKind.Tag), ("templates", PageKind.Template)])
        {
            EnvelopeDocument envelope = envelopes.Single(e => e.Name.Value == name);
            Dictionary<string, NodeDocument> nodes = All("Request", envelope.Request!).Concat(All("Response", envelope.Response!)).ToDictionary(n => n.Path, n => n.Node, StringComparer.Ordinal);
            EnvelopeNode[] table = [.. EnvelopeNode.Around(kind)];
            Assert.Equal(nodes.Keys.Order(StringComparer.Ordinal), table.Select(n => n.Path).Order(StringComparer.Ordinal));
            foreach (EnvelopeNode row in table)
            {
                NodeDocument node = nodes[row.Path];
                Assert.Equal(node.Find("enum")?.Values.Select(v => v.Text) ?? [], row.Values);
                Assert.True(row.Asked.All(a => row.Values.Contains(a)) && node.Find("default")?.Text == (row.Kind == "enum" ? row.Asked[0] : null), row.Path);
                Assert.Equal(node.Children.Count > 0 || node.Find("use") is not null || node.Find("sameAs") is not null || node.Find("type")?.Text == "container", row.Kind == "container");
                Assert.True(node.Find("type")?.Text is not ("time" or "int") || node.Find("type")!.Text == row.Kind, row.Path);
            }
        }
    }

    private static IEnumerable<(string Path, NodeDocument Node)> All(string path, NodeDocument node)
        => node.Children.SelectMany(c => All($"{path}.{c.Name.Value}", c).Prepend(($"{path}.{c.Name.Value}", c)));

    private static string Problems(params ImportedPage[] pages)
        => string.Join('\n', SchemaSet.Load([.. pages.Select(p => new SchemaText(p.FileName, p.ToYaml())), .. Corpus.Shared], default).Problems.Where(p => p.Descriptor.Severity == ProblemSeverity.Error));
}

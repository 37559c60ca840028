namespace CiCodegen.Import.Tests;

public sealed class TreeTests
{
    private const string Head =
        """
        # Probe

        | Node Name (Keyword) | Parent Node | Description | Type |
        | --- | --- | --- | --- |
        | Response | None | Container | Container |
        | JobsDetail | Response | Details | Container |
        | Operation | Response.JobsDetail | Rule | Container |
        | Result | Response.JobsDetail.Operation | Result | Container |

        """;

    [Theory]
    [InlineData("Response.Operation.Result", FindingClass.UndeclaredParent)] // a segment is missing
    [InlineData("Response.JobSDetail.Operation.Result", FindingClass.BrokenName)] // another case
    [InlineData("Response.JobsDetail.Operaton.Result", FindingClass.BrokenName)] // a slip of one letter
    public void AParentThatNoRowDeclares_IsTheOneThatIsMeant(string parent, FindingClass kind)
    {
        ImportedPage page = Page.Import(Table("Result", $"| Score | {parent} | How sure | Int |"));
        Assert.Equal(8, page.ToYaml().Split('\n').Single(l => l.Contains("Score:", StringComparison.Ordinal)).TakeWhile(c => c == ' ').Count() / 2);
        Assert.Contains($"written: {parent}.Score", page.ToYaml(), StringComparison.Ordinal);
        Assert.Contains(page.Findings, f => f.Class == kind);
    }

    [Fact]
    public void ARequestWithoutAnInput_SaysSo()
    {
        const string Page =
            """
            # Probe

            ```
            POST /jobs HTTP/1.1
            ```

            | Node Name (Keyword) | Parent Node | Description | Type | Required |
            | --- | --- | --- | --- | --- |
            | Request | None | Container | Container | Yes |
            | Tag | Request | Job tag: Probe | String | Yes |
            | Operation | Request | Rule | Container | Yes |
            | Level | Request.Operation | How far | Int | No |

            """;
        Assert.Contains("without: [Request.Input]\n", Tests.Page.Import(Page).ToYaml(), StringComparison.Ordinal);
        Assert.DoesNotContain("without", Tests.Page.Import(Page.Replace("| Operation | Request |", "| Input | Request | File | Container | No |\n| Operation | Request |", StringComparison.Ordinal)).ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void AParentThatNothingDeclares_BecomesAContainer()
    {
        ImportedPage page = Page.Import(Table("Template", "| Name | Response.Template | A name | String |"));
        Assert.Contains("Template:", page.ToYaml(), StringComparison.Ordinal);
        Assert.Contains(page.Findings, f => f is { Class: FindingClass.UndeclaredParent, Action: "added as a container" });
    }

    [Fact]
    public void OneRowWithAForeignParent_FollowsItsTable()
    {
        ImportedPage page = Page.Import(Table("Result", "| A | Response.JobsDetail.Operation.Result | One | String |\n| B | Response.JobsDetail.Operation.Result | Two | String |\n| C | Response.JobsDetail.Operation.Transcode | Three | String |"));
        Assert.Equal("C: { written: Response.JobsDetail.Operation.Transcode.C }", page.Line("C"));
        Assert.Contains(page.Findings, f => f.Class == FindingClass.ForeignParent);
    }

    [Fact]
    public void ATableOfManyParents_HasNoForeignOnes()
    {
        ImportedPage page = Page.Import(
            """
            # Probe

            ## Request

            | Node Name (Keyword) | Parent Node | Description | Type |
            | --- | --- | --- | --- |
            | Request | None | Container | Container |
            | Input | Request | File | Container |
            | Object | Request.Input | Path | String |
            | Url | Request.Input | Address | String |
            | Operation | Request | Rule | Container |
            | Probe | Request.Operation | Parameters | Container |
            | Level | Request.Operation.Probe | How far | Int |
            | X | Request.Operation.Probe.Area | Left | Int |
            | Y | Request.Operation.Probe.Area | Top | Int |
            | Hue | Request.Operation.Probe.Color | Color | Int |
            """);
        Assert.NotNull(page.Tree.Find("Request.Operation.Probe.Area.X"));
        Assert.NotNull(page.Tree.Find("Request.Operation.Probe.Area.Y"));
        Assert.NotNull(page.Tree.Find("Request.Operation.Probe.Color.Hue"));
        Assert.DoesNotContain(page.Findings, f => f.Class == FindingClass.ForeignParent);
    }

    [Fact]
    public void AParentWithoutItsBeginning_IsOfTheMessageThatThePartIsAbout()
    {
        ImportedPage page = Page.Import(
            """
            # Probe

            ## Request

            | Node Name (Keyword) | Parent Node | Description | Type |
            | --- | --- | --- | --- |
            | Request | None | Container | Container |
            | Input | Request | File | Container |
            | Operation | Request | Rule | Container |
            | Object | Input | Path | String |
            | Level | Operation | How far | Int |
            | Other | Elsewhere | Another | Int |

            ## Response

            | Node Name (Keyword) | Parent Node | Description | Type |
            | --- | --- | --- | --- |
            | Response | None | Container | Container |
            | JobsDetail | Response | Jobs | Container |
            | Operation | JobsDetail | Rule | Container |
            | Score | Operation | How sure | Int |
            """);
        Assert.Equal("Object: { written: Input.Object }", page.Line("Object"));
        foreach (string path in (string[])["Request.Input.Object", "Request.Operation.Level", "Request.Elsewhere.Other", "Response.JobsDetail.Operation.Score"])
        {
            Assert.NotNull(page.Tree.Find(path));
        }

        Assert.Equal(5, page.Findings.Count(f => f.Class == FindingClass.UndeclaredParent));
    }

    [Fact]
    public void ANodeThatStandsTwice_IsOne()
    {
        ImportedPage page = Page.Import(Table("Result", "| A | Response.JobsDetail.Operation.Result | One | String |\n| A | Response.JobsDetail.Operation.Result | Valid values: `x`, `y` | String |"));
        Assert.Equal("A: { enum: [x, y] }", page.Line("A"));
        Assert.Contains(page.Findings, f => f.Class == FindingClass.DuplicateNode);
    }

    [Fact]
    public void TwoRowsOfOneNameWithDifferentTypes_AreNotMixed()
    {
        ImportedPage page = Page.Import(Table("Result", "| A | Response.JobsDetail.Operation.Result | One | Int |\n| A | Response.JobsDetail.Operation.Result | Valid values: `x`, `y` | String array |"));
        Assert.Equal("A: { type: int }", page.Line("A"));
        Assert.Contains(page.Findings, f => f is { Class: FindingClass.DuplicateNode, Action: "the first row stands" });
    }

    [Theory]
    [InlineData("Call.Back", "Call")]
    [InlineData("ci:CallBack", "CallBack")]
    [InlineData("CallBack New", "CallBack")]
    [InlineData("CallBack<sup>New</sup>", "CallBack")]
    [InlineData("CallBack(optional)", "CallBack")]
    [InlineData("CallBack*", "CallBack")]
    public void WhatIsCutOffAName_IsSaid(string cell, string name)
    {
        ImportedPage page = Page.Import(Table("Result", $"| {cell} | Response.JobsDetail.Operation.Result | One | String |"));
        Assert.NotNull(page.Tree.Find("Response.JobsDetail.Operation.Result." + name));
        Assert.Contains(page.Findings, f => f.Class == FindingClass.BrokenName && f.Action == "read as " + name);
    }

    [Fact]
    public void AReferenceThatNothingAtHandHas_IsReported_ForASinglePageToo()
    {
        ImportedPage page = Page.WithRows("Probe| Same as `Request.Probe` in the probe template creation API | Container | No | None | None");
        Assert.Contains(page.Findings, f => f is { Class: FindingClass.UnresolvedReference, Action: "kept as text" });
    }

    [Theory]
    [InlineData("Y", true)]
    [InlineData("N", false)]
    [InlineData("True", true)]
    [InlineData("False.", false)]
    [InlineData("✓", true)]
    [InlineData("✗", false)]
    [InlineData("Mandatory", true)]
    public void RequiredCells_HaveManyWords(string cell, bool required)
    {
        ImportedPage page = Page.WithRows($"A| One | Int | {cell} | None | None");
        Assert.Equal(required, page.Tree.Find("Request.Operation.A")!.Required);
        Assert.Empty(page.Findings);
    }

    [Fact]
    public void AWildcardSegment_IsAPattern()
    {
        ImportedPage page = Page.Import(Table("Result", @"| Transcode\_\*\*\* | Response.JobsDetail.Operation.Result | Nodes | Container |"
            + "\n" + @"| Type | Response.JobsDetail.Operation.Result.Transcode\_\*\*\* | Kind | String |"));
        Assert.Contains("'Transcode_*':", page.ToYaml(), StringComparison.Ordinal);
        Assert.Equal("Type: {}", page.Line("Type"));
    }

    [Fact]
    public void ACaptionThatNamesAnotherNode_IsReported_AndTheParentColumnStands()
    {
        ImportedPage page = Page.Import(Table("Other", "| Score | Response.JobsDetail.Operation.Result | How sure | Int |"));
        Assert.Contains(page.Findings, f => f.Class == FindingClass.CaptionMismatch);
        Assert.Equal("Score: { type: int }", page.Line("Score"));
    }

    [Fact]
    public void Structures_HangUnderTheirHeadings()
    {
        ImportedPage page = Page.Import(
            """
            ## Mix
            <span id="Mix"></span>

            | Node Name (Keyword) | Description | Type | Required |
            | --- | --- | --- | --- |
            | Source | Address | String | Yes |
            | Effect | Effects | Container | No |

            `Effect` has the following sub-nodes:

            | Node Name (Keyword) | Description | Type | Required |
            | --- | --- | --- | --- |
            | Fade | Whether to fade. Valid values: `true`, `false` | String | No |

            ## Node_\*\*\*_Output

            | Node Name (Keyword) | Description | Type | Required |
            | --- | --- | --- | --- |
            | Mix | How to mix | Container. For more information, see [Mix](#Mix). | No |
            """,
            "structures.md");
        Assert.Equal(PageKind.Shared, page.Kind);
        Assert.Equal("Fade: { type: bool }", page.Line("Fade"));
        Assert.Contains("  Node_Output:", page.ToYaml().Split('\n'));
        Assert.Contains("Mix: { use: Mix }", page.ToYaml(), StringComparison.Ordinal);
    }

    [Fact]
    public void AReferenceToAnotherPage_IsFoundByWhatThatPageIsAbout()
    {
        PageSource other = Page.Source(
            """
            This API is used to create a probe template.

            ```
            POST /template HTTP/1.1
            ```

            | Node Name (Keyword) | Parent Node | Description | Type | Required |
            | --- | --- | --- | --- | --- |
            | Request | None | Container | Container | Yes |
            | Probe | Request | Probe | Container | Yes |
            | Size | Request.Probe | Size | Int | No |
            """,
            "template-create-probe.md");
        ImportedPage page = Page.WithRows("Probe| Same as `Request.Probe` in the probe template creation API | Container | No | None | None");
        Assert.Contains("refersTo: Request.Probe of the page on probe", page.ToYaml(), StringComparison.Ordinal);
        IReadOnlyList<ImportedPage> both = new PageImporter([]).Import([page.Source], [other]);
        Assert.Contains("Probe: { sameAs: 'template-create-probe#Request.Probe' }", both[0].ToYaml(), StringComparison.Ordinal);
        Assert.Equal("template-create-probe", both[1].PageId);
    }

    [Fact]
    public void ASample_IsHeldAgainstTheTables()
    {
        ImportedPage page = Page.Import(Head + """

            ```
            <Response>
                <JobsDetail>
                    <Operation><Result>1</Result><Other>2</Other></Operation>
                </JobsDetail>
            </Response>
            ```

            ```
            <Response><JobsDetail></Response>
            ```
            """);
        Assert.Contains(page.Findings, f => f.Class == FindingClass.UndocumentedElement && f.Message.Contains("Operation.Other", StringComparison.Ordinal) && f.Line == 13);
        Assert.Contains(page.Findings, f => f.Class == FindingClass.MalformedSample && f.Line == 19);
    }

    private static string Table(string caption, string rows) => Head + $"""

        `{caption}` has the following sub-nodes:

        | Node Name (Keyword) | Parent Node | Description | Type |
        | --- | --- | --- | --- |
        {rows}

        """;
}

using CiCodegen.Tests;

namespace CiCodegen.Import.Tests;

public sealed class DialectTests
{
    [Fact]
    public void Markdown_BecomesASchema() => Snapshot.Match(Page.Import(Page.Text("submit-probe.md")).ToYaml(), "submit-probe");

    [Theory]
    [InlineData("submit-probe.html", PageDialect.Html)]
    [InlineData("submit-probe.txt", PageDialect.PlainText)]
    [InlineData("submit-probe.flat", PageDialect.FlatRows)]
    public void OnePage_IsOneSchema_WhateverCarriesIt(string name, PageDialect dialect)
    {
        ImportedPage page = Page.Import(Page.Text(name), name);
        Assert.Equal(dialect, page.Dialect);
        Assert.Equal(Page.Import(Page.Text("submit-probe.md")).ToYaml(), page.ToYaml());
    }

    [Fact]
    public void TheSamePage_IsTheSameBytes()
        => Assert.Equal(Page.Import(Page.Text("submit-probe.md")).ToYaml(), Page.Import(Page.Text("submit-probe.md").ReplaceLineEndings("\r\n")).ToYaml());

    [Fact]
    public void PlainText_WithCellsDropped_IsReadByTypeAndParent()
    {
        // The required cell is missing where the site has "no", and the root has no parent cell but "None.".
        ImportedPage page = Page.Import(
            """
            Node Name (Keyword)
            Parent Node
            Description
            Type
            Required or Not
            Request
            None.
            Container
            Container
            Yes
            Level
            Request
            How far
            to go
            Int
            Name
            Request
            A name
            String
            Yes

            """,
            "page.txt");
        Assert.Equal("Level: { type: int }", page.Line("Level"));
        Assert.Equal("Name: { required: true }", page.Line("Name"));
    }

    [Fact]
    public void Summaries_AreKeptOnlyWhenAsked()
    {
        ImportedPage page = Page.WithRows("Level| How far | Int | No | None | None");
        Assert.DoesNotContain("How far", page.ToYaml(), StringComparison.Ordinal);
        Assert.Contains("summary: How far", page.ToYaml(keepSummaries: true), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<tr><td>A</td><td rowspan=\"3\">Request.Operation</td><td>One</td><td>Int</td><td rowspan=\"2\">Yes</td></tr><tr><td>B</td><td>Two</td><td>Float</td></tr><tr><td>C</td><td>Three</td><td>String</td><td>No</td></tr>")]
    [InlineData("<tr><td>A</td><td rowspan=\"0\">Request.Operation</td><td>One</td><td>Int</td><td>Yes</td></tr><tr><td>B</td><td>Two</td><td>Float</td><td>Yes</td></tr><tr><td>C</td><td colspan=\"2\">String</td><td>No</td></tr>")]
    [InlineData("<tr><td>A</td><td>Request.Operation</td><td>One</td><td>Int</td><td>Yes</td></tr><tr><td colspan=\"5\">What is rarely set</td></tr><tr><td>B</td><td>Request.Operation</td><td>Two</td><td>Float</td><td>Yes</td></tr><tr><td>C</td><td>Request.Operation</td><td>Three</td><td>String</td><td>No</td></tr>")]
    public void MergedCells_StandInAllThatTheyCover(string rows)
    {
        ImportedPage page = Page.Import(HtmlTable("", rows), "submit-probe.html");
        Assert.Equal("A: { type: int, required: true }", page.Line("A"));
        Assert.Equal("B: { type: decimal, required: true }", page.Line("B"));
        Assert.Equal("C: {}", page.Line("C"));
        Assert.Equal(4, page.Nodes);
        Assert.Empty(page.Findings);
    }

    [Fact]
    public void ATitleOverTheHeader_IsNotTheHeader()
    {
        ImportedPage page = Page.Import(
            HtmlTable("<tr><th colspan=\"5\">Operation has the following sub-nodes:</th></tr>", "<tr><td>A</td><td>Request.Operation</td><td>One</td><td>Int</td><td>Yes</td></tr>"), "submit-probe.html");
        Assert.Equal("A: { type: int, required: true }", page.Line("A"));
        Assert.Empty(page.Findings);
    }

    [Fact]
    public void AHeaderOfTwoLines_IsTheLowerWhereItSaysMore()
    {
        ImportedPage page = Page.Import(
            """
            <html><body><h1>Probe</h1><table>
            <tr><th rowspan="2">Node Name</th><th rowspan="2">Parent Node</th><th rowspan="2">Type</th><th colspan="2">Limits</th></tr>
            <tr><th>Default</th><th>Constraints</th></tr>
            <tr><td>Request</td><td>None</td><td>Container</td><td></td><td></td></tr>
            <tr><td>A</td><td>Request</td><td>Int</td><td>3</td><td>[1, 9]</td></tr>
            </table></body></html>
            """,
            "submit-probe.html");
        Assert.Equal("A: { type: int, default: 3, range: '[1, 9]' }", page.Line("A"));
        Assert.Equal(1, page.Nodes);
    }

    [Theory]
    [InlineData("Yes\nNone.\nNone.", "Mode: { required: true }")]
    [InlineData("No\nNone.\nNone.", "Mode: {}")]
    [InlineData("No\nfast\nNone.", "Mode: { default: fast }")]
    [InlineData("Yes\nNone.\nFast, Slow", "Mode: { required: true, enum: [Fast, Slow] }")]
    public void PlainText_NoneInACellBehindTheType_IsNoParent(string tail, string line)
    {
        ImportedPage page = Page.Import(
            $"""
            Node Name (Keyword)
            Parent Node
            Description
            Type
            Required or Not
            Default Value
            Constraints
            Request
            None.
            Container
            Container
            Yes
            None.
            None.
            Mode
            Request
            Manner
            String
            {tail}
            Level
            Request
            How far
            Int
            No
            None.
            [1, 9]

            """,
            "page.txt");
        Assert.Equal(line, page.Line("Mode"));
        Assert.Equal("Level: { type: int, range: '[1, 9]' }", page.Line("Level"));
        Assert.Equal(2, page.Nodes);
    }

    [Fact]
    public void PlainText_ParametersWithoutParent_AreRowsOfTheirOwn()
    {
        ImportedPage page = Page.Import("Node Name (Keyword)\nParent Node\nDescription\nType\nRequired or Not\nDefault Value\nsize\nNone.\nHow many\nInt\nNo\nNone.\norder\nNone.\nManner\nString\nYes\nNone.\n\n", "page.txt");
        Assert.Equal(2, page.Nodes);
        Assert.Equal("order: { required: true, written: order }", page.Line("order"));
    }

    [Fact]
    public void PlainText_ANoteInACell_EndsNoTable()
    {
        ImportedPage page = Page.Import("Node Name (Keyword)\nParent Node\nDescription\nType\nRequired or Not\nA\nRequest\nOne\nNote: B counts more\nInt\nYes\nB\nRequest\nTwo\nInt\nNo\nNote: C is new\nC\nRequest\nThree\nInt\nYes\nNote: that was all\n\nEnd\n", "page.txt");
        Assert.Equal(["A: { type: int, required: true }", "B: { type: int }", "C: { type: int, required: true }"], [page.Line("A"), page.Line("B"), page.Line("C")]);
    }

    [Theory]
    [InlineData("| Node Name | Parent Node | Description | Type |\n| --- | --- | --- | --- |\n| A | Request | One | Int |\n\n| B | Request | Two | Int |\n\n\n| C | Request | Three | `Float` |\n")]
    [InlineData("| Node Name | Parent Node | Description | Type |\n| --- | --- | --- | --- |\n| A | Request | One | Int |\n\n| Node Name | Parent Node | Type |\n| B | Request | Int |\n| C | Request | Float |\n")]
    [InlineData("| Parent Node | Node Name | Description | Type |\n| --- | --- | --- | --- |\n| Request | A | One | Int |\n| Request | B | Two | Int |\n| Request | C | Three | Float |\n")]
    [InlineData("| Description | Type | Parent Node | Node Name |\n| --- | --- | --- | --- |\n| One | Int | Request | A |\n| Two | Int | Request | B |\n| Three | Float | Request | C |\n")]
    public void Rows_AreReadBehindAnEmptyLine_AndInAnyOrderOfColumns(string table)
    {
        ImportedPage page = Page.Import("# Probe\n\n" + table);
        Assert.Equal(["A: { type: int }", "B: { type: int }", "C: { type: decimal }"], [page.Line("A"), page.Line("B"), page.Line("C")]);
        Assert.Equal(table.Split('\n').ToList().FindIndex(l => l.Contains("Float", StringComparison.Ordinal)) + 3, page.Tree.Find("Request.C")!.Line);
        Assert.Empty(page.Findings);
    }

    [Theory]
    [InlineData("page.md", "| Node Name | Parent Node | Description | Type |\n| --- | --- | --- | --- |\n| Request | None | All | Container |\n| A | Request | One | Int |\n| B | Request | Two | Int |\n\n>! Note: At least one of `A` and `B` must be specified.\n")]
    [InlineData("page.flat", "Node Name | Parent Node | Description | Type |\nRequest | None | All | Container |\nA | Request | One | Int |\nB | Request | Two | Int |\nNote: At least one of `A` and `B` must be specified.\n")]
    [InlineData("page.txt", "Node Name\nParent Node\nDescription\nType\nRequest\nNone.\nAll\nContainer\nA\nRequest\nOne\nInt\nB\nRequest\nTwo\nInt\nNote: At least one of A and B must be specified.\n\nEnd of it.\n")]
    [InlineData("page.html", "<html><table><tr><th>Node Name</th><th>Parent Node</th><th>Type</th></tr><tr><td>Request</td><td>None</td><td>Container</td></tr><tr><td>A</td><td>Request</td><td>Int</td></tr><tr><td>B</td><td>Request</td><td>Int</td></tr></table><blockquote><p>Note:</p><p>At least one of <code>A</code> and <code>B</code> must be specified.</p></blockquote></html>")]
    public void ANoteBelowATable_IsARule_WhateverCarriesIt(string name, string text)
    {
        ImportedPage page = Page.Import(text, name);
        Assert.Contains("- atLeastOne: [A, B]", page.ToYaml(), StringComparison.Ordinal);
        Assert.Empty(page.Findings);
    }

    private static string HtmlTable(string title, string rows) =>
        $"""
        <html><body><h1>Probe</h1>
        <table><tr><th>Node Name</th><th>Parent Node</th><th>Description</th><th>Type</th><th>Required</th></tr>
        <tr><td>Request</td><td>None</td><td>Container</td><td>Container</td><td>Yes</td></tr><tr><td>Operation</td><td>Request</td><td>Rule</td><td>Container</td><td>Yes</td></tr></table>
        <table>{title}<tr><th>Node Name</th><th>Parent Node</th><th>Description</th><th>Type</th><th>Required</th></tr>
        {rows}</table></body></html>
        """;
}

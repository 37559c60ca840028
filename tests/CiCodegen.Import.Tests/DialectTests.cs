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
}

using System.Text;

namespace CiCodegen.Import.Tests;

/// <summary>Pages that are no pages: findings or a clear error, never anything else.</summary>
public sealed class HostileTests
{
    [Theory]
    [InlineData("submit-probe.md")]
    [InlineData("submit-probe.html")]
    [InlineData("submit-probe.txt")]
    [InlineData("submit-probe.flat")]
    public void APageCutAnywhere_IsReadAsFarAsItGoes(string name)
    {
        string whole = Page.Text(name);
        int nodes = Page.Import(whole, name).Nodes;
        Assert.Equal(15, nodes);
        for (int length = 0; length < whole.Length; length += name.EndsWith(".md", StringComparison.Ordinal) ? 1 : 7)
        {
            ImportedPage page = Page.Import(whole[..length], name);

            // A path that is cut names a parent that is nowhere declared: one more node, never more.
            Assert.InRange(page.Nodes, 0, nodes + 1);
        }
    }

    [Fact]
    public void TooLarge_IsSaid()
    {
        ImportException e = Assert.Throws<ImportException>(() => Page.Import(new string('|', 10 * 1024 * 1024)));
        Assert.Contains("10,485,760 bytes", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(new byte[] { (byte)'a', (byte)'\n', 0xC4, 0xE3 }, 2)]
    [InlineData(new byte[] { (byte)'a', 0, (byte)'b', 0 }, 1)]
    public void AnotherEncoding_IsSaid(byte[] bytes, int line)
    {
        ImportException e = Assert.Throws<ImportException>(() => PageSource.Decode("page.md", bytes));
        Assert.Equal(line, e.Line);
        Assert.Contains("UTF-8", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Utf16_WithAMark_IsRead()
    {
        byte[] bytes = [.. Encoding.Unicode.GetPreamble(), .. Encoding.Unicode.GetBytes(Page.Text("submit-probe.md"))];
        Assert.Equal(Page.Import(Page.Text("submit-probe.md")).ToYaml(), new PageImporter([]).Import(PageSource.Decode("submit-probe.md", bytes)).ToYaml());
    }

    [Fact]
    public void TenThousandColumns_AreLeftOut()
    {
        string wide = string.Concat(Enumerable.Repeat("| x ", 10_000)) + "|\n" + string.Concat(Enumerable.Repeat("|---", 10_000)) + "|\n";
        ImportedPage page = Page.Import(Page.Text("submit-probe.md") + "\n" + wide);
        Assert.Equal(15, page.Nodes);
        Assert.Contains(page.Findings, f => f.Class == FindingClass.WrongCellCount);
    }

    [Theory]
    [InlineData("|", 1_900_000)]
    [InlineData("<div>", 300_000)]
    [InlineData("<table><tr><td>", 100_000)]
    [InlineData("> ", 500_000)]
    [InlineData("[", 500_000)]
    [InlineData("**a", 300_000)]
    [InlineData("| a | b | c |\n", 100_000)]
    [InlineData("<Request>", 200_000)]
    [InlineData("{", 500_000)]
    public void AMillionOfAnything_EndsInFindingsOrAnError(string piece, int times)
    {
        string text = string.Concat(Enumerable.Repeat(piece, times));
        try
        {
            Assert.Equal(0, Page.Import(text).Nodes);
        }
        catch (ImportException e)
        {
            Assert.NotEmpty(e.Message);
        }
    }

    [Fact]
    public void AThousandTables_EachInTheLast_AreOneTree_AsDeepAsASchemaGoes()
    {
        StringBuilder text = new("# Probe\n\n");
        for (int i = 0; i < 1_000; i++)
        {
            string parent = i switch { 0 => "Request", 1 => "Request.First", _ => $"Request.T{i - 1}" };
            string name = i == 0 ? "First" : $"T{i}";
            text.Append(System.Globalization.CultureInfo.InvariantCulture, $"| Node Name | Parent Node | Description | Type |\n| --- | --- | --- | --- |\n| {name} | {parent} | A thing | Container |\n\n");
        }

        ImportedPage page = Page.Import(text.ToString());
        Assert.Equal(28, page.Nodes);
        Assert.Equal(28, page.Tree.All().Max(n => n.Depth));
        Assert.Contains(page.Findings, f => f is { Class: FindingClass.Unreadable, Action: "left out: 972" });
        Assert.Equal(998, page.Findings.Count(f => f.Class == FindingClass.UndeclaredParent));
    }

    [Fact]
    public void ATableInATable_IsReadAndSaid()
    {
        ImportedPage page = Page.Import(
            """
            <!doctype html><html><body><table>
            <tr><th>Node Name (Keyword)</th><th>Parent Node</th><th>Description</th><th>Type</th></tr>
            <tr><td>Response</td><td>None</td><td>Container <table><tr><th>a</th></tr></table></td><td>Container</td></tr>
            <tr><td>Name</td><td>Response</td><td>A name</td><td>String</td></tr>
            </table></body></html>
            """,
            "page.html");
        Assert.Equal("Name: {}", page.Line("Name"));
        Assert.Contains(page.Findings, f => f.Class == FindingClass.Unreadable);
    }
}

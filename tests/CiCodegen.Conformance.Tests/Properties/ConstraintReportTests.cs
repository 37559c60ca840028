using CiCodegen.Tests;

namespace CiCodegen.Conformance.Tests.Properties;

public sealed class ConstraintReportTests
{
    [Fact]
    public void ValidatorsKnowWhatImportFound()
    {
        string pages = Path.Combine(Repository.Shared ?? "", "corpus", "pages");
        Assert.SkipUnless(Directory.Exists(pages), "CICODEGEN_SHARED names no folder with corpus/pages: the pages are not here.");
        ConstraintReport report = ConstraintReport.Of(pages);
        Assert.True(report.Found > 500);
        Assert.True(report.Known >= 0.95 * report.Found, report.Write());
        Written.Match(Path.Combine(Repository.Root, "generator", "docs", "constraints-report.md"), report.Write());
    }
}

using CiCodegen.Schema;
using CiCodegen.Tests;

namespace CiCodegen.Import.Tests;

/// <summary>The importer over real pages, where they are at hand.</summary>
public sealed class CorpusTests
{
    [Fact]
    public void EveryPage_IsImported_AndWhatItBecomesPassesCheck()
    {
        Require();
        Assert.Equal(346, Corpus.Pages.Count);
        ImportedPage[] written = [.. Corpus.Pages.Where(p => p.Kind != PageKind.None)];
        Assert.Equal(written.Length, written.Select(p => p.FileName).Distinct(StringComparer.Ordinal).Count());
        SchemaSet set = SchemaSet.Load([.. written.Select(p => new SchemaText(p.FileName, p.ToYaml())), .. Corpus.Shared], default);
        Assert.DoesNotContain(set.Problems, p => p.Descriptor.Severity == ProblemSeverity.Error);
        Assert.Equal(written.Count(p => p.Kind == PageKind.Tag), set.Tags.Count);
        Assert.Equal(written.Count(p => p.Kind == PageKind.Page), set.Pages.Count);
    }

    [Fact]
    public void NoSentenceOfAPage_IsInASchema()
    {
        Require();
        foreach (ImportedPage page in Corpus.Pages.Where(p => p.Kind != PageKind.None))
        {
            string yaml = page.ToYaml();
            foreach (string sentence in page.Tree.All().SelectMany(n => n.Words).Where(w => w.Split(' ').Length > 6))
            {
                Assert.DoesNotContain(sentence, yaml, StringComparison.OrdinalIgnoreCase);
            }
        }
    }

    [Fact]
    public void HandCheckedTrees_AreMet()
    {
        Require();
        KeyScore[] scores = [.. KeyScore.All()];
        Assert.Equal(6, scores.Length);
        string wrong = string.Join('\n', scores.SelectMany(s => s.Wrong.Select(w => $"{s.Tag}: {w}")));
        Assert.True(scores.Sum(s => s.Right) >= 0.99 * scores.Sum(s => s.Rows), wrong);
        Assert.True(scores.Sum(s => s.Extra) < 0.01 * scores.Sum(s => s.Rows), wrong);
        Assert.True(scores.Sum(s => s.FactsRight) >= 0.95 * scores.Sum(s => s.Facts), wrong);
    }

    [Fact]
    public void Drift_TellsWhatChanged_AndInventsNothing()
    {
        Require();
        DriftScore score = DriftScore.Compute();

        // A table that moved is one event, whatever number of rows the list gives it.
        Assert.True(score.Found + score.Moved >= 0.97 * score.Listed, string.Join('\n', score.Missed));
        Assert.True(score.Found >= 0.97 * score.Told, string.Join('\n', score.Invented));
    }

    [Fact]
    public void TheBundledTag_IsWhatImportWrites()
    {
        Require();
        ImportedPage page = new PageImporter(Corpus.Structures).Import(Corpus.Source("submit-videotargetrec-2025-11.txt"));
        Assert.Equal(Repository.SchemaFile("tags/VideoTargetRec.ci.yaml"), page.ToYaml());
    }

    [Fact]
    public void TheReport_IsTrue()
    {
        Require();
        Written.Match(Path.Combine(Repository.Root, "generator", "docs", "import-report.md"), ImportReport.Write());
    }

    [Fact]
    public void ThePhraseTable_CountsWhatItHasSeen()
    {
        Require();
        string path = Path.Combine(Repository.Root, "generator", "CiCodegen.Import", "Phrases", "phrases.tsv");
        Assert.NotEmpty(Corpus.Pages);
        IEnumerable<string> lines = File.ReadAllLines(path).Select(line =>
        {
            string[] cells = line.Split('\t');
            return line.StartsWith('#') || cells.Length < 5 ? line : string.Join('\t', cells.Select((c, i) => i == 1 ? Corpus.Usage.GetValueOrDefault(cells[0]).ToString(System.Globalization.CultureInfo.InvariantCulture) : c));
        });
        Written.Match(path, string.Join('\n', lines) + "\n");
    }

    private static void Require() => Assert.SkipUnless(Corpus.Folder is not null, "No outside test data.");
}

using System.Globalization;
using System.Text;

namespace CiCodegen.Import.Tests;

/// <summary>The report on what the importer makes of the corpus: counts only, no words of a page.</summary>
internal static class ImportReport
{
    public static string Write()
    {
        StringBuilder text = new();
        text.Append("# Import report\n\nWhat the importer makes of a corpus of pages of the docs. `UPDATE_SNAPSHOTS=1 dotnet test --project tests/CiCodegen.Import.Tests` writes this file where the\ncorpus is at hand (`CICODEGEN_SHARED`); the same tests hold it there.\n\n");
        IReadOnlyList<ImportedPage> pages = Corpus.Pages;
        ImportFinding[] findings = [.. pages.SelectMany(p => p.Findings)];
        Table(text, ["pages", "with tables", "tables", "rows", "nodes", "findings", "unmapped phrases"],
            [[Number(pages.Count), Number(pages.Count(p => p.Kind != PageKind.None)), Number(pages.Sum(p => p.Tables)), Number(pages.Sum(p => p.Rows)), Number(pages.Sum(p => p.Nodes)), Number(findings.Length), Number(findings.Count(f => f.Class == FindingClass.UnmappedText))]]);
        text.Append("## What pages become\n\n");
        Table(text, ["kind", "pages"], pages.GroupBy(p => p.Kind).OrderBy(g => g.Key).Select(g => (string[])[g.Key.ToString(), Number(g.Count())]));
        text.Append("## Defects\n\n");
        Table(text, ["class", "findings", "pages"], findings.GroupBy(f => f.Class).OrderBy(g => g.Key).Select(g => (string[])[g.Key.ToString(), Number(g.Count()), Number(g.Select(f => f.Path).Distinct().Count())]));
        text.Append("## Against hand-checked trees\n\nRows of the primary page with path and cardinality; nodes that are in no row; enums, defaults, fixed values, ranges, lengths and rules across nodes.\n\n");
        KeyScore[] keys = [.. KeyScore.All()];
        Table(text, ["Tag", "rows", "right", "extra", "facts", "right"],
            [.. keys.Select(k => (string[])[k.Tag, Number(k.Rows), Corpus.Percent(k.Right, k.Rows), Number(k.Extra), Number(k.Facts), Corpus.Percent(k.FactsRight, k.Facts)]),
                ["all", Number(keys.Sum(k => k.Rows)), Corpus.Percent(keys.Sum(k => k.Right), keys.Sum(k => k.Rows)), Number(keys.Sum(k => k.Extra)), Number(keys.Sum(k => k.Facts)), Corpus.Percent(keys.Sum(k => k.FactsRight), keys.Sum(k => k.Facts))]]);
        text.Append("## Drift between dated versions\n\nAddedNode, RemovedNode, ChangedType and ChangedRequired, compared by the written path.\n\n");
        DriftScore drift = DriftScore.Compute();
        Table(text, ["listed", "told", "recall", "recall with moved tables", "precision"], [[Number(drift.Listed), Number(drift.Told), Corpus.Percent(drift.Found, drift.Listed), Corpus.Percent(drift.Found + drift.Moved, drift.Listed), Corpus.Percent(drift.Found, drift.Told)]]);
        text.Append("Listed and not told:\n\n");
        foreach (string missed in drift.Missed)
        {
            text.Append("- `").Append(missed).Append("`\n");
        }

        text.Append("\n## Pages\n\n");
        Table(text, ["page", "kind", "tables", "rows", "nodes", "findings", "unmapped"],
            pages.Select(p => (string[])[p.Source.Path, p.Kind.ToString(), Number(p.Tables), Number(p.Rows), Number(p.Nodes), Number(p.Findings.Count), Number(p.Findings.Count(f => f.Class == FindingClass.UnmappedText))]));
        return text.ToString().TrimEnd() + "\n";
    }

    private static void Table(StringBuilder text, string[] header, IEnumerable<string[]> rows)
    {
        text.Append("| ").AppendJoin(" | ", header).Append(" |\n|").Insert(text.Length, " --- |", header.Length).Append('\n');
        foreach (string[] row in rows)
        {
            text.Append("| ").AppendJoin(" | ", row).Append(" |\n");
        }

        text.Append('\n');
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

using System.Text.RegularExpressions;
using CiCodegen.Schema;

namespace CiCodegen.Import.Tests;

/// <summary>How drift between dated versions of pages compares with the list of what changed.</summary>
/// <param name="Listed">What the list has.</param>
/// <param name="Found">Of these, what drift tells.</param>
/// <param name="Moved">Of the rest, what belongs to a table that drift tells as moved, in one event.</param>
/// <param name="Told">What drift tells.</param>
/// <param name="Missed">What the list has and drift does not tell.</param>
/// <param name="Invented">What drift tells and the list does not have.</param>
internal sealed partial record DriftScore(int Listed, int Found, int Moved, int Told, IReadOnlyList<string> Missed, IReadOnlyList<string> Invented)
{
    private static readonly string[] s_kinds = ["AddedNode", "RemovedNode", "ChangedType", "ChangedRequired"];

    public static DriftScore Compute()
    {
        HashSet<string> listed = [.. List()];
        List<string> moves = [];
        HashSet<string> told = [.. Drift(moves)];
        int moved = listed.Except(told).Count(l => moves.Exists(m => l.StartsWith(m, StringComparison.Ordinal)));
        return new DriftScore(listed.Count, listed.Intersect(told).Count(), moved, told.Count, [.. listed.Except(told).Order(StringComparer.Ordinal)], [.. told.Except(listed).Order(StringComparer.Ordinal)]);
    }

    private static IEnumerable<string> Drift(List<string> moves)
    {
        foreach (IGrouping<string, PageSource> lineage in Corpus.Sources("corpus", "history").GroupBy(s => s.Path.Split('@')[0]))
        {
            IReadOnlyList<DriftNode>? before = null;
            foreach (PageSource version in lineage)
            {
                IReadOnlyList<DriftNode> after = PageDrift.Read(new PageImporter([]).Import(version));
                foreach (DriftEvent e in before is null ? [] : SchemaDiff.Compare(before, after))
                {
                    if (e.Kind == "MovedNode")
                    {
                        moves.Add($"{version.Path} RemovedNode {e.Old}.");
                        moves.Add($"{version.Path} AddedNode {e.New}.");
                    }

                    if (s_kinds.Contains(e.Kind))
                    {
                        yield return $"{version.Path} {e.Kind} {e.WrittenPath}";
                    }
                }

                before = after;
            }
        }
    }

    private static IEnumerable<string> List()
    {
        string page = "";
        foreach (string line in File.ReadLines(Path.Combine(Corpus.Folder!, "corpus", "history", "CHANGES.md")))
        {
            Match heading = Heading().Match(line);
            page = heading.Success ? heading.Groups["page"].Value : page;
            Match item = Item().Match(line);
            if (!item.Success)
            {
                continue;
            }

            string kind = item.Groups["kind"].Value switch { "added" => "AddedNode", "removed" => "RemovedNode", "retyped" => "ChangedType", _ => "ChangedRequired" };
            foreach (Match code in Code().Matches(item.Groups["list"].Value))
            {
                string text = code.Groups["text"].Value;
                yield return $"{page} {kind} {(kind.StartsWith("Changed", StringComparison.Ordinal) ? text.Split(": ")[0] : text).Replace("\\", "")}";
            }
        }
    }

    [GeneratedRegex(@"^### (?<page>\S+@\S+)")]
    private static partial Regex Heading();

    [GeneratedRegex(@"^- \*\*(?<kind>added|removed|retyped|required)\*\* \(\d+\): (?<list>.*)$")]
    private static partial Regex Item();

    [GeneratedRegex("`(?<text>[^`]*)`")]
    private static partial Regex Code();
}

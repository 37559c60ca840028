using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CiCodegen.Import;
using CiCodegen.Schema;
using CiCodegen.Tests;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>Counts what import found that a machine can check in requests, and what of it the validators know. No words of a page.</summary>
internal sealed partial class ConstraintReport
{
    private const string Left = "sentence that is in no phrase";

    private readonly SortedDictionary<string, (int Found, int Known)> _kinds = new(StringComparer.Ordinal);
    private readonly List<string> _unknown = [];

    // Rules that corrections added to what a page's table says of a node: they settle as many of its sentences.
    private readonly Dictionary<string, int> _added = [];

    public int Found => _kinds.Values.Sum(k => k.Found);

    public int Known => _kinds.Values.Sum(k => k.Known);

    /// <summary>Counts over the bundled files that have a page.</summary>
    /// <param name="pages">The folder of the pages: sentences that import makes nothing of count as found and not known.</param>
    public static ConstraintReport Of(string pages)
    {
        ConstraintReport report = new();
        SchemaText[] texts = [.. Repository.SchemaFiles.Select(f => new SchemaText(Path.GetRelativePath(Repository.Root, f), File.ReadAllText(f), IsBundled: true))];
        SchemaSet set = SchemaSet.Load(texts, CancellationToken.None);
        HashSet<string> ids = [];

        // Other pages count where a Tag takes something over from them.
        HashSet<string> referred = [.. texts.Where(t => !t.Path.Contains("pages", StringComparison.Ordinal)).SelectMany(t => Reference().Matches(t.Text)).Select(m => m.Groups["page"].Value)];
        foreach (SchemaDocument document in texts.Select(t => SchemaParser.Parse(t, CancellationToken.None).Document!))
        {
            (NodeDocument? request, NodeModel? model, string? id) = document switch
            {
                TagDocument { PageId: { } page } tag => (tag.Request, set.Find(tag.Tag.Value, tag.Unit)?.Request, page.Value),
                PageDocument page when referred.Contains(page.PageId.Value) => (page.Request, set.FindPage(page.PageId.Value)?.Request, page.PageId.Value),
                _ => (null, null, null),
            };
            if (request is not null && model is not null && ids.Add(id!))
            {
                report.Count(request, model, id!);
            }
        }

        report.CountSentences(pages, ids);
        return report;
    }

    public string Write()
    {
        StringBuilder text = new("# Constraints report\n\nWhat import found in the request tables of the pages of bundled Tags, templates and operations that a machine can check, each fact once where its page has it, and what of it the emitted\nvalidators know once corrections have been applied. Sentences that import makes nothing of count as found where they sound like a constraint and not like one on a file's\nsize or content; a correction that adds a rule to the node settles one. That validators find what they know is held by tests that break each rule of each Tag alone.\n\n| kind | found | known |\n| --- | --- | --- |\n");
        foreach ((string kind, (int found, int known)) in _kinds)
        {
            text.Append(CultureInfo.InvariantCulture, $"| {kind} | {found} | {known} |\n");
        }

        text.Append(CultureInfo.InvariantCulture, $"| all | {Found} | {Known} ({((double)Known / Found).ToString("P1", CultureInfo.InvariantCulture)}) |\n\n## Not known\n\n");
        foreach (string place in _unknown.Order(StringComparer.Ordinal))
        {
            text.Append(CultureInfo.InvariantCulture, $"- {place}\n");
        }

        return text.ToString();
    }

    private void Count(NodeDocument node, NodeModel model, string page)
    {
        HashSet<(string Path, string Rule)> rules = [.. Breaking.Rules(model)];
        Visit(node, model, model.Name);

        void Visit(NodeDocument said, NodeModel bound, string path)
        {
            HashSet<string> kinds = [];
            foreach (Fact fact in said.Facts)
            {
                if (KindOf(fact, bound) is { } kind)
                {
                    kinds.Add(kind);
                    bool isKnown = kind == "bool" ? bound.Type == LogicalType.Boolean
                        : kind == FactKeys.UnsupportedWhen ? rules.Contains((path, FactKeys.ValidWhen))
                        : rules.Contains((path, kind)) || bound.Const is not null || (kind == FactKeys.Required && path == model.Name);
                    Add(kind, isKnown, $"`{path}` of {page}: {kind}");
                }
            }

            _added[$"{page} {path}"] = rules.Count(r => r.Path == path && !kinds.Contains(r.Rule) && !bound.Rules.Any(b => b.Kind == r.Rule));
            foreach (RuleDocument rule in said.Rules.Where(r => r.Kind.Value != "prefer"))
            {
                Add(rule.Kind.Value, bound.Rules.Any(r => r.Kind == rule.Kind.Value && r.Nodes.SequenceEqual(rule.Nodes.Select(n => n.Value))), $"`{path}` of {page}: {rule.Kind.Value}");
            }

            foreach (NodeDocument child in said.Children)
            {
                if (bound.Child(child.Name.Value) is { } inner)
                {
                    Visit(child, inner, $"{path}.{child.Name.Value}");
                }
                else
                {
                    Add("node", false, $"`{path}.{child.Name.Value}` of {page}: gone");
                }
            }
        }
    }

    /// <summary>The rule that a fact is, or null for one that forbids nothing.</summary>
    private static string? KindOf(Fact fact, NodeModel node) => fact.Key switch
    {
        FactKeys.Required => fact.Text switch { "true" => "required", "false" => null, _ => "requiredWhen" },
        FactKeys.Type when fact.Text == "bool" => "bool",
        FactKeys.Enum => node.IsOpen || node.Type == LogicalType.Boolean ? null : fact.Key,

        // 'the video's duration' is no number.
        FactKeys.Range => (node.Range?.Min ?? node.Range?.Max) is null ? null : fact.Key,
        FactKeys.Const or FactKeys.EnumWhen or FactKeys.RangeWhen or FactKeys.MultipleOf or FactKeys.MinLength or FactKeys.MaxLength or FactKeys.LengthWhen or FactKeys.Charset or FactKeys.Pattern
            or FactKeys.FileExt or FactKeys.MinItems or FactKeys.MaxItems or FactKeys.ValidWhen or FactKeys.UnsupportedWhen => fact.Key,
        _ => null,
    };

    private void CountSentences(string pages, HashSet<string> ids)
    {
        // Of a page in several dialects the dated one was imported.
        PageSource[] sources =
        [
            .. Directory.EnumerateFiles(pages).Where(f => Path.GetExtension(f) is ".md" or ".txt").OrderByDescending(f => f, StringComparer.Ordinal)
                .Select(f => PageSource.Decode(Path.GetFileName(f), File.ReadAllBytes(f))).Where(s => ids.Contains(s.Id))
                .GroupBy(s => s.Id).Select(g => g.OrderBy(s => s.Path.EndsWith(".txt", StringComparison.Ordinal) ? 0 : 1).First()),
        ];
        Assert.Equal(ids.Count, sources.Length);
        foreach (ImportFinding finding in new PageImporter([]).Import(sources).SelectMany(p => p.Findings))
        {
            if (finding.Class == FindingClass.UnmappedText && Constraint().IsMatch(finding.Message) && !OfContent().IsMatch(finding.Message) && Place().Match(finding.Message) is { Success: true } place)
            {
                string key = $"{PageSource.Decode(finding.Path, []).Id} {place.Value}";
                bool isSettled = _added.TryGetValue(key, out int left) && left > 0;
                _added[key] = left - 1;
                Add(Left, isSettled, $"`{place.Value}` of {Path.GetFileNameWithoutExtension(finding.Path)}, line {finding.Line}: {Left}");
            }
        }
    }

    private void Add(string kind, bool isKnown, string place)
    {
        (int found, int known) = _kinds.GetValueOrDefault(kind);
        _kinds[kind] = (found + 1, known + (isKnown ? 1 : 0));
        if (!isKnown)
        {
            _unknown.Add(place);
        }
    }

    [GeneratedRegex(@"\b(must|cannot|can't|can only|only|up to|at most|at least|less than|greater than|not supported|exceeds?|requires?)\b", RegexOptions.IgnoreCase)]
    private static partial Regex Constraint();

    // The size and the content of a file show in no request.
    [GeneratedRegex(@"\b(\d+ [MG]B|number of files|index file|audios?\b.*\bsupported|output image|standard pages|video (width|height))\b", RegexOptions.IgnoreCase)]
    private static partial Regex OfContent();

    [GeneratedRegex(@"sameAs: '(?<page>[\w-]+)#")]
    private static partial Regex Reference();

    [GeneratedRegex(@"^(Request\.\S+|the note)")]
    private static partial Regex Place();
}

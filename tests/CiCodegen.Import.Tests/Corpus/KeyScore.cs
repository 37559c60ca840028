using System.Text.Json;
using CiCodegen.Schema;

namespace CiCodegen.Import.Tests;

/// <summary>How an imported page compares with a hand-checked tree.</summary>
/// <param name="Tag">The Tag.</param>
/// <param name="Rows">The rows that the key takes from the page.</param>
/// <param name="Right">Those that are there, with the right cardinality.</param>
/// <param name="Extra">Nodes of the page's file that the key does not have.</param>
/// <param name="Facts">The enums, defaults, ranges, lengths and rules of these rows.</param>
/// <param name="FactsRight">Those that were extracted.</param>
/// <param name="Wrong">What is not right, for the reader of a failure.</param>
internal sealed record KeyScore(string Tag, int Rows, int Right, int Extra, int Facts, int FactsRight, IReadOnlyList<string> Wrong)
{
    public static IEnumerable<KeyScore> All()
        => Directory.EnumerateFiles(Path.Combine(Corpus.Folder!, "keys"), "*.json").Order(StringComparer.Ordinal).Select(Of);

    private static KeyScore Of(string file)
    {
        using JsonDocument key = JsonDocument.Parse(File.ReadAllText(file));
        JsonElement root = key.RootElement;
        string primary = root.GetProperty("primaryPage").GetString()!;
        string name = primary == "SEED" ? root.GetProperty("pages")[0].GetProperty("file").GetString()! : primary + ".md";
        string source = primary == "SEED" ? "seed" : primary;
        ImportedPage page = new PageImporter(Corpus.Structures).Import(Corpus.Source(name));
        SchemaSet set = SchemaSet.Load([new SchemaText(page.FileName, page.ToYaml()), .. Corpus.Shared], default);
        TagModel tag = set.Find(page.Tag!) ?? throw new InvalidOperationException(string.Join('\n', set.Problems));
        Dictionary<string, NodeModel> nodes = [];
        Flatten(tag.Request, "Request", nodes);
        Flatten(tag.Response, "Response", nodes);

        List<string> wrong = [];
        HashSet<string> known = [];
        int rows = 0, right = 0, facts = 0, factsRight = 0;
        foreach (JsonElement node in Nodes(root.GetProperty("request")).Concat(Nodes(root.GetProperty("response"))))
        {
            string path = node.GetProperty("path").GetString()!;
            known.Add(path);
            JsonElement from = node.GetProperty("source");
            if ((from.ValueKind == JsonValueKind.String ? from.GetString() : from.GetProperty("page").GetString()) != source)
            {
                continue;
            }

            rows++;
            if (!nodes.TryGetValue(path, out NodeModel? mine))
            {
                wrong.Add($"{path} is missing");
                continue;
            }

            // Lists answer several jobs whatever a page types: the contract has JobsDetail many.
            if (node.GetProperty("array").GetBoolean() == mine.IsMany || path == "Response.JobsDetail")
            {
                right++;
            }
            else
            {
                wrong.Add($"{path} repeats: {node.GetProperty("array")}");
            }

            foreach ((string fact, string want, string? have) in Expected(node, mine))
            {
                facts++;
                factsRight += want == have ? 1 : 0;
                if (want != have)
                {
                    wrong.Add($"{path}: {fact} is to be {want}, not {have ?? "nothing"}");
                }
            }
        }

        foreach (string rule in Rules(root, known))
        {
            facts++;
            bool found = nodes.Any(n => n.Value.Rules.Any(r => RuleKey(n.Key, r) == rule));
            factsRight += found ? 1 : 0;
            if (!found)
            {
                wrong.Add($"the rule {rule} is missing");
            }
        }

        int extra = page.Tree.All().Count(n => n.Parent is not null && !known.Contains(n.Path));
        return new KeyScore(page.Tag!, rows, right, extra, facts, factsRight, wrong);
    }

    private static IEnumerable<(string Fact, string Want, string? Have)> Expected(JsonElement node, NodeModel mine)
    {
        if (node.TryGetProperty("enum", out JsonElement values))
        {
            IEnumerable<string> have = mine.Type == LogicalType.Boolean ? ["false", "true"] : (mine.Enum?.Values ?? default).Select(v => v.Text).Order(StringComparer.Ordinal);
            yield return ("enum", string.Join(",", values.EnumerateArray().Select(v => v.GetString()!).Order(StringComparer.Ordinal)), string.Join(",", have));
        }

        if (node.TryGetProperty("default", out JsonElement value))
        {
            bool prose = value.GetString()!.StartsWith('(');
            yield return ("default", prose ? "(in words)" : value.GetString()!, prose ? mine.DefaultText is null ? null : "(in words)" : mine.Default);
        }

        if (node.TryGetProperty("const", out JsonElement only))
        {
            yield return ("const", only.GetString()!, mine.Const);
        }

        if (node.TryGetProperty("range", out JsonElement range) && range.ValueKind == JsonValueKind.Object)
        {
            yield return ("range", $"{End(range, "min")}..{End(range, "max")}", $"{End(mine.Range, isMin: true)}..{End(mine.Range, isMin: false)}");
        }

        if (node.TryGetProperty("maxLength", out JsonElement length))
        {
            yield return ("maxLength", length.GetInt32().ToString(System.Globalization.CultureInfo.InvariantCulture), mine.MaxLength?.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }
    }

    private static string End(JsonElement range, string end)
        => !range.TryGetProperty(end, out JsonElement value) || value.ValueKind != JsonValueKind.Number ? "" : value.GetRawText() + (range.TryGetProperty(end + "Inclusive", out JsonElement closed) && !closed.GetBoolean() ? " open" : "");

    private static string End(RangeModel? range, bool isMin)
        => (isMin ? range?.Min : range?.Max) is not { } value ? "" : value + ((isMin ? range!.MinInclusive : range!.MaxInclusive) ? "" : " open");

    // What the key calls "oneOf with a preference" is two rules of the language; what it has from elsewhere than the page does not count.
    private static IEnumerable<string> Rules(JsonElement root, HashSet<string> known)
    {
        foreach (JsonElement rule in root.GetProperty("rules").EnumerateArray())
        {
            string[] nodes = [.. rule.GetProperty("nodes").EnumerateArray().Select(n => n.GetString()!)];
            string text = rule.TryGetProperty("text", out JsonElement remark) ? remark.GetString()! : "";
            if (text.Contains("only said on", StringComparison.Ordinal) || text.Contains("not on the page", StringComparison.Ordinal) || nodes.Any(n => !known.Contains(n) && n.StartsWith("Request.", StringComparison.Ordinal)))
            {
                continue;
            }

            string kind = rule.GetProperty("kind").GetString()!;
            bool optional = rule.TryGetProperty("optional", out JsonElement flag) && flag.GetBoolean();
            string set = string.Join(",", nodes.Select(n => n[(n.LastIndexOf('.') + 1)..]).Order(StringComparer.Ordinal));
            if (kind is "atLeastOne" || (kind is "oneOf" && !optional))
            {
                yield return $"atLeastOne {set}";
            }

            if (kind is "precedence" or "exclusive" || rule.TryGetProperty("prefer", out _))
            {
                yield return $"prefer {set}";
            }
        }
    }

    private static string RuleKey(string path, RuleModel rule) => $"{rule.Kind} {string.Join(",", rule.Nodes.Order(StringComparer.Ordinal))}";

    private static void Flatten(NodeModel node, string path, Dictionary<string, NodeModel> nodes)
    {
        nodes[path] = node;
        foreach (NodeModel child in node.Children)
        {
            Flatten(child, $"{path}.{child.Name}", nodes);
        }
    }

    private static IEnumerable<JsonElement> Nodes(JsonElement node)
        => node.TryGetProperty("children", out JsonElement children) ? children.EnumerateArray().SelectMany(Nodes).Prepend(node) : [node];
}

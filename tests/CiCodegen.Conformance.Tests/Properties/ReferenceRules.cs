using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CiCodegen.Schema;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>A rule that a value breaks.</summary>
/// <param name="Path">The node, or for a rule across children the container.</param>
/// <param name="Rule">The rule's name.</param>
/// <param name="Container">The value of the container.</param>
/// <param name="Shape">The container.</param>
/// <param name="Node">The node; null for a rule across children.</param>
/// <param name="Across">The rule across children; null for a rule of one node.</param>
internal sealed record Broken(string Path, string Rule, JsonObject Container, NodeModel Shape, NodeModel? Node, RuleModel? Across);

/// <summary>What the schema language says about a value, read straight from the model: the measure for what is emitted.</summary>
internal static class ReferenceRules
{
    public static List<Broken> Check(NodeModel root, JsonObject value)
    {
        List<Broken> broken = [];
        Container(root, value, root.Name, [(root, value)], broken);
        return broken;
    }

    private static void Container(NodeModel shape, JsonObject value, string path, IReadOnlyList<(NodeModel Shape, JsonObject? Value)> scopes, List<Broken> broken)
    {
        void Add(NodeModel node, string rule, string at) => broken.Add(new Broken($"{path}.{at}", rule, value, shape, node, null));
        foreach (NodeModel node in shape.Children)
        {
            JsonNode? member = value[node.Name];
            bool there = IsThere(node, member);
            if (node.IsRequired && !there)
            {
                Add(node, "required", node.Name);
            }

            if (node.RequiredWhen is { } when && !there && Holds(when, scopes))
            {
                Add(node, "requiredWhen", node.Name);
            }

            if (node.ValidWhen is { } valid && there && !Holds(valid, scopes))
            {
                Add(node, "validWhen", node.Name);
            }

            if (member is JsonArray items)
            {
                if (items.Count > node.MaxItems)
                {
                    Add(node, "maxItems", node.Name);
                }
                else if (items.Count > 0 && items.Count < node.MinItems)
                {
                    Add(node, "minItems", node.Name);
                }
            }

            foreach ((JsonNode item, string at) in Items(node, member))
            {
                if (node.Type == LogicalType.Container)
                {
                    Container(node, item.AsObject(), $"{path}.{at}", [.. scopes, (node, item.AsObject())], broken);
                    continue;
                }

                foreach (string rule in OfValue(node, Text(item), scopes))
                {
                    Add(node, rule, at);
                }
            }
        }

        foreach (RuleModel rule in shape.Rules)
        {
            if ((rule.When is null || Holds(rule.When, scopes)) && !Keeps(rule, shape, value))
            {
                broken.Add(new Broken(path, rule.Kind, value, shape, null, rule));
            }
        }
    }

    private static IEnumerable<(JsonNode Item, string At)> Items(NodeModel node, JsonNode? member) => member switch
    {
        null => [],
        JsonArray items => items.Select((item, i) => (item!, string.Create(CultureInfo.InvariantCulture, $"{node.Name}[{i}]"))),
        _ => [(member, node.Name)],
    };

    private static IEnumerable<string> OfValue(NodeModel node, string text, IReadOnlyList<(NodeModel Shape, JsonObject? Value)> scopes)
    {
        bool isSpecial = node.Special.Any(s => IsSame(node.Type, s.Text, text));
        if (node.Const is { } only && node.Type == LogicalType.String && text != only)
        {
            yield return "const";
        }

        IEnumerable<string>? known = node.EnumWhen.FirstOrDefault(c => Holds(c.When, scopes)) is { } clause ? clause.Then : node.Enum?.Values.Select(v => v.Text);
        if (node.Enum is not { IsOpen: true } && known is not null && !isSpecial && !known.Any(k => IsSame(node.Type, k, text)))
        {
            yield return "enum";
        }

        RangeModel? range = node.RangeWhen.FirstOrDefault(c => Holds(c.When, scopes)) is { } within ? within.Then : node.Range;
        if (range is not null && !isSpecial && !IsInside(range, Number(text)))
        {
            yield return "range";
        }

        if (node.MultipleOf is { } step && !isSpecial && Number(text) % Number(step) != 0)
        {
            yield return "multipleOf";
        }

        int length = text.EnumerateRunes().Count();
        int? most = node.LengthWhen.FirstOrDefault(c => Holds(c.When, scopes)) is { } limit ? limit.Then : node.MaxLength;
        if (length < node.MinLength)
        {
            yield return "minLength";
        }
        else if (length > most)
        {
            yield return "maxLength";
        }

        if (node.Charset is { } charset && !Regex.IsMatch(text, charset == "printable-ascii" ? @"^[\x20-\x7E]*\z" : $@"^[{charset}]*\z"))
        {
            yield return "charset";
        }

        if (node.Pattern is { } pattern && !isSpecial && !Regex.IsMatch(text, $@"\A(?:{pattern})\z"))
        {
            yield return "pattern";
        }

        if (node.FileExt.Count > 0 && !node.FileExt.Any(e => text.EndsWith("." + e, StringComparison.OrdinalIgnoreCase)) && !node.Wildcards.Any(w => text.EndsWith(w, StringComparison.Ordinal)))
        {
            yield return "fileExt";
        }
    }

    private static bool Keeps(RuleModel rule, NodeModel shape, JsonObject value)
    {
        int there = rule.Nodes.Count(n => IsThere(shape.Child(n)!, value[n]));
        return rule.Kind switch
        {
            "atLeastOne" => there > 0,
            "exactlyOne" => there == 1,
            "exclusive" => there <= 1,
            "notAllFalse" => rule.Nodes.Any(n => value[n]?.GetValueKind() == JsonValueKind.True),
            "requires" => !IsThere(shape.Child(rule.Nodes[0])!, value[rule.Nodes[0]]) || there == rule.Nodes.Count,
            "prefer" => true,
            _ => throw new InvalidOperationException($"No one said here what '{rule.Kind}' means."),
        };
    }

    /// <summary>Whether a node is there: an empty text and an empty list are not.</summary>
    public static bool IsThere(NodeModel node, JsonNode? member) => member switch
    {
        null => false,
        JsonArray items => items.Count > 0,
        JsonObject => true,
        _ => node.Type != LogicalType.String || Text(member).Length > 0,
    };

    public static bool Holds(ConditionModel condition, IReadOnlyList<(NodeModel Shape, JsonObject? Value)> scopes) => condition switch
    {
        CombinedModel { IsAll: true } all => all.Parts.All(p => Holds(p, scopes)),
        CombinedModel any => any.Parts.Any(p => Holds(p, scopes)),
        _ => Compares((ComparisonModel)condition, scopes),
    };

    private static bool Compares(ComparisonModel comparison, IReadOnlyList<(NodeModel Shape, JsonObject? Value)> scopes)
    {
        (NodeModel node, JsonNode? value) = scopes[scopes.Count - 1 - comparison.Up];
        foreach (string step in comparison.Path.Split('.'))
        {
            node = node.Child(step)!;
            value = (value as JsonObject)?[step];
        }

        if (comparison.Kind is ComparisonKind.Present or ComparisonKind.Absent)
        {
            return IsThere(node, value) == (comparison.Kind == ComparisonKind.Present);
        }

        string? text = value is null ? node.Default : Text(value);
        bool isIn = text is not null && comparison.Values.Any(v => IsSame(node.Type, v, text));
        return comparison.Kind switch
        {
            ComparisonKind.In => isIn,
            ComparisonKind.NotIn => !isIn,
            _ when text is null => false,
            ComparisonKind.Less => Number(text) < Number(comparison.Values[0]),
            ComparisonKind.AtMost => Number(text) <= Number(comparison.Values[0]),
            ComparisonKind.Greater => Number(text) > Number(comparison.Values[0]),
            _ => Number(text) >= Number(comparison.Values[0]),
        };
    }

    private static bool IsSame(LogicalType type, string one, string other)
        => type is LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal ? Number(one) == Number(other) : string.Equals(one, other, StringComparison.Ordinal);

    private static bool IsInside(RangeModel range, decimal number)
        => (range.Min is not { } min || (range.MinInclusive ? number >= Number(min) : number > Number(min)))
            && (range.Max is not { } max || (range.MaxInclusive ? number <= Number(max) : number < Number(max)));

    private static string Text(JsonNode value) => value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();

    // A text that is no number (a special value has been looked at by then) lies in no interval.
    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}

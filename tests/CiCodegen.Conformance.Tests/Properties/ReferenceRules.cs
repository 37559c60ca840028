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
/// <param name="Key">The member's name: the node's, or that of a map's entry.</param>
/// <param name="Across">The rule across children; null for a rule of one node.</param>
internal sealed record Broken(string Path, string Rule, JsonObject Container, NodeModel Shape, NodeModel? Node, string? Key, RuleModel? Across);

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
        void Add(NodeModel node, string rule, string at, string? key = null) => broken.Add(new Broken($"{path}.{at}", rule, value, shape, node, key ?? node.Name, null));
        foreach (NodeModel node in shape.Children)
        {
            bool there = IsThere(shape, node, value);
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

            if (!node.IsMap && value[node.Name] is JsonArray items)
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

            foreach ((string key, JsonNode item, string at) in Items(shape, node, value))
            {
                if (node.Type == LogicalType.Container)
                {
                    Container(node, item.AsObject(), $"{path}.{at}", [.. scopes, (node, item.AsObject())], broken);
                    continue;
                }

                foreach (string rule in OfValue(node, Text(item), scopes))
                {
                    Add(node, rule, at, key);
                }
            }
        }

        foreach (RuleModel rule in shape.Rules)
        {
            if ((rule.When is null || Holds(rule.When, scopes)) && !Keeps(rule, shape, value))
            {
                broken.Add(new Broken(path, rule.Kind, value, shape, null, null, rule));
            }
        }
    }

    /// <summary>What stands for a node, with its key and its place.</summary>
    private static IEnumerable<(string Key, JsonNode Item, string At)> Items(NodeModel shape, NodeModel node, JsonObject value)
        => value.Where(m => shape.Named(m.Key) == node).SelectMany(m => m.Value is JsonArray items
            ? items.Select((item, i) => (m.Key, item!, string.Create(CultureInfo.InvariantCulture, $"{m.Key}[{i}]")))
            : [(m.Key, m.Value!, m.Key)]);

    private static IEnumerable<string> OfValue(NodeModel node, string text, IReadOnlyList<(NodeModel Shape, JsonObject? Value)> scopes)
    {
        if (node.Const is { } only && !IsSame(node.Type, text, only))
        {
            yield return "const";
        }

        bool IsAmong(IEnumerable<string> values) => values.Concat(node.Special.Select(s => s.Text)).Any(v => IsSame(node.Type, v, text));
        if (node.Enum is { IsOpen: false } known && !IsAmong(known.Values.Select(v => v.Text)))
        {
            yield return "enum";
        }

        if (text.Length > 0 && !node.IsOpen && node.EnumWhen.FirstOrDefault(c => Holds(c.When, scopes)) is { } among && !IsAmong(among.Then))
        {
            yield return "enumWhen";
        }

        foreach (string rule in OfNumber(node, text, scopes).Concat(OfText(node, text, scopes)))
        {
            yield return rule;
        }
    }

    private static IEnumerable<string> OfNumber(NodeModel node, string text, IReadOnlyList<(NodeModel Shape, JsonObject? Value)> scopes)
    {
        bool isOfNumbers = node.Range is not null || node.MultipleOf is not null || node.RangeWhen.Count > 0;
        if (!isOfNumbers || text.Length == 0 || node.Special.Any(s => IsSame(node.Type, s.Text, text)))
        {
            yield break;
        }

        if (!decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal number))
        {
            yield return "special";
            yield break;
        }

        if (node.Range is { } range && !IsInside(range, number))
        {
            yield return "range";
        }

        if (node.RangeWhen.FirstOrDefault(c => Holds(c.When, scopes)) is { } within && !IsInside(within.Then, number))
        {
            yield return "rangeWhen";
        }

        if (node.MultipleOf is { } step && number % Number(step) != 0)
        {
            yield return "multipleOf";
        }
    }

    private static IEnumerable<string> OfText(NodeModel node, string text, IReadOnlyList<(NodeModel Shape, JsonObject? Value)> scopes)
    {
        int length = text.EnumerateRunes().Count();
        if (length < node.MinLength)
        {
            yield return "minLength";
        }
        else if (length > node.MaxLength)
        {
            yield return "maxLength";
        }

        if (node.LengthWhen.FirstOrDefault(c => Holds(c.When, scopes)) is { } limit && length > limit.Then)
        {
            yield return "lengthWhen";
        }

        if (node.Charset is { } charset && !Regex.IsMatch(text, charset == "printable-ascii" ? @"^[\x20-\x7E]*\z" : $@"^[{charset}]*\z"))
        {
            yield return "charset";
        }

        if (text.Length > 0 && node.Pattern is { } pattern && !Regex.IsMatch(text, $@"\A(?:{pattern})\z"))
        {
            yield return "pattern";
        }

        if (text.Length > 0 && node.FileExt.Count > 0 && !node.FileExt.Select(e => "." + e).Concat(node.Wildcards).Any(e => text.EndsWith(e, StringComparison.OrdinalIgnoreCase)))
        {
            yield return "fileExt";
        }
    }

    private static bool Keeps(RuleModel rule, NodeModel shape, JsonObject value)
    {
        int there = rule.Nodes.Count(n => IsThere(shape, shape.Child(n)!, value));
        return rule.Kind switch
        {
            "atLeastOne" => there > 0,
            "exactlyOne" => there == 1,
            "exclusive" => there <= 1,
            "notAllFalse" => rule.Nodes.Any(n => (value[n] is { } flag ? Text(flag) : shape.Child(n)!.Default) == "true"),
            "requires" => !IsThere(shape, shape.Child(rule.Nodes[0])!, value) || there == rule.Nodes.Count,
            "prefer" => true,
            _ => throw new InvalidOperationException($"No one said here what '{rule.Kind}' means."),
        };
    }

    /// <summary>Whether a node is there: an empty text and an empty list are not.</summary>
    public static bool IsThere(NodeModel shape, NodeModel node, JsonObject? value)
        => value is not null && value.Any(m => shape.Named(m.Key) == node && m.Value switch
        {
            JsonArray items => items.Count > 0,
            JsonObject => true,
            _ => node.IsMap || node.Type != LogicalType.String || Text(m.Value!).Length > 0,
        });

    private static bool Holds(ConditionModel condition, IReadOnlyList<(NodeModel Shape, JsonObject? Value)> scopes, bool followsDefaults = true) => condition switch
    {
        CombinedModel { IsAll: true } all => all.Parts.All(p => Holds(p, scopes, followsDefaults)),
        CombinedModel any => any.Parts.Any(p => Holds(p, scopes, followsDefaults)),
        _ => Compares((ComparisonModel)condition, scopes, followsDefaults),
    };

    private static bool Compares(ComparisonModel comparison, IReadOnlyList<(NodeModel Shape, JsonObject? Value)> scopes, bool followsDefaults)
    {
        List<(NodeModel Shape, JsonObject? Value)> inside = [.. scopes.Take(scopes.Count - comparison.Up)];
        string[] steps = comparison.Path.Split('.');
        foreach (string step in steps[..^1])
        {
            inside.Add((inside[^1].Shape.Child(step)!, inside[^1].Value?[step]?.AsObject()));
        }

        (NodeModel shape, JsonObject? container) = inside[^1];
        NodeModel node = shape.Child(steps[^1])!;
        if (comparison.Kind is ComparisonKind.Present or ComparisonKind.Absent)
        {
            return IsThere(shape, node, container) == (comparison.Kind == ComparisonKind.Present);
        }

        // A default under conditions is asked one step deep: two nodes may well name one another.
        string? assumed = followsDefaults && node.DefaultWhen.FirstOrDefault(c => Holds(c.When, inside, followsDefaults: false)) is { } clause ? clause.Then : node.Default;
        string? text = container?[node.Name] is { } value ? Text(value) : assumed;
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

    private static decimal Number(string text) => decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}

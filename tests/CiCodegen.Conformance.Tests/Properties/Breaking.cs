using System.Globalization;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using CiCodegen.Schema;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>Breaks the rules of a valid value, one at a time.</summary>
internal static partial class Breaking
{
    /// <summary>Every rule of a request, each with the path of its node or container without indices.</summary>
    public static IEnumerable<(string Path, string Rule)> Rules(NodeModel root) => Rules(root, root.Name).Distinct();

    /// <summary>A path without its indices, and with the schema's names for those of maps' entries.</summary>
    public static string Place(NodeModel root, string path)
    {
        List<string> steps = [root.Name];
        foreach (string step in Index().Replace(path, "").Split('.').Skip(1))
        {
            root = root.Named(step)!;
            steps.Add(root.Name);
        }

        return string.Join('.', steps);
    }

    /// <summary>The value in all ways in which one change breaks it.</summary>
    public static IEnumerable<JsonObject> Of(NodeModel root, JsonObject value, Random random)
    {
        foreach ((NodeModel shape, int[] at) in Containers(root, value, []))
        {
            foreach (NodeModel node in shape.Children)
            {
                string key = node.IsMap ? Values.Keys(shape, node).First() : node.Name;
                JsonNode? member = Find(value, at)[key];
                foreach (JsonNode? other in Others(node, member, random))
                {
                    JsonObject changed = (JsonObject)value.DeepClone();
                    JsonObject container = Find(changed, at);
                    container.Remove(key);
                    if (other is not null)
                    {
                        container.Add(key, other);
                    }

                    yield return changed;
                }
            }

            foreach (RuleModel rule in shape.Rules)
            {
                foreach (bool isFull in new[] { false, true })
                {
                    JsonObject changed = (JsonObject)value.DeepClone();
                    JsonObject container = Find(changed, at);
                    foreach (NodeModel node in rule.Nodes.Select(n => shape.Child(n)!))
                    {
                        foreach (string key in container.Select(m => m.Key).Where(k => shape.Named(k) == node).ToArray())
                        {
                            container.Remove(key);
                        }

                        if (isFull)
                        {
                            container.Add(node.IsMap ? Values.Keys(shape, node).First() : node.Name, rule.Kind == "notAllFalse" ? JsonValue.Create(false) : Sample(node));
                        }
                    }

                    yield return changed;
                }
            }
        }
    }

    private static IEnumerable<(string Path, string Rule)> Rules(NodeModel shape, string path)
    {
        foreach (NodeModel node in shape.Children)
        {
            string at = $"{path}.{node.Name}";
            (bool Has, string Rule)[] rules =
            [
                (node.IsRequired, "required"), (node.RequiredWhen is not null, "requiredWhen"), (node.ValidWhen is not null, "validWhen"), (node.Const is not null, "const"), (node.Enum is { IsOpen: false }, "enum"),
                (node.EnumWhen.Count > 0, "enumWhen"), ((node.Range?.Min ?? node.Range?.Max) is not null, "range"), (node.RangeWhen.Count > 0, "rangeWhen"), (node.MultipleOf is not null, "multipleOf"),
                (node.Type == LogicalType.String && node.Special.Count > 0 && (node.Range is not null || node.MultipleOf is not null || node.RangeWhen.Count > 0), "special"), (node.MinLength > 0, "minLength"), (node.MaxLength is not null, "maxLength"), (node.LengthWhen.Count > 0, "lengthWhen"), (node.Charset is not null, "charset"), (node.Pattern is not null, "pattern"), (node.FileExt.Count > 0, "fileExt"),
                (node.MinItems > 1, "minItems"), (node.MaxItems is not null, "maxItems"),
            ];
            foreach ((_, string rule) in rules.Where(r => r.Has))
            {
                yield return (at, rule);
            }

            foreach ((string, string) rule in Rules(node, at))
            {
                yield return rule;
            }
        }

        foreach (RuleModel rule in shape.Rules.Where(r => r.Kind != "prefer"))
        {
            yield return (path, rule.Kind);
        }
    }

    /// <summary>Each container that is there, as the steps to it: child's number, and item's number where it repeats.</summary>
    private static IEnumerable<(NodeModel Shape, int[] At)> Containers(NodeModel shape, JsonObject value, int[] at)
    {
        yield return (shape, at);
        for (int i = 0; i < value.Count; i++)
        {
            NodeModel child = shape.Named(value.GetAt(i).Key)!;
            if (child.Type != LogicalType.Container)
            {
                continue;
            }

            JsonNode member = value.GetAt(i).Value!;
            int count = member is JsonArray items ? items.Count : 1;
            for (int item = 0; item < count; item++)
            {
                int[] below = [.. at, i, item];
                foreach ((NodeModel, int[]) inner in Containers(child, member is JsonArray list ? list[item]!.AsObject() : member.AsObject(), below))
                {
                    yield return inner;
                }
            }
        }
    }

    private static JsonObject Find(JsonObject value, int[] at)
    {
        for (int i = 0; i < at.Length; i += 2)
        {
            JsonNode member = value.GetAt(at[i]).Value!;
            value = member is JsonArray items ? items[at[i + 1]]!.AsObject() : member.AsObject();
        }

        return value;
    }

    /// <summary>Other members that break a rule of the node, or may.</summary>
    private static IEnumerable<JsonNode?> Others(NodeModel node, JsonNode? member, Random random)
    {
        yield return null;
        if (node.IsMany)
        {
            JsonNode item = member is JsonArray { Count: > 0 } items ? items[0]! : SampleItem(node);
            if (node.MinItems > 1)
            {
                yield return new JsonArray([.. Enumerable.Repeat(0, node.MinItems.Value - 1).Select(_ => item.DeepClone())]);
            }

            if (node.MaxItems is { } most)
            {
                yield return new JsonArray([.. Enumerable.Repeat(0, most + 1).Select(_ => item.DeepClone())]);
            }

            foreach (JsonNode other in Scalars(node))
            {
                int count = Math.Max(node.MinItems ?? 1, 1);
                JsonArray all = new([.. Enumerable.Repeat(0, count).Select(_ => item.DeepClone())]);
                all[random.Next(count)] = other;
                yield return all;
            }

            yield break;
        }

        foreach (JsonNode other in Scalars(node))
        {
            yield return other;
        }

        if (member is null)
        {
            yield return Sample(node);
        }
    }

    private static IEnumerable<JsonNode> Scalars(NodeModel node)
    {
        switch (node.Type)
        {
            case LogicalType.String:
                foreach (string text in new[] { "", "x", "\u00E9", "\t", new('7', (node.MinLength ?? 1) - 1), new('7', node.MaxLength ?? 1), new string('7', (node.MaxLength ?? 1) + 1), string.Concat(Enumerable.Repeat("\U0001F600", (node.MaxLength ?? 1) + 1)) }
                    .Concat(node.LengthWhen.Select(c => new string('7', c.Then + 1))).Concat(node.EnumWhen.SelectMany(c => c.Then)).Concat(["5", "15", "17", "25", "a"]))
                {
                    yield return JsonValue.Create(text)!;
                }

                break;
            case LogicalType.Enum:
                foreach (string text in new[] { "no-such" }.Concat(node.Enum!.Values.Select(v => v.Text)))
                {
                    yield return JsonValue.Create(text)!;
                }

                break;
            case LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal:
                decimal unit = node.Type == LogicalType.Decimal ? 0.01m : 1;
                decimal step = node.MultipleOf is { } multiple ? decimal.Parse(multiple, CultureInfo.InvariantCulture) : unit;
                decimal least = node.Type == LogicalType.Int32 ? int.MinValue : long.MinValue;
                decimal most = node.Type == LogicalType.Int32 ? int.MaxValue : long.MaxValue;
                foreach (string end in node.RangeWhen.Select(c => c.Then).Append(node.Range).SelectMany(r => new[] { r?.Min, r?.Max }).Concat(node.EnumWhen.SelectMany(c => c.Then)).OfType<string>().Append("0").Append("7").Distinct())
                {
                    foreach (decimal number in new[] { -step, 0, step, unit }.Select(s => decimal.Parse(end, CultureInfo.InvariantCulture) + s).Where(n => n >= least && n <= most && (node.Type == LogicalType.Decimal || n % 1 == 0)))
                    {
                        yield return JsonValue.Create(number);
                    }
                }

                break;
            case LogicalType.Boolean:
                yield return JsonValue.Create(true);
                yield return JsonValue.Create(false);
                break;
        }
    }

    /// <summary>Something that can stand for the node, with all of its siblings if it repeats.</summary>
    private static JsonNode Sample(NodeModel node)
        => node.IsMany ? new JsonArray([.. Enumerable.Repeat(0, Math.Max(node.MinItems ?? 1, 1)).Select(_ => SampleItem(node))]) : SampleItem(node);

    private static JsonNode SampleItem(NodeModel node) => node.Type switch
    {
        LogicalType.Container => new JsonObject(node.Children.Where(c => c.IsRequired).Select(c => new KeyValuePair<string, JsonNode?>(c.Name, Sample(c)))),
        LogicalType.Enum => JsonValue.Create(node.Enum!.Values[0].Text)!,
        LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal => JsonValue.Create(1),
        LogicalType.Boolean => JsonValue.Create(true),
        LogicalType.Time => JsonValue.Create("2024-02-29T00:00:00+08:00")!,
        _ => JsonValue.Create(node.Const ?? "777")!,
    };

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex Index();
}

using System.Globalization;
using System.Text.Json.Nodes;
using CiCodegen.Schema;
using CsCheck;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>Generates values of a model, in the form that the command line prints: wire names as keys, repeated nodes as arrays, children in schema order.</summary>
internal static class Values
{
    private static readonly string[] s_texts =
    [
        "", " ", "-", "\r", "\n", "\r\n", "a\tb", "]]>", "<&>\"'", "&amp;", "\u4E2D\u6587", "\U0001F600", "\u0085\u2028\u007F", "\uFFFD\uFDD0\uFEFF", "{0} %s", "null", "true", "0", " padded ", "<!--x-->", "x\r",
        new('x', 5000), new('\u4E2D', 3000),
    ];

    // What the pattern of these schemas matches, and what it nearly does.
    private static readonly string[] s_matches = ["a", "abc", "cx", "abx", "x", "ax\n", "0xff00AA"];

    private static readonly Gen<string> s_text = Gen.OneOf(Gen.String[Gen.Char[' ', '~'], 0, 12], Gen.Int[0, s_texts.Length - 1].Select(i => s_texts[i]), Gen.String[Gen.Char['\u00A1', '\u33FF'], 0, 6]);

    private static readonly Gen<DateTimeOffset> s_time = Gen.Select(
        Gen.Long[TimeSpan.TicksPerDay, DateTime.MaxValue.Ticks - TimeSpan.TicksPerDay],
        Gen.Int[-840, 840],
        Gen.Bool,
        (ticks, offset, isWhole) => new DateTimeOffset(isWhole ? ticks - (ticks % TimeSpan.TicksPerSecond) : ticks, TimeSpan.FromMinutes(offset)));

    /// <summary>Values of a container; whether rules hold is left to chance, so that most break some.</summary>
    public static Gen<JsonObject> Of(NodeModel container)
    {
        Gen<List<KeyValuePair<string, JsonNode>>> members = Gen.Int[0, 0].Select(_ => new List<KeyValuePair<string, JsonNode>>());
        foreach (NodeModel node in container.Children)
        {
            foreach (string name in node.IsMap ? Keys(container, node) : [node.Name])
            {
                members = Gen.Select(members, Member(node), (list, value) => value is null ? list : [.. list, new KeyValuePair<string, JsonNode>(name, value)]);
            }
        }

        // A node belongs to one parent only: each value is a copy.
        return members.Select(list => new JsonObject(list.Select(m => new KeyValuePair<string, JsonNode?>(m.Key, m.Value.DeepClone()))));
    }

    /// <summary>Names that a map's entries may have.</summary>
    public static IEnumerable<string> Keys(NodeModel container, NodeModel map)
        => new[] { "a", "B_1", "\u4E2D-x" }.Select(k => (map.Name.Length == 1 ? "K" : map.Name[..^1]) + k).Where(k => container.Named(k) == map);

    /// <summary>Values of a node, all of its siblings if it repeats; null where it is left out.</summary>
    public static Gen<JsonNode?> Member(NodeModel node)
    {
        Gen<JsonNode> one = One(node);
        Gen<JsonNode?> there = node.IsMany
            ? one.Array[1, 3].Select(items => (JsonNode?)new JsonArray([.. items.Select(i => i.DeepClone())]))
            : one.Select(n => (JsonNode?)n);
        return Gen.Frequency((2, there), (1, Gen.Const((JsonNode?)null)));
    }

    /// <summary>Values of one node.</summary>
    public static Gen<JsonNode> One(NodeModel node) => node.Type switch
    {
        LogicalType.Container => Of(node).Select(o => (JsonNode)o),
        LogicalType.Int32 => Gen.Frequency((3, Numbers(node).Select(n => (int)decimal.Clamp(decimal.Truncate(n), int.MinValue, int.MaxValue))), (1, Gen.Int)).Select(n => (JsonNode)JsonValue.Create(n)),
        LogicalType.Int64 => Gen.Frequency((3, Numbers(node).Select(n => (long)decimal.Clamp(decimal.Truncate(n), long.MinValue, long.MaxValue))), (1, Gen.Long)).Select(n => (JsonNode)JsonValue.Create(n)),
        LogicalType.Decimal => Gen.Frequency((3, Numbers(node)), (1, Gen.Decimal)).Select(n => (JsonNode)JsonValue.Create(n == 0 ? 0m : n)),
        LogicalType.Boolean => Gen.Bool.Select(b => (JsonNode)JsonValue.Create(b)),
        LogicalType.Time => s_time.Select(t => (JsonNode)JsonValue.Create(t.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFFzzz", CultureInfo.InvariantCulture))!),
        LogicalType.Enum => Gen.Frequency((8, Known(node)), (1, Gen.Int[0, 9].Select(i => $"other{i}"))).Select(t => (JsonNode)JsonValue.Create(t)!),
        _ => Gen.Frequency((4, Known(node)), (1, s_text)).Select(t => (JsonNode)JsonValue.Create(t)!),
    };

    /// <summary>Texts that the node's own facts let pass, mostly.</summary>
    private static Gen<string> Known(NodeModel node)
    {
        string[] known =
        [
            .. node.Enum?.Values.Select(v => v.Text) ?? [], .. node.EnumWhen.SelectMany(c => c.Then), .. node.Special.Select(s => s.Text), .. new[] { node.Const, node.Default }.OfType<string>(),
            .. node.FileExt.SelectMany(e => new[] { $"name.{e}", $"a.{e.ToUpperInvariant()}", e }), .. node.Wildcards, .. node.Pattern is null ? Array.Empty<string>() : s_matches,
        ];
        if (node.Type == LogicalType.String && (node.Range is not null || node.MultipleOf is not null))
        {
            // A number, or a word in its place.
            return Gen.OneOf(Gen.Int[0, known.Length - 1].Select(i => known[i]), Numbers(node).Select(n => n.ToString(CultureInfo.InvariantCulture)));
        }

        if (known.Length > 0)
        {
            return Gen.Int[0, known.Length - 1].Select(i => known[i]);
        }

        if (node.MinLength is null && node.MaxLength is null && node.Charset is null && node.LengthWhen.Count == 0)
        {
            return s_text;
        }

        Gen<char> character = node.Charset is null or "printable-ascii" ? Gen.Char[' ', '~'] : Gen.Char['0', '9'];
        int least = node.MinLength ?? 0;
        int most = Math.Max(least, Math.Min(node.MaxLength ?? int.MaxValue, least + 12));
        return Gen.Frequency((3, Gen.String[character, least, most]), (1, Gen.String[character, node.MaxLength ?? most, node.MaxLength ?? most]));
    }

    /// <summary>Numbers at and around the ends of the node's intervals.</summary>
    private static Gen<decimal> Numbers(NodeModel node)
    {
        decimal step = node.MultipleOf is { } multiple ? decimal.Parse(multiple, CultureInfo.InvariantCulture) : node.Type == LogicalType.Decimal ? 0.25m : 1;
        decimal[] ends =
        [
            .. node.RangeWhen.Select(c => c.Then).Append(node.Range).SelectMany(r => new[] { r?.Min, r?.Max }).OfType<string>().Select(e => decimal.Parse(e, CultureInfo.InvariantCulture)),
            .. node.Special.Where(s => char.IsAsciiDigit(s.Text[^1])).Select(s => decimal.Parse(s.Text, CultureInfo.InvariantCulture)), .. node.EnumWhen.SelectMany(c => c.Then).Append(node.Const).OfType<string>().Where(t => char.IsAsciiDigit(t[^1])).Select(t => decimal.Parse(t, CultureInfo.InvariantCulture)),
        ];
        return ends.Length == 0
            ? Gen.Int[-1000, 1000].Select(i => i * step)
            : Gen.Select(Gen.Int[0, ends.Length - 1], Gen.Int[-3, 3], (i, steps) => Math.Clamp(ends[i], -1e15m, 1e15m) + (steps * step));
    }
}

using System.Globalization;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Output;

/// <summary>A node's facts in words.</summary>
internal static class NodeText
{
    /// <summary>The logical type as schemas write it.</summary>
    public static string Type(NodeModel node) => node.Type switch
    {
        LogicalType.Int32 => "int",
        LogicalType.Int64 => "long",
        LogicalType.Decimal => "decimal",
        LogicalType.Boolean => "bool",
        LogicalType.Time => "time",
        LogicalType.Enum => "enum",
        LogicalType.Container => "container",
        _ => "string",
    };

    /// <summary>The known values as wire texts; empty when anything goes.</summary>
    public static IReadOnlyList<string> Values(NodeModel node)
        => node.Type == LogicalType.Boolean ? ["true", "false"] : node.Enum is { } values ? [.. values.Values.Select(v => v.Text)] : [];

    /// <summary>What stands behind the name in a tree that people read.</summary>
    public static string Facts(NodeModel node, bool isRequest)
    {
        List<string> facts = [Type(node) + (node.IsMany ? "[]" : "")];
        if (isRequest && node.RequiredWhen is { } condition)
        {
            facts.Add($"required when {condition.Text}");
        }
        else if (isRequest && node.IsRequired)
        {
            facts.Add("required");
        }

        if (node.Const is not null)
        {
            facts.Add($"= {node.Const}");
        }

        if (node.Enum is { } values)
        {
            facts.Add(string.Join(" | ", Values(node)) + (values.IsOpen ? " | …" : ""));
        }

        if (!string.IsNullOrEmpty(node.Default))
        {
            facts.Add($"default {node.Default}");
        }

        if (node.DefaultText is not null)
        {
            facts.Add($"default ({node.DefaultText})");
        }

        facts.AddRange(node.EnumWhen.Select(c => $"{string.Join(" | ", c.Then)} when {c.When}"));
        facts.AddRange(node.DefaultWhen.Select(c => $"default {c.Then} when {c.When}"));
        facts.AddRange(node.RangeWhen.Select(c => $"{c.Then.Text} when {c.When}"));
        if (node.Range is { } range)
        {
            facts.Add(range.Text);
        }

        if (node.Special.Count > 0)
        {
            facts.Add($"also {string.Join(" | ", node.Special.Select(s => s.Text))}");
        }

        if (node.ValidWhen is not null)
        {
            facts.Add($"only when {node.ValidWhen}");
        }

        if (node.MaxLength is { } length)
        {
            facts.Add(string.Create(CultureInfo.InvariantCulture, $"at most {length} characters"));
        }

        if (node.Unit is not null)
        {
            facts.Add($"in {node.Unit}");
        }

        return string.Join(", ", facts);
    }

    /// <summary>A rule as people read it.</summary>
    public static string Rule(RuleModel rule) => $"{rule.Kind}: {string.Join(", ", rule.Nodes)}{(rule.When is null ? "" : $" when {rule.When}")}";
}

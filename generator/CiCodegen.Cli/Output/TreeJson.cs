using System.Globalization;
using System.Text.Json;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Output;

/// <summary>A Tag's node trees as JSON.</summary>
internal static class TreeJson
{
    public static void WriteIdentity(Utf8JsonWriter writer, TagModel tag, EquatableArray<string> verbs)
    {
        writer.WriteString(tag.Unit == SchemaUnit.Operation ? "operation" : "tag", tag.Tag);
        writer.WriteString("kind", tag.Unit.ToString().ToLowerInvariant());
        writer.WriteString("family", tag.Family);
        writer.WriteString("method", tag.Method);
        writer.WriteString("path", tag.Path);
        writer.WriteStrings("verbs", verbs);
        if (tag.PageId is not null)
        {
            writer.WriteString("pageId", tag.PageId);
        }

        if (tag.PageDate is not null)
        {
            writer.WriteString("pageDate", tag.PageDate);
        }
    }

    public static void WriteIdentity(Utf8JsonWriter writer, PageModel page)
    {
        writer.WriteString("page", page.PageId);
        Text(writer, "pageDate", page.PageDate);
        Text(writer, "tag", page.Tag);
        Text(writer, "operation", page.Operation);
        Text(writer, "http", page.Http);
    }

    /// <summary>Writes a node with all below it.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="node">The node.</param>
    /// <param name="path">Its path from the root.</param>
    /// <param name="isRequest">Whether it is of a request: only there something can be required.</param>
    public static void WriteNode(Utf8JsonWriter writer, NodeModel node, string path, bool isRequest)
    {
        writer.WriteStartObject();
        writer.WriteString("name", node.Name);
        writer.WriteString("path", path);
        writer.WriteString("wireType", node.WireType);
        writer.WriteString("type", NodeText.Type(node));
        writer.WriteBoolean("many", node.IsMany);
        WriteRequired(writer, node, isRequest);
        WriteValues(writer, node);
        WriteLimits(writer, node);
        WriteMeaning(writer, node);
        if (node.Rules.Count > 0)
        {
            writer.WriteStartArray("rules");
            foreach (RuleModel rule in node.Rules)
            {
                writer.WriteStartObject();
                writer.WriteString("kind", rule.Kind);
                writer.WriteStrings("nodes", rule.Nodes.Select(n => $"{path}.{n}"));
                Text(writer, "when", rule.When?.Text);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        if (node.Type == LogicalType.Container)
        {
            writer.WriteStartArray("children");
            foreach (NodeModel child in node.Children)
            {
                WriteNode(writer, child, $"{path}.{child.Name}", isRequest);
            }

            writer.WriteEndArray();
        }

        writer.WriteEndObject();
    }

    private static void WriteRequired(Utf8JsonWriter writer, NodeModel node, bool isRequest)
    {
        if (!isRequest)
        {
            writer.WriteNull("required");
        }
        else if (node.RequiredWhen is { } condition)
        {
            writer.WriteString("required", condition.Text);
        }
        else
        {
            writer.WriteBoolean("required", node.IsRequired);
        }
    }

    private static void WriteValues(Utf8JsonWriter writer, NodeModel node)
    {
        if (NodeText.Values(node) is { Count: > 0 } values)
        {
            writer.WriteStrings("enum", values);
        }

        if (node.IsOpen)
        {
            writer.WriteBoolean("open", true);
        }

        Clauses(writer, "enumWhen", node.EnumWhen, (w, values) => w.WriteStrings("enum", values));
        if (node.Special.Count > 0)
        {
            writer.WriteStartArray("special");
            foreach (SpecialModel special in node.Special)
            {
                writer.WriteStartObject();
                writer.WriteString("value", special.Text);
                Text(writer, "meaning", special.Meaning);
                writer.WriteEndObject();
            }

            writer.WriteEndArray();
        }

        Text(writer, "default", node.Default);
        Clauses(writer, "defaultWhen", node.DefaultWhen, (w, value) => w.WriteString("value", value));
        Text(writer, "const", node.Const);
        Text(writer, "validWhen", node.ValidWhen?.Text);
    }

    private static void WriteLimits(Utf8JsonWriter writer, NodeModel node)
    {
        if (node.Range is { } range)
        {
            Range(writer, range, "rangeText");
        }

        Clauses(writer, "rangeWhen", node.RangeWhen, (w, then) => Range(w, then, "text"));
        if (node.MultipleOf is { } step)
        {
            End(writer, "multipleOf", step);
        }

        Number(writer, "minLength", node.MinLength);
        Number(writer, "maxLength", node.MaxLength);
        Clauses(writer, "lengthWhen", node.LengthWhen, (w, length) => w.WriteNumber("maxLength", length));
        Text(writer, "charset", node.Charset);
        Text(writer, "pattern", node.Pattern);
        Texts(writer, "fileExt", node.FileExt);
        Texts(writer, "wildcards", node.Wildcards);
        Number(writer, "minItems", node.MinItems);
        Number(writer, "maxItems", node.MaxItems);
    }

    private static void WriteMeaning(Utf8JsonWriter writer, NodeModel node)
    {
        Text(writer, "unit", node.Unit);
        Text(writer, "meaningfulWhen", node.MeaningfulWhen);
        Text(writer, "effectiveWhen", node.EffectiveWhen);
        Text(writer, "ineffectiveWhen", node.IneffectiveWhen);
        Text(writer, "unsupportedWhen", node.UnsupportedWhen);
        Text(writer, "presentWhen", node.PresentWhen);
        Text(writer, "overrides", node.Overrides);
        Text(writer, "member", node.Member);
        Text(writer, "shape", node.Shape);
        Text(writer, "summary", node.Summary);
    }

    private static void Range(Utf8JsonWriter writer, RangeModel range, string textName)
    {
        writer.WriteStartObject("range");
        End(writer, "min", range.Min);
        End(writer, "max", range.Max);
        writer.WriteBoolean("minInclusive", range.MinInclusive);
        writer.WriteBoolean("maxInclusive", range.MaxInclusive);
        writer.WriteEndObject();

        // A symbolic end is null above; here it can be read.
        if (range.Min is null || range.Max is null)
        {
            writer.WriteString(textName, range.Text);
        }
    }

    private static void Clauses<T>(Utf8JsonWriter writer, string name, EquatableArray<ClauseModel<T>> clauses, Action<Utf8JsonWriter, T> then)
        where T : IEquatable<T>
    {
        if (clauses.Count == 0)
        {
            return;
        }

        writer.WriteStartArray(name);
        foreach (ClauseModel<T> clause in clauses)
        {
            writer.WriteStartObject();
            writer.WriteString("when", clause.When.Text);
            then(writer, clause.Then);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Texts(Utf8JsonWriter writer, string name, EquatableArray<string> values)
    {
        if (values.Count > 0)
        {
            writer.WriteStrings(name, values);
        }
    }

    private static void Text(Utf8JsonWriter writer, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            writer.WriteString(name, value);
        }
    }

    private static void Number(Utf8JsonWriter writer, string name, int? value)
    {
        if (value is { } number)
        {
            writer.WriteNumber(name, number);
        }
    }

    private static void End(Utf8JsonWriter writer, string name, string? text)
    {
        // A symbolic end ("video duration") is no number; 'text' has it.
        if (text is not null && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number))
        {
            writer.WriteNumber(name, number);
        }
        else
        {
            writer.WriteNull(name);
        }
    }
}

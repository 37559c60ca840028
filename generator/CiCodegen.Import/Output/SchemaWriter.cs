using System.Text;

namespace CiCodegen.Import;

/// <summary>Writes a page's trees as a schema file: the same bytes for the same page.</summary>
internal static class SchemaWriter
{
    /// <summary>A mapping that fits stands on one line.</summary>
    private const int LineWidth = 140;

    // The envelope requires these: a page that does not must say so.
    private static readonly HashSet<string> s_requiredByEnvelope = new(StringComparer.Ordinal) { "Request.Input", "Request.Operation", "Request.Tag" };

    private static readonly string[] s_keys =
    [
        "type", "wire", "many", "member", "shape", "required", "const", "enum", "open", "enumWhen", "default", "defaultWhen", "range", "rangeWhen", "multipleOf", "special", "unit",
        "maxLength", "lengthWhen", "charset", "pattern", "fileExt", "wildcards", "maxItems", "summary", "meaningfulWhen", "presentWhen", "effectiveWhen", "ineffectiveWhen",
        "unsupportedWhen", "overrides", "use", "sameAs", "refersTo", "written",
    ];

    public static string Write(ImportedPage page, bool keepSummaries)
    {
        StringBuilder text = new();
        text.Append("# yaml-language-server: $schema=../ci-schema.json\n# $schema: ../ci-schema.json\n");
        foreach ((string key, string value) in Head(page))
        {
            text.Append(key).Append(": ").Append(value).Append('\n');
        }

        foreach (PageNode root in page.Tree.Roots.Where(r => r.Name is "Request" or "Response" || (r.Name == "Parameters" && page.Kind == PageKind.Page)))
        {
            text.Append('\n');
            WriteBlock(text, root.Name.ToLowerInvariant(), root, 0, keepSummaries);
        }

        if (page.Tree.Shapes.Count > 0)
        {
            text.Append("\nshapes:\n");
            foreach (PageNode shape in page.Tree.Shapes)
            {
                WriteBlock(text, shape.Name, shape, 1, keepSummaries);
            }
        }

        return text.ToString();
    }

    private static IEnumerable<(string Key, string Value)> Head(ImportedPage page)
    {
        yield return ("kind", page.Kind switch { PageKind.Tag => "tag", PageKind.Template => "template", PageKind.Shared => "shared", _ => "page" });
        if (page.Tag is { } tag && page.Kind != PageKind.Shared)
        {
            yield return ("tag", Yaml.Scalar(tag));
        }

        if (page.Kind == PageKind.Tag)
        {
            yield return ("family", page.Family);
        }

        if (page.Http is { } http && page.Kind != PageKind.Shared)
        {
            yield return ("http", Yaml.Scalar(http));
        }

        yield return ("page", page.Date is { } date ? $"{{ id: {Yaml.Scalar(page.PageId)}, date: {date} }}" : $"{{ id: {Yaml.Scalar(page.PageId)} }}");
        if (page.Envelope is { } envelope)
        {
            yield return ("envelope", envelope);
        }

        // The envelope brings an input; a page whose request has none must say so.
        if (page.Kind == PageKind.Tag && page.Tree.Root("Request") is { } request && request.Child("Operation") is not null && request.Child("Input") is null)
        {
            yield return ("without", "[Request.Input]");
        }
    }

    private static void WriteNode(StringBuilder text, PageNode node, int depth, bool keepSummaries)
    {
        string indent = Indent(depth);
        if (node.Children.Count == 0 && node.Rules.Count == 0)
        {
            string line = $"{indent}{Name(node.Name)}: {Flow(node, keepSummaries)}";
            if (line.Length <= LineWidth)
            {
                text.Append(line).Append('\n');
                return;
            }
        }

        WriteBlock(text, node.Name, node, depth, keepSummaries);
    }

    private static void WriteBlock(StringBuilder text, string name, PageNode node, int depth, bool keepSummaries)
    {
        text.Append(Indent(depth)).Append(Name(name)).Append(":\n");
        string indent = Indent(depth + 1);
        foreach ((string key, FactValue value) in Facts(node, keepSummaries))
        {
            if (value.Cases is null)
            {
                text.Append(indent).Append(key).Append(": ").Append(Value(value)).Append('\n');
                continue;
            }

            text.Append(indent).Append(key).Append(":\n");
            foreach (FactCase held in value.Cases)
            {
                text.Append(indent).Append("  - ").Append(Case(held)).Append('\n');
            }
        }

        if (node.Children.Count > 0)
        {
            text.Append(indent).Append("nodes:\n");
            foreach (PageNode child in node.Children)
            {
                WriteNode(text, child, depth + 2, keepSummaries);
            }
        }

        if (node.Rules.Count > 0)
        {
            text.Append(indent).Append("rules:\n");
            foreach (PageRule rule in node.Rules)
            {
                text.Append(indent).Append("  - ").Append(rule.Kind).Append(": ").Append(Yaml.List(rule.Nodes)).Append('\n');
            }
        }
    }

    private static string Flow(PageNode node, bool keepSummaries)
    {
        string[] facts = [.. Facts(node, keepSummaries).Select(f => $"{f.Key}: {Value(f.Value)}")];
        return facts.Length == 0 ? "{}" : $"{{ {string.Join(", ", facts)} }}";
    }

    private static IEnumerable<(string Key, FactValue Value)> Facts(PageNode node, bool keepSummaries)
    {
        foreach (string key in s_keys)
        {
            FactValue? value = key switch
            {
                "many" => node.IsMany ? new FactValue("true") : null,
                "required" when !node.IsRequest => null,
                "required" => node.RequiredWhen is { } when ? new FactValue(when)
                    : node.Required == true ? new FactValue("true")
                    : node.Required == false && s_requiredByEnvelope.Contains(node.Path) ? new FactValue("false")
                    : null,
                "member" => node.Member is { } member ? new FactValue(member) : null,
                "written" => node.WrittenPath is { } written ? new FactValue(written) : null,
                "summary" => keepSummaries && node.Words.Count > 0 ? new FactValue(node.Words[0]) : null,
                "enum" when !node.LeftOut.Contains(key) && node.Facts[key] is { List: { } list } && MemberNames.Of(list) is { } named => new FactValue(null, Named: named),
                _ => node.LeftOut.Contains(key) ? null : node.Facts[key],
            };
            if (value is not null)
            {
                yield return (key, value);
            }
        }
    }

    private static string Value(FactValue value)
        => value.Text is { } text ? Yaml.Scalar(text)
            : value.Named is { } named ? $"{{ {string.Join(", ", named.Select(n => $"{Yaml.Scalar(n.Value)}: {n.Name}"))} }}"
            : value.List is { } list ? Yaml.List(list) : $"[{string.Join(", ", value.Cases!.Select(Case))}]";

    private static string Case(FactCase held) => $"{{ when: {Yaml.Scalar(held.When)}, {held.Key}: {Value(held.Value)} }}";

    private static string Name(string name) => name.Contains('*') ? $"'{name}'" : Yaml.Scalar(name);

    private static string Indent(int depth) => new(' ', depth * 2);
}

using CiCodegen.Schema.Yaml;

namespace CiCodegen.Schema;

/// <summary>Reads nodes and their rules.</summary>
internal static class NodeParser
{
    public static EquatableArray<NodeDocument> ParseNodes(YamlNode node, string key, bool isShape, ProblemList problems)
    {
        if (node is not YamlMap map)
        {
            problems.Add(ProblemDescriptors.WrongKind, node.Span, key, "a mapping of names", YamlReader.Kind(node));
            return default;
        }

        List<NodeDocument> nodes = [];
        foreach (KeyValuePair<YamlScalar, YamlNode> entry in map.Entries)
        {
            if (ParseNode(new Located<string>(entry.Key.Text, entry.Key.Span), entry.Value, isShape, problems) is { } parsed)
            {
                nodes.Add(parsed);
            }
        }

        return nodes.ToEquatableArray();
    }

    public static NodeDocument? ParseNode(Located<string> name, YamlNode node, bool isShape, ProblemList problems)
    {
        if (isShape ? !Names.IsIdentifier(name.Value) : !Names.IsNodeName(name.Value))
        {
            problems.Add(isShape ? ProblemDescriptors.BadTypeName : ProblemDescriptors.BadWireName, name.Span, name.Value);
        }

        // A name with nothing behind it is a text node of which nothing more is said.
        if (node is YamlScalar { Text.Length: 0, IsQuoted: false })
        {
            return new NodeDocument(name, problems.Path, default, default, default);
        }

        if (MapReader.AsMap(node, name.Value, "a node", problems) is not { } map)
        {
            return null;
        }

        EquatableArray<Fact> facts = FactParser.ParseAll(map, problems);
        EquatableArray<NodeDocument> children = default;
        if (map.Find("nodes") is { } nodes)
        {
            children = ParseNodes(nodes.Value, "nodes", isShape: false, problems);
            if (children.Count == 0 && !facts.Any(f => f.Key == FactKeys.Type))
            {
                // 'nodes: {}' is a container all the same, of which no child is known.
                facts = facts.Append(new Fact(FactKeys.Type, nodes.Key.Span, problems.Path, EquatableArray.Of(new FactValue("container", null, nodes.Key.Span)))).ToEquatableArray();
            }
        }

        EquatableArray<RuleDocument> rules = map.Find("rules") is { } list ? ParseRules(list.Value, problems) : default;
        map.Finish();
        return new NodeDocument(name, problems.Path, facts, children, rules);
    }

    public static EquatableArray<RuleDocument> ParseRules(YamlNode node, ProblemList problems)
    {
        if (node is not YamlSequence sequence)
        {
            problems.Add(ProblemDescriptors.WrongKind, node.Span, "rules", "a list", YamlReader.Kind(node));
            return default;
        }

        List<RuleDocument> rules = [];
        foreach (YamlNode item in sequence.Items)
        {
            if (MapReader.AsMap(item, "rules", "a rule", problems) is not { } map)
            {
                continue;
            }

            int before = rules.Count;
            Located<string>? when = map.Text("when");
            foreach (string kind in FactKeys.RuleKinds)
            {
                if (map.Find(kind) is { } found)
                {
                    rules.Add(new RuleDocument(new Located<string>(kind, found.Key.Span), problems.Path, MapReader.TextsOf(found.Value, kind, problems), when));
                }
            }

            map.Finish();
            if (rules.Count == before)
            {
                problems.Add(ProblemDescriptors.MissingKey, map.Span, "A rule", string.Join("' or '", FactKeys.RuleKinds), "");
            }
        }

        return rules.ToEquatableArray();
    }
}

using CiCodegen.Schema.Yaml;

namespace CiCodegen.Schema;

/// <summary>Reads nodes, their facts and their rules.</summary>
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
        if (isShape ? !Names.IsIdentifier(name.Value) : !Names.IsWireName(name.Value))
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

        EquatableArray<Fact> facts = ParseFacts(map, problems);
        EquatableArray<NodeDocument> children = map.Find("nodes") is { } nodes ? ParseNodes(nodes.Value, "nodes", isShape: false, problems) : default;
        EquatableArray<RuleDocument> rules = map.Find("rules") is { } list ? ParseRules(list.Value, problems) : default;
        map.Finish();
        return new NodeDocument(name, problems.Path, facts, children, rules);
    }

    public static EquatableArray<Fact> ParseFacts(MapReader map, ProblemList problems)
    {
        List<Fact> facts = [];
        foreach (FactKey key in FactKeys.All)
        {
            if (map.Find(key.Key) is { } found && ParseFact(key, found.Key, found.Value, problems) is { } fact)
            {
                facts.Add(fact);
            }
        }

        return facts.ToEquatableArray();
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
            foreach (string kind in FactKeys.RuleKinds)
            {
                if (map.Find(kind) is { } found)
                {
                    rules.Add(new RuleDocument(new Located<string>(kind, found.Key.Span), problems.Path, MapReader.TextsOf(found.Value, kind, problems)));
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

    private static Fact? ParseFact(FactKey key, YamlScalar keyNode, YamlNode value, ProblemList problems)
    {
        if (key.Kind == FactKind.List)
        {
            List<FactValue> values = ParseList(key, value, problems);
            if (values.Count == 0)
            {
                problems.Add(ProblemDescriptors.WrongKind, value.Span, key.Key, "a list of values", YamlReader.Kind(value));
                return null;
            }

            return new Fact(key.Key, keyNode.Span, problems.Path, values.ToEquatableArray());
        }

        // A default or a fixed value may be the empty text.
        Located<string>? text = MapReader.TextOf(value, key.Key, problems);
        if (text is not { } located)
        {
            return null;
        }

        switch (key.Kind)
        {
            case FactKind.Word:
                MapReader.CheckWord(key.Key, located, key.Words, problems);
                break;
            case FactKind.Flag:
                MapReader.CheckWord(key.Key, located, ["true", "false"], problems);
                break;
            case FactKind.Number:
                MapReader.CheckNumber(key.Key, located, problems);
                break;
        }

        return new Fact(key.Key, keyNode.Span, problems.Path, EquatableArray.Of(new FactValue(located.Value, null, located.Span)));
    }

    private static List<FactValue> ParseList(FactKey key, YamlNode value, ProblemList problems)
    {
        List<FactValue> values = [];
        if (value is YamlMap map)
        {
            foreach (KeyValuePair<YamlScalar, YamlNode> entry in map.Entries)
            {
                if (MapReader.TextOf(entry.Value, entry.Key.Text, problems) is { } name)
                {
                    if (!Names.IsIdentifier(name.Value))
                    {
                        problems.Add(ProblemDescriptors.BadTypeName, name.Span, name.Value);
                    }

                    values.Add(new FactValue(entry.Key.Text, name.Value, entry.Key.Span));
                }
            }

            return values;
        }

        foreach (Located<string> text in MapReader.TextsOf(value, key.Key, problems))
        {
            if (values.Exists(v => v.Text == text.Value))
            {
                problems.Add(ProblemDescriptors.Contradiction, text.Span, key.Key, $"the value '{text.Value}' comes twice");
                continue;
            }

            values.Add(new FactValue(text.Value, null, text.Span));
        }

        return values;
    }
}

using CiCodegen.Schema.Yaml;

namespace CiCodegen.Schema;

/// <summary>Reads what is said of a node: one row of <see cref="FactKeys"/> after the other.</summary>
internal static class FactParser
{
    private static readonly Dictionary<string, int> s_places = Places();

    public static EquatableArray<Fact> ParseAll(MapReader map, ProblemList problems)
    {
        // In the order of the vocabulary, however the file has them.
        List<Fact> facts = [];
        for (int i = 0; i < map.Count; i++)
        {
            int place = map.Take(i, s_places, out YamlScalar key, out YamlNode value);
            if (place >= 0 && Parse(FactKeys.All[place], key, value, problems) is { } fact)
            {
                int at = facts.Count;
                while (at > 0 && s_places[facts[at - 1].Key] > place)
                {
                    at--;
                }

                facts.Insert(at, fact);
            }
        }

        return facts.ToEquatableArray();
    }

    private static Dictionary<string, int> Places()
    {
        Dictionary<string, int> places = new(StringComparer.Ordinal);
        foreach (FactKey key in FactKeys.All)
        {
            places.Add(key.Key, places.Count);
        }

        return places;
    }

    private static Fact? Parse(FactKey key, YamlScalar keyNode, YamlNode value, ProblemList problems)
    {
        if (key.Kind == FactKind.Clauses)
        {
            return ParseClauses(key, keyNode, value, problems);
        }

        List<FactValue> values = ParseValues(key, value, problems);
        return values.Count == 0 ? null : new Fact(key.Key, keyNode.Span, problems.Path, values.ToEquatableArray());
    }

    private static List<FactValue> ParseValues(FactKey key, YamlNode value, ProblemList problems)
    {
        if (key.Kind is FactKind.List or FactKind.Texts or FactKind.Meanings)
        {
            List<FactValue> values = ParseList(key, value, problems);
            if (values.Count == 0)
            {
                problems.Add(ProblemDescriptors.WrongKind, value.Span, key.Key, "a list of values", YamlReader.Kind(value));
            }

            return values;
        }

        // A default or a fixed value may be the empty text.
        if (MapReader.TextOf(value, key.Key, problems) is not { } located)
        {
            return [];
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

        return [new FactValue(located.Value, null, located.Span)];
    }

    private static Fact? ParseClauses(FactKey key, YamlScalar keyNode, YamlNode value, ProblemList problems)
    {
        if (value is not YamlSequence { Items.Count: > 0 } sequence)
        {
            problems.Add(ProblemDescriptors.WrongKind, value.Span, key.Key, "a list of mappings", YamlReader.Kind(value));
            return null;
        }

        FactKey then = FactKeys.Get(key.Then!);
        List<ClauseDocument> clauses = [];
        foreach (YamlNode item in sequence.Items)
        {
            if (MapReader.AsMap(item, key.Key, $"an entry of '{key.Key}'", problems) is not { } map)
            {
                continue;
            }

            Located<string>? when = map.RequiredText("when", ": the condition");
            (YamlScalar Key, YamlNode Value)? found = map.Find(then.Key);
            List<FactValue> values = found is { } given ? ParseValues(then, given.Value, problems) : [];
            if (found is null)
            {
                problems.Add(ProblemDescriptors.MissingKey, map.Span, $"An entry of '{key.Key}'", then.Key, ": what holds then");
            }

            map.Finish();
            if (when is { } condition && values.Count > 0)
            {
                clauses.Add(new ClauseDocument(condition, values.ToEquatableArray()));
            }
        }

        // All texts in a row: what a correction compares.
        FactValue[] all = [.. clauses.SelectMany(c => c.Values.Prepend(new FactValue(c.When.Value, null, c.When.Span)))];
        return all.Length == 0 ? null : new Fact(key.Key, keyNode.Span, problems.Path, all.ToEquatableArray()) { Clauses = clauses.ToEquatableArray() };
    }

    private static List<FactValue> ParseList(FactKey key, YamlNode value, ProblemList problems)
    {
        List<FactValue> values = [];
        if (value is YamlMap map && key.Kind != FactKind.Texts)
        {
            foreach (KeyValuePair<YamlScalar, YamlNode> entry in map.Entries)
            {
                if (MapReader.TextOf(entry.Value, entry.Key.Text, problems) is { } name)
                {
                    if (key.Kind == FactKind.List && !Names.IsIdentifier(name.Value))
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

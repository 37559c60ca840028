using CiCodegen.Schema.Yaml;

namespace CiCodegen.Schema;

/// <summary>Reads files with <c>kind: correction</c>.</summary>
internal static class CorrectionParser
{
    private static readonly (string Key, CorrectionKind Kind)[] s_kinds =
    [
        ("add", CorrectionKind.Add),
        ("change", CorrectionKind.Change),
        ("remove", CorrectionKind.Remove),
        ("rename", CorrectionKind.Rename),
        ("move", CorrectionKind.Move),
    ];

    private static readonly string[] s_subjects = ["tag", "template", "operation", "page"];

    /// <summary>Which corrections take which key.</summary>
    private static readonly (string Key, CorrectionKind[] Kinds)[] s_companions =
    [
        ("set", [CorrectionKind.Change]),
        ("unset", [CorrectionKind.Change]),
        ("nodes", [CorrectionKind.Add]),
        ("rules", [CorrectionKind.Add, CorrectionKind.Remove]),
        ("to", [CorrectionKind.Rename, CorrectionKind.Move]),
    ];

    public static CorrectionDocument? Parse(MapReader map, SchemaText text, ProblemList problems)
    {
        Located<string>?[] subjects = [.. s_subjects.Select(map.Text)];
        Located<string>[] given = [.. subjects.OfType<Located<string>>()];
        if (given.Length == 0)
        {
            problems.Add(ProblemDescriptors.MissingKey, map.Span, "A correction file", string.Join("' or '", s_subjects), ": what it corrects");
        }
        else if (given.Length > 1)
        {
            problems.Add(ProblemDescriptors.Contradiction, given[1].Span, s_subjects[Array.IndexOf(subjects, given[1])], "a correction file is about one thing; make two files");
        }

        List<CorrectionEntry> entries = [];
        if (map.Find("corrections") is { } list)
        {
            if (list.Value is YamlSequence sequence)
            {
                foreach (YamlNode item in sequence.Items)
                {
                    if (MapReader.AsMap(item, "corrections", "a correction", problems) is { } entry && ParseEntry(entry, problems) is { } parsed)
                    {
                        entries.Add(parsed);
                    }
                }
            }
            else
            {
                problems.Add(ProblemDescriptors.WrongKind, list.Value.Span, "corrections", "a list", YamlReader.Kind(list.Value));
            }
        }
        else
        {
            problems.Add(ProblemDescriptors.MissingKey, map.Span, "A correction file", "corrections", "");
        }

        map.Finish();
        return new CorrectionDocument(text.Path, text.IsBundled) 
        {
            Tag = subjects[0],
            Template = subjects[1],
            Operation = subjects[2],
            PageId = subjects[3],
            Entries = entries.ToEquatableArray(),
        };
    }

    private static CorrectionEntry? ParseEntry(MapReader map, ProblemList problems)
    {
        CorrectionKind? kind = null;
        EquatableArray<Located<string>> paths = default;
        foreach ((string key, CorrectionKind candidate) in s_kinds)
        {
            if (map.Find(key) is { } found)
            {
                if (kind is not null)
                {
                    problems.Add(ProblemDescriptors.Contradiction, found.Key.Span, key, "a correction does one thing; write another entry for the second");
                }

                kind = candidate;
                paths = MapReader.TextsOf(found.Value, key, problems);
            }
        }

        Located<string>? reason = map.RequiredText("reason", ": why we deviate from the page");
        Located<string>? source = map.RequiredText("source", ": where that is known from");
        EquatableArray<Fact> set = default;
        if (map.Map("set", "'set'") is { } facts)
        {
            set = FactParser.ParseAll(facts, problems);
            facts.Finish();
        }

        EquatableArray<Located<string>> unset = map.Texts("unset");
        EquatableArray<NodeDocument> nodes = map.Find("nodes") is { } children ? NodeParser.ParseNodes(children.Value, "nodes", isShape: false, problems) : default;
        EquatableArray<RuleDocument> rules = map.Find("rules") is { } list ? NodeParser.ParseRules(list.Value, problems) : default;
        Located<string>? to = map.Text("to");
        map.Finish();
        foreach ((string key, CorrectionKind[] kinds) in s_companions)
        {
            if (kind is { } one && !kinds.Contains(one) && map.Find(key) is { } idle)
            {
                problems.Add(ProblemDescriptors.Contradiction, idle.Key.Span, key, $"a correction with '{s_kinds.First(k => k.Kind == one).Key}' has no use for it");
            }
        }

        if (kind is not { } known)
        {
            problems.Add(ProblemDescriptors.MissingKey, map.Span, "A correction", "add' or 'change' or 'remove' or 'rename' or 'move", ": the paths it is about");
            return null;
        }

        if ((known is CorrectionKind.Rename or CorrectionKind.Move) && to is null)
        {
            problems.Add(ProblemDescriptors.MissingKey, map.Span, "This correction", "to", known == CorrectionKind.Rename ? ": the new name" : ": the new parent's path");
        }

        if (known == CorrectionKind.Add && nodes.Count == 0 && rules.Count == 0)
        {
            problems.Add(ProblemDescriptors.MissingKey, map.Span, "This correction", "nodes' or 'rules", ": what is added");
        }

        if (known == CorrectionKind.Change && set.Count == 0 && unset.Count == 0)
        {
            problems.Add(ProblemDescriptors.MissingKey, map.Span, "This correction", "set' or 'unset", ": what is changed");
        }

        return reason is { } why && source is { } where
            ? new CorrectionEntry(known, paths, why, where, set, unset, nodes, rules, to)
            : null;
    }
}

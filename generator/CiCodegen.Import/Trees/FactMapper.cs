using System.Globalization;
using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>Turns what phrases say into facts of the schema language, now that the whole tree is known.</summary>
internal sealed partial class FactMapper(PageTree tree, ConditionResolver conditions, FindingList findings)
{
    private static readonly HashSet<string> s_truth = new(StringComparer.Ordinal) { "true", "false" };

    /// <summary>Facts that one node's words decide alone; conditions of others ask for them.</summary>
    public void MapValues()
    {
        foreach (PageNode node in tree.All())
        {
            foreach (SaidFact said in node.Said)
            {
                MapValue(node, said);
            }

            Settle(node);
        }
    }

    /// <summary>Facts that speak of other nodes.</summary>
    public void MapRelations()
    {
        foreach (PageNode node in tree.All())
        {
            foreach (SaidFact said in node.Said)
            {
                MapRelation(node, said);
            }
        }

        foreach (PageNode node in tree.All())
        {
            Unambiguous(node);
            new RuleMapper(findings).Map(node);
        }
    }

    private void MapValue(PageNode node, SaidFact said)
    {
        switch (said.Key)
        {
            case "enum":
                SetEnum(node, ValueList.Parse(said.Text));
                break;
            case "const" or "constTag":
                node.Facts.Set("const", said.Text);
                break;
            case "enumLower":
                // Names of formats in capitals: on the wire they are small.
                SetEnum(node, ValueList.Parse(said.Text.ToLowerInvariant()));
                break;
            case "default":
                SetDefault(node, said.Text);
                break;
            case "range" when Intervals.Normalise(Number(said.Text)) is { } interval:
                node.Facts.Set("range", interval);
                break;
            case "unit" when said.Text.Length > 0:
                node.Facts.Set("unit", Units.Normalise(said.Text));
                break;
            case "maxLength" or "maxItems" or "multipleOf":
                node.Facts.Set(said.Key, PhraseTable.NumberOf(said.Text));
                break;
            case "charset" or "pattern" or "overrides":
                node.Facts.Set(said.Key, said.Text);
                break;
            case "special" or "wildcards" or "fileExt":
                IReadOnlyList<string> before = node.Facts[said.Key]?.List ?? [];
                node.Facts.Replace(said.Key, new FactValue(null, [.. before.Append(said.Text.TrimStart('.')).Distinct()]));
                break;
            case "many":
                node.IsMany = true;
                break;
            case "integer" or "decimal" or "time" or "separated":
                node.Facts.Set("hint:" + said.Key, "");
                break;
        }
    }

    // "5s": the number, and its unit.
    private static void SetDefault(PageNode node, string text)
    {
        Match measured = Measured().Match(text);
        if (measured.Success)
        {
            node.Facts.Set("unit", measured.Groups["unit"].Value);
            text = measured.Groups["number"].Value;
        }

        node.Facts.Set("default", text);
    }

    private static string Number(string interval)
        => interval.Length > 2 && interval.EndsWith(", )", StringComparison.Ordinal) ? $"{interval[0]}{PhraseTable.NumberOf(interval[1..^3])}, )"
            : interval.StartsWith("(, ", StringComparison.Ordinal) ? $"(, {PhraseTable.NumberOf(interval[3..^1])}]"
            : interval;

    private static void SetEnum(PageNode node, ValueList values)
    {
        if (values.Values.Count == 0)
        {
            return;
        }

        if (values.Default is { } marked)
        {
            node.Facts.Set("default", marked);
        }

        if (node.Facts["enum"]?.List is { } before)
        {
            // Two lists of one node: the longer has the other, or they are left as first said.
            if (before.All(values.Values.Contains))
            {
                node.Facts.Replace("enum", new FactValue(null, values.Values));
            }

            return;
        }

        node.Facts.Set("enum", values.Values);
        if (values.IsOpen)
        {
            node.Facts.Set("open", "true");
        }
    }

    // The types that follow, and facts that cannot stand beside them.
    private void Settle(PageNode node)
    {
        if (node.Children.Count > 0 && node.Wire is not (null or "Container"))
        {
            findings.Add(FindingClass.TypeContradiction, node.Line, $"{node.Path} is typed {node.Wire} and has children", "read as a container");
            node.Wire = "Container";
        }

        if (node.Wire == "Container" && node.Children.Count == 0 && node.Said.All(f => f.Key is not ("sameAs" or "refers" or "structure")) && ScalarWords.Describe(node))
        {
            findings.Add(FindingClass.TypeContradiction, node.Line, $"{node.Path} is typed Container, has no children, and its description is that of a value", "read as a text");
            node.Wire = "String";
        }

        foreach (string text in (string[])["range", "default", "const"])
        {
            if (node.Wire == "Container" && node.Facts.Text(text) is { } held)
            {
                findings.Add(FindingClass.TypeContradiction, node.Line, $"{node.Path} is a container and has the {text} {held}", "left out");
                node.Facts.Remove(text);
            }
        }

        if (node.Facts["enum"]?.List is { } values)
        {
            if (values.Count == 2 && values.All(s_truth.Contains))
            {
                node.Facts.Remove("enum");
                node.Facts.Set("type", "bool");
            }
            else if (node.Facts.Has("hint:separated"))
            {
                node.Facts.Set("open", "true");
            }
        }

        else if (node.Wire == "String" && node.Facts.Text("default") is { } value && s_truth.Contains(value))
        {
            // Only a switch is true or false by default.
            node.Facts.Set("type", "bool");
        }

        if (node.Name == "JobsDetail" && node.Parent is { Name: "Response" })
        {
            node.IsMany = true;
        }
    }

    private void MapRelation(PageNode node, SaidFact said)
    {
        string[] parts = said.Text.Split('|');
        switch (said.Key)
        {
            case "required" when node.IsRequest:
                if (Checked(node, parts[0]) is { } when)
                {
                    node.RequiredWhen = node.RequiredWhen is { } other && other != when ? $"{other} || {when}" : when;
                }

                break;
            case "requiredUnless" when node.IsRequest && Checked(node, parts[0]) is { } unless:
                node.RequiredWhen = conditions.Negate(unless);
                break;
            case "presentWhen" or "meaningfulWhen" or "effectiveWhen" or "ineffectiveWhen" or "unsupportedWhen":
                node.Facts.Set(said.Key, conditions.Resolve(node, said.Text) ?? conditions.Unresolved(said.Text) ?? Plain(said.Text));
                break;
            case "enumWhen" when Checked(node, parts[0]) is { } condition:
                node.Facts.AddCase("enumWhen", new FactCase(condition, "enum", new FactValue(null, ValueList.Parse(parts[1]).Values)));
                break;
            case "defaultWhen" when Checked(node, parts[0]) is { } condition:
                node.Facts.AddCase("defaultWhen", new FactCase(condition, "value", new FactValue(parts[1])));
                break;
            case "rangeWhen" when Intervals.Normalise(parts[1]) is { } interval && Checked(node, parts[0]) is { } condition:
                node.Facts.AddCase("rangeWhen", new FactCase(condition, "range", new FactValue(interval)));
                break;
            case "lengthWhen" when Checked(node, parts[0]) is { } condition:
                node.Facts.AddCase("lengthWhen", new FactCase(condition, "maxLength", new FactValue(PhraseTable.NumberOf(parts[1]))));
                break;
            case "enumFor":
                if (conditions.ForValues(node, ValueList.Parse(parts[0]).Values, isNegated: false) is { } holders)
                {
                    node.Facts.AddCase("enumWhen", new FactCase(holders, "enum", new FactValue(null, ValueList.Parse(parts[1]).Values)));
                }
                else
                {
                    Unmapped(node, $"valid values for {parts[0]}");
                }

                break;
            case "unsupportedFor":
                node.Facts.Set("unsupportedWhen", conditions.ForValues(node, ValueList.Parse(parts[0]).Values, isNegated: false) ?? Plain(parts[0]));
                break;
            case "onlyFor":
                node.Facts.Set("unsupportedWhen", conditions.ForValues(node, ValueList.Parse(parts[0]).Values, isNegated: true) ?? $"not {Plain(parts[0])}");
                break;
            case "notWhen" or "requiredIsNot":
                Unmapped(node, said.Text.Replace("|", ": "));
                break;
            case "refers":
                node.Reference ??= new PageReference(parts[0], parts[1]);
                break;
            case "structure":
                node.Reference ??= new PageReference(null, parts[0].Length == 0 || parts[0] is "Structure" or "structure" ? node.Name : parts[0]);
                break;
            case "sameAs":
                MapSameAs(node, parts[0]);
                break;
        }
    }

    // The same condition with two outcomes: the page has a context that no phrase maps.
    private void Unambiguous(PageNode node)
    {
        foreach (string key in (string[])["rangeWhen", "enumWhen", "defaultWhen", "lengthWhen"])
        {
            if (node.Facts[key]?.Cases is not { } cases)
            {
                continue;
            }

            ILookup<string, FactCase> byCondition = cases.ToLookup(c => c.When);
            FactCase[] clear = [.. byCondition.Where(g => g.Select(c => Describe(c.Value)).Distinct().Count() == 1).Select(g => g.First())];
            if (clear.Length < byCondition.Count)
            {
                findings.Add(FindingClass.UnmappedText, node.Line, $"{node.Path} has {key} twice for one condition: what tells the cases apart is in no phrase", "left out");
                node.Facts.Remove(key);
                foreach (FactCase kept in clear)
                {
                    node.Facts.AddCase(key, kept);
                }
            }
        }
    }

    private static string Describe(FactValue value) => value.Text ?? string.Join(",", value.List ?? []);

    private void MapSameAs(PageNode node, string path)
    {
        PageNode? target = tree.Find(path) ?? tree.Root("Request")?.Child(path);
        if (target is null)
        {
            findings.Add(FindingClass.UnresolvedReference, node.Line, $"{node.Path} is to be the same as {path}, which no row declares", "kept as text");
            node.Reference ??= new PageReference(path, "this page");
            return;
        }

        if (target == node || !target.IsContainer || node.Children.Count > 0 || node.All().Contains(target) || target.All().Contains(node))
        {
            return;
        }

        node.Facts.Set("sameAs", target.Path);
        if (node.IsMany && !target.IsMany && target.TypeCell is not null)
        {
            // What comes back several times was sent several times.
            target.IsMany = true;
            findings.Add(FindingClass.UndeclaredRepetition, node.Line, $"{node.Path} repeats and is the same as {target.Path}, which its table types single", "both read as many");
        }

        if (node.Wire is not (null or "Container"))
        {
            findings.Add(FindingClass.TypeContradiction, node.Line, $"{node.Path} is typed {node.Wire} and repeats {target.Path}", "read as a container");
        }

        node.Wire = "Container";
    }

    private string? Checked(PageNode node, string words)
    {
        string? condition = conditions.Resolve(node, words);
        if (condition is null)
        {
            Unmapped(node, words);
        }

        return condition;
    }

    private void Unmapped(PageNode node, string words)
        => findings.Add(FindingClass.UnmappedText, node.Line, $"{node.Path} has the condition \"{RowFacts.Shorten(words)}\", which names no node of the page", "left out");

    private static string Plain(string words)
    {
        string text = words.Trim();
        return text.Length <= 80 ? text : string.Create(CultureInfo.InvariantCulture, $"{text.AsSpan(0, 80)}…");
    }

    [GeneratedRegex(@"^(?<number>\d+(\.\d+)?)(?<unit>s|ms|px)$", RegexOptions.CultureInvariant)]
    private static partial Regex Measured();
}

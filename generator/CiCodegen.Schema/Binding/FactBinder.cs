using System.Globalization;

namespace CiCodegen.Schema;

/// <summary>Binds what is said of a node beside its type: requiredness, values, limits, rules; facts that contradict one another are problems.</summary>
internal sealed class FactBinder(ProblemList problems)
{
    public NodeModel Bind(NodeModel model, NodeDocument node, NodeDocument parent, bool isRequest)
    {
        RangeModel? range = BindRange(model, node);
        Fact? required = isRequest ? node.Find(FactKeys.Required) : null;
        model = model with
        {
            IsRequired = required?.Text == "true",
            RequiredWhen = required is null || required.Text is "true" or "false" ? null : BindCondition(required, parent),
            Default = node.Find(FactKeys.Default)?.Text,
            Const = node.Find(FactKeys.Const)?.Text,
            Range = range,
            MinLength = Number(node, FactKeys.MinLength),
            MaxLength = Number(node, FactKeys.MaxLength),
            Charset = node.Find(FactKeys.Charset)?.Text,
            MinItems = Number(node, FactKeys.MinItems),
            MaxItems = Number(node, FactKeys.MaxItems),
            Unit = node.Find(FactKeys.Unit)?.Text,
            Summary = node.Find(FactKeys.Summary)?.Text,
            MeaningfulWhen = node.Find(FactKeys.MeaningfulWhen)?.Text,
            PresentWhen = node.Find(FactKeys.PresentWhen)?.Text,
            Overrides = node.Find(FactKeys.Overrides)?.Text,
        };
        CheckValue(model, node, FactKeys.Default, model.Default);
        CheckValue(model, node, FactKeys.Const, model.Const);
        CheckFits(model, node);
        return model;
    }

    public EquatableArray<RuleModel> BindRules(NodeDocument node, List<NodeModel> children)
    {
        List<RuleModel> rules = [];
        foreach (RuleDocument rule in node.Rules)
        {
            bool known = true;
            foreach (Located<string> name in rule.Nodes)
            {
                NodeModel? child = children.Find(c => c.Name == name.Value);
                if (child is null)
                {
                    problems.AddIn(rule.Path, ProblemDescriptors.BadReference, name.Span, rule.Kind.Value, name.Value, Suggestion.Sentence(name.Value, children.Select(c => c.Name)));
                    known = false;
                }
                else if (rule.Kind.Value == "notAllFalse" && child.Type != LogicalType.Boolean)
                {
                    problems.AddIn(rule.Path, ProblemDescriptors.Contradiction, name.Span, name.Value, "the rule notAllFalse speaks of nodes with 'type: bool'");
                }
            }

            if (rule.Nodes.Count < 2)
            {
                problems.AddIn(rule.Path, ProblemDescriptors.Contradiction, rule.Kind.Span, node.Name.Value, $"the rule {rule.Kind.Value} needs at least two nodes");
            }
            else if (known)
            {
                rules.Add(new RuleModel(rule.Kind.Value, rule.Nodes.Select(n => n.Value).ToEquatableArray()));
            }
        }

        return rules.ToEquatableArray();
    }

    /// <summary>Conditions ask what the types of their nodes can answer.</summary>
    public void CheckConditions(NodeDocument node, List<NodeModel> children)
    {
        foreach (NodeModel child in children)
        {
            if (child.RequiredWhen is not { } condition || node.Child(child.Name)?.Find(FactKeys.Required) is not { } fact)
            {
                continue;
            }

            foreach (ComparisonModel comparison in condition.Comparisons)
            {
                if (WhyNot(comparison, children) is { } reason)
                {
                    problems.AddIn(fact.Path, ProblemDescriptors.BadCondition, fact.Values[0].Span, fact.Text, reason);
                }
            }
        }
    }

    private static string? WhyNot(ComparisonModel comparison, IReadOnlyList<NodeModel> children)
    {
        string[] segments = comparison.Path.Split('.');
        NodeModel? node = null;
        for (int i = 0; i < segments.Length; i++)
        {
            node = (node?.Children ?? children).FirstOrDefault(c => c.Name == segments[i]);
            if (node is null)
            {
                return $"'{segments[i]}' does not exist";
            }

            if (i < segments.Length - 1 && node.IsMany)
            {
                return $"'{segments[i]}' repeats, so what is below it cannot be asked for";
            }
        }

        if (comparison.Value is not { } value)
        {
            return null;
        }

        if (node!.IsMany || node.Type is LogicalType.Container or LogicalType.Time)
        {
            string what = node.IsMany ? "repeats" : node.Type == LogicalType.Time ? "is a time" : "is a container";
            return $"'{comparison.Path}' {what}, so it can be asked for and not compared";
        }

        return ValueProblem(node, value) is { } wrong ? $"'{comparison.Path}' {wrong}" : null;
    }

    private ConditionModel? BindCondition(Fact fact, NodeDocument parent)
    {
        if (ConditionParser.Parse(fact.Text, out string error) is not { } condition)
        {
            problems.AddIn(fact.Path, ProblemDescriptors.BadCondition, fact.Values[0].Span, fact.Text, error);
            return null;
        }

        foreach (string path in condition.Paths)
        {
            NodeDocument? node = parent;
            foreach (string segment in path.Split('.'))
            {
                NodeDocument? next = node?.Child(segment);
                if (next is null)
                {
                    problems.AddIn(
                        fact.Path, ProblemDescriptors.BadReference, fact.Values[0].Span, fact.Text, path,
                        Suggestion.Sentence(segment, node?.Children.Select(c => c.Name.Value) ?? []));
                    return null;
                }

                node = next;
            }
        }

        return condition;
    }

    private RangeModel? BindRange(NodeModel model, NodeDocument node)
    {
        if (node.Find(FactKeys.Range) is not { } fact)
        {
            return null;
        }

        RangeModel? range = RangeParser.Parse(fact.Text);
        if (range is null)
        {
            problems.AddIn(fact.Path, ProblemDescriptors.BadRange, fact.Values[0].Span, fact.Text);
        }
        else if (model.Type is not (LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal))
        {
            Contradict(fact, node, "a range is for numbers; give it 'type: int', 'long' or 'decimal'");
        }

        return range;
    }

    private void CheckFits(NodeModel model, NodeDocument node)
    {
        foreach (string key in new[] { FactKeys.MinLength, FactKeys.MaxLength, FactKeys.Charset })
        {
            if (node.Find(key) is { } fact && model.Type != LogicalType.String)
            {
                Contradict(fact, node, $"'{key}' is for texts");
            }
        }

        foreach (string key in new[] { FactKeys.MinItems, FactKeys.MaxItems })
        {
            if (node.Find(key) is { } fact && !model.IsMany)
            {
                Contradict(fact, node, $"'{key}' is for nodes that repeat; give it 'many: true'");
            }
        }

        if (model.MinLength > model.MaxLength && node.Find(FactKeys.MinLength) is { } min)
        {
            Contradict(min, node, "'minLength' is greater than 'maxLength'");
        }

        if (model.MinItems > model.MaxItems && node.Find(FactKeys.MinItems) is { } few)
        {
            Contradict(few, node, "'minItems' is greater than 'maxItems'");
        }

        if (node.Find(FactKeys.Enum) is { } values && model.Type is not (LogicalType.Enum or LogicalType.Boolean))
        {
            Contradict(values, node, "'enum' is for 'type: enum', which is also the type of a node with 'enum' and no 'type'");
        }
    }

    /// <summary>A default or fixed value that the node's own type or values rule out.</summary>
    private void CheckValue(NodeModel model, NodeDocument node, string key, string? text)
    {
        if (text is null || node.Find(key) is not { } fact)
        {
            return;
        }

        string? wrong = ValueProblem(model, text) is { } reason ? $"the {key} {reason}" : null;
        if (wrong is null && model.Range is { } range && decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) && !RangeParser.Contains(range, number))
        {
            wrong = $"the {key} '{text}' lies outside {range.Text}";
        }

        if (wrong is not null)
        {
            Contradict(fact, node, wrong);
        }
    }

    /// <summary>Why a wire text cannot be a value of a node; null when it can.</summary>
    private static string? ValueProblem(NodeModel model, string text) => model.Type switch
    {
        LogicalType.Container => "cannot be: a container has no value",
        LogicalType.Enum when !model.Enum!.IsOpen && !model.Enum.Values.Any(v => v.Text == text) => $"'{text}' is none of its values",
        LogicalType.Boolean when text is not ("true" or "false") => $"'{text}' is neither true nor false",
        LogicalType.Int32 when !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => $"'{text}' is no int",
        LogicalType.Int64 when !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => $"'{text}' is no long",
        LogicalType.Decimal when !decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _) => $"'{text}' is no decimal number",
        _ => null,
    };

    private static int? Number(NodeDocument node, string key)
        => node.Find(key) is { } fact && int.TryParse(fact.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private void Contradict(Fact fact, NodeDocument node, string what)
        => problems.AddIn(fact.Path, ProblemDescriptors.Contradiction, fact.Values[0].Span, node.Name.Value, what);
}

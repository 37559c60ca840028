namespace CiCodegen.Schema;

/// <summary>Looks up what conditions speak of, and binds rules: a second walk, when all nodes have their types.</summary>
/// <param name="sources">The documents of the nodes, by path, for places.</param>
/// <param name="problems">Takes what is wrong.</param>
internal sealed class ConditionBinder(IReadOnlyDictionary<string, NodeDocument> sources, ProblemList problems)
{
    // The containers around the node at work, from the root.
    private readonly List<NodeModel> _around = [];

    public NodeModel Bind(NodeModel root) => DefaultReach.Of(BindContainer(root, root.Name));

    private NodeModel BindContainer(NodeModel container, string path)
    {
        if (container.Type != LogicalType.Container)
        {
            return container;
        }

        _around.Add(container);
        EquatableArray<NodeModel> children = container.Children.Map(c => c.Type == LogicalType.Container || HasConditions(c) ? BindChild(c, $"{path}.{c.Name}") : c);
        EquatableArray<RuleModel> rules = sources.TryGetValue(path, out NodeDocument? source) && source.Rules.Count > 0 ? BindRules(source, container).ToEquatableArray() : default;
        _around.RemoveAt(_around.Count - 1);
        bool isSame = rules.Count == 0;
        for (int i = 0; isSame && i < children.Count; i++)
        {
            isSame = ReferenceEquals(children[i], container.Children[i]);
        }

        return isSame ? container : container with { Children = children, Rules = rules };
    }

    private NodeModel BindChild(NodeModel node, string path) => BindContainer(BindFacts(node, path), path);

    private static bool HasConditions(NodeModel node)
        => node is not { RequiredWhen: null, ValidWhen: null } || node.EnumWhen.Count + node.DefaultWhen.Count + node.RangeWhen.Count + node.LengthWhen.Count > 0;

    private NodeModel BindFacts(NodeModel node, string path)
    {
        if (!HasConditions(node) || !sources.TryGetValue(path, out NodeDocument? source))
        {
            return node;
        }

        return node with
        {
            RequiredWhen = Bind(node.RequiredWhen, source.Find(FactKeys.Required)),
            ValidWhen = Bind(node.ValidWhen, source.Find(FactKeys.ValidWhen)),
            EnumWhen = Bind(node.EnumWhen, source.Find(FactKeys.EnumWhen)),
            DefaultWhen = Bind(node.DefaultWhen, source.Find(FactKeys.DefaultWhen)),
            RangeWhen = Bind(node.RangeWhen, source.Find(FactKeys.RangeWhen)),
            LengthWhen = Bind(node.LengthWhen, source.Find(FactKeys.LengthWhen)),
        };
    }

    private ConditionModel? Bind(ConditionModel? condition, Fact? fact)
        => condition is null || fact is null ? condition : Bind(condition, fact.Path, fact.Values[0].Span);

    private EquatableArray<ClauseModel<T>> Bind<T>(EquatableArray<ClauseModel<T>> clauses, Fact? fact)
        where T : IEquatable<T>
    {
        if (fact is null || clauses.Count != fact.Clauses.Count || clauses.Count == 0)
        {
            return clauses;
        }

        ClauseModel<T>[] bound = new ClauseModel<T>[clauses.Count];
        for (int i = 0; i < bound.Length; i++)
        {
            bound[i] = clauses[i] with { When = Bind(clauses[i].When, fact.Path, fact.Clauses[i].When.Span) };
        }

        return new EquatableArray<ClauseModel<T>>(bound);
    }

    private ConditionModel Bind(ConditionModel condition, string file, SourceSpan span) => condition.Map(comparison =>
    {
        string[] segments = comparison.Path.Split('.');
        (NodeModel Node, int Up)? found = null;
        string? wrong = null;
        for (int up = 0; up < _around.Count && found is null; up++)
        {
            NodeModel container = _around[_around.Count - 1 - up];
            if (container.Child(segments[0]) is not null)
            {
                // The nearest way that begins right is the one to tell of.
                found = Down(container, segments, out string? reason) is { } node ? (node, up) : null;
                wrong ??= reason;
            }
        }

        if (found is not { } target)
        {
            if (wrong is null)
            {
                IEnumerable<string> known = Enumerable.Reverse(_around).SelectMany(c => c.Children).Select(c => c.Name).Distinct();
                problems.AddIn(file, ProblemDescriptors.BadReference, span, condition.Text, comparison.Path, Suggestion.Sentence(segments[0], known));
            }
            else
            {
                problems.AddIn(file, ProblemDescriptors.BadCondition, span, condition.Text, wrong);
            }

            return comparison;
        }

        if (WhyNot(comparison, target.Node) is { } wrongValue)
        {
            problems.AddIn(file, ProblemDescriptors.BadCondition, span, condition.Text, wrongValue);
        }

        return comparison with { Up = target.Up };
    });

    private static NodeModel? Down(NodeModel container, string[] segments, out string? wrong)
    {
        NodeModel node = container;
        wrong = null;
        for (int i = 0; i < segments.Length; i++)
        {
            if (i > 0 && node.IsMany)
            {
                wrong = $"'{segments[i - 1]}' repeats, so what is below it cannot be asked for";
                return null;
            }

            if (node.Child(segments[i]) is not { } child)
            {
                wrong = $"'{segments[i - 1]}' has no node '{segments[i]}'{Suggestion.Sentence(segments[i], node.Children.Select(c => c.Name)).TrimEnd('?', '.')}";
                return null;
            }

            node = child;
        }

        return node;
    }

    /// <summary>Conditions ask what the types of their nodes can answer.</summary>
    private static string? WhyNot(ComparisonModel comparison, NodeModel node)
    {
        if (comparison.Kind is ComparisonKind.Present or ComparisonKind.Absent)
        {
            return null;
        }

        if (node.IsMany || node.Type is LogicalType.Container or LogicalType.Time)
        {
            string what = node.IsMany ? "repeats" : node.Type == LogicalType.Time ? "is a time" : "is a container";
            return $"'{comparison.Path}' {what}, so it can be asked for and not compared";
        }

        bool isNumber = node.Type is LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal;
        if (comparison.Kind is not (ComparisonKind.In or ComparisonKind.NotIn))
        {
            return isNumber ? null : $"'{comparison.Path}' is no number, so it is neither less nor greater";
        }

        return comparison.Values.Select(v => ValueProblems.Of(node, v)).FirstOrDefault(p => p is not null) is { } problem ? $"'{comparison.Path}' {problem}" : null;
    }

    private List<RuleModel> BindRules(NodeDocument source, NodeModel container)
    {
        List<RuleModel> rules = [];
        foreach (RuleDocument rule in source.Rules)
        {
            bool known = true;
            foreach (Located<string> name in rule.Nodes)
            {
                if (container.Child(name.Value) is not { } child)
                {
                    problems.AddIn(rule.Path, ProblemDescriptors.BadReference, name.Span, rule.Kind.Value, name.Value, Suggestion.Sentence(name.Value, container.Children.Select(c => c.Name)));
                    known = false;
                }
                else if (rule.Kind.Value == "notAllFalse" && (child.Type != LogicalType.Boolean || child.IsMany || child.IsMap))
                {
                    problems.AddIn(rule.Path, ProblemDescriptors.Contradiction, name.Span, name.Value, "the rule notAllFalse speaks of nodes with 'type: bool' that do not repeat");
                }
            }

            if (rule.Nodes.Count < 2)
            {
                problems.AddIn(rule.Path, ProblemDescriptors.Contradiction, rule.Kind.Span, source.Name.Value, $"the rule {rule.Kind.Value} needs at least two nodes");
                continue;
            }

            if (rule.Nodes.Select(n => n.Value).Distinct().Count() < rule.Nodes.Count)
            {
                problems.AddIn(rule.Path, ProblemDescriptors.Contradiction, rule.Kind.Span, source.Name.Value, $"the rule {rule.Kind.Value} has a node twice");
                continue;
            }

            if (known)
            {
                rules.Add(new RuleModel(rule.Kind.Value, rule.Nodes.Map(static n => n.Value), When(rule)));
            }
        }

        return rules;
    }

    private ConditionModel? When(RuleDocument rule)
    {
        if (rule.When is not { } text)
        {
            return null;
        }

        if (ConditionParser.Parse(text.Value, out string error) is not { } condition)
        {
            problems.AddIn(rule.Path, ProblemDescriptors.BadCondition, text.Span, text.Value, error);
            return null;
        }

        return Bind(condition, rule.Path, text.Span);
    }
}

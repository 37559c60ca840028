using System.Globalization;

namespace CiCodegen.Schema;

/// <summary>Binds what is said of a node beside its type: values, limits, meaning; facts that contradict one another are problems.</summary>
internal sealed class FactBinder(ProblemList problems)
{
    private static readonly string[] s_forTexts =
        [FactKeys.MinLength, FactKeys.MaxLength, FactKeys.LengthWhen, FactKeys.Charset, FactKeys.Pattern, FactKeys.FileExt, FactKeys.Wildcards];

    private static readonly string[] s_forCollections = [FactKeys.MinItems, FactKeys.MaxItems];
    private static readonly string[] s_clausesOfValues = [FactKeys.EnumWhen, FactKeys.DefaultWhen];
    private static readonly string[] s_notForTimes = [FactKeys.Const, FactKeys.EnumWhen];
    private static readonly string[] s_forNumbers = [FactKeys.Range, FactKeys.RangeWhen, FactKeys.MultipleOf];

    /// <summary>Binds the facts of a node; conditions are read and not yet looked up.</summary>
    public NodeModel Bind(string name, string member, LogicalType type, EnumModel? values, NodeDocument node, bool isRequest)
    {
        Fact? required = isRequest ? node.Find(FactKeys.Required) : null;
        string? given = node.Find(FactKeys.Default)?.Text;
        bool isProse = given is { Length: > 1 } && given[0] == '(' && given[given.Length - 1] == ')';
        string wire = node.Find(FactKeys.Wire)?.Text ?? TypeBinder.WireTypeOf(TypeBinder.Word(type));
        NodeModel model = new(name, member, type, wire, node.Find(FactKeys.Many)?.Text == "true")
        {
            IsRuntime = node.Find(FactKeys.Runtime)?.Text == "true",
            Enum = values,
            IsOpen = node.Find(FactKeys.Open)?.Text == "true",
            IsRequired = required?.Text == "true",
            RequiredWhen = required is null || required.Text is "true" or "false" ? null : Condition(required),
            ValidWhen = node.Find(FactKeys.ValidWhen) is { } valid ? Condition(valid) : null,
            Special = (node.Find(FactKeys.Special)?.Values ?? default).Map(static v => new SpecialModel(v.Text, v.Name)),
            Default = isProse ? null : given,
            DefaultText = isProse ? given!.Substring(1, given.Length - 2) : null,
            Const = node.Find(FactKeys.Const)?.Text,
            Range = node.Find(FactKeys.Range) is { } range ? Range(range, range.Values[0], type) : null,
            MultipleOf = node.Find(FactKeys.MultipleOf) is { } step ? Step(step) : null,
            MinLength = Number(node, FactKeys.MinLength),
            MaxLength = Number(node, FactKeys.MaxLength),
            Charset = Checked(node, FactKeys.Charset, TextRules.WhyNoCharset),
            Pattern = Checked(node, FactKeys.Pattern, TextRules.WhyNoPattern),
            FileExt = Texts(node, FactKeys.FileExt),
            Wildcards = Texts(node, FactKeys.Wildcards),
            MinItems = Number(node, FactKeys.MinItems),
            MaxItems = Number(node, FactKeys.MaxItems),
            Unit = node.Find(FactKeys.Unit)?.Text,
            Summary = node.Find(FactKeys.Summary)?.Text,
            MeaningfulWhen = node.Find(FactKeys.MeaningfulWhen)?.Text,
            EffectiveWhen = node.Find(FactKeys.EffectiveWhen)?.Text,
            IneffectiveWhen = node.Find(FactKeys.IneffectiveWhen)?.Text,
            UnsupportedWhen = node.Find(FactKeys.UnsupportedWhen)?.Text,
            PresentWhen = node.Find(FactKeys.PresentWhen)?.Text,
            Overrides = node.Find(FactKeys.Overrides)?.Text,
            Written = node.Find(FactKeys.Written)?.Text,
            EnumWhen = Clauses(node, FactKeys.EnumWhen, static (_, clause) => clause.Values.Map(static v => v.Text)),
            DefaultWhen = Clauses(node, FactKeys.DefaultWhen, static (_, clause) => clause.Values[0].Text),
            RangeWhen = node.Find(FactKeys.RangeWhen) is null ? default : Clauses(node, FactKeys.RangeWhen, (fact, clause) => Range(fact, clause.Values[0], type)),
            LengthWhen = Clauses(node, FactKeys.LengthWhen, static (_, clause) => int.TryParse(clause.Values[0].Text, NumberStyles.None, CultureInfo.InvariantCulture, out int length) ? length : 0),
        };
        CheckValues(model, node);
        CheckFits(model, node, isRequest);
        CheckLimits(model, node);
        return model;
    }

    private void CheckFits(NodeModel model, NodeDocument node, bool isRequest)
    {
        foreach (string key in s_forTexts)
        {
            if (node.Find(key) is { } fact && model.Type != LogicalType.String)
            {
                Contradict(fact, node, $"'{key}' is for texts");
            }
        }

        // A text may be a number or a word: '[128, 4096]' or 'auto'. In an answer it only tells what to expect: a reader takes every text.
        bool isNumeric = model.Type is LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal || (model.Type == LogicalType.String && (model.Special.Count > 0 || !isRequest));
        foreach (string key in s_forNumbers)
        {
            if (node.Find(key) is { } fact && !isNumeric)
            {
                Contradict(fact, node, $"'{key}' is for numbers; give the node 'type: int', 'long' or 'decimal', or 'special' values when it may also be a word");
            }
        }

        foreach (string key in s_forCollections)
        {
            if (node.Find(key) is { } fact && !model.IsMany && !model.IsMap)
            {
                Contradict(fact, node, $"'{key}' is for nodes that repeat; give it 'many: true'");
            }
        }

        if (node.Find(FactKeys.Enum) is { } values && model.Type is not (LogicalType.Enum or LogicalType.Boolean))
        {
            Contradict(values, node, "'enum' is for 'type: enum', which is also the type of a node with 'enum' and no 'type'");
        }

        if (node.Find(FactKeys.Enum) is { } truths && model.Type == LogicalType.Boolean)
        {
            CheckTruths(truths, node);
        }

        foreach (string key in s_notForTimes)
        {
            if (node.Find(key) is { } fact && model.Type == LogicalType.Time)
            {
                Contradict(fact, node, $"'{key}' is not for times");
            }
        }

        if (node.Find(FactKeys.Open) is { } open && node.Find(FactKeys.Enum) is null && model.EnumWhen.Count == 0)
        {
            Contradict(open, node, "'open' is for nodes with 'enum' or 'enumWhen'");
        }

        if (node.Find(FactKeys.Special) is { } special && model.Type is (LogicalType.Boolean or LogicalType.Time or LogicalType.Container))
        {
            Contradict(special, node, "'special' is for texts, numbers and enums");
        }
    }

    // Pages list the two for a switch; one alone would be no switch, and is said otherwise.
    private void CheckTruths(Fact values, NodeDocument node)
    {
        foreach (FactValue value in values.Values)
        {
            if (value.Text is not ("true" or "false"))
            {
                problems.AddIn(values.Path, ProblemDescriptors.Contradiction, value.Span, node.Name.Value, $"the value '{value.Text}' is neither true nor false");
                return;
            }
        }

        if (values.Values.Select(v => v.Text).Distinct().Count() == 1)
        {
            Contradict(values, node, $"a bool has two values; for one alone write 'const: {values.Values[0].Text}'");
        }
    }

    private void CheckLimits(NodeModel model, NodeDocument node)
    {
        if (model.MinLength > model.MaxLength && node.Find(FactKeys.MinLength) is { } min)
        {
            Contradict(min, node, "'minLength' is greater than 'maxLength'");
        }

        if (model.MinItems > model.MaxItems && node.Find(FactKeys.MinItems) is { } few)
        {
            Contradict(few, node, "'minItems' is greater than 'maxItems'");
        }

        if (model.IsRequired && node.Find(FactKeys.ValidWhen) is { } valid)
        {
            Contradict(valid, node, "what is always required cannot be allowed under a condition only");
        }

        foreach (FactValue ext in node.Find(FactKeys.FileExt)?.Values ?? default)
        {
            if (ext.Text.Length == 0 || !ext.Text.All(c => c is (>= 'a' and <= 'z') or (>= 'A' and <= 'Z') or (>= '0' and <= '9')))
            {
                problems.AddIn(node.Find(FactKeys.FileExt)!.Path, ProblemDescriptors.Contradiction, ext.Span, node.Name.Value, $"'{ext.Text}' is no ending of a file's name; write letters and digits without the dot, as in mp4");
            }
        }
    }

    /// <summary>Values that the node's own type, values or limits rule out.</summary>
    private void CheckValues(NodeModel model, NodeDocument node)
    {
        if (model.Default is not null)
        {
            CheckValue(model, node, node.Find(FactKeys.Default)!, node.Find(FactKeys.Default)!.Values[0], "default");
        }

        if (node.Find(FactKeys.Const) is { } only)
        {
            CheckValue(model, node, only, only.Values[0], "const");
        }

        foreach (string key in s_clausesOfValues)
        {
            if (node.Find(key) is not { } fact)
            {
                continue;
            }

            foreach (FactValue value in fact.Clauses.SelectMany(c => c.Values))
            {
                CheckValue(model, node, fact, value, key == FactKeys.EnumWhen ? "value" : "default");
            }
        }

        // A special value lies outside of the others; it still is of the type.
        foreach (FactValue special in node.Find(FactKeys.Special)?.Values ?? default)
        {
            if (model.Type is (LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal) && ValueProblems.Of(model, special.Text) is { } wrong)
            {
                problems.AddIn(node.Find(FactKeys.Special)!.Path, ProblemDescriptors.Contradiction, special.Span, node.Name.Value, $"the special value {wrong}");
            }
        }
    }

    private void CheckValue(NodeModel model, NodeDocument node, Fact fact, FactValue value, string what)
    {
        if (model.Special.Any(s => s.Text == value.Text))
        {
            return;
        }

        string? wrong = ValueProblems.Of(model, value.Text) is { } reason ? $"the {what} {reason}" : null;
        if (wrong is null && model.Range is { } range && decimal.TryParse(value.Text, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal number) && !RangeParser.Contains(range, number))
        {
            wrong = $"the {what} '{value.Text}' lies outside {range.Text}";
        }

        if (wrong is not null)
        {
            problems.AddIn(fact.Path, ProblemDescriptors.Contradiction, value.Span, node.Name.Value, wrong);
        }
    }

    private EquatableArray<ClauseModel<T>> Clauses<T>(NodeDocument node, string key, Func<Fact, ClauseDocument, T?> bind)
        where T : IEquatable<T>
    {
        if (node.Find(key) is not { } fact)
        {
            return default;
        }

        List<ClauseModel<T>> clauses = [];
        foreach (ClauseDocument clause in fact.Clauses)
        {
            if (ConditionParser.Parse(clause.When.Value, out string error) is not { } when)
            {
                problems.AddIn(fact.Path, ProblemDescriptors.BadCondition, clause.When.Span, clause.When.Value, error);
            }
            else if (Has(clauses, when))
            {
                problems.AddIn(fact.Path, ProblemDescriptors.Contradiction, clause.When.Span, node.Name.Value, $"the condition '{when}' comes twice in '{key}'");
            }
            else if (bind(fact, clause) is { } then)
            {
                clauses.Add(new ClauseModel<T>(when, then));
            }
        }

        return clauses.ToEquatableArray();
    }

    private static bool Has<T>(List<ClauseModel<T>> clauses, ConditionModel when)
        where T : IEquatable<T>
    {
        foreach (ClauseModel<T> clause in clauses)
        {
            if (clause.When == when)
            {
                return true;
            }
        }

        return false;
    }

    private ConditionModel? Condition(Fact fact)
    {
        ConditionModel? condition = ConditionParser.Parse(fact.Text, out string error);
        if (condition is null)
        {
            problems.AddIn(fact.Path, ProblemDescriptors.BadCondition, fact.Values[0].Span, fact.Text, error);
        }

        return condition;
    }

    private RangeModel? Range(Fact fact, FactValue value, LogicalType type)
    {
        RangeModel? range = RangeParser.Parse(value.Text, type is LogicalType.Int32 or LogicalType.Int64);
        if (range is null)
        {
            problems.AddIn(fact.Path, ProblemDescriptors.BadRange, value.Span, value.Text);
        }

        return range;
    }

    private string? Step(Fact fact)
    {
        if (decimal.TryParse(fact.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal step) && step > 0)
        {
            return step.ToString(CultureInfo.InvariantCulture);
        }

        problems.AddIn(fact.Path, ProblemDescriptors.BadNumber, fact.Values[0].Span, FactKeys.MultipleOf, fact.Text, "a number above 0");
        return null;
    }

    private string? Checked(NodeDocument node, string key, Func<string, string?> whyNot)
    {
        if (node.Find(key) is not { } fact)
        {
            return null;
        }

        if (whyNot(fact.Text) is { } reason)
        {
            problems.AddIn(fact.Path, ProblemDescriptors.BadPattern, fact.Values[0].Span, key, fact.Text, reason);
            return null;
        }

        return fact.Text;
    }

    private static EquatableArray<string> Texts(NodeDocument node, string key) => (node.Find(key)?.Values ?? default).Map(static v => v.Text);

    private static int? Number(NodeDocument node, string key)
        => node.Find(key) is { } fact && int.TryParse(fact.Text, NumberStyles.None, CultureInfo.InvariantCulture, out int number) ? number : null;

    private void Contradict(Fact fact, NodeDocument node, string what)
        => problems.AddIn(fact.Path, ProblemDescriptors.Contradiction, fact.Values[0].Span, node.Name.Value, what);
}

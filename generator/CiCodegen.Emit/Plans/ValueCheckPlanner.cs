using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides the checks of one value.</summary>
/// <param name="fields">The static fields of the class at work.</param>
internal sealed class ValueCheckPlanner(StaticFields fields)
{
    private int _numbers;

    /// <summary>What a check is about.</summary>
    /// <param name="Node">The node.</param>
    /// <param name="CiNode">The node at run time.</param>
    /// <param name="Value">The value.</param>
    /// <param name="IsNullable">Whether the value may be null; an item of a collection is not.</param>
    public sealed record Subject(NodeModel Node, CSharpExpression CiNode, CSharpExpression Value, bool IsNullable)
    {
        /// <summary>The pattern that lets the absent pass.</summary>
        public CSharpExpression OrNull => IsNullable && Node.Type != LogicalType.String ? CSharpExpression.Of($"null or ") : CSharpExpression.Of($"");
    }

    /// <summary>Checks that depend on nothing.</summary>
    public List<CSharpExpression> Always(Subject subject)
    {
        List<CSharpExpression> checks = [];
        NodeModel node = subject.Node;
        CSharpExpression ciNode = subject.CiNode;
        CSharpExpression value = subject.Value;
        if (node.Const is { } only)
        {
            checks.Add(node.IsNumber()
                ? CSharpExpression.Of($"context.Number({ciNode}, {value}, {AmongNumbers(subject, [only])}, {new CSharpLiteral("const")}, {new CSharpLiteral($"it must be {only}")});")
                : CSharpExpression.Of($"context.Const({ciNode}, {Text(subject)}, {new CSharpLiteral(only)});"));
        }

        if (node.Enum is { IsOpen: false } closed)
        {
            CSharpExpression known = node.Special.Count == 0
                ? CSharpExpression.Of($"{ModelPlanner.EnumType(closed)}.Known")
                : CSharpExpression.Of($"{fields.Tokens(closed.Values.Select(v => v.Text).Concat(node.Special.Select(s => s.Text)).Distinct())}");
            checks.Add(CSharpExpression.Of($"context.Enum({ciNode}, {Text(subject)}, {known});"));
        }

        if (node.IsNumberOrWord())
        {
            checks.Add(NumberOrWord(subject));
        }
        else
        {
            AddNumberChecks(subject, checks);
        }

        AddTextChecks(subject, checks);

        return checks;
    }

    /// <summary>The values that a condition leaves.</summary>
    public CSharpExpression EnumWhen(Subject subject, ClauseModel<EquatableArray<string>> clause)
    {
        string[] allowed = [.. clause.Then, .. subject.Node.Special.Select(s => s.Text).Where(s => !clause.Then.Contains(s))];
        CSharpLiteral condition = new(clause.When.Text);
        return subject.Node.IsNumber()
            ? CSharpExpression.Of($"context.Number({subject.CiNode}, {subject.Value}, {AmongNumbers(subject, allowed)}, {new CSharpLiteral("enumWhen")}, {new CSharpLiteral($"when {clause.When}, allowed are {string.Join(", ", allowed)}")});")
            : CSharpExpression.Of($"context.EnumWhen({subject.CiNode}, {Text(subject)}, {fields.Tokens(allowed)}, {condition});");
    }

    /// <summary>The interval that a condition sets; null when its ends are only symbolic.</summary>
    public CSharpExpression? RangeWhen(Subject subject, ClauseModel<RangeModel> clause)
    {
        RangeModel range = clause.Then;
        if ((range.Min ?? range.Max) is null)
        {
            return null;
        }

        CSharpLiteral interval = new(Interval(subject.Node, range));
        CSharpLiteral condition = new(clause.When.Text);
        if (!subject.Node.IsNumberOrWord())
        {
            return CSharpExpression.Of($"context.RangeWhen({subject.CiNode}, {subject.Value}, {Inside(subject, range)}, {interval}, {condition});");
        }

        Identifier number = NextNumber();
        CSharpExpression read = CSharpExpression.Of($"{TypeName.Runtime("CiValidationContext")}.ToNumber({subject.Value}, {Words(subject.Node)})");
        return CSharpExpression.Of($"if ({read} is {{ }} {number}) {{ context.RangeWhen({subject.CiNode}, {number}, {number} is {CSharpTokens.Interval(range, LogicalType.Decimal)}, {interval}, {condition}); }}");
    }

    /// <summary>The greatest length under a condition.</summary>
    public static CSharpExpression LengthWhen(Subject subject, ClauseModel<int> clause)
        => CSharpExpression.Of($"context.LengthWhen({subject.CiNode}, {subject.Value}, {clause.Then}, {new CSharpLiteral(clause.When.Text)});");

    private void AddTextChecks(Subject subject, List<CSharpExpression> checks)
    {
        NodeModel node = subject.Node;
        if (node.MinLength is not null || node.MaxLength is not null)
        {
            checks.Add(CSharpExpression.Of($"context.Length({subject.CiNode}, {subject.Value}, {node.MinLength ?? 0}, {node.MaxLength ?? int.MaxValue});"));
        }

        if (node.Charset is { } charset)
        {
            checks.Add(charset == TextRules.PrintableAscii
                ? CSharpExpression.Of($"context.PrintableAscii({subject.CiNode}, {subject.Value});")
                : CSharpExpression.Of($"context.Charset({subject.CiNode}, {subject.Value}, {new CSharpLiteral(TextRules.Ranges(charset))}, {new CSharpLiteral(charset)});"));
        }

        if (node.Pattern is { } pattern)
        {
            checks.Add(CSharpExpression.Of($"context.Pattern({subject.CiNode}, {subject.Value}, {fields.Pattern(pattern)});"));
        }

        if (node.FileExt.Count > 0)
        {
            CSharpExpression wildcards = node.Wildcards.Count == 0 ? CSharpExpression.Of($"") : CSharpExpression.Of($", {fields.Tokens(node.Wildcards)}");
            checks.Add(CSharpExpression.Of($"context.FileExt({subject.CiNode}, {subject.Value}, {fields.Tokens(node.FileExt)}{wildcards});"));
        }
    }

    private void AddNumberChecks(Subject subject, List<CSharpExpression> checks)
    {
        NodeModel node = subject.Node;
        if (node.Range is { } range && (range.Min ?? range.Max) is not null)
        {
            checks.Add(CSharpExpression.Of($"context.Range({subject.CiNode}, {subject.Value}, {Inside(subject, range)}, {new CSharpLiteral(Interval(node, range))});"));
        }

        if (node.MultipleOf is { } step)
        {
            LogicalType type = CSharpTokens.Fits(step, node.Type) ? node.Type : LogicalType.Decimal;
            CSharpExpression number = type == node.Type ? subject.Value : CSharpTokens.AsDecimal(subject.Value, subject.IsNullable);
            CSharpExpression special = node.Special.Count == 0 ? CSharpExpression.Of($"") : CSharpExpression.Of($"{AmongNumbers(subject, node.Special.Select(s => s.Text))} || ");
            checks.Add(CSharpExpression.Of($"context.MultipleOf({subject.CiNode}, {subject.Value}, {special}{number} % {CSharpTokens.Number(step, type)} is {subject.OrNull}{CSharpTokens.Number("0", type)}, {new CSharpLiteral(step)});"));
        }
    }

    private CSharpExpression NumberOrWord(Subject subject)
    {
        NodeModel node = subject.Node;
        Identifier number = NextNumber();
        List<CSharpExpression> checks = [];
        if (node.Range is { } range && (range.Min ?? range.Max) is not null)
        {
            checks.Add(CSharpExpression.Of($"context.Range({subject.CiNode}, {number}, {number} is {CSharpTokens.Interval(range, LogicalType.Decimal)}, {new CSharpLiteral(Interval(node, range))});"));
        }

        if (node.MultipleOf is { } step)
        {
            checks.Add(CSharpExpression.Of($"context.MultipleOf({subject.CiNode}, {number}, {number} % {CSharpTokens.Number(step, LogicalType.Decimal)} == 0, {new CSharpLiteral(step)});"));
        }

        CSharpExpression read = CSharpExpression.Of($"context.NumberOr({subject.CiNode}, {subject.Value}, {Words(node)})");
        return checks.Count == 0 ? CSharpExpression.Of($"{read};") : CSharpExpression.Of($"if ({read} is {{ }} {number}) {{ {CSharpExpression.Join(" ", checks)} }}");
    }

    /// <summary>Whether a number lies in an interval, or is one of the special values.</summary>
    private static CSharpExpression Inside(Subject subject, RangeModel range)
    {
        // An end that the node's own type cannot hold is compared as a decimal, which holds every end.
        LogicalType own = subject.Node.Type;
        LogicalType type = CSharpTokens.TypeFor(range, own);
        CSharpExpression number = type == own ? subject.Value : CSharpTokens.AsDecimal(subject.Value, subject.IsNullable);
        // In front: behind parentheses the compiler would take 'or -99' for a name and a sum.
        CSharpExpression special = CSharpExpression.Join("", subject.Node.Special.Select(s => CSharpExpression.Of($"{CSharpTokens.Number(s.Text, type)} or ")));
        return CSharpExpression.Of($"{number} is {subject.OrNull}{special}({CSharpTokens.Interval(range, type)})");
    }

    private static CSharpExpression AmongNumbers(Subject subject, IEnumerable<string> values)
    {
        // 1 and 1.0 are one number, and one pattern after the same again would never be met.
        IEnumerable<CSharpExpression> numbers = values.Select(v => CSharpTokens.Number(v, subject.Node.Type)).Distinct();
        return CSharpExpression.Of($"{subject.Value} is {subject.OrNull}{CSharpExpression.Join(" or ", numbers)}");
    }

    private static string Interval(NodeModel node, RangeModel range) => string.Join(" or ", node.Special.Select(s => s.Text).Prepend(range.Text));

    private static CSharpExpression Text(Subject subject) => (subject.Node.Type, subject.IsNullable) switch
    {
        (LogicalType.Enum, true) => CSharpExpression.Of($"{subject.Value}?.Text"),
        (LogicalType.Enum, false) => CSharpExpression.Of($"{subject.Value}.Text"),
        (LogicalType.Boolean, true) => CSharpExpression.Of($"{subject.Value} is null ? null : {subject.Value} == true ? {new CSharpLiteral("true")} : {new CSharpLiteral("false")}"),
        (LogicalType.Boolean, false) => CSharpExpression.Of($"{subject.Value} ? {new CSharpLiteral("true")} : {new CSharpLiteral("false")}"),
        _ => subject.Value,
    };

    private Identifier Words(NodeModel node) => fields.Tokens(node.Special.Select(s => s.Text));

    private Identifier NextNumber() => new("n" + (_numbers++).ToString(System.Globalization.CultureInfo.InvariantCulture));
}

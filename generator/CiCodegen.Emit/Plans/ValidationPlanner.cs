using System.Globalization;
using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides which checks a request's classes make.</summary>
internal static class ValidationPlanner
{
    public static ValidationPlan Plan(NamespaceName space, IReadOnlyList<Shape> shapes)
        => new(space, shapes.Where(s => s.IsRequest).Select(s => new StatementsPlan(new Identifier(s.Node.Shape!), Checks(space, s.Node).ToEquatableArray())).ToEquatableArray());

    private static IEnumerable<CSharpExpression> Checks(NamespaceName space, NodeModel shape)
    {
        for (int i = 0; i < shape.Children.Count; i++)
        {
            NodeModel node = shape.Children[i];
            CSharpExpression ciNode = CSharpExpression.Of($"s_nodes[{i}]");
            if (node.IsRequired)
            {
                yield return CSharpExpression.Of($"context.Required({ciNode}, {Present(node)});");
            }

            if (node.RequiredWhen is { Reach: 0 } condition)
            {
                yield return CSharpExpression.Of($"if ({Holds(condition, shape)}) {{ context.RequiredWhen({ciNode}, {Present(node)}, {new CSharpLiteral(condition.Text)}); }}");
            }

            if (node.MinItems is not null || node.MaxItems is not null)
            {
                yield return CSharpExpression.Of($"context.Items({ciNode}, {Identifier.Field(node.Member)}?.Count ?? 0, {node.MinItems ?? 0}, {node.MaxItems ?? int.MaxValue});");
            }

            foreach (CSharpExpression check in ValueChecks(space, node, ciNode))
            {
                yield return check;
            }
        }

        foreach (RuleModel rule in shape.Rules.Where(r => r.When is null))
        {
            if (Across(rule, shape) is { } check)
            {
                yield return check;
            }
        }
    }

    private static IEnumerable<CSharpExpression> ValueChecks(NamespaceName space, NodeModel node, CSharpExpression ciNode)
    {
        if (node.Type == LogicalType.Container)
        {
            yield return node.IsMany
                ? CSharpExpression.Of($"context.Children({ciNode}, {Identifier.Field(node.Member)});")
                : CSharpExpression.Of($"context.Child({ciNode}, {new Identifier(node.Member)});");
            yield break;
        }

        Identifier item = new("item");
        CSharpExpression value = node.IsMany ? CSharpExpression.Of($"{item}") : CSharpExpression.Of($"{new Identifier(node.Member)}");
        List<CSharpExpression> checks = [];
        if (node is { Const: not null, Type: LogicalType.String })
        {
            checks.Add(CSharpExpression.Of($"context.Const({ciNode}, {value}, {new CSharpLiteral(node.Const)});"));
        }

        if (node.Enum is { IsOpen: false } closed)
        {
            CSharpExpression text = node.IsMany ? CSharpExpression.Of($"{value}.Text") : CSharpExpression.Of($"{value}?.Text");
            checks.Add(CSharpExpression.Of($"context.Enum({ciNode}, {text}, {ModelPlanner.EnumType(space, closed)}.Known);"));
        }

        if (node.Range is { } range && (range.Min ?? range.Max) is not null)
        {
            // An end that the node's own type cannot hold is compared as a decimal, which holds every end.
            LogicalType compared = Symbol.Fits(range, node.Type) ? node.Type : LogicalType.Decimal;
            CSharpExpression number = compared == node.Type ? value : node.IsMany ? CSharpExpression.Of($"(decimal){value}") : CSharpExpression.Of($"(decimal?){value}");
            checks.Add(CSharpExpression.Of($"context.Range({ciNode}, {value}, {number} is {Symbol.OrNull(!node.IsMany)}({Interval(range, compared)}), {new CSharpLiteral(range.Text)});"));
        }

        if (node.MinLength is not null || node.MaxLength is not null)
        {
            checks.Add(CSharpExpression.Of($"context.Length({ciNode}, {value}, {node.MinLength ?? 0}, {node.MaxLength ?? int.MaxValue});"));
        }

        if (node.Charset == "printable-ascii")
        {
            checks.Add(CSharpExpression.Of($"context.PrintableAscii({ciNode}, {value});"));
        }

        if (node.IsMany && checks.Count > 0)
        {
            Identifier field = Identifier.Field(node.Member);
            yield return CSharpExpression.Of($"for (int i = 0; i < {field}?.Count; i++) {{ var {item} = {field}[i]; context.Item(i); {CSharpExpression.Join(" ", checks)} }}");
            yield return CSharpExpression.Of($"context.Item(-1);");
            yield break;
        }

        foreach (CSharpExpression check in checks)
        {
            yield return check;
        }
    }

    private static CSharpExpression? Across(RuleModel rule, NodeModel shape)
    {
        NodeModel[] nodes = rule.Nodes.Select(n => shape.Child(n)!).ToArray();
        string list = string.Join(", ", rule.Nodes);
        CSharpExpression any = CSharpExpression.Join(" || ", nodes.Select(Present));
        CSharpExpression count = CSharpExpression.Join(" + ", nodes.Select(n => CSharpExpression.Of($"({Present(n)} ? 1 : 0)")));
        (CSharpExpression Holds, string Message)? check = rule.Kind switch
        {
            "atLeastOne" => (any, $"needs at least one of {list}"),
            "exactlyOne" => (CSharpExpression.Of($"{count} == {1}"), $"needs exactly one of {list}"),
            "exclusive" => (CSharpExpression.Of($"{count} <= {1}"), $"takes at most one of {list}"),
            "notAllFalse" => (CSharpExpression.Join(" || ", nodes.Select(n => CSharpExpression.Of($"{new Identifier(n.Member)} == true"))), $"needs at least one of {list} to be true"),
            _ => null, // 'prefer' tells what the service does; it forbids nothing
        };
        return check is { } known
            ? CSharpExpression.Of($"context.Across({known.Holds}, {new CSharpLiteral(rule.Kind)}, {new CSharpLiteral(known.Message)});")
            : null;
    }

    /// <summary>Whether a node is there: an empty text and an empty list are not.</summary>
    private static CSharpExpression Present(NodeModel node)
        => node.IsMany ? CSharpExpression.Of($"{Identifier.Field(node.Member)} is {{ Count: > 0 }}")
            : node.Type == LogicalType.String ? CSharpExpression.Of($"{new Identifier(node.Member)} is {{ Length: > 0 }}")
            : CSharpExpression.Of($"{new Identifier(node.Member)} is not null");

    private static CSharpExpression Holds(ConditionModel condition, NodeModel shape)
    {
        if (condition is CombinedModel combined)
        {
            return CSharpExpression.Of($"({CSharpExpression.Join(combined.IsAll ? " && " : " || ", combined.Parts.Select(p => Holds(p, shape)))})");
        }

        ComparisonModel comparison = (ComparisonModel)condition;
        NodeModel node = shape;
        List<CSharpExpression> members = [];
        foreach (string segment in comparison.Path.Split('.'))
        {
            node = node.Child(segment) ?? throw new InvalidOperationException($"The condition '{condition}' was not bound.");
            members.Add(CSharpExpression.Of($"{new Identifier(node.Member)}"));
        }

        CSharpExpression value = CSharpExpression.Join("?.", members);
        if (comparison.Kind is ComparisonKind.Present or ComparisonKind.Absent)
        {
            CSharpExpression present = node.IsMany ? CSharpExpression.Of($"{value} is {{ Count: > 0 }}")
                : node.Type == LogicalType.String ? CSharpExpression.Of($"{value} is {{ Length: > 0 }}") : CSharpExpression.Of($"{value} is not null");
            return comparison.Kind == ComparisonKind.Absent ? CSharpExpression.Of($"!({present})") : present;
        }

        // A node that is absent counts as its default.
        CSharpExpression read = node.Type == LogicalType.Enum ? CSharpExpression.Of($"{value}?.Text") : value;
        CSharpExpression effective = node.Default is null ? read : CSharpExpression.Of($"({read} ?? {Constant(node.Type, node.Default)})");
        CSharpExpression sign = Symbol.Sign(comparison.Kind);
        CSharpExpression several = CSharpExpression.Join(comparison.Kind == ComparisonKind.NotIn ? " && " : " || ", comparison.Values.Select(v => CSharpExpression.Of($"{effective} {sign} {Constant(node.Type, v)}")));
        return comparison.Values.Count == 1 ? several : CSharpExpression.Of($"({several})");
    }

    private static CSharpExpression Constant(LogicalType type, string text) => type switch
    {
        LogicalType.Boolean => Symbol.Word(text == "true" ? "true" : "false"),
        LogicalType.Int32 or LogicalType.Int64 or LogicalType.Decimal => Symbol.Number(text, type),
        _ => CSharpExpression.Of($"{new CSharpLiteral(text)}"),
    };

    private static CSharpExpression Interval(RangeModel range, LogicalType type)
    {
        List<CSharpExpression> ends = [];
        if (range.Min is not null)
        {
            ends.Add(CSharpExpression.Of($"{(range.MinInclusive ? Symbol.AtLeast : Symbol.Above)} {Symbol.Number(range.Min, type)}"));
        }

        if (range.Max is not null)
        {
            ends.Add(CSharpExpression.Of($"{(range.MaxInclusive ? Symbol.AtMost : Symbol.Below)} {Symbol.Number(range.Max, type)}"));
        }

        return CSharpExpression.Join(" and ", ends);
    }

    /// <summary>Signs and numbers that cannot be anything else.</summary>
    private static class Symbol
    {
        public static readonly CSharpExpression Equal = CSharpExpression.Of($"==");
        public static readonly CSharpExpression NotEqual = CSharpExpression.Of($"!=");
        public static readonly CSharpExpression AtLeast = CSharpExpression.Of($">=");
        public static readonly CSharpExpression Above = CSharpExpression.Of($">");
        public static readonly CSharpExpression AtMost = CSharpExpression.Of($"<=");
        public static readonly CSharpExpression Below = CSharpExpression.Of($"<");
        private static readonly CSharpExpression s_true = CSharpExpression.Of($"true");
        private static readonly CSharpExpression s_false = CSharpExpression.Of($"false");

        public static CSharpExpression Sign(ComparisonKind kind) => kind switch
        {
            ComparisonKind.In => Equal,
            ComparisonKind.NotIn => NotEqual,
            ComparisonKind.Less => Below,
            ComparisonKind.AtMost => AtMost,
            ComparisonKind.Greater => Above,
            _ => AtLeast,
        };

        public static CSharpExpression OrNull(bool nullable) => nullable ? CSharpExpression.Of($"null or ") : CSharpExpression.Of($"");

        public static CSharpExpression Word(string word) => word == "true" ? s_true : s_false;

        /// <summary>Whether both ends lie within a type; at its very ends the compiler would say that the check always holds.</summary>
        public static bool Fits(RangeModel range, LogicalType type)
            => type == LogicalType.Decimal || new[] { range.Min, range.Max }.Where(e => e is not null).All(e => type == LogicalType.Int32
                ? int.TryParse(e, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out int small) && small is not (int.MinValue or int.MaxValue)
                : long.TryParse(e, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long large) && large is not (long.MinValue or long.MaxValue));

        /// <summary>A number as a literal of its type: an interval's end with a fraction is exact in decimal only.</summary>
        public static CSharpExpression Number(string text, LogicalType type)
        {
            decimal value = decimal.Parse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
            return CSharpExpression.Number(value, type switch { LogicalType.Decimal => "m", LogicalType.Int64 => "L", _ => "" });
        }
    }
}

using System.Globalization;
using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides which checks a request's classes make.</summary>
internal static class ValidationPlanner
{
    public static ValidationPlan Plan(NamespaceName space, IReadOnlyList<Shape> shapes)
        => new(space, shapes.Where(s => s.IsRequest).Select(s => new ClassChecks(s.Node).Plan()).ToEquatableArray());
}

/// <summary>The checks of one class: those of its own nodes, and those of nodes below whose conditions reach up to its own.</summary>
internal sealed class ClassChecks
{
    private readonly NodeModel _shape;
    private readonly StaticFields _fields = new();
    private readonly ValueCheckPlanner _values;
    private int _variables;

    public ClassChecks(NodeModel shape)
    {
        _shape = shape;
        _values = new ValueCheckPlanner(_fields);
    }

    public ValidatorPlan Plan()
    {
        Scope scope = Scope.Of(_shape);
        List<CSharpExpression> statements = [];
        for (int i = 0; i < _shape.Children.Count; i++)
        {
            NodeModel node = _shape.Children[i];
            CSharpExpression ciNode = CSharpExpression.Of($"s_nodes[{i}]");
            statements.AddRange(Always(node, ciNode, i, scope, Conditional(node, ciNode, scope, reach: 0)));
        }

        statements.AddRange(Rules(scope, reach: 0));
        statements.AddRange(Below(scope, depth: 0));
        return new ValidatorPlan(new Identifier(_shape.Shape!), _fields.Declarations, statements.ToEquatableArray());
    }

    private List<CSharpExpression> Always(NodeModel node, CSharpExpression ciNode, int index, Scope scope, Conditionals conditionals)
    {
        List<CSharpExpression> statements = [];
        if (node.IsRequired)
        {
            statements.Add(CSharpExpression.Of($"context.Required({ciNode}, {scope.Present(node)});"));
        }

        statements.AddRange(conditionals.OfPresence);
        if (node.MinItems is not null || node.MaxItems is not null)
        {
            statements.Add(CSharpExpression.Of($"context.Items({ciNode}, {scope.Value(node)}?.Count ?? 0, {node.MinItems ?? 0}, {node.MaxItems ?? int.MaxValue});"));
        }

        if (node.Type == LogicalType.Container)
        {
            statements.Add(node.IsMap ? CSharpExpression.Of($"context.Entries(s_nodes, {index}, {scope.Value(node)});")
                : node.IsMany ? CSharpExpression.Of($"context.Children({ciNode}, {scope.Value(node)});")
                : CSharpExpression.Of($"context.Child({ciNode}, {scope.Value(node)});"));
            return statements;
        }

        CSharpExpression? entry = node.IsMap ? CSharpExpression.Of($"context.Entry(s_nodes, {index}, ") : null;
        statements.AddRange(Looped(node, scope, s => [.. _values.Always(s), .. conditionals.OfValue(s)], ciNode, entry));
        return statements;
    }

    /// <summary>The checks of a node under conditions that reach exactly so far.</summary>
    private Conditionals Conditional(NodeModel node, CSharpExpression ciNode, Scope scope, int reach)
    {
        List<CSharpExpression> presence = [];
        if (node.RequiredWhen is { } required && required.Reach == reach)
        {
            presence.Add(CSharpExpression.Of($"if ({ConditionPlanner.Holds(required, scope)}) {{ context.RequiredWhen({ciNode}, {scope.Present(node)}, {new CSharpLiteral(required.Text)}); }}"));
        }

        if (node.ValidWhen is { } valid && valid.Reach == reach)
        {
            presence.Add(CSharpExpression.Of($"if (!({ConditionPlanner.Holds(valid, scope)})) {{ context.ValidWhen({ciNode}, {scope.Present(node)}, {new CSharpLiteral(valid.Text)}); }}"));
        }

        return new Conditionals(presence, subject => OfValue(subject, scope, reach));
    }

    private List<CSharpExpression> OfValue(ValueCheckPlanner.Subject subject, Scope scope, int reach)
    {
        NodeModel node = subject.Node;
        List<CSharpExpression> checks = [];
        if (Reach(node.EnumWhen) == reach && !node.IsOpen)
        {
            checks.Add(ConditionPlanner.FirstOf(node.EnumWhen.Select(c => (c.When, _values.EnumWhen(subject, c))), scope));
        }

        if (Reach(node.RangeWhen) == reach)
        {
            CSharpExpression nothing = CSharpExpression.Of($"");
            checks.Add(ConditionPlanner.FirstOf(node.RangeWhen.Select(c => (c.When, _values.RangeWhen(subject, c) ?? nothing)), scope));
        }

        if (Reach(node.LengthWhen) == reach)
        {
            checks.Add(ConditionPlanner.FirstOf(node.LengthWhen.Select(c => (c.When, ValueCheckPlanner.LengthWhen(subject, c))), scope));
        }

        return checks;
    }

    /// <summary>Checks of a value, of each where there are several.</summary>
    private List<CSharpExpression> Looped(
        NodeModel node, Scope scope, Func<ValueCheckPlanner.Subject, List<CSharpExpression>> checksOf, CSharpExpression ciNode, CSharpExpression? entry)
    {
        CSharpExpression value = scope.Value(node);
        if (!node.IsCollection())
        {
            return checksOf(new ValueCheckPlanner.Subject(node, ciNode, value, IsNullable: true));
        }

        Identifier item = Next("item");
        List<CSharpExpression> checks = checksOf(new ValueCheckPlanner.Subject(node, ciNode, CSharpExpression.Of($"{item}"), IsNullable: false));
        if (checks.Count == 0 && entry is null)
        {
            return [];
        }

        CSharpExpression all = CSharpExpression.Join(" ", checks);
        if (!node.IsMap)
        {
            return [Items(value, item, all), CSharpExpression.Of($"context.Item(-1);")];
        }

        Identifier pair = Next("pair");
        CSharpExpression named = entry is null ? CSharpExpression.Of($"context.Entry({pair}.Key);") : CSharpExpression.Of($"{entry}{pair}.Key);");
        CSharpExpression inner = checks.Count == 0 ? named
            : node.IsMany ? CSharpExpression.Of($"{named} {Items(CSharpExpression.Of($"{pair}.Value"), item, all)} context.Item(-1);")
            : CSharpExpression.Of($"{named} var {item} = {pair}.Value; {all}");
        return [CSharpExpression.Of($"if ({value} is not null) {{ foreach (var {pair} in {value}) {{ {inner} }} context.Entry(null); }}")];
    }

    private static CSharpExpression Items(CSharpExpression list, Identifier item, CSharpExpression checks)
        => CSharpExpression.Of($"for (int i = 0; i < {list}?.Count; i++) {{ var {item} = {list}[i]; context.Item(i); {checks} }}");

    /// <summary>Checks of what stands deeper, whose conditions ask for nodes of this class.</summary>
    private List<CSharpExpression> Below(Scope scope, int depth)
    {
        List<CSharpExpression> all = [];
        for (int i = 0; i < scope.Container.Children.Count; i++)
        {
            NodeModel container = scope.Container.Children[i];
            if (container.Type != LogicalType.Container || !ReachesUp(container, depth + 1))
            {
                continue;
            }

            Identifier variable = Next("below");
            Scope inside = scope.Inside(container, variable);
            List<CSharpExpression> checks = [];
            foreach (NodeModel node in container.Children.Where(c => HasReach(c, depth + 1)))
            {
                Conditionals conditionals = Conditional(node, CSharpExpression.Of($"{NodeField(node)}"), inside, depth + 1);
                checks.AddRange(conditionals.OfPresence);
                if (node.Type != LogicalType.Container)
                {
                    checks.AddRange(Looped(node, inside, conditionals.OfValue, CSharpExpression.Of($"{NodeField(node)}"), entry: null));
                }
            }

            checks.AddRange(Rules(inside, depth + 1));
            checks.AddRange(Below(inside, depth + 1));
            CSharpExpression ciNode = depth == 0 ? CSharpExpression.Of($"s_nodes[{i}]") : CSharpExpression.Of($"{NodeField(container)}");
            all.Add(Each(container, scope.Value(container), ciNode, variable, CSharpExpression.Join(" ", checks)));
        }

        return all;
    }

    private CSharpExpression Each(NodeModel container, CSharpExpression value, CSharpExpression ciNode, Identifier variable, CSharpExpression checks)
    {
        Identifier index = Next("at");
        CSharpExpression place = container.IsMany ? CSharpExpression.Of($", {index}") : container.IsMap ? CSharpExpression.Of($", -1") : CSharpExpression.Of($"");
        Identifier pair = Next("pair");
        CSharpExpression named = container.IsMap ? CSharpExpression.Of($"{place}, {pair}.Key") : place;
        CSharpExpression inner = CSharpExpression.Of($"context.Enter({ciNode}{named}); {checks} context.Leave();");
        CSharpExpression list = container.IsMap ? CSharpExpression.Of($"{pair}.Value") : value;
        CSharpExpression one = container.IsMany
            ? CSharpExpression.Of($"for (int {index} = 0; {index} < {list}?.Count; {index}++) {{ var {variable} = {list}[{index}]; {inner} }}")
            : CSharpExpression.Of($"if ({list} is {{ }} {variable}) {{ {inner} }}");
        return container.IsMap ? CSharpExpression.Of($"if ({value} is not null) {{ foreach (var {pair} in {value}) {{ {one} }} }}") : one;
    }

    /// <summary>Whether a condition in a container asks exactly for the class at work, a number of levels up.</summary>
    private static bool ReachesUp(NodeModel container, int depth)
        => container.Rules.Any(r => r.When?.Reach == depth)
            || container.Children.Any(c => HasReach(c, depth) || (c.Type == LogicalType.Container && ReachesUp(c, depth + 1)));

    private static bool HasReach(NodeModel node, int reach)
        => node.RequiredWhen?.Reach == reach || node.ValidWhen?.Reach == reach || Reach(node.EnumWhen) == reach || Reach(node.RangeWhen) == reach || Reach(node.LengthWhen) == reach;

    private static int Reach<T>(EquatableArray<ClauseModel<T>> clauses)
        where T : IEquatable<T>
    {
        int reach = -1;
        foreach (ClauseModel<T> clause in clauses)
        {
            reach = Math.Max(reach, clause.When.Reach);
        }

        return reach;
    }

    private IEnumerable<CSharpExpression> Rules(Scope scope, int reach)
        => scope.Container.Rules.Where(r => (r.When?.Reach ?? 0) == reach).Select(r => RulePlanner.Check(r, scope)).OfType<CSharpExpression>();

    private Identifier NodeField(NodeModel node) => _fields.Node(node);

    private Identifier Next(string name) => new(name + (_variables++).ToString(CultureInfo.InvariantCulture));

    /// <summary>Checks under conditions: of whether a node is there, and of its value.</summary>
    private sealed record Conditionals(List<CSharpExpression> OfPresence, Func<ValueCheckPlanner.Subject, List<CSharpExpression>> OfValue);
}

using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Decides how rules across children are checked.</summary>
internal static class RulePlanner
{
    /// <summary>The check of a rule, or null for one that forbids nothing.</summary>
    /// <param name="rule">The rule.</param>
    /// <param name="scope">The container with the children.</param>
    public static CSharpExpression? Check(RuleModel rule, Scope scope)
    {
        NodeModel[] nodes = rule.Nodes.Select(n => scope.Container.Child(n)!).ToArray();
        string list = string.Join(", ", rule.Nodes);
        string others = string.Join(", ", rule.Nodes.Skip(1));
        CSharpExpression any = CSharpExpression.Join(" || ", nodes.Select(scope.Present));
        CSharpExpression count = CSharpExpression.Join(" + ", nodes.Select(n => CSharpExpression.Of($"({scope.Present(n)} ? 1 : 0)")));
        (CSharpExpression Holds, string Message)? check = rule.Kind switch
        {
            "atLeastOne" => (any, $"needs at least one of {list}"),
            "exactlyOne" => (CSharpExpression.Of($"{count} == {1}"), $"needs exactly one of {list}"),
            "exclusive" => (CSharpExpression.Of($"{count} <= {1}"), $"takes at most one of {list}"),
            "notAllFalse" => (CSharpExpression.Join(" || ", nodes.Select(n => CSharpExpression.Of($"{ConditionPlanner.Effective(n, scope)} == true"))), $"needs at least one of {list} to be true"),
            "requires" => (
                CSharpExpression.Of($"!({scope.Present(nodes[0])}) || ({CSharpExpression.Join(" && ", nodes.Skip(1).Select(scope.Present))})"),
                $"needs {others} where {rule.Nodes[0]} is given"),
            _ => null, // 'prefer' tells what the service does; it forbids nothing
        };
        if (check is not { } known)
        {
            return null;
        }

        CSharpExpression across = CSharpExpression.Of(
            $"context.Across({known.Holds}, {new CSharpLiteral(rule.Kind)}, {new CSharpLiteral(known.Message + (rule.When is null ? "" : $" when {rule.When}"))});");
        return rule.When is null ? across : CSharpExpression.Of($"if ({ConditionPlanner.Holds(rule.When, scope)}) {{ {across} }}");
    }
}

namespace CiCodegen.Schema;

/// <summary>Rules across children: a new one refuses what was allowed. A rule that went with a node is told by the node, and one that follows a node to its new name is the same.</summary>
internal sealed class RulesRule : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match)
    {
        (DriftRule Rule, DriftRule Now)[] had = [.. before.Rules.Select(r => (r, Comparable(r with { Nodes = r.Nodes.Select(Now).ToEquatableArray() })))];
        DriftRule[] has = [.. after.Rules.Select(Comparable)];
        return had.Where(r => !has.Contains(r.Now) && r.Now.Nodes.All(n => after.Children.Exists(c => c.Name == n)))
            .Select(r => DriftRules.Event("RemovedRule", after, DriftSeverity.Note, r.Rule.Text, null))
            .Concat(after.Rules.Where((_, i) => !Array.Exists(had, r => r.Now == has[i]))
                .Select(r => DriftRules.Event("AddedRule", after, r.Kind == "prefer" ? DriftSeverity.Note : DriftSeverity.Warning, null, r.Text)));

        string Now(string name) => after.Children.Find(c => match.Before(c) is { } old && old.Name == name && old.Parent == before)?.Name ?? name;
    }

    // Which node goes before the others is what 'prefer' says, and 'requires' says which needs which; to the other kinds the order of the rows means nothing.
    private static DriftRule Comparable(DriftRule rule)
        => rule.Kind is "prefer" or "requires" ? rule : rule with { Nodes = rule.Nodes.OrderBy(n => n, StringComparer.Ordinal).ToEquatableArray() };
}

namespace CiCodegen.Schema;

/// <summary>Rules across children: a new one refuses what was allowed. A rule that went with a node is told by the node.</summary>
internal sealed class RulesRule : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after)
        => before.Rules.Where(r => !after.Rules.Contains(r) && r.Nodes.All(n => after.Children.Exists(c => c.Name == n)))
            .Select(r => DriftRules.Event("RemovedRule", after, DriftSeverity.Note, r.Text, null))
            .Concat(after.Rules.Where(r => !before.Rules.Contains(r))
                .Select(r => DriftRules.Event("AddedRule", after, r.Kind == "prefer" ? DriftSeverity.Note : DriftSeverity.Warning, null, r.Text)));
}

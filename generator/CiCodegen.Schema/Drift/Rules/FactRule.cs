namespace CiCodegen.Schema;

/// <summary>Facts that are the same or are not; several facts of one kind are told together.</summary>
/// <param name="kind">The event's kind.</param>
/// <param name="severity">What a change means.</param>
/// <param name="keys">The facts.</param>
internal sealed class FactRule(string kind, DriftSeverity severity, params string[] keys) : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match)
    {
        string[] changed = keys.Where(k => before.Fact(k) != after.Fact(k)).ToArray();
        return changed.Length == 0 ? [] : [DriftRules.Event(kind, after, severity, Text(before, changed), Text(after, changed))];
    }

    // Several facts of one kind: the text says which.
    private string? Text(DriftNode node, string[] changed)
    {
        string[] texts = changed.Where(k => node.Fact(k) is not null).Select(k => keys.Length == 1 ? node.Fact(k)! : $"{k}: {node.Fact(k)}").ToArray();
        return texts.Length == 0 ? null : string.Join("; ", texts);
    }
}

namespace CiCodegen.Schema;

/// <summary>Whether a node must be there. What callers leave out today is refused tomorrow, or no longer.</summary>
internal sealed class RequiredRule : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match)
    {
        if (before.Required is null || after.Required is null || before.Required == after.Required)
        {
            yield break;
        }

        DriftSeverity severity = after.Required == "Yes" ? DriftSeverity.Breaking : after.Required == "No" ? DriftSeverity.Note : DriftSeverity.Warning;
        yield return DriftRules.Event("ChangedRequired", after, severity, before.Required, after.Required);
    }
}

namespace CiCodegen.Schema;

/// <summary>The values of a node: one more is harmless, one less or another type is not. The order says nothing.</summary>
internal sealed class EnumRule : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match)
    {
        string? old = before.Fact(FactKeys.Enum);
        string? now = after.Fact(FactKeys.Enum);
        if (old is null && now is null)
        {
            yield break;
        }

        string[] had = Values(old);
        string[] has = Values(now);
        if (old is not null && now is not null && had.Length == has.Length && !had.Except(has).Any())
        {
            yield break;
        }

        // A request's text becomes an enum, or an enum text: callers' code names another type.
        DriftSeverity severity = old is null || now is null || had.Except(has).Any() ? DriftSeverity.Breaking : DriftSeverity.Note;
        yield return DriftRules.Event("ChangedEnum", after, severity, old, now);
    }

    private static string[] Values(string? text) => text?.Split([", "], StringSplitOptions.None) ?? [];
}

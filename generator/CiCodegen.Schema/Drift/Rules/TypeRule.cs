namespace CiCodegen.Schema;

/// <summary>The docs' word for the type, arrays included.</summary>
internal sealed class TypeRule : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match)
        => before.Type is not null && after.Type is not null && before.Type != after.Type
            ? [DriftRules.Event("ChangedType", after, DriftSeverity.Breaking, before.Type, after.Type)]
            : [];
}

namespace CiCodegen.Schema;

/// <summary>Compares one aspect of a node that both sides have. A rule a class: a new aspect is a new class and a line in <see cref="DriftRules"/>.</summary>
internal interface IDriftRule
{
    /// <param name="before">The node as it was.</param>
    /// <param name="after">The node as it is.</param>
    /// <param name="match">Which node is which: names may have changed.</param>
    IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match);
}

/// <summary>All rules, in the order in which a node's changes are told.</summary>
internal static class DriftRules
{
    public static readonly IReadOnlyList<IDriftRule> All =
    [
        new TypeRule(),
        new RequiredRule(),
        new EnumRule(),
        new DefaultRule(),
        new RangeRule(),
        new LengthRule(),
        new FactRule("ChangedConst", DriftSeverity.Breaking, FactKeys.Const),
        new FactRule("ChangedCharset", DriftSeverity.Warning, FactKeys.Charset, FactKeys.Pattern, FactKeys.FileExt),
        new FactRule("ChangedUnit", DriftSeverity.Warning, FactKeys.Unit, FactKeys.MultipleOf),
        new FactRule("ChangedSpecial", DriftSeverity.Warning, FactKeys.Special, FactKeys.Wildcards),
        new FactRule("ChangedCondition", DriftSeverity.Warning, FactKeys.EnumWhen, FactKeys.RangeWhen, FactKeys.LengthWhen, FactKeys.DefaultWhen, FactKeys.ValidWhen),
        new FactRule("ChangedEffect", DriftSeverity.Note, FactKeys.EffectiveWhen, FactKeys.IneffectiveWhen, FactKeys.UnsupportedWhen, FactKeys.Overrides),
        new FactRule("ChangedPresence", DriftSeverity.Note, FactKeys.PresentWhen, FactKeys.MeaningfulWhen),
        new ReferenceRule(),
        new RulesRule(),
    ];

    /// <summary>An event about a node that both sides have.</summary>
    public static DriftEvent Event(string kind, DriftNode after, DriftSeverity severity, string? before, string? now)
        => new(kind, after.Path, after.WrittenPath, severity, before, now, after.Member);
}

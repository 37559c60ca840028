namespace CiCodegen.Schema;

/// <summary>The interval of a number: a wider one is harmless, a narrower one refuses what was allowed.</summary>
internal sealed class RangeRule : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match)
    {
        string? old = before.Fact(FactKeys.Range);
        string? now = after.Fact(FactKeys.Range);
        if (old == now)
        {
            yield break;
        }

        bool wider = now is null || (old is not null && RangeParser.Parse(old) is { } had && RangeParser.Parse(now) is { } has && Contains(has, had));
        yield return DriftRules.Event("ChangedRange", after, wider ? DriftSeverity.Note : DriftSeverity.Warning, old, now);
    }

    private static bool Contains(RangeModel outer, RangeModel inner)
        => (outer.Min is null || (inner.Min is not null && (inner.MinInclusive ? Has(outer, inner.Min) : Has(outer, inner.Min) || outer.Min == inner.Min)))
            && (outer.Max is null || (inner.Max is not null && (inner.MaxInclusive ? Has(outer, inner.Max) : Has(outer, inner.Max) || outer.Max == inner.Max)));

    private static bool Has(RangeModel range, string value) => RangeParser.Contains(range, decimal.Parse(value, System.Globalization.CultureInfo.InvariantCulture));
}

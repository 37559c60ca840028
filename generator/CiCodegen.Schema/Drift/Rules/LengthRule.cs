using System.Globalization;

namespace CiCodegen.Schema;

/// <summary>Lengths and counts: a limit that falls refuses what was allowed.</summary>
internal sealed class LengthRule : IDriftRule
{
    private static readonly (string Key, bool IsLeast)[] s_keys = [(FactKeys.MinLength, true), (FactKeys.MaxLength, false), (FactKeys.MinItems, true), (FactKeys.MaxItems, false)];

    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match)
    {
        foreach ((string key, bool isLeast) in s_keys)
        {
            string? old = before.Fact(key);
            string? now = after.Fact(key);
            if (old != now)
            {
                bool looser = now is null || (old is not null && (isLeast ? Number(now) < Number(old) : Number(now) > Number(old)));
                string kind = key is FactKeys.MinItems or FactKeys.MaxItems ? "ChangedItems" : "ChangedLength";
                yield return DriftRules.Event(kind, after, looser ? DriftSeverity.Note : DriftSeverity.Warning, old, now);
            }
        }
    }

    private static long Number(string text) => long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) ? number : 0;
}

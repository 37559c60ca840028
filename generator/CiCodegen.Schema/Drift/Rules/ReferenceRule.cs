namespace CiCodegen.Schema;

/// <summary>What a node's subtree is taken from. What is only referred to is compared by its path: the words for the other page are worded anew from one version to the next.</summary>
internal sealed class ReferenceRule : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after)
    {
        string? old = Text(before);
        string? now = Text(after);
        return old == now ? [] : [DriftRules.Event("ChangedReference", after, DriftSeverity.Warning, old, now)];
    }

    private static string? Text(DriftNode node)
        => node.Fact(FactKeys.SameAs) is { } same ? $"sameAs: {same}"
            : node.Fact(FactKeys.Use) is { } use ? $"use: {use}"
            : node.Fact(FactKeys.RefersTo) is { } refers ? $"refersTo: {Target(refers)}"
            : null;

    private static string Target(string text)
    {
        int of = text.IndexOf(" of ", StringComparison.Ordinal);
        return of < 0 ? text : text.Substring(0, of);
    }
}

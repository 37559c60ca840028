namespace CiCodegen.Schema;

/// <summary>What a node's subtree is taken from. What is only referred to is compared by its path: the words for the other page are worded anew from one version to the next.</summary>
internal sealed class ReferenceRule : IDriftRule
{
    public IEnumerable<DriftEvent> Compare(DriftNode before, DriftNode after, DriftMatch match)
    {
        string? old = Text(before);
        string? now = Text(after);
        return old == now || IsSameNode(before, after) || IsSameNode(after, before) ? [] : [DriftRules.Event("ChangedReference", after, DriftSeverity.Warning, old, now)];
    }

    // A page that is compared alone cannot know on which page the node stands that it refers to; the schema does.
    private static bool IsSameNode(DriftNode known, DriftNode said)
        => known.Fact(FactKeys.SameAs) is { } same && said.Fact(FactKeys.SameAs) is null && said.Fact(FactKeys.RefersTo) is { } refers
            && same.Substring(same.IndexOf('#') + 1) == Target(refers);

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

namespace CiCodegen.Schema;

/// <summary>Compares what two versions of a page say.</summary>
public static class SchemaDiff
{
    /// <summary>The changes, in the order of the new version; what is gone comes where it was, at the end of its root.</summary>
    /// <param name="before">The roots of the old version.</param>
    /// <param name="after">The roots of the new version.</param>
    public static IReadOnlyList<DriftEvent> Compare(IReadOnlyList<DriftNode> before, IReadOnlyList<DriftNode> after)
    {
        DriftMatch match = DriftMatch.Of(before, after);
        List<DriftEvent> events = [];
        events.AddRange(match.Moves);
        foreach (DriftNode node in after.SelectMany(r => r.All()))
        {
            if (match.Before(node) is not { IsDeclared: true } old)
            {
                if (node.IsDeclared)
                {
                    events.Add(Added(node, match));
                }

                continue;
            }

            if (!node.IsDeclared)
            {
                events.Add(Removed(old));
                continue;
            }

            foreach (IDriftRule rule in DriftRules.All)
            {
                events.AddRange(rule.Compare(old, node, match));
            }
        }

        foreach (DriftNode node in before.SelectMany(r => r.All()).Where(n => n.IsDeclared && !match.IsKept(n)))
        {
            events.Add(Removed(node));
        }

        return events;
    }

    private static DriftEvent Removed(DriftNode node)
        => new("RemovedNode", node.Path, node.WrittenPath, DriftSeverity.Breaking, node.Type, null, node.Member);

    // A new node breaks nobody, unless every call must have it and its parent is no news.
    private static DriftEvent Added(DriftNode node, DriftMatch match)
        => new("AddedNode", node.Path, node.WrittenPath, node.IsRequest && node.Required == "Yes" && !IsInNewOption(node, match) ? DriftSeverity.Breaking : DriftSeverity.Note, null, node.Type, node.Member);

    // Calls of today leave a new container out that need not be there, with all that is in it.
    private static bool IsInNewOption(DriftNode node, DriftMatch match)
    {
        for (DriftNode? at = node.Parent; at is not null && match.Before(at) is null; at = at.Parent)
        {
            if (at.IsDeclared && at.Required != "Yes")
            {
                return true;
            }
        }

        return false;
    }
}

namespace CiCodegen.Schema;

/// <summary>Which node of the old version is which of the new one.</summary>
/// <remarks>
/// Nodes of one path are one. A container that is gone and one that is new are one where they share a name or a parent and most of their children:
/// moved or renamed, told once, and compared below as if nothing had happened. A single leaf that moves is told as gone and new: a name alone proves nothing.
/// </remarks>
internal sealed class DriftMatch
{
    /// <summary>The part of the children that two containers share to be one.</summary>
    private const double Likeness = 0.8;

    /// <summary>A table of fewer rows is too small to be recognised in another place.</summary>
    private const int LeastRows = 3;

    private readonly Dictionary<DriftNode, DriftNode> _before = [];
    private readonly HashSet<DriftNode> _kept = [];
    private readonly List<DriftEvent> _moves = [];

    /// <summary>What moved or was renamed.</summary>
    public IReadOnlyList<DriftEvent> Moves => _moves;

    /// <summary>The old version of a node; null when it is new.</summary>
    public DriftNode? Before(DriftNode after) => _before.TryGetValue(after, out DriftNode? node) ? node : null;

    /// <summary>Whether a node of the old version is still there.</summary>
    public bool IsKept(DriftNode before) => _kept.Contains(before);

    public static DriftMatch Of(IReadOnlyList<DriftNode> before, IReadOnlyList<DriftNode> after)
    {
        DriftMatch match = new();
        Dictionary<string, DriftNode> old = new(StringComparer.Ordinal);
        foreach (DriftNode node in before.SelectMany(r => r.All()))
        {
            if (!old.ContainsKey(node.Path))
            {
                old.Add(node.Path, node);
            }
        }

        foreach (DriftNode node in after.SelectMany(r => r.All()))
        {
            if (old.TryGetValue(node.Path, out DriftNode? same))
            {
                match.Pair(same, node);
            }
        }

        DriftNode[] gone = before.SelectMany(r => r.All()).Where(n => !match.IsKept(n)).ToArray();
        DriftNode[] fresh = after.SelectMany(r => r.All()).Where(n => match.Before(n) is null).ToArray();
        match.FindContainers(gone, fresh);
        match.FindTables(gone, fresh);
        match.FindSpelling(gone, fresh);
        match.FindRehomed(after);
        return match;
    }

    private void Pair(DriftNode before, DriftNode after)
    {
        _before[after] = before;
        _kept.Add(before);
    }

    private void PairBelow(DriftNode before, DriftNode after)
    {
        Pair(before, after);
        foreach (DriftNode child in after.Children)
        {
            if (before.Children.Find(c => c.Name == child.Name) is { } same)
            {
                PairBelow(same, child);
            }
        }
    }

    // The outermost first: what is below goes with it.
    private void FindContainers(DriftNode[] gone, DriftNode[] fresh)
    {
        foreach (DriftNode node in fresh.Where(n => n.Children.Count > 1))
        {
            if (_before.ContainsKey(node))
            {
                continue;
            }

            DriftNode? old = gone.FirstOrDefault(g => !IsKept(g) && g.Children.Count > 1 && !AreOfTwoMessages(g, node) && (g.Name == node.Name || IsSameParent(g, node)) && Like(g.Children, node.Children));
            if (old is not null)
            {
                string kind = IsSameParent(old, node) ? "RenamedNode" : "MovedNode";
                _moves.Add(new DriftEvent(kind, node.Path, node.WrittenPath, DriftSeverity.Breaking, old.WrittenPath, node.WrittenPath, old.Member));
                PairBelow(old, node);
            }
        }
    }

    // The rows of a table under another parent, where both parents are there in both versions.
    private void FindTables(DriftNode[] gone, DriftNode[] fresh)
    {
        DriftNode[][] tables = [.. gone.Where(g => !IsKept(g) && g.Parent is not null).GroupBy(g => g.Parent).Select(g => g.ToArray()).Where(t => t.Length >= LeastRows)];
        foreach (IGrouping<DriftNode?, DriftNode> table in fresh.Where(n => Before(n) is null && n.Parent is not null).GroupBy(n => n.Parent))
        {
            DriftNode[] rows = [.. table];
            DriftNode[]? old = rows.Length < LeastRows ? null : tables.FirstOrDefault(t => !IsKept(t[0]) && !AreOfTwoMessages(t[0], rows[0]) && Like(t, rows));
            if (old is null)
            {
                continue;
            }

            DriftNode from = old[0].Parent!;
            _moves.Add(new DriftEvent("MovedNode", table.Key!.Path, table.Key.WrittenPath, DriftSeverity.Breaking, from.WrittenPath, table.Key.WrittenPath, from.Member));
            foreach (DriftNode row in rows)
            {
                if (old.FirstOrDefault(o => o.Name == row.Name) is { } same)
                {
                    PairBelow(same, row);
                }
            }
        }
    }

    // The same letters in another case, under the same parent.
    private void FindSpelling(DriftNode[] gone, DriftNode[] fresh)
    {
        foreach (DriftNode node in fresh.Where(n => Before(n) is null))
        {
            DriftNode? old = gone.FirstOrDefault(g => !IsKept(g) && IsSameParent(g, node) && g.Name.Equals(node.Name, StringComparison.OrdinalIgnoreCase));
            if (old is not null)
            {
                _moves.Add(new DriftEvent("RenamedNode", node.Path, node.WrittenPath, DriftSeverity.Breaking, old.Name, node.Name, old.Member));
                PairBelow(old, node);
            }
        }
    }

    // The page writes another parent than before and means the same: a table that was put right, told once.
    private void FindRehomed(IReadOnlyList<DriftNode> after)
    {
        HashSet<(string, string)> told = [];
        foreach (DriftNode node in after.SelectMany(r => r.All()))
        {
            if (Before(node) is { } old && old.Path == node.Path && Above(old) is var from && Above(node) is var to && from != to && told.Add((from, to)) && !IsBelow(told, from, to))
            {
                _moves.Add(new DriftEvent("MovedNode", node.Parent?.Path ?? node.Path, to, DriftSeverity.Note, from, to, null));
            }
        }
    }

    private static bool IsBelow(HashSet<(string From, string To)> told, string from, string to)
        => told.Any(t => (t.From, t.To) != (from, to) && from.StartsWith(t.From + ".", StringComparison.Ordinal) && to.StartsWith(t.To + ".", StringComparison.Ordinal));

    private static string Above(DriftNode node)
    {
        int dot = node.WrittenPath.LastIndexOf('.');
        return dot < 0 ? "" : node.WrittenPath.Substring(0, dot);
    }

    // A request and its answer are two types: what one no longer has and the other has now did not move.
    private static bool AreOfTwoMessages(DriftNode a, DriftNode b)
        => (Root(a), Root(b)) is ("Response", "Request" or "Parameters") or ("Request" or "Parameters", "Response");

    private static string Root(DriftNode node) => node.Parent is null ? node.Name : Root(node.Parent);

    private static bool IsSameParent(DriftNode a, DriftNode b) => a.Parent is not null && b.Parent is not null && a.Parent.Path == b.Parent.Path;

    private static bool Like(IReadOnlyCollection<DriftNode> a, IReadOnlyCollection<DriftNode> b)
    {
        HashSet<string> names = new(a.Select(n => n.Name), StringComparer.Ordinal);
        int shared = b.Count(n => names.Contains(n.Name));
        return shared >= Likeness * (a.Count + b.Count - shared);
    }
}

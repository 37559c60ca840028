namespace CiCodegen.Schema;

/// <summary>Finds the name that somebody meant.</summary>
public static class Suggestion
{
    /// <summary>The known name nearest to <paramref name="wrong"/>, or null when none is near.</summary>
    /// <param name="wrong">What was written.</param>
    /// <param name="known">What could have been meant.</param>
    public static string? Nearest(string wrong, IEnumerable<string> known)
    {
        string? best = null;
        int bestDistance = Math.Max(1, wrong.Length / 3) + 1;
        foreach (string candidate in known)
        {
            int distance = Distance(wrong.ToLowerInvariant(), candidate.ToLowerInvariant(), bestDistance);
            if (distance < bestDistance)
            {
                best = candidate;
                bestDistance = distance;
            }
        }

        return best;
    }

    /// <summary>The sentence "Did you mean 'x'?" with a space before it, or nothing.</summary>
    /// <param name="wrong">What was written.</param>
    /// <param name="known">What could have been meant.</param>
    public static string Sentence(string wrong, IEnumerable<string> known)
        => Nearest(wrong, known) is { } near ? $" Did you mean '{near}'?" : "";

    private static int Distance(string a, string b, int limit)
    {
        if (a.Length > 128 || Math.Abs(a.Length - b.Length) >= limit)
        {
            return limit;
        }

        // Two neighbours in the wrong order count as one slip.
        int[] before = [];
        int[] previous = Enumerable.Range(0, b.Length + 1).ToArray();
        for (int i = 1; i <= a.Length; i++)
        {
            int[] current = new int[b.Length + 1];
            current[0] = i;
            for (int j = 1; j <= b.Length; j++)
            {
                int replace = previous[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, Math.Min(previous[j], current[j - 1]) + 1);
                if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                {
                    current[j] = Math.Min(current[j], before[j - 2] + 1);
                }
            }

            before = previous;
            previous = current;
        }

        return previous[b.Length];
    }
}

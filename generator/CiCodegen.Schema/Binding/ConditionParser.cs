namespace CiCodegen.Schema;

/// <summary>Reads conditions: <c>CallBackType == TDMQ</c>, <c>State != Failed &amp;&amp; JobId</c>, <c>A || !B</c>; <c>&amp;&amp;</c> binds closer.</summary>
internal static class ConditionParser
{
    public static ConditionModel? Parse(string text, out string error)
    {
        error = "";
        List<ConditionModel> any = [];
        foreach (string alternative in Split(text, "||"))
        {
            List<ConditionModel> all = [];
            foreach (string part in Split(alternative, "&&"))
            {
                if (ParseComparison(part.Trim(), out error) is not { } comparison)
                {
                    return null;
                }

                all.Add(comparison);
            }

            any.Add(all.Count == 1 ? all[0] : new CombinedModel(all.ToEquatableArray(), IsAll: true));
        }

        return any.Count == 1 ? any[0] : new CombinedModel(any.ToEquatableArray(), IsAll: false);
    }

    private static string[] Split(string text, string separator) => text.Split([separator], StringSplitOptions.None);

    private static ComparisonModel? ParseComparison(string text, out string error)
    {
        int at = text.IndexOf("==", StringComparison.Ordinal);
        bool negated = false;
        if (at < 0)
        {
            at = text.IndexOf("!=", StringComparison.Ordinal);
            negated = at >= 0;
        }

        string path = at < 0 ? text : text.Substring(0, at).Trim();
        string? value = at < 0 ? null : text.Substring(at + 2).Trim();
        if (at < 0 && path.StartsWith("!", StringComparison.Ordinal))
        {
            negated = true;
            path = path.Substring(1).Trim();
        }

        error = path.Length == 0 ? "a node's name is due" : value is { Length: 0 } ? "a value is due behind the sign" : "";
        if (error.Length == 0 && !path.Split('.').All(Names.IsWireName))
        {
            error = $"'{path}' is no node's name";
        }

        return error.Length > 0 ? null : new ComparisonModel(path, value, negated);
    }
}

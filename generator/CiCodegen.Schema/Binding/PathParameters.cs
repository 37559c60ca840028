namespace CiCodegen.Schema;

/// <summary>The names in braces in an operation's path: each stands for a parameter.</summary>
public static class PathParameters
{
    /// <summary>The names, in order.</summary>
    /// <param name="path">The path, as in <c>/queue/{QueueId}</c>.</param>
    public static IEnumerable<string> Of(string path)
        => path.Split('?')[0].Split('/').Where(s => s.Length > 2 && s[0] == '{' && s[s.Length - 1] == '}').Select(s => s.Substring(1, s.Length - 2));

    /// <summary>Reports names that no parameter has, and parameters that cannot stand in a path.</summary>
    internal static void Check(TagDocument tag, string path, NodeModel? parameters, ProblemList problems)
    {
        if (tag.Http is not { } http)
        {
            return;
        }

        string[] names = [.. Of(path)];
        if (names.Length > 0 && tag.Unit != SchemaUnit.Operation)
        {
            problems.Add(ProblemDescriptors.Contradiction, http.Span, "http", "only an operation has parameters in its path");
            return;
        }

        foreach (NodeModel container in parameters?.Children.Where(c => c.Type == LogicalType.Container || c.IsMap) ?? [])
        {
            problems.Add(ProblemDescriptors.Contradiction, tag.Parameters!.Child(container.Name)?.Name.Span ?? http.Span, container.Name, "a parameter is a single value or a list of values");
        }

        if (names.Distinct(StringComparer.Ordinal).Count() < names.Length || path.Split('?')[0].Count(c => c is '{' or '}') != 2 * names.Length)
        {
            problems.Add(ProblemDescriptors.Contradiction, http.Span, "http", "each name in braces is a segment of its own and stands once");
        }

        foreach (string name in names)
        {
            if (parameters?.Child(name) is not { } node)
            {
                problems.Add(ProblemDescriptors.BadReference, http.Span, "http", name, Suggestion.Sentence(name, parameters?.Children.Select(c => c.Name) ?? []) + " Each name in braces is a node of 'parameters'.");
            }
            else if (node.Type == LogicalType.Container || node.IsMany || !node.IsRequired)
            {
                problems.Add(ProblemDescriptors.Contradiction, http.Span, name, "what stands in the path is a single value with 'required: true'");
            }
        }
    }
}

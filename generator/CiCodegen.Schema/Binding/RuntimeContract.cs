namespace CiCodegen.Schema;

/// <summary>What the runtime's types need of a response, whatever the envelope or a correction makes of it.</summary>
internal static class RuntimeContract
{
    private const string State = "CiJobState";

    /// <summary>What the interface of responses has beside the jobs.</summary>
    private static readonly (string Name, bool IsMany)[] s_ofResponse = [("NextToken", false), ("NonExistJobIds", true), ("EventName", false)];

    /// <summary>The members of the base type of jobs.</summary>
    private static readonly Dictionary<string, LogicalType> s_ofJob = new(StringComparer.Ordinal)
    {
        ["Code"] = LogicalType.String,
        ["Message"] = LogicalType.String,
        ["JobId"] = LogicalType.String,
        ["Tag"] = LogicalType.String,
        ["SubTag"] = LogicalType.String,
        ["Progress"] = LogicalType.String,
        ["QueueId"] = LogicalType.String,
        ["State"] = LogicalType.Enum,
        ["CreationTime"] = LogicalType.Time,
        ["StartTime"] = LogicalType.Time,
        ["EndTime"] = LogicalType.Time,
    };

    /// <summary>Reports what is missing or of another type.</summary>
    /// <param name="response">The root <c>Response</c>.</param>
    /// <param name="source">Its document.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void Check(NodeModel response, NodeDocument source, ProblemList problems)
    {
        void Report(NodeDocument at, string what) => problems.AddIn(at.Path, ProblemDescriptors.Contradiction, at.Name.Span, at.Name.Value, what);
        if (response.Child("JobsDetail") is not { Type: LogicalType.Container, IsMany: true, Member: "JobsDetail" } jobs)
        {
            Report(source, "a container 'JobsDetail' with 'many: true' is needed; the envelope 'jobs' has it");
            return;
        }

        foreach ((string name, bool isMany) in s_ofResponse)
        {
            if (response.Child(name) is not { Type: LogicalType.String } node || node.IsMany != isMany || node.Member != name)
            {
                Report(source.Child(name) ?? source, $"the runtime needs a text '{name}'{(isMany ? " with 'many: true'" : "")}; the envelope 'jobs' has it");
            }
        }

        NodeDocument jobsSource = source.Child("JobsDetail") ?? source;
        if (!jobs.IsRuntime)
        {
            Report(jobsSource, "'runtime: true' is needed: the runtime has the base type of jobs; the envelope 'jobs' says so");
        }

        foreach (NodeModel child in jobs.Children)
        {
            bool isKnown = s_ofJob.TryGetValue(child.Name, out LogicalType type);
            bool isBase = isKnown && child.Type == type && !child.IsMany && child.Member == child.Name && (type != LogicalType.Enum || child.Enum is { IsRuntime: true, Name: State });
            if (child.IsRuntime ? !isBase : isKnown)
            {
                string what = isKnown
                    ? $"the runtime's base type of jobs has '{child.Name}', of type {TypeBinder.Word(type)}{(type == LogicalType.Enum ? $" with 'enumName: {State}'" : "")}, once, with 'runtime: true'"
                    : "the runtime's base type of jobs has no such member; leave 'runtime' out";
                Report(jobsSource.Child(child.Name) ?? jobsSource, what);
            }
        }
    }
}

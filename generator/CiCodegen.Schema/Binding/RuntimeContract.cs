namespace CiCodegen.Schema;

/// <summary>What the runtime's types need of a response, whatever the envelope or a correction makes of it.</summary>
internal static class RuntimeContract
{
    private const string State = "CiJobState";

    /// <summary>What the interface of responses has beside the jobs.</summary>
    private static readonly (string Name, bool IsMany)[] s_ofResponse = [("NextToken", false), ("NonExistJobIds", true), ("EventName", false)];

    /// <summary>The members of the base type of jobs.</summary>
    private static LogicalType? OfJob(string member) => member switch
    {
        "Code" or "Message" or "JobId" or "Tag" or "SubTag" or "Progress" or "QueueId" => LogicalType.String,
        "State" => LogicalType.Enum,
        "CreationTime" or "StartTime" or "EndTime" => LogicalType.Time,
        _ => null,
    };

    /// <summary>The members of the base type of templates.</summary>
    private static LogicalType? OfTemplate(string member) => member switch
    {
        "TemplateId" or "Name" or "State" or "Tag" or "BucketId" or "Category" => LogicalType.String,
        "CreateTime" or "UpdateTime" => LogicalType.Time,
        _ => null,
    };

    /// <summary>Reports what is missing or of another type.</summary>
    /// <param name="unit">What the response is of.</param>
    /// <param name="response">The root <c>Response</c>.</param>
    /// <param name="source">Its document.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void Check(SchemaUnit unit, NodeModel response, NodeDocument source, ProblemList problems)
    {
        void Report(NodeDocument at, string what) => problems.AddIn(at.Path, ProblemDescriptors.Contradiction, at.Name.Span, at.Name.Value, what);
        void Scalar(string name, LogicalType type, bool isMany, string envelope)
        {
            if (response.Child(name) is not { } node || node.Type != type || node.IsMany != isMany || node.Member != name)
            {
                Report(source.Child(name) ?? source, $"the runtime needs {(type == LogicalType.String ? "a text" : "an int")} '{name}'{(isMany ? " with 'many: true'" : "")}; the envelope '{envelope}' has it");
            }
        }

        switch (unit)
        {
            case SchemaUnit.Job when response.Child("JobsDetail") is { Type: LogicalType.Container, IsMany: true, Member: "JobsDetail" } jobs:
                foreach ((string name, bool isMany) in s_ofResponse)
                {
                    Scalar(name, LogicalType.String, isMany, "jobs");
                }

                Members(jobs, source.Child("JobsDetail") ?? source, OfJob, "jobs", Report);
                break;
            case SchemaUnit.Job:
                Report(source, "a container 'JobsDetail' with 'many: true' is needed; the envelope 'jobs' has it");
                break;
            case SchemaUnit.Template when response.Child("Template") is { Type: LogicalType.Container, IsMany: false, Member: "Template" } template
                && response.Child("TemplateList") is { IsMany: true, Member: "TemplateList" } list && list.Shape == template.Shape:
                Scalar("TotalCount", LogicalType.Int32, isMany: false, "templates");
                Members(template, source.Child("Template") ?? source, OfTemplate, "templates", Report);
                break;
            case SchemaUnit.Template:
                Report(source, "a container 'Template' is needed, and 'TemplateList' with 'many: true' and 'sameAs: Response.Template'; the envelope 'templates' has both");
                break;
        }
    }

    /// <summary>Reports <c>runtime: true</c> where the runtime has no type.</summary>
    /// <param name="unit">What the root is of.</param>
    /// <param name="root">The root.</param>
    /// <param name="source">Its document.</param>
    /// <param name="problems">Takes what is wrong.</param>
    public static void CheckElsewhere(SchemaUnit unit, NodeModel root, NodeDocument source, ProblemList problems)
    {
        foreach (NodeModel child in root.Children)
        {
            bool isChecked = root.Name == "Response" && (unit, child.Name) is (SchemaUnit.Job, "JobsDetail") or (SchemaUnit.Template, "Template" or "TemplateList");
            NodeDocument at = source.Child(child.Name) ?? source;
            if (!isChecked)
            {
                Elsewhere(child, at, problems);
                continue;
            }

            foreach (NodeModel member in child.Children)
            {
                foreach (NodeModel below in member.Children)
                {
                    Elsewhere(below, at, problems);
                }
            }
        }
    }

    private static void Elsewhere(NodeModel node, NodeDocument source, ProblemList problems)
    {
        if (node.IsRuntime)
        {
            problems.AddIn(source.Path, ProblemDescriptors.Contradiction, source.Name.Span, node.Name, "'runtime: true' is for the members of jobs and templates; leave it out");
        }

        foreach (NodeModel child in node.Children)
        {
            Elsewhere(child, source.Child(child.Name) ?? source, problems);
        }
    }

    private static void Members(NodeModel node, NodeDocument source, Func<string, LogicalType?> members, string noun, Action<NodeDocument, string> report)
    {
        if (!node.IsRuntime)
        {
            report(source, $"'runtime: true' is needed: the runtime has the base type of {noun}; the envelope '{noun}' says so");
        }

        foreach (NodeModel child in node.Children)
        {
            LogicalType? known = members(child.Name);
            LogicalType type = known ?? default;
            bool isKnown = known is not null;
            bool isBase = isKnown && child.Type == type && !child.IsMany && child.Member == child.Name && (type != LogicalType.Enum || child.Enum is { IsRuntime: true, Name: State });
            if (child.IsRuntime ? !isBase : isKnown)
            {
                string what = isKnown
                    ? $"the runtime's base type of {noun} has '{child.Name}', of type {TypeBinder.Word(type)}{(type == LogicalType.Enum ? $" with 'enumName: {State}'" : "")}, once, with 'runtime: true'"
                    : $"the runtime's base type of {noun} has no such member; leave 'runtime' out";
                report(source.Child(child.Name) ?? source, what);
            }
        }
    }
}

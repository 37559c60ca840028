using System.Globalization;

namespace CiCodegen.Runtime;

/// <summary>Which jobs to list. What is null is left to the service.</summary>
public sealed class CiListQuery
{
    /// <summary>Only jobs of this queue.</summary>
    public string? QueueId { get; init; }

    /// <summary>Only jobs of queues of this type, as in <c>Transcoding</c> or <c>SpeedTranscoding</c>; the service ignores it beside <see cref="QueueId"/>.</summary>
    public string? QueueType { get; init; }

    /// <summary>Only jobs that this workflow started.</summary>
    public string? WorkflowId { get; init; }

    /// <summary>Only jobs that this batch started.</summary>
    public string? InventoryTriggerJobId { get; init; }

    /// <summary>Only jobs of this input object; the whole key.</summary>
    public string? InputObject { get; init; }

    /// <summary>Whether the oldest come first; the service begins with the newest otherwise.</summary>
    public bool OldestFirst { get; init; }

    /// <summary>Where to begin: the token of an earlier page.</summary>
    public string? NextToken { get; init; }

    /// <summary>How many jobs a page has, 1 to 100; the service takes 10.</summary>
    public int? PageSize { get; init; }

    /// <summary>Only jobs in one of these states; none means all.</summary>
    public IReadOnlyList<CiJobState> States { get; init; } = [];

    /// <summary>Only jobs made at this time or later; to the second.</summary>
    public DateTimeOffset? StartCreationTime { get; init; }

    /// <summary>Only jobs made at this time or earlier; to the second.</summary>
    public DateTimeOffset? EndCreationTime { get; init; }

    /// <summary>The query's parameters, with the names of the docs.</summary>
    /// <exception cref="ArgumentException">The page size is out of range.</exception>
    internal List<KeyValuePair<string, string?>> ToParameters(string tag, string? nextToken)
    {
        if (PageSize is < 1 or > 100)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{nameof(PageSize)}' is {PageSize}; allowed is 1 to 100."));
        }

        List<KeyValuePair<string, string?>> parameters = [new("tag", tag)];
        void Add(string name, string? value)
        {
            if (!string.IsNullOrEmpty(value))
            {
                parameters.Add(new(name, value));
            }
        }

        Add("queueId", QueueId);
        Add("queueType", QueueType);
        Add("workflowId", WorkflowId);
        Add("inventoryTriggerJobId", InventoryTriggerJobId);
        Add("inputObject", InputObject);
        Add("orderByTime", OldestFirst ? "Asc" : null);
        Add("nextToken", nextToken);
        Add("size", PageSize?.ToString(CultureInfo.InvariantCulture));
        Add("states", string.Join(',', new List<CiJobState>(States).ConvertAll(static state => state.Text)));
        Add("startCreationTime", Time(StartCreationTime));
        Add("endCreationTime", Time(EndCreationTime));
        return parameters;
    }

    private static string? Time(DateTimeOffset? time)
        => time is { } value ? CiParameterWriter.Text(value) : null;
}

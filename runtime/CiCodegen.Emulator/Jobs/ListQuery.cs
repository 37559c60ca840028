using System.Globalization;
using CiCodegen.Runtime;

namespace CiCodegen.Emulator;

/// <summary>The parameters of a list, checked.</summary>
internal sealed record ListQuery
{
    // The queue type that each family's jobs have.
    private static readonly Dictionary<string, string?> s_queueTypes = new(StringComparer.Ordinal)
    {
        ["Transcoding"] = "media", ["Speeching"] = "asr", ["PicProcess"] = "pic", ["AIProcess"] = "ai",
        ["DocProcess"] = "doc", ["FileProcess"] = "file", ["SpeedTranscoding"] = null,
    };

    private static readonly string[] s_timeFormats = ["yyyy-MM-dd'T'HH:mm:sszzz", "yyyy-MM-dd'T'HH:mm:ss zzz"];

    /// <summary>What <c>orderByTime</c> may be.</summary>
    public static readonly string[] Orders = ["Desc", "Asc"];

    public required string Tag { get; init; }

    public string? QueueId { get; init; }

    public string? QueueType { get; init; }

    public string? InputObject { get; init; }

    /// <summary>Whether jobs of a workflow or batch are asked for: the emulator has none.</summary>
    public bool OfWorkflow { get; init; }

    public bool OldestFirst { get; init; }

    public PageToken? After { get; init; }

    public int Size { get; init; }

    /// <summary>The states; null for all.</summary>
    public IReadOnlySet<CiJobState>? States { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    /// <exception cref="ServiceFault">A parameter breaks a rule.</exception>
    public static ListQuery Of(CiRequest request) => new()
    {
        Tag = request.Parameter("tag") ?? throw ServiceFault.InvalidArgument("'tag' is missing."),
        QueueId = request.Parameter("queueId"),
        QueueType = OneOf(request, "queueType", s_queueTypes.Keys),
        InputObject = request.Parameter("inputObject"),
        OfWorkflow = request.Parameter("workflowId") is not null || request.Parameter("inventoryTriggerJobId") is not null,
        OldestFirst = OneOf(request, "orderByTime", Orders) == "Asc",
        After = request.Parameter("nextToken") is { } token ? PageToken.Parse(token) ?? throw Bad("nextToken", token, "what 'NextToken' of a page says") : null,
        Size = SizeOf(request),
        States = StatesOf(request),
        From = Time(request, "startCreationTime"),
        To = Time(request, "endCreationTime"),
    };

    public bool Takes(Job job)
        => !OfWorkflow
            && job.Tag.Name == Tag
            && (QueueId is null ? QueueType is null || s_queueTypes[QueueType] == job.Tag.Model.Family : QueueId == job.QueueId)
            && (InputObject is null || InputObject == job.InputObject)
            && !(job.CreatedSecond < From)
            && !(job.CreatedSecond > To);

    /// <summary>How many a page has.</summary>
    /// <exception cref="ServiceFault">It is no number from 1 to 100.</exception>
    public static int SizeOf(CiRequest request)
    {
        if (request.Parameter("size") is not { } text)
        {
            return 10;
        }

        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int size) && size is >= 1 and <= 100
            ? size
            : throw Bad("size", text, "1 to 100");
    }

    /// <summary>The states that are asked for; null for all.</summary>
    /// <exception cref="ServiceFault">One is unknown.</exception>
    public static HashSet<CiJobState>? StatesOf(CiRequest request)
    {
        if (request.Parameter("states") is not { } text)
        {
            return null;
        }

        string[] states = text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (states.FirstOrDefault(static state => state != "All" && !CiJobState.Known.Contains(state)) is { } unknown)
        {
            throw Bad("states", unknown, "All, Submitted, Running, Success, Failed, Pause and Cancel");
        }

        return states.Contains("All") ? null : [.. states.Select(static state => new CiJobState(state))];
    }

    /// <summary>A time that is asked for; null for none.</summary>
    /// <exception cref="ServiceFault">It is none.</exception>
    public static DateTimeOffset? Time(CiRequest request, string name)
    {
        if (request.Parameter(name) is not { } text)
        {
            return null;
        }

        // A plus sign that was not escaped may arrive as a blank.
        string normal = text.Length > 5 && text[^5] == ' ' ? $"{text[..^5]}+{text[^4..]}" : text;
        return DateTimeOffset.TryParseExact(normal, s_timeFormats, CultureInfo.InvariantCulture, DateTimeStyles.None, out DateTimeOffset time)
            ? time
            : throw Bad(name, text, "a time as in 2022-06-27T15:23:10+0800");
    }

    /// <summary>A parameter that may have some values only; null for none.</summary>
    /// <exception cref="ServiceFault">It has another.</exception>
    public static string? OneOf(CiRequest request, string name, IEnumerable<string> allowed)
        => request.Parameter(name) is not { } text || allowed.Contains(text) ? request.Parameter(name) : throw Bad(name, text, string.Join(", ", allowed));

    private static ServiceFault Bad(string name, string text, string allowed)
        => ServiceFault.InvalidArgument($"'{name}' is '{text}'; allowed is {allowed}.");
}

/// <summary>The last job of a page: the next one begins behind it, whatever has been submitted since.</summary>
internal readonly record struct PageToken(long Ticks, long Sequence)
{
    public static PageToken Of(Job job) => new(job.Created.UtcTicks, job.Sequence);

    public static PageToken? Parse(string text)
        => text.Length == 32
            && long.TryParse(text.AsSpan(0, 16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long ticks)
            && long.TryParse(text.AsSpan(16), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long sequence)
            ? new(ticks, sequence)
            : null;

    public bool IsBefore(Job job, bool oldestFirst)
    {
        int order = (job.Created.UtcTicks, job.Sequence).CompareTo((Ticks, Sequence));
        return oldestFirst ? order > 0 : order < 0;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ticks:x16}{Sequence:x16}");
}

using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace CiCodegen.Tests.Faults;

/// <summary>A job of the ledger.</summary>
internal sealed class LedgerJob
{
    public required string JobId { get; init; }

    public required string UserData { get; init; }

    public required DateTimeOffset Created { get; init; }

    public string State { get; set; } = "Submitted";

    public string Xml => string.Create(
        CultureInfo.InvariantCulture,
        $"<JobsDetail><Code>Success</Code><Message/><JobId>{JobId}</JobId><Tag>VideoTargetRec</Tag><State>{State}</State><CreationTime>{Created.ToOffset(TimeSpan.FromHours(8)):yyyy-MM-dd'T'HH:mm:ss'+0800'}</CreationTime><Operation><UserData>{UserData}</UserData></Operation></JobsDetail>");
}

/// <summary>The least that a client needs of the service: a ledger of jobs behind the five verbs. It checks no schema, and of signatures only their time.</summary>
internal sealed partial class LoopbackService
{
    private readonly ConcurrentQueue<LedgerJob> _jobs = new();

    /// <summary>All jobs that were made.</summary>
    public IReadOnlyList<LedgerJob> Ledger => [.. _jobs];

    /// <summary>What the server's clock is ahead.</summary>
    public TimeSpan ClockOffset { get; set; }

    /// <summary>How long a job is not seen by lists.</summary>
    public TimeSpan ListLag { get; set; }

    /// <summary>The session token that is refused as expired; null refuses none.</summary>
    public string? ExpiredToken { get; set; }

    public LedgerJob Add(string userData = "")
    {
        LedgerJob job = new() { JobId = $"j{Guid.NewGuid():n}", UserData = userData, Created = DateTimeOffset.UtcNow + ClockOffset };
        _jobs.Enqueue(job);
        return job;
    }

    /// <summary>Carries a request out.</summary>
    public WireAnswer Handle(WireRequest request)
    {
        if (Refusal(request) is { } refusal)
        {
            return refusal;
        }

        string id = request.Path.Split('?')[0].Split('/')[^1];
        switch (request.Verb)
        {
            case "submit":
                return WireAnswer.Xml(200, $"<Response>{Add(UserData().Match(request.Body).Groups[1].Value).Xml}</Response>");
            case "describe":
                LedgerJob[] found = [.. _jobs.Where(job => id.Split(',').Contains(job.JobId))];
                foreach (LedgerJob job in found.Where(job => job.State == "Running"))
                {
                    job.State = "Success";
                }

                return found.Length > 0 ? WireAnswer.Xml(200, $"<Response>{string.Concat(found.Select(job => job.Xml))}</Response>") : WireAnswer.Xml(200, $"<Response><NonExistJobIds>{id}</NonExistJobIds></Response>");
            case "list":
                return List(request.Path);
            default:
                LedgerJob? cancelled = _jobs.FirstOrDefault(job => job.JobId == id);
                if (cancelled?.State != "Submitted")
                {
                    return WireAnswer.Error(400, "InvalidArgument");
                }

                cancelled.State = "Cancel";
                return new WireAnswer(200, "");
        }
    }

    private WireAnswer List(string path)
    {
        System.Collections.Specialized.NameValueCollection query = System.Web.HttpUtility.ParseQueryString(path[path.IndexOf('?', StringComparison.Ordinal)..]);
        int size = int.Parse(query["size"] ?? "10", CultureInfo.InvariantCulture);
        int skip = int.Parse(query["nextToken"] ?? "0", CultureInfo.InvariantCulture);
        DateTimeOffset from = query["startCreationTime"] is { } text ? DateTimeOffset.Parse(text.Insert(text.Length - 2, ":"), CultureInfo.InvariantCulture) : DateTimeOffset.MinValue;
        DateTimeOffset seen = DateTimeOffset.UtcNow + ClockOffset - ListLag;
        LedgerJob[] jobs = [.. _jobs.Reverse().Where(job => job.Created >= from && job.Created <= seen).Skip(skip)];
        return WireAnswer.Xml(200, $"<Response>{string.Concat(jobs.Take(size).Select(job => job.Xml))}<NextToken>{(jobs.Length > size ? (skip + size).ToString(CultureInfo.InvariantCulture) : "")}</NextToken></Response>");
    }

    private WireAnswer? Refusal(WireRequest request)
    {
        Match time = SignTime().Match(request.Headers.GetValueOrDefault("authorization", ""));
        long now = (DateTimeOffset.UtcNow + ClockOffset).ToUnixTimeSeconds();
        if (!time.Success || now < long.Parse(time.Groups[1].Value, CultureInfo.InvariantCulture) || now > long.Parse(time.Groups[2].Value, CultureInfo.InvariantCulture))
        {
            return WireAnswer.Error(403, "RequestTimeTooSkewed") with { Headers = $"Date: {DateTimeOffset.UtcNow + ClockOffset:r}\r\n" };
        }

        return ExpiredToken is { } expired && request.Headers.GetValueOrDefault("x-ci-security-token") == expired ? WireAnswer.Error(403, "ExpiredToken") : null;
    }

    [GeneratedRegex("<UserData>(.*?)</UserData>")]
    private static partial Regex UserData();

    [GeneratedRegex("q-sign-time=([0-9]+);([0-9]+)")]
    private static partial Regex SignTime();
}

/// <summary>A request as it came over the wire.</summary>
internal sealed record WireRequest(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    /// <summary>The verb of the command line.</summary>
    public string Verb => Method switch
    {
        "POST" => "submit",
        "PUT" => "cancel",
        _ => Path.Split('?')[0] == "/jobs" ? "list" : "describe",
    };
}

/// <summary>An answer before it goes onto the wire.</summary>
internal sealed record WireAnswer(int Status, string Body)
{
    public string ContentType { get; init; } = "application/xml";

    /// <summary>Further headers, each with its line end.</summary>
    public string Headers { get; init; } = "";

    public static WireAnswer Xml(int status, string body) => new(status, $"<?xml version=\"1.0\" encoding=\"utf-8\"?>{body}");

    public static WireAnswer Error(int status, string code)
        => Xml(status, $"<Error><Code>{code}</Code><Message>told by the test</Message><RequestId>request-in-body</RequestId><TraceId>trace-in-body</TraceId></Error>") with { Headers = "x-ci-trace-id: trace-in-header\r\n" };

    public static WireAnswer Html(int status) => new(status, "<!DOCTYPE html><html><head><title>gateway</title></head><body><p>a page of something on the way<br></body></html>") { ContentType = "text/html" };
}

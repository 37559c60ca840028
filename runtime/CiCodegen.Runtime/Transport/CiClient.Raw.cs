using System.Runtime.CompilerServices;

namespace CiCodegen.Runtime;

/// <content>Verbs without a type for the job, for hosts that learn the Tag at run time and for what no schema knows.</content>
public sealed partial class CiClient
{
    /// <summary>Asks for jobs of any Tag.</summary>
    /// <param name="path">The path of their submission, as in <c>/jobs</c>.</param>
    /// <param name="jobIds">The jobs' ids; at least one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">There is no id, one cannot be an id, or the path is none.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, or its answer cannot be read.</exception>
    public Task<CiRawResult> DescribeRawAsync(string path, IEnumerable<string> jobIds, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobIds);
        string[] ids = [.. jobIds];
        return _pipeline.SendAsync(
            DescribeCall(CheckedPath(path), null, ids),
            reply =>
            {
                CiRawResult answer = Raw(reply, needsJob: false);
                return answer.Jobs.Count == 0 || answer.NonExistJobIds.Count > 0 || answer.Jobs.Any(job => ids.Contains(job.JobId))
                    ? answer
                    : throw Missing(reply, ids[0], hasOthers: true);
            },
            cancellationToken);
    }

    /// <summary>Lists jobs of any Tag: one answer per page, as they are taken.</summary>
    /// <param name="tag">The Tag.</param>
    /// <param name="query">Which jobs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The query asks for what cannot be.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, its answer cannot be read, or its pages go round in a circle.</exception>
    public async IAsyncEnumerable<CiRawResult> ListRawAsync(CiTag tag, CiListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tag);
        ArgumentNullException.ThrowIfNull(query);
        PageGuard guard = new(query.NextToken);
        do
        {
            CiCall call = ListCall(tag, query, guard.Token);
            (CiRawResult page, CiReply reply) = await _pipeline.SendAsync(call, reply => (Raw(reply, needsJob: false), reply), cancellationToken).ConfigureAwait(false);
            yield return page;
            guard.Turn(page.NextToken, reply);
        }
        while (guard.Token is not null);
    }

    /// <summary>Cancels a job that has not started.</summary>
    /// <param name="tag">The job's Tag.</param>
    /// <param name="jobId">The job's id.</param>
    /// <param name="cancellationToken">Cancels the call, not the job.</param>
    /// <exception cref="ArgumentException">The id cannot be one.</exception>
    /// <exception cref="CiException">The service refused it or could not be reached.</exception>
    public async Task CancelAsync(CiTag tag, string jobId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(tag);
        CheckId(jobId);

        // The pages on pictures submit to /pic_jobs and cancel at /jobs.
        string path = tag.Family == "pic" ? "/jobs" : tag.Path;
        CiCall call = new()
        {
            Operation = "cancel",
            Method = HttpMethod.Put,
            Path = $"{path}/{jobId}",
            EncodedPath = $"{path}/{SignedPair.Encode(jobId)}",
            Query = [new("cancel", null)],
            Tag = tag.Name,
            JobId = jobId,
            Effect = CallEffect.Changes,
            Started = _options.TimeProvider.GetTimestamp(),
        };
        try
        {
            await _pipeline.SendAsync(call, ReadCancelled, cancellationToken).ConfigureAwait(false);
        }
        catch (CiException e) when (e.IsAmbiguous)
        {
            // A try before the last may have cancelled it, and its answer was lost: the job itself knows.
            CiJobState? state = await StateAsync(tag.Path, jobId, call.Started, cancellationToken).ConfigureAwait(false);
            if (state == CiJobState.Cancel)
            {
                return;
            }

            // What has begun can no longer be cancelled, not even by a request that comes late.
            e.IsAmbiguous = state is null || state == CiJobState.Submitted;
            throw;
        }
    }

    private bool ReadCancelled(CiReply reply)
    {
        // The service answers with nothing; a page of something on the way is no such answer.
        if (reply.Body.Span.IndexOfAnyExcept(" \t\r\n"u8) >= 0)
        {
            CiXml.Read<RawPage>(reply.Body, _options.ReaderOptions);
        }

        return true;
    }

    /// <summary>A job's state; null when it cannot be found out.</summary>
    private async Task<CiJobState?> StateAsync(string path, string jobId, long? started, CancellationToken cancellationToken)
    {
        try
        {
            CiRawResult answer = await _pipeline.SendAsync(DescribeCall(path, null, [jobId], started), reply => Raw(reply, needsJob: false), cancellationToken).ConfigureAwait(false);
            return Find(answer.Jobs, jobId)?.State;
        }
        catch (CiException)
        {
            // The caller is told of the request itself, which is not known to have failed.
            return null;
        }
    }

    private CiRawResult Raw(CiReply reply, bool needsJob)
    {
        // Throws ServiceError for an Error document, which the pipeline turns into the service's refusal.
        RawPage page = CiXml.Read<RawPage>(reply.Body, _options.ReaderOptions);
        IReadOnlyList<CiJobEnvelope> jobs = CiJobEnvelope.ReadAll(reply.Body, _options.ReaderOptions);
        if (needsJob && Taken(jobs) is null)
        {
            throw NoJob();
        }

        return new(reply.Status, reply.RequestId, jobs, reply.Body) { NextToken = page.NextToken, NonExistJobIds = page.NonExistJobIds };
    }

    internal static CiCall ListCall(CiTag tag, CiListQuery query, string? nextToken, long? started = null) => new()
    {
        Operation = "list",
        Method = HttpMethod.Get,
        Path = tag.Path,
        Query = query.ToParameters(tag.Name, nextToken),
        Tag = tag.Name,
        Started = started,
    };

    private static CiCall DescribeCall(string path, string? tag, IEnumerable<string> jobIds, long? started = null)
    {
        ArgumentNullException.ThrowIfNull(jobIds);
        List<string> ids = [.. jobIds];
        if (ids.Count == 0)
        {
            throw new ArgumentException("At least one job id is needed.", nameof(jobIds));
        }

        ids.ForEach(CheckId);
        return new()
        {
            Operation = "describe",
            Method = HttpMethod.Get,
            Path = $"{path}/{string.Join(',', ids)}",
            EncodedPath = $"{path}/{string.Join(',', ids.ConvertAll(SignedPair.Encode))}",
            Tag = tag,
            JobId = ids.Count == 1 ? ids[0] : null,
            Started = started,
        };
    }

    // An id is one segment of a path: what would change the path or split the id is refused.
    private static void CheckId(string jobId)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(jobId);
        if (jobId is "." or ".." || jobId.AsSpan().IndexOfAny("/\\,?#%") >= 0
            || jobId.AsSpan().ContainsAnyInRange('\0', '\u001F') || jobId.AsSpan().ContainsAnyInRange('\u007F', '\u009F'))
        {
            throw new ArgumentException($"'{jobId}' is no job id.", nameof(jobId));
        }
    }

    private static string CheckedPath(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (path is not ['/', ..] || path.AsSpan().ContainsAnyExceptInRange('!', '~') || path.AsSpan().IndexOfAny("?#%\\") >= 0)
        {
            throw new ArgumentException($"'{path}' is no path; expected is one as in /jobs.", nameof(path));
        }

        return path;
    }
}

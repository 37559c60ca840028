using System.Runtime.CompilerServices;

namespace CiCodegen.Runtime;

/// <summary>Talks to the service: submits jobs, asks for them, lists, cancels and waits for them. One client serves every Tag.</summary>
/// <remarks>
/// <para>Safe for use by many at once. The <see cref="HttpClient"/> stays the caller's; give it a handler that does not follow redirects
/// and does not repeat requests by itself, as <see cref="CreateHandler"/> makes: a redirect would carry the token to another host.</para>
/// <para>Reads are repeated over failures that pass. A submission is repeated only when the service surely did not take it; when that
/// cannot be known, <see cref="CiAmbiguousSubmitException"/> says so. A submission cancelled while under way throws
/// <see cref="OperationCanceledException"/> with that exception inside.</para>
/// </remarks>
public sealed partial class CiClient
{
    private static readonly ConditionalWeakTable<CiJob, CiRawResult> s_raw = [];

    private readonly CiClientOptions _options;
    private readonly CiTransport _transport;
    private readonly CiPipeline _pipeline;

    /// <summary>Makes a client.</summary>
    /// <param name="http">Sends the requests; its base address is not used.</param>
    /// <param name="options">Where the service is; copied.</param>
    /// <param name="credentials">What to sign with.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException">The options do not fit together.</exception>
    public CiClient(HttpClient http, CiClientOptions options, ICiCredentialProvider credentials)
    {
        ArgumentNullException.ThrowIfNull(http);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(credentials);
        options.Validate();
        _options = options.Copy();
        _transport = new(http, _options, credentials);
        _pipeline = new(_transport, _options);
    }

    /// <summary>A handler as this client needs it: follows no redirects, keeps no cookies, renews connections so that changed addresses are seen.</summary>
    // AutomaticDecompression is None by itself; setting it would bring every decoder into a native program.
    public static SocketsHttpHandler CreateHandler() => new()
    {
        AllowAutoRedirect = false,
        UseCookies = false,
        PooledConnectionLifetime = TimeSpan.FromMinutes(5),
    };

    /// <summary>The answer that a job came in, when <see cref="CiClientOptions.KeepRawResponse"/> was set; null otherwise.</summary>
    /// <param name="job">A job that a client returned.</param>
    /// <exception cref="ArgumentNullException"><paramref name="job"/> is null.</exception>
    public static CiRawResult? GetRawResponse(CiJob job)
    {
        ArgumentNullException.ThrowIfNull(job);
        return s_raw.TryGetValue(job, out CiRawResult? raw) ? raw : null;
    }

    /// <summary>Asks for one job.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="jobId">The job's id.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The id cannot be one.</exception>
    /// <exception cref="CiJobNotFoundException">The service knows no such job.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, or its answer cannot be read.</exception>
    public Task<TJob> DescribeAsync<TJob>(string jobId, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
        => DescribeCoreAsync<TJob>(jobId, null, cancellationToken);

    /// <summary>Asks for several jobs at once.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="jobIds">The jobs' ids; at least one.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <returns>The jobs that exist, and the ids of those that do not.</returns>
    /// <exception cref="ArgumentException">There is no id, or one cannot be an id.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, or its answer cannot be read.</exception>
    public Task<CiDescribeResult<TJob>> DescribeManyAsync<TJob>(IEnumerable<string> jobIds, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
        => _pipeline.SendAsync(
            DescribeCall(TJob.JobTag.Path, TJob.JobTag.Name, jobIds),
            reply =>
            {
                ICiJobResponse<TJob> response = ReadAll<TJob>(reply);
                return new CiDescribeResult<TJob>(response.JobsDetail, response.NonExistJobIds, reply.RequestId);
            },
            cancellationToken);

    /// <summary>Lists the Tag's jobs, page by page as they are taken.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="query">Which jobs.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="ArgumentException">The query asks for what cannot be.</exception>
    /// <exception cref="CiException">The service refused it, could not be reached, its answer cannot be read, or its pages go round in a circle.</exception>
    public async IAsyncEnumerable<TJob> ListAsync<TJob>(CiListQuery query, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(query);
        PageGuard guard = new(query.NextToken);
        do
        {
            CiCall call = ListCall(TJob.JobTag, query, guard.Token);
            (ICiJobResponse<TJob> page, CiReply reply) = await _pipeline.SendAsync(call, reply => (ReadAll<TJob>(reply), reply), cancellationToken).ConfigureAwait(false);
            foreach (TJob job in page.JobsDetail)
            {
                yield return job;
            }

            guard.Turn(page.NextToken, reply);
        }
        while (guard.Token is not null);
    }

    /// <summary>Cancels a job that has not started.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="jobId">The job's id.</param>
    /// <param name="cancellationToken">Cancels the call, not the job.</param>
    /// <exception cref="ArgumentException">The id cannot be one.</exception>
    /// <exception cref="CiException">The service refused it or could not be reached.</exception>
    public Task CancelAsync<TJob>(string jobId, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
        => CancelAsync(TJob.JobTag, jobId, cancellationToken);

    private ICiJobResponse<TJob> ReadAll<TJob>(CiReply reply)
        where TJob : CiJob, ICiJob<TJob>
    {
        ICiJobResponse<TJob> response = JobResponseReader.Read<TJob>(reply.Body, _options.ReaderOptions);
        if (_options.KeepRawResponse)
        {
            CiRawResult raw = new(reply.Status, reply.RequestId, CiJobEnvelope.ReadAll(reply.Body), reply.Body);
            foreach (TJob job in response.JobsDetail)
            {
                s_raw.AddOrUpdate(job, raw);
            }
        }

        return response;
    }

    private Task<TJob> DescribeCoreAsync<TJob>(string jobId, long? started, CancellationToken cancellationToken)
        where TJob : CiJob, ICiJob<TJob>
        => _pipeline.SendAsync(DescribeCall(TJob.JobTag.Path, TJob.JobTag.Name, [jobId], started), reply => ReadOne<TJob>(reply, jobId), cancellationToken);

    /// <summary>The job of an answer.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="jobId">The job that was asked for; null for the one that was made.</param>
    private TJob ReadOne<TJob>(CiReply reply, string? jobId)
        where TJob : CiJob, ICiJob<TJob>
    {
        ICiJobResponse<TJob> response = ReadAll<TJob>(reply);
        return response.JobsDetail.Find(job => !string.IsNullOrEmpty(job.JobId) && (jobId is null || jobId == job.JobId))
            ?? throw (jobId is null ? NoJob() : Missing(reply, jobId, response.JobsDetail.Count > 0 && !response.NonExistJobIds.Contains(jobId)));
    }

    private static CiFormatException NoJob()
        => new(CiFormatError.UnexpectedRoot, "Response", 0, 0, "the answer has no job with an id") { IsFinal = true };

    /// <summary>Why an answer has not the job that was asked for.</summary>
    /// <param name="reply">The answer.</param>
    /// <param name="jobId">The job.</param>
    /// <param name="hasOthers">Whether it tells of other jobs instead: then it answers another question, as that of a proxy or of a connection out of step.</param>
    private static Exception Missing(CiReply reply, string jobId, bool hasOthers)
        => hasOthers
            ? new CiFormatException(CiFormatError.UnexpectedRoot, "Response", 0, 0, $"the answer is not about job '{jobId}'")
            : new CiJobNotFoundException(jobId, new(reply.Status, null, reply.RequestId, reply.TraceId));

    private static CiResponseException RoundInACircle(string why, CiReply reply) => new(
        $"The list goes round in a circle: {why}.",
        new(reply.Status, null, reply.RequestId, reply.TraceId),
        CiJobEnvelope.ReadAll(reply.Body),
        reply.Redactor.Clean(reply.Body),
        isTruncated: false,
        innerException: null);

    /// <summary>The token of the page to ask for next; a token that was there before would lead round in a circle.</summary>
    private sealed class PageGuard(string? first)
    {
        private readonly HashSet<string> _seen = new(StringComparer.Ordinal) { first ?? "" };

        public string? Token { get; private set; } = string.IsNullOrEmpty(first) ? null : first;

        public void Turn(string? next, CiReply reply)
        {
            Token = string.IsNullOrEmpty(next) ? null : next;
            if (Token is not null && !_seen.Add(Token))
            {
                throw RoundInACircle("a 'NextToken' came back that was there before", reply);
            }
        }
    }
}

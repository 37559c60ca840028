using System.Globalization;
using System.Runtime.CompilerServices;

namespace CiCodegen.Runtime;

/// <content>Submitting many jobs, each once.</content>
public sealed partial class CiClient
{
    /// <summary>Submits many jobs; the results come as they come. Each request's key in the journal is its position.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="requests">The requests: with a journal, the same in every run.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the run; what is under way is broken off. With a journal it can be resumed.</param>
    /// <returns>One result per request, in the order in which they end.</returns>
    /// <remarks>
    /// <para>Requests carry a <see cref="CiSubmissionMark"/>. Those whose outcome is unknown are looked for in the service's list, many at
    /// once, while others are sent; not found, their outcome stays unknown and is reported. Nothing is sent twice on a guess.</para>
    /// <para>A result is in the journal before it is returned. To leave the enumeration early stops the run.</para>
    /// <para>When something fails, also when <paramref name="requests"/> throws, nothing more is begun; what was sent is finished and
    /// returned, and then the exception is thrown. Requests that had been taken and not sent are returned as <see cref="CiBulkStatus.Unsent"/>.</para>
    /// </remarks>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    /// <exception cref="CiJournalException">The journal is of other requests, or cannot be written to.</exception>
    /// <exception cref="CiCredentialException">There is nothing to sign with.</exception>
    /// <exception cref="CiBulkStoppedException">Too many in a row came to nothing.</exception>
    public IAsyncEnumerable<CiBulkResult> SubmitAllAsync<TJob>(IAsyncEnumerable<ICiJobRequest<TJob>> requests, CiBulkOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(requests);
        return RunAsync(Works(requests, static (request, index) => (index.ToString(CultureInfo.InvariantCulture), request), checksKeys: false), options, cancellationToken);
    }

    /// <summary>Submits many jobs with keys of the caller's, so that their order may change from run to run.</summary>
    /// <typeparam name="TJob">The Tag's job.</typeparam>
    /// <param name="requests">The requests with their keys.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>As for the other overload.</returns>
    /// <exception cref="ArgumentException">A key is empty, is there twice, or has half a character (a surrogate alone).</exception>
    public IAsyncEnumerable<CiBulkResult> SubmitAllAsync<TJob>(IAsyncEnumerable<CiBulkRequest<TJob>> requests, CiBulkOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
    {
        ArgumentNullException.ThrowIfNull(requests);
        return RunAsync(Works(requests, static (request, _) => (request.Key, request.Request), checksKeys: true), options, cancellationToken);
    }

    /// <summary>Submits many documents of any Tags; no schema is asked.</summary>
    /// <param name="documents">The documents with their keys.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <param name="cancellationToken">Stops the run.</param>
    /// <returns>As for <see cref="SubmitAllAsync{TJob}(IAsyncEnumerable{ICiJobRequest{TJob}}, CiBulkOptions?, CancellationToken)"/>.</returns>
    /// <exception cref="ArgumentException">As for the other overload.</exception>
    public IAsyncEnumerable<CiBulkResult> SubmitAllRawAsync(IAsyncEnumerable<CiBulkDocument> documents, CiBulkOptions? options = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(documents);
        return RunAsync(Works(documents), options, cancellationToken);
    }

    private IAsyncEnumerable<CiBulkResult> RunAsync(IAsyncEnumerable<BulkWork> works, CiBulkOptions? options, CancellationToken cancellationToken)
    {
        options ??= new();
        options.Validate();
        return BulkRun.RunAsync(this, _options, options, works, cancellationToken);
    }

    private async IAsyncEnumerable<BulkWork> Works<TSource, TJob>(
        IAsyncEnumerable<TSource> source, Func<TSource, long, (string Key, ICiJobRequest<TJob> Request)> read, bool checksKeys, [EnumeratorCancellation] CancellationToken cancellationToken = default)
        where TJob : CiJob, ICiJob<TJob>
    {
        long index = 0;
        HashSet<string> keys = new(StringComparer.Ordinal);
        await foreach (TSource item in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            (string key, ICiJobRequest<TJob> request) = read(item, index);
            if (checksKeys)
            {
                CheckKey(keys, key);
            }

            yield return Work(index++, key, request);
        }
    }

    private static async IAsyncEnumerable<BulkWork> Works(IAsyncEnumerable<CiBulkDocument> source, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        long index = 0;
        HashSet<string> keys = new(StringComparer.Ordinal);
        await foreach (CiBulkDocument document in source.WithCancellation(cancellationToken).ConfigureAwait(false))
        {
            CheckKey(keys, document.Key);
            yield return new(index++, document.Key, document.Tag, document.Xml.ToArray(), null);
        }
    }

    private BulkWork Work<TJob>(long index, string key, ICiJobRequest<TJob> request)
        where TJob : CiJob, ICiJob<TJob>
    {
        try
        {
            if (_options.ValidateRequests)
            {
                request.Validate().ThrowIfInvalid();
            }

            return new(index, key, TJob.JobTag, Written(request), null);
        }
        catch (Exception e) when (e is CiValidationException or CiFormatException)
        {
            return new(index, key, TJob.JobTag, [], e);
        }
    }

    private static void CheckKey(HashSet<string> keys, string key)
    {
        BulkKey.Check(key);
        if (!keys.Add(key))
        {
            throw new ArgumentException($"Two requests have the key '{key}'.");
        }
    }
}

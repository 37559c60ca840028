#if NET10_0_OR_GREATER
using System.IO.Pipelines;
#endif

namespace CiCodegen.Runtime;

/// <summary>The jobs of a response, read one by one while the document comes: in memory is one job at a time.</summary>
/// <remarks>Errors are those of a read of the whole document; jobs before the place of an error have been handed out by then.</remarks>
/// <typeparam name="TJob">The Tag's job.</typeparam>
public sealed class CiJobSequence<TJob> : IAsyncEnumerable<TJob>
    where TJob : CiJob, ICiJob<TJob>
{
    private readonly CiReaderOptions _options;
    private readonly Func<DocumentWindow, CancellationToken, ValueTask> _fill;
    private readonly CancellationToken _cancellationToken;
    private JobFrames<TJob>? _frames;

    internal CiJobSequence(Stream document, CiReaderOptions options, CancellationToken cancellationToken)
        : this((window, token) => window.FillAsync(document, token), options, cancellationToken)
    {
    }

#if NET10_0_OR_GREATER
    internal CiJobSequence(PipeReader document, CiReaderOptions options, CancellationToken cancellationToken)
        : this((window, token) => window.FillAsync(document, token), options, cancellationToken)
    {
    }
#endif

    private CiJobSequence(Func<DocumentWindow, CancellationToken, ValueTask> fill, CiReaderOptions options, CancellationToken cancellationToken)
    {
        _fill = fill;
        _options = options;
        _cancellationToken = cancellationToken;
    }

    /// <summary>What stands beside the jobs, as far as it has been read: whole once the last job was handed out. Its own list of jobs stays empty.</summary>
    public ICiJobResponse<TJob>? Response => _frames?.Response;

    /// <summary>Reads the jobs. Once only: the document passes by.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="InvalidOperationException">The jobs have been read before.</exception>
    public IAsyncEnumerator<TJob> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        if (_frames is not null)
        {
            throw new InvalidOperationException("The jobs of a document can be read once only: it passes by.");
        }

        _frames = new JobFrames<TJob>(_options);
        return Read(_frames, cancellationToken);
    }

    private async IAsyncEnumerator<TJob> Read(JobFrames<TJob> frames, CancellationToken cancellationToken)
    {
        using CancellationTokenSource both = CancellationTokenSource.CreateLinkedTokenSource(_cancellationToken, cancellationToken);
        using (frames)
        {
            while (true)
            {
                both.Token.ThrowIfCancellationRequested();
                if (frames.Next() is { } job)
                {
                    yield return job;
                }
                else if (frames.HasEnded)
                {
                    yield break;
                }
                else
                {
                    await _fill(frames.Window, both.Token).ConfigureAwait(false);
                }
            }
        }
    }
}

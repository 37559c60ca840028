using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CiCodegen.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CiCodegen.Extensions;

/// <summary>Callbacks that were answered and wait for their handlers.</summary>
internal sealed class CallbackQueue(IOptions<CiCallbackOptions> options, ICiCallbackStore store, IServiceScopeFactory scopes, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    private readonly CiCallbackOptions _options = options.Value;
    private readonly CiCallbackParser _parser = new(options.Value.Tags, options.Value.ReaderOptions);
    private readonly Channel<CiStoredCallback> _waiting = Channel.CreateUnbounded<CiStoredCallback>();
    private readonly SemaphoreSlim _room = new(options.Value.QueueLength);
    private readonly ILogger _logger = loggers.CreateLogger(CiInstrumentation.LogCategory);

    /// <summary>Keeps a place free.</summary>
    /// <returns>False when all are taken.</returns>
    public bool TryReserve() => _room.Wait(0);

    /// <summary>Gives a place back that is not needed.</summary>
    public void Release() => _room.Release();

    /// <summary>Adds a callback at a place that was kept free.</summary>
    public void Add(CiStoredCallback callback) => _waiting.Writer.TryWrite(callback);

    protected override Task ExecuteAsync(CancellationToken stoppingToken)
        => Parallel.ForEachAsync(
            AllAsync(stoppingToken),
            new ParallelOptions { MaxDegreeOfParallelism = _options.MaxConcurrency, CancellationToken = stoppingToken },
            async (next, cancellationToken) =>
            {
                try
                {
                    await HandleAsync(next.Callback, cancellationToken);
                }
                finally
                {
                    if (next.HasPlace)
                    {
                        Release();
                    }
                }
            });

    // What an earlier process left comes first; it needs no place, since it is no more than the store holds.
    private async IAsyncEnumerable<(CiStoredCallback Callback, bool HasPlace)> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (CiStoredCallback left in store.PendingAsync(cancellationToken))
        {
            yield return (left, false);
        }

        await foreach (CiStoredCallback callback in _waiting.Reader.ReadAllAsync(cancellationToken))
        {
            yield return (callback, true);
        }
    }

    /// <summary>Calls the handler until it is done or its tries are over.</summary>
    private async Task HandleAsync(CiStoredCallback stored, CancellationToken cancellationToken)
    {
        for (int number = 1; ; number++)
        {
            try
            {
                await HandleOnceAsync(stored, number, cancellationToken);
                await store.DoneAsync(stored, cancellationToken);
                return;
            }
            catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
            {
                throw;
            }
            catch (Exception e)
            {
                bool last = number >= _options.MaxTries;
                CiCallbackLog.HandlerFailed(_logger, stored.JobId, stored.State, number, _options.MaxTries, e);
                if (last)
                {
                    await ForgetAsync(stored, cancellationToken);
                    return;
                }
            }

            await Task.Delay(_options.RetryDelay * Math.Pow(2, number - 1), time, cancellationToken);
        }
    }

    private async Task ForgetAsync(CiStoredCallback stored, CancellationToken cancellationToken)
    {
        try
        {
            await store.ForgetAsync(stored, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // The store is broken too; the other callbacks go on.
            CiCallbackLog.StoreFailed(_logger, stored.JobId, e);
        }
    }

    private async Task HandleOnceAsync(CiStoredCallback stored, int number, CancellationToken cancellationToken)
    {
        (CiJob? job, string? eventName, Exception? unreadable) = Read(stored);
        if (job is null || _options.HandlerOf(job) is not { } handle)
        {
            CiCallbackLog.NoHandler(_logger, stored.JobId, stored.State, job?.Tag);
            return;
        }

        await using AsyncServiceScope scope = scopes.CreateAsyncScope();
        await handle(job, new CiCallbackContext(scope.ServiceProvider, stored, eventName, unreadable, number), cancellationToken);
    }

    private (CiJob? Job, string? EventName, Exception? Unreadable) Read(CiStoredCallback stored)
    {
        try
        {
            CiCallback callback = _parser.Parse(stored.Document);
            return (callback.Jobs.FirstOrDefault(job => job.JobId == stored.JobId), callback.EventName, null);
        }
        catch (CiFormatException e)
        {
            // A job is not lost because its results cannot be read.
            return (CiJobEnvelope.ReadAll(stored.Document, _options.ReaderOptions).FirstOrDefault(job => job.JobId == stored.JobId), null, e);
        }
    }
}

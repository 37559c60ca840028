using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using CiCodegen.Runtime;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace CiCodegen.Extensions;

/// <summary>Callbacks that were taken in and wait for their handlers.</summary>
internal sealed class CallbackQueue(IOptions<CiCallbackOptions> options, ICiCallbackStore store, IServiceScopeFactory scopes, TimeProvider time, ILoggerFactory loggers) : BackgroundService
{
    private static readonly TimeSpan s_firstPause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan s_longestPause = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan s_longestRetryDelay = TimeSpan.FromDays(1);

    private readonly CiCallbackOptions _options = options.Value;
    private readonly CiCallbackParser _parser = new(options.Value.Tags, options.Value.ReaderOptions);
    private readonly ILogger _logger = QuietLogger.Of(loggers);
    private readonly CallbackKeys _keys = new();

    // What came now and what an earlier process left; the latter is fetched from the store no faster than it is handled.
    private readonly ConcurrentQueue<CiStoredCallback> _waiting = new();
    private readonly ConcurrentQueue<CiStoredCallback> _left = new();
    private readonly SemaphoreSlim _room = new(options.Value.QueueLength);
    private readonly SemaphoreSlim _roomForLeft = new(options.Value.MaxConcurrency);
    private readonly SemaphoreSlim _ready = new(0);
    private CancellationToken _stopping;

    /// <summary>Takes a callback in: keeps it in the store and has it handled, unless the store knows it.</summary>
    /// <returns>Whether it is new; null when there is no room, or nobody to handle it.</returns>
    public async Task<bool?> TakeAsync(CiStoredCallback callback)
    {
        if (_stopping.IsCancellationRequested || ExecuteTask is { IsCompleted: true } || !_room.Wait(0))
        {
            return null;
        }

        bool? isNew = null;
        _keys.Begin(callback.Key);
        try
        {
            // Whoever sent it may hang up meanwhile: what the store has kept by then must be handled all the same.
            isNew = await store.TryAddAsync(callback, _stopping);
        }
        finally
        {
            if (_keys.End(callback, isNew) is { } next)
            {
                Enqueue(_waiting, next);
            }
            else
            {
                _room.Release();
            }
        }

        return isNew;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        _stopping = stoppingToken;
        using CancellationTokenSource end = CancellationTokenSource.CreateLinkedTokenSource(stoppingToken);
        Task listing = Task.Run(() => ListAsync(end.Token), CancellationToken.None);
        try
        {
            ParallelOptions parallel = new() { MaxDegreeOfParallelism = _options.MaxConcurrency, CancellationToken = end.Token };
            await Parallel.ForEachAsync(AllAsync(end.Token), parallel, async (next, cancellationToken) =>
            {
                try
                {
                    await HandleAsync(next.Callback, cancellationToken);
                    _keys.Done(next.Callback.Key);
                }
                finally
                {
                    next.Room.Release();
                }
            });
        }
        finally
        {
            await end.CancelAsync();
            await listing;
            if (_keys.InHand is > 0 and int count)
            {
                CiCallbackLog.Dropped(_logger, count);
            }
        }
    }

    // What an earlier process left comes first, as far as it is there.
    private async IAsyncEnumerable<(CiStoredCallback Callback, SemaphoreSlim Room)> AllAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            await _ready.WaitAsync(cancellationToken);
            if (_left.TryDequeue(out CiStoredCallback? callback))
            {
                yield return (callback, _roomForLeft);
            }
            else if (_waiting.TryDequeue(out callback))
            {
                yield return (callback, _room);
            }
        }
    }

    private void Enqueue(ConcurrentQueue<CiStoredCallback> queue, CiStoredCallback callback)
    {
        queue.Enqueue(callback);
        _ready.Release();
    }

    /// <summary>Fetches what an earlier process left, until the store has told all of it. Whatever the store throws, others are handled meanwhile.</summary>
    private async Task ListAsync(CancellationToken cancellationToken)
    {
        for (TimeSpan pause = s_firstPause; ; pause = pause * 2 < s_longestPause ? pause * 2 : s_longestPause)
        {
            _keys.BeginList();
            try
            {
                await foreach (CiStoredCallback left in store.PendingAsync(cancellationToken))
                {
                    if (_keys.TryTake(left))
                    {
                        await _roomForLeft.WaitAsync(cancellationToken);
                        Enqueue(_left, left);
                    }
                }

                return;
            }
            catch (Exception) when (cancellationToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception e)
            {
                CiCallbackLog.NotListed(_logger, pause.TotalSeconds, e);
            }
            finally
            {
                _keys.EndList();
            }

            await Task.Delay(pause, time, cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (cancellationToken.IsCancellationRequested)
            {
                return;
            }
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

            double pause = _options.RetryDelay.TotalSeconds * Math.Pow(2, Math.Min(number - 1, 60));
            await Task.Delay(TimeSpan.FromSeconds(Math.Min(pause, s_longestRetryDelay.TotalSeconds)), time, cancellationToken);
        }
    }

    private async Task ForgetAsync(CiStoredCallback stored, CancellationToken cancellationToken)
    {
        try
        {
            await store.ForgetAsync(stored, cancellationToken);
        }
        catch (Exception e) when (!cancellationToken.IsCancellationRequested)
        {
            // The store is broken too, or gave up by itself; the other callbacks go on.
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

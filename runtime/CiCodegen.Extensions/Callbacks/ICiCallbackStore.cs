namespace CiCodegen.Extensions;

/// <summary>A job's callback as it is kept until its handler is done.</summary>
/// <param name="Key">What makes it the same as another: job and state.</param>
/// <param name="JobId">The job.</param>
/// <param name="State">Its state; null when the callback says none.</param>
/// <param name="Document">The body as it came, XML or JSON.</param>
/// <param name="ReceivedAt">When it came.</param>
public sealed record CiStoredCallback(string Key, string JobId, string? State, ReadOnlyMemory<byte> Document, DateTimeOffset ReceivedAt);

/// <summary>Keeps callbacks, so that one that comes twice is handled once and, with a store that outlives the process, none is lost. Called by many at once.</summary>
public interface ICiCallbackStore
{
    /// <summary>Takes a callback in before it is answered.</summary>
    /// <param name="callback">The callback.</param>
    /// <param name="cancellationToken">The host stops. Not that the sender hung up: what was kept by then is handled.</param>
    /// <returns>False when one with its key is there already, handled or not.</returns>
    /// <remarks>What throws is answered with 500. It may have been kept all the same: should it come again and not be new then, it is handled.</remarks>
    ValueTask<bool> TryAddAsync(CiStoredCallback callback, CancellationToken cancellationToken = default);

    /// <summary>Its handler is done; only the key need be kept, to know the next one by.</summary>
    /// <param name="callback">The callback.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask DoneAsync(CiStoredCallback callback, CancellationToken cancellationToken = default);

    /// <summary>It was not or could not be handled: it is forgotten, so that it is handled should it come again.</summary>
    /// <param name="callback">The callback.</param>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask ForgetAsync(CiStoredCallback callback, CancellationToken cancellationToken = default);

    /// <summary>Those that were taken in and never done, as by a process that ended: handled when the host starts. Read while others come in; which of these it names does not matter.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    /// <remarks>When it throws it is asked again after a pause, from a second to a minute.</remarks>
    IAsyncEnumerable<CiStoredCallback> PendingAsync(CancellationToken cancellationToken = default);
}

/// <summary>Keeps keys in memory: for one process, and as long as it lives.</summary>
/// <param name="timeProvider">The clock; null for the machine's.</param>
public sealed class MemoryCiCallbackStore(TimeProvider? timeProvider = null) : ICiCallbackStore
{
    private readonly TimeProvider _time = timeProvider ?? TimeProvider.System;
    private readonly object _lock = new();
    private readonly Dictionary<string, DateTimeOffset> _keys = new(StringComparer.Ordinal);
    private readonly Queue<(string Key, DateTimeOffset At)> _order = new();

    /// <summary>How many keys are kept at most; 100,000. The oldest go first.</summary>
    public int Capacity { get; init; } = 100_000;

    /// <summary>How long a key is kept; a day.</summary>
    public TimeSpan KeepFor { get; init; } = TimeSpan.FromDays(1);

    /// <inheritdoc/>
    public ValueTask<bool> TryAddAsync(CiStoredCallback callback, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callback);
        lock (_lock)
        {
            DateTimeOffset now = _time.GetUtcNow();
            while (_order.TryPeek(out (string Key, DateTimeOffset At) oldest) && (now - oldest.At >= KeepFor || _keys.Count >= Capacity))
            {
                _order.Dequeue();
                Remove(oldest.Key, oldest.At);
            }

            if (!_keys.TryAdd(callback.Key, now))
            {
                return new(false);
            }

            _order.Enqueue((callback.Key, now));
            return new(true);
        }
    }

    /// <inheritdoc/>
    public ValueTask DoneAsync(CiStoredCallback callback, CancellationToken cancellationToken = default) => default;

    /// <inheritdoc/>
    public ValueTask ForgetAsync(CiStoredCallback callback, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(callback);
        lock (_lock)
        {
            _keys.Remove(callback.Key);
        }

        return default;
    }

    /// <inheritdoc/>
    public async IAsyncEnumerable<CiStoredCallback> PendingAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        await Task.CompletedTask;
        yield break;
    }

    // A key that was forgotten and came again stands later in the order.
    private void Remove(string key, DateTimeOffset at)
    {
        if (_keys.TryGetValue(key, out DateTimeOffset added) && added == at)
        {
            _keys.Remove(key);
        }
    }
}

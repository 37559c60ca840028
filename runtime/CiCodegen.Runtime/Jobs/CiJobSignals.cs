using System.Collections.Concurrent;
using System.Threading.Channels;

namespace CiCodegen.Runtime;

/// <summary>Tells those who wait for jobs that one may have ended, so that they ask at once: callbacks go in here, and asking now and then stays the safety net.</summary>
/// <remarks>A signal proves nothing: whoever is woken asks the service. Lost and doubled ones do no harm.</remarks>
public sealed class CiJobSignals
{
    private readonly ConcurrentDictionary<Subscription, byte> _subscriptions = new();

    /// <summary>Says that a job may have ended.</summary>
    /// <param name="jobId">The job.</param>
    public void Notify(string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobId);
        foreach (Subscription subscription in _subscriptions.Keys)
        {
            subscription.Offer(jobId);
        }
    }

    /// <summary>Listens for some jobs until disposed.</summary>
    internal Subscription Subscribe(Func<string, bool> takes)
    {
        Subscription subscription = new(this, takes);
        _subscriptions.TryAdd(subscription, 0);
        return subscription;
    }

    internal sealed class Subscription(CiJobSignals owner, Func<string, bool> takes) : IDisposable
    {
        private readonly Channel<string> _signals = Channel.CreateUnbounded<string>();

        public void Offer(string jobId)
        {
            if (takes(jobId))
            {
                _signals.Writer.TryWrite(jobId);
            }
        }

        /// <summary>Waits for signals, a while at most.</summary>
        /// <returns>The jobs; empty when the while has passed.</returns>
        public async Task<IReadOnlyList<string>> WaitAsync(TimeSpan pause, TimeProvider time, CancellationToken cancellationToken)
        {
            using CancellationTokenSource over = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            Task delay = Timers.DelayAsync(pause, time, over.Token);
            Task<bool> signal = _signals.Reader.WaitToReadAsync(over.Token).AsTask();
            Task first = await Task.WhenAny(delay, signal).ConfigureAwait(false);
            await over.CancelAsync().ConfigureAwait(false);
            if (first == delay)
            {
                await delay.ConfigureAwait(false);
            }

            cancellationToken.ThrowIfCancellationRequested();
            HashSet<string> jobs = new(StringComparer.Ordinal);
            while (_signals.Reader.TryRead(out string? job))
            {
                jobs.Add(job);
            }

            return [.. jobs];
        }

        public void Dispose() => owner._subscriptions.TryRemove(this, out _);
    }
}

namespace CiCodegen.Runtime;

/// <summary>Sets the pace of many submissions. Called by many at once.</summary>
public interface ICiPace
{
    /// <summary>Returns when the next submission may begin.</summary>
    /// <param name="cancellationToken">Cancels.</param>
    ValueTask WaitAsync(CancellationToken cancellationToken = default);

    /// <summary>The service said that it is too much.</summary>
    /// <param name="retryAfter">How long it asked to wait; null when it did not say.</param>
    void Slower(TimeSpan? retryAfter);

    /// <summary>The service took one.</summary>
    void Taken();
}

/// <summary>A token bucket whose rate gives way: halved at a refusal, a step up at each success.</summary>
/// <remarks>Ours, because the platform's limiters keep one rate for life, read the machine's clock, and would be a package.</remarks>
internal sealed class AdaptivePace : ICiPace
{
    // As many as this may start at once after a pause.
    private const double BurstSeconds = 0.1;
    private const double LeastShare = 1.0 / 64;
    private static readonly TimeSpan s_longestWait = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan s_oneCut = TimeSpan.FromSeconds(1);

    private readonly object _lock = new();
    private readonly TimeProvider _time;
    private readonly double _fullRate;
    private double _rate;

    // Times since the start, not of the clock on the wall, which may be set back.
    private readonly long _start;
    private TimeSpan _next = TimeSpan.MinValue;
    private TimeSpan? _lastCut;

    public AdaptivePace(double rate, TimeProvider time)
    {
        _time = time;
        _start = time.GetTimestamp();
        _fullRate = rate;
        _rate = rate;
    }

    /// <summary>Submissions a second now.</summary>
    public double Rate
    {
        get
        {
            lock (_lock)
            {
                return _rate;
            }
        }
    }

    public async ValueTask WaitAsync(CancellationToken cancellationToken = default)
    {
        TimeSpan pause;
        lock (_lock)
        {
            TimeSpan now = _time.GetElapsedTime(_start);
            TimeSpan earliest = now - TimeSpan.FromSeconds(BurstSeconds);
            TimeSpan previous = _next > earliest ? _next : earliest;
            TimeSpan step = Timers.Times(TimeSpan.FromSeconds(1), 1 / _rate);
            _next = previous < TimeSpan.MaxValue - step ? previous + step : TimeSpan.MaxValue;
            pause = _next - now;
        }

        if (pause > TimeSpan.Zero)
        {
            await Timers.DelayAsync(pause, _time, cancellationToken).ConfigureAwait(false);
        }
        else
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    public void Slower(TimeSpan? retryAfter)
    {
        lock (_lock)
        {
            // Many under way at once are refused together: that is one refusal.
            TimeSpan now = _time.GetElapsedTime(_start);
            if (_lastCut is null || now - _lastCut >= s_oneCut)
            {
                _lastCut = now;
                _rate = Math.Max(_rate / 2, _fullRate * LeastShare);
            }

            TimeSpan wait = retryAfter is { } asked && asked < s_longestWait ? asked : retryAfter is null ? TimeSpan.Zero : s_longestWait;
            _next = now + wait > _next ? now + wait : _next;
        }
    }

    public void Taken()
    {
        lock (_lock)
        {
            _rate = Math.Min(_rate + (_fullRate / 100), _fullRate);
        }
    }
}

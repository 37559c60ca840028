using Microsoft.Extensions.Time.Testing;

namespace CiCodegen.Runtime.Tests.Transport;

/// <summary>A clock that goes from one due timer to the next, and only while the call under test waits: no test depends on how fast the machine is.</summary>
internal sealed class TestClock : FakeTimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Running> _running = [];
    private volatile bool _silent;

    public TestClock()
        : base(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero))
    {
    }

    /// <summary>The pauses (<c>Task.Delay</c>) that were asked for, in seconds.</summary>
    public List<double> Pauses { get; } = [];

    /// <summary>The limits (<c>CancellationTokenSource</c>) that were set, in seconds.</summary>
    public List<double> Limits { get; } = [];

    /// <summary>By how much the clock on the wall has been set back; what is measured goes on.</summary>
    public TimeSpan SetBack { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() - SetBack;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => base.GetUtcNow().Ticks;

    /// <summary>The service keeps silent from here on: only a limit can end the try.</summary>
    public void Silent() => _silent = true;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        bool isPause = state is not CancellationTokenSource;
        Running timer = new(this, base.GetUtcNow() + dueTime, isPause);
        timer.Inner = base.CreateTimer(
            inner =>
            {
                Forget(timer);
                callback(inner);
            },
            state,
            dueTime,
            period);
        lock (_lock)
        {
            (isPause ? Pauses : Limits).Add(dueTime.TotalSeconds);
            if (dueTime >= TimeSpan.Zero)
            {
                _running.Add(timer);
            }
        }

        return timer;
    }

    /// <summary>Lets time go by until the call has ended.</summary>
    public async Task RunAsync(Task call)
    {
        while (!call.IsCompleted)
        {
            DateTimeOffset? next = null;
            lock (_lock)
            {
                if (_running.Count > 0 && (_silent || _running.Exists(static timer => timer.IsPause)))
                {
                    next = _running.Min(static timer => timer.Due);
                    _silent = false;
                }
            }

            if (next is { } due)
            {
                TimeSpan step = due - base.GetUtcNow();
                Advance(step > TimeSpan.Zero ? step : TimeSpan.Zero);
            }

            await Task.Delay(1);
        }
    }

    private void Forget(Running timer)
    {
        lock (_lock)
        {
            _running.Remove(timer);
        }
    }

    private sealed class Running(TestClock clock, DateTimeOffset due, bool isPause) : ITimer
    {
        public DateTimeOffset Due => due;

        public bool IsPause => isPause;

        public ITimer? Inner { get; set; }

        public bool Change(TimeSpan dueTime, TimeSpan period) => Inner!.Change(dueTime, period);

        public void Dispose()
        {
            clock.Forget(this);
            Inner!.Dispose();
        }

        public ValueTask DisposeAsync()
        {
            clock.Forget(this);
            return Inner!.DisposeAsync();
        }
    }
}

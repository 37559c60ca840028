using CiCodegen.Runtime.Tests.Transport;
using Microsoft.Extensions.Time.Testing;

namespace CiCodegen.Runtime.Tests.Bulk;

public sealed class AdaptivePaceTests
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 1, 2, 3, 4, 5, TimeSpan.Zero));

    [Fact]
    public async Task Rate_IsKept()
    {
        AdaptivePace pace = new(10, _time);
        Task[] asked = [.. Enumerable.Range(0, 50).Select(_ => pace.WaitAsync().AsTask())];
        Assert.Equal(1, asked.Count(task => task.IsCompletedSuccessfully));
        _time.Advance(TimeSpan.FromSeconds(2));
        await Task.Yield();
        Assert.InRange(asked.Count(task => task.IsCompletedSuccessfully), 20, 22);
        _time.Advance(TimeSpan.FromSeconds(10));
        await Task.WhenAll(asked);

        // A pause earns no more than a small burst.
        _time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, Enumerable.Range(0, 20).Count(_ => pace.WaitAsync() is { IsCompleted: true }));
    }

    [Fact]
    public async Task Refusal_HalvesTheRateOnce_AndSuccessRaisesIt()
    {
        AdaptivePace pace = new(64, _time);
        Enumerable.Range(0, 8).ToList().ForEach(_ => pace.Slower(null));
        Assert.Equal(32, pace.Rate);
        _time.Advance(TimeSpan.FromSeconds(1));
        pace.Slower(TimeSpan.FromSeconds(7));
        Assert.Equal(16, pace.Rate);
        ValueTask waiting = pace.WaitAsync();
        _time.Advance(TimeSpan.FromSeconds(6.9));
        Assert.False(waiting.IsCompleted);
        _time.Advance(TimeSpan.FromSeconds(0.2));
        await waiting;
        for (int i = 0; i < 1000; i++)
        {
            pace.Taken();
        }

        Assert.Equal(64, pace.Rate);
        for (int i = 0; i < 100; i++)
        {
            _time.Advance(TimeSpan.FromSeconds(1));
            pace.Slower(null);
        }

        Assert.Equal(1, pace.Rate);
    }

    [Fact]
    public void ClockSetBack_HoldsNobodyUp()
    {
        TestClock clock = new();
        AdaptivePace pace = new(10, clock);
        Assert.True(pace.WaitAsync().IsCompleted);
        pace.Slower(TimeSpan.FromSeconds(1));
        Assert.Equal(5, pace.Rate);
        clock.SetBack = TimeSpan.FromHours(1);
        ValueTask waiting = pace.WaitAsync();
        Assert.Equal([1.2], clock.Pauses);
        clock.Advance(TimeSpan.FromSeconds(1.3));
        Assert.True(waiting.IsCompleted);
        pace.Slower(null);
        Assert.Equal(2.5, pace.Rate);
    }

    [Theory]
    [InlineData(1e-8)]
    [InlineData(1e-300)]
    public async Task HardlyAnyRate_WaitsHoweverLong(double rate)
    {
        using CancellationTokenSource cancel = new();
        AdaptivePace pace = new(rate, _time);
        Task[] waiting = [pace.WaitAsync(cancel.Token).AsTask(), pace.WaitAsync(cancel.Token).AsTask()];
        _time.Advance(TimeSpan.FromDays(100));
        Assert.All(waiting, wait => Assert.False(wait.IsCompleted));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[0]);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting[1]);
    }

    [Fact]
    public async Task Waiting_IsCancelled()
    {
        using CancellationTokenSource cancel = new();
        AdaptivePace pace = new(0.001, _time);
        pace.Slower(TimeSpan.FromDays(1));
        ValueTask waiting = pace.WaitAsync(cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await waiting);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await new AdaptivePace(1000, _time).WaitAsync(cancel.Token));
    }
}

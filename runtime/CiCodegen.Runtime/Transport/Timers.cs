namespace CiCodegen.Runtime;

/// <summary>What the platform's timers can take.</summary>
internal static class Timers
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>The time itself, or the longest that a timer takes (49 days).</summary>
    public static TimeSpan Fitting(TimeSpan time) => time < s_longest ? time : s_longest;

    /// <summary>Waits as long as it is told, however long that is.</summary>
    /// <param name="time">How long; not at all when it is not positive.</param>
    /// <param name="clock">The clock.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task DelayAsync(TimeSpan time, TimeProvider clock, CancellationToken cancellationToken)
    {
        for (; time > s_longest; time -= s_longest)
        {
            await Task.Delay(s_longest, clock, cancellationToken).ConfigureAwait(false);
        }

        await Task.Delay(time > TimeSpan.Zero ? time : TimeSpan.Zero, clock, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>A positive time so many times, or the longest that there is (29,000 years).</summary>
    public static TimeSpan Times(TimeSpan time, double factor)
        => Math.Round(time.Ticks * factor) is var ticks && ticks < long.MaxValue ? TimeSpan.FromTicks((long)ticks) : TimeSpan.MaxValue;

    /// <summary>A moment so much later, or the last that there is.</summary>
    public static DateTimeOffset Later(DateTimeOffset time, TimeSpan by) => by < DateTimeOffset.MaxValue - time ? time + by : DateTimeOffset.MaxValue;
}

namespace CiCodegen.Runtime;

/// <summary>What the platform's timers can take.</summary>
internal static class Timers
{
    private static readonly TimeSpan s_longest = TimeSpan.FromMilliseconds(uint.MaxValue - 1);

    /// <summary>The time itself, or the longest that a timer takes (49 days).</summary>
    public static TimeSpan Fitting(TimeSpan time) => time < s_longest ? time : s_longest;
}

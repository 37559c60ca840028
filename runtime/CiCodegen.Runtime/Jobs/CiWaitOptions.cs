namespace CiCodegen.Runtime;

/// <summary>How to wait for a job to end.</summary>
public sealed class CiWaitOptions
{
    /// <summary>How long to wait between the first two questions; 1 second.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>By what the pause grows from one question to the next; 1.5.</summary>
    public double Growth { get; init; } = 1.5;

    /// <summary>How long the pause grows at most; 15 seconds.</summary>
    public TimeSpan MaxDelay { get; init; } = TimeSpan.FromSeconds(15);

    /// <summary>How long to wait in all; 1 hour. <see cref="Timeout.InfiniteTimeSpan"/> waits until the job ends.</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromHours(1);

    /// <summary>Where callbacks are told of, so that a job is asked for when its callback comes; null for nowhere.</summary>
    public CiJobSignals? Signals { get; init; }

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Validate()
    {
        if (InitialDelay <= TimeSpan.Zero || MaxDelay < InitialDelay)
        {
            throw new ArgumentException($"'{nameof(InitialDelay)}' is {InitialDelay} and '{nameof(MaxDelay)}' is {MaxDelay}; both must be positive, the first not greater than the second.");
        }

        if (!(Growth >= 1 && double.IsFinite(Growth)))
        {
            throw new ArgumentException($"'{nameof(Growth)}' must be 1 or greater.");
        }

        if (Deadline <= TimeSpan.Zero && Deadline != Timeout.InfiniteTimeSpan)
        {
            throw new ArgumentException($"'{nameof(Deadline)}' is {Deadline}; it must be positive, or Timeout.InfiniteTimeSpan.");
        }
    }
}

namespace CiCodegen.Runtime;

/// <summary>How <c>SubmitAllAsync</c> submits many jobs.</summary>
public sealed class CiBulkOptions
{
    /// <summary>How many submissions are under way at once; 8.</summary>
    public int MaxConcurrency { get; init; } = 8;

    /// <summary>Submissions a second at most; 20. Halved when the service says <c>SlowDown</c>, then raised again step by step. Not used beside <see cref="Pace"/>.</summary>
    public double RatePerSecond { get; init; } = 20;

    /// <summary>Sets the pace instead of <see cref="RatePerSecond"/>; null for that.</summary>
    public ICiPace? Pace { get; init; }

    /// <summary>Where it is written down what was sent, so that a run that was broken off can be resumed without losing or doubling a job; null for nowhere.</summary>
    public ICiJournal? Journal { get; init; }

    /// <summary>Whether a submission of unknown outcome that is not found within <see cref="CiClientOptions.LookupWindow"/> is sent again, with the same mark; false. It may then be there twice. Where sending again fails, the outcome stays unknown.</summary>
    public bool ResendUnfound { get; init; }

    /// <summary>After how many submissions in a row that were refused or could not be sent the run is stopped; 100.</summary>
    public int StopAfterFailures { get; init; } = 100;

    /// <summary>Is told the counts after each result; null for nobody.</summary>
    public IProgress<CiBulkProgress>? Progress { get; init; }

    /// <exception cref="ArgumentException">A value is out of range.</exception>
    internal void Validate()
    {
        if (MaxConcurrency < 1 || StopAfterFailures < 1)
        {
            throw new ArgumentException($"'{nameof(MaxConcurrency)}' and '{nameof(StopAfterFailures)}' must be 1 or more.");
        }

        if (!(RatePerSecond > 0 && double.IsFinite(RatePerSecond)))
        {
            throw new ArgumentException($"'{nameof(RatePerSecond)}' must be a number above 0.");
        }
    }
}

/// <summary>What a run has brought so far.</summary>
/// <param name="Submitted">Jobs made.</param>
/// <param name="Already">Jobs that an earlier run had made.</param>
/// <param name="Refused">Requests that the service or their schema refused.</param>
/// <param name="Unsent">Requests that surely did not reach the service.</param>
/// <param name="Unknown">Requests of unknown outcome.</param>
/// <param name="Searching">Requests whose outcome is being looked for.</param>
public sealed record CiBulkProgress(long Submitted, long Already, long Refused, long Unsent, long Unknown, long Searching);

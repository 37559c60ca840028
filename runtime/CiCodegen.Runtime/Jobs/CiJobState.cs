namespace CiCodegen.Runtime;

/// <summary>A job's state, node <c>State</c> of <c>JobsDetail</c>. Open: text that is not known here is kept.</summary>
/// <param name="Text">The wire text.</param>
public readonly record struct CiJobState(string Text)
{
    /// <summary>Taken in, waiting to run.</summary>
    public static CiJobState Submitted => new("Submitted");

    /// <summary>Running.</summary>
    public static CiJobState Running => new("Running");

    /// <summary>Ended well.</summary>
    public static CiJobState Success => new("Success");

    /// <summary>Ended badly; <see cref="CiJob.Code"/> and <see cref="CiJob.Message"/> say why.</summary>
    public static CiJobState Failed => new("Failed");

    /// <summary>Held back because its queue is paused.</summary>
    public static CiJobState Pause => new("Pause");

    /// <summary>Cancelled.</summary>
    public static CiJobState Cancel => new("Cancel");

    /// <summary>The known values.</summary>
    public static CiTokenTable Known { get; } = new("Submitted", "Running", "Success", "Failed", "Pause", "Cancel");

    /// <summary>Whether the job has ended: <c>Success</c>, <c>Failed</c> or <c>Cancel</c>.</summary>
    public bool IsFinal => Text is "Success" or "Failed" or "Cancel";

    /// <summary>The wire text.</summary>
    public override string ToString() => Text ?? "";
}

namespace CiCodegen.Cli;

/// <summary>What the process tells its caller.</summary>
internal static class ExitCode
{
    /// <summary>Done.</summary>
    public const int Done = 0;

    /// <summary>Done, and something was found: violations, an unreadable document.</summary>
    public const int Findings = 1;

    /// <summary>Wrong use, or a failure.</summary>
    public const int Failure = 2;
}

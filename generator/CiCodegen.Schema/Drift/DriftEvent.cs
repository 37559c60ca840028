namespace CiCodegen.Schema;

/// <summary>What a change means for those who call the emitted code.</summary>
public enum DriftSeverity
{
    /// <summary>Nobody needs to do anything.</summary>
    Note,

    /// <summary>Calls compile and may be refused, or mean something else.</summary>
    Warning,

    /// <summary>Calls no longer compile, or are refused that were not.</summary>
    Breaking,
}

/// <summary>One change of a page.</summary>
/// <param name="Kind">What changed, as in <c>AddedNode</c>.</param>
/// <param name="Path">The node, where it belongs.</param>
/// <param name="WrittenPath">The node, where the page has it.</param>
/// <param name="Severity">What it means for callers.</param>
/// <param name="Old">What was; null when there was nothing.</param>
/// <param name="New">What is; null when there is nothing.</param>
/// <param name="Member">The C# member that it touches; null where there is none.</param>
public sealed record DriftEvent(string Kind, string Path, string WrittenPath, DriftSeverity Severity, string? Old, string? New, string? Member);

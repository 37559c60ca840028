namespace CiCodegen.Cli;

/// <summary>An expected failure: its message is printed, nothing else.</summary>
/// <param name="code">The failure's name in JSON.</param>
/// <param name="message">What is wrong, and what to do instead.</param>
internal sealed class CliException(string code, string message) : Exception(message)
{
    /// <summary>Something was asked for that cannot be.</summary>
    public const string Usage = "Usage";

    /// <summary>No schema has the Tag.</summary>
    public const string UnknownTag = "UnknownTag";

    /// <summary>A file cannot be read or written.</summary>
    public const string FileAccess = "FileAccess";

    /// <summary>Schemas have errors.</summary>
    public const string BadSchema = "BadSchema";

    /// <summary>A lock has errors.</summary>
    public const string BadLock = "BadLock";

    /// <summary>The failure's name in JSON.</summary>
    public string Code { get; } = code;

    /// <summary>Where it is, where a file is to blame.</summary>
    public FilePlace? Place { get; init; }
}

/// <summary>A place in a file.</summary>
/// <param name="Path">The file.</param>
/// <param name="Line">The line from 1.</param>
/// <param name="Column">The column from 1.</param>
internal sealed record FilePlace(string Path, int Line, int Column);

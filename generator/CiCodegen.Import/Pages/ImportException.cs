namespace CiCodegen.Import;

/// <summary>A page that cannot be read at all.</summary>
public sealed class ImportException : Exception
{
    /// <summary>A page that cannot be read.</summary>
    /// <param name="path">The page.</param>
    /// <param name="line">The line, from 1.</param>
    /// <param name="message">What is wrong, and what would do.</param>
    public ImportException(string path, int line, string message)
        : base(message)
    {
        Path = path;
        Line = line;
    }

    /// <summary>The page.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}

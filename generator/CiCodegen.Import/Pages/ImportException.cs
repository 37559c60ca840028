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

    /// <summary>A page beyond what is read.</summary>
    /// <param name="path">The page.</param>
    /// <param name="length">Its length in bytes.</param>
    public static ImportException TooLarge(string path, long length)
        => new(path, 1, $"The page has {length:N0} bytes; pages of up to {PageSource.MaxBytes:N0} are read. Split it, or save only the article.");

    /// <summary>The page.</summary>
    public string Path { get; }

    /// <summary>The line, from 1.</summary>
    public int Line { get; }
}

using CiCodegen.Import;

namespace CiCodegen.Cli.Pages;

/// <summary>The lock of a folder of schemas, on disk.</summary>
internal static class LockFile
{
    /// <summary>The nearest lock at or above a directory; null when there is none.</summary>
    public static string? Above(CliHost host, string directory)
    {
        for (DirectoryInfo? at = new(host.FullPath(directory)); at is not null; at = at.Parent)
        {
            string path = Path.Combine(at.FullName, PageLock.FileName);
            if (File.Exists(path))
            {
                return path;
            }

            if (Directory.Exists(Path.Combine(at.FullName, ".git")))
            {
                // A repository ends the search: what is above is not its own.
                return null;
            }
        }

        return null;
    }

    /// <summary>Reads a lock; a missing one is empty.</summary>
    /// <exception cref="CliException">It is no lock.</exception>
    public static async Task<PageLock> ReadAsync(string path, CancellationToken cancellationToken)
    {
        if (!File.Exists(path))
        {
            return new PageLock([]);
        }

        try
        {
            return PageLock.Parse(path, await File.ReadAllTextAsync(path, cancellationToken));
        }
        catch (ImportException e)
        {
            throw new CliException(CliException.BadLock, e.Message) { Place = new FilePlace(e.Path, e.Line, 1) };
        }
    }

    /// <summary>Writes files' entries into a lock.</summary>
    public static async Task WriteAsync(string path, PageLock before, IEnumerable<(ImportedPage Page, string File)> written, CancellationToken cancellationToken)
    {
        string folder = Path.GetDirectoryName(path)!;
        PageLock after = before.With(written.Select(w => w.Page.ToLockEntry(Path.GetRelativePath(folder, w.File).Replace('\\', '/'))));
        await File.WriteAllTextAsync(path, after.ToYaml(), cancellationToken);
    }
}

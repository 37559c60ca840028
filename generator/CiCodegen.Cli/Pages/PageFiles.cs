using CiCodegen.Import;

namespace CiCodegen.Cli.Pages;

/// <summary>Pages of the docs on disk.</summary>
internal static class PageFiles
{
    private static readonly string[] s_extensions = [".md", ".markdown", ".txt", ".html", ".htm"];

    /// <summary>The pages that the user names: files, and the pages in directories.</summary>
    /// <exception cref="CliException">There is no such file or directory.</exception>
    public static IReadOnlyList<string> Find(CliHost host, IEnumerable<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            if (Directory.Exists(host.FullPath(path)))
            {
                files.AddRange(Directory.EnumerateFiles(host.FullPath(path))
                    .Where(f => s_extensions.Contains(Path.GetExtension(f), StringComparer.OrdinalIgnoreCase))
                    .Select(f => Path.Combine(path, Path.GetFileName(f)))
                    .OrderBy(f => f, StringComparer.Ordinal));
            }
            else if (File.Exists(host.FullPath(path)))
            {
                files.Add(path);
            }
            else
            {
                throw new CliException(CliException.FileAccess, $"There is no file or directory '{path}'.");
            }
        }

        return [.. files.Distinct(StringComparer.Ordinal)];
    }

    /// <summary>What a page is written as where its file is there already: a Tag's name stands for the Tag or its templates.</summary>
    /// <param name="file">The schema file.</param>
    /// <param name="page">The page.</param>
    public static PageKind KindOf(string file, ImportedPage page)
    {
        bool isTags = Path.GetFileName(file) == $"{page.Tag}.ci.yaml";
        return !isTags ? page.Kind is PageKind.Tag or PageKind.Template ? PageKind.Page : page.Kind
            : page.Http == "POST /template" ? PageKind.Template
            : PageKind.Tag;
    }

    /// <summary>Reads pages; one that cannot be read is reported and left out.</summary>
    public static async Task<IReadOnlyList<PageSource>> ReadAsync(Invocation run, IEnumerable<string> files, List<ImportException> failures)
    {
        List<PageSource> pages = [];
        foreach (string file in files)
        {
            try
            {
                if (new FileInfo(run.Host.FullPath(file)).Length > PageSource.MaxBytes)
                {
                    throw ImportException.TooLarge(file, new FileInfo(run.Host.FullPath(file)).Length);
                }

                pages.Add(PageSource.Decode(file, await File.ReadAllBytesAsync(run.Host.FullPath(file), run.Cancellation)));
            }
            catch (ImportException e)
            {
                Report(run, e);
                failures.Add(e);
            }
        }

        return pages;
    }

    /// <summary>Reports a page that cannot be read.</summary>
    public static void Report(Invocation run, ImportException e) => run.Error.WriteLine($"{e.Path}({e.Line},1): error {ImportProblem.Unreadable}: {e.Message}");
}

/// <summary>The ids under which pages are reported: two are also those of documents, which no command reads beside pages.</summary>
internal static class ImportProblem
{
    /// <summary>A page cannot be read at all.</summary>
    public const string Unreadable = "CICG5001";

    /// <summary>A defect of a page.</summary>
    public const string Defect = "CICG5002";

    /// <summary>A lock that is none: its YAML is ours and small.</summary>
    public const string Lock = "CICG1001";
}

using System.Text.RegularExpressions;
using CiCodegen.Import;

namespace CiCodegen.Cli.Pages;

/// <summary>Which page becomes which file.</summary>
/// <param name="Written">The pages that become a file, with its name in the directory.</param>
/// <param name="Left">The pages whose file is another page's.</param>
internal sealed partial record ImportFiles(IReadOnlyList<(ImportedPage Page, string Name)> Written, IReadOnlyList<LeftPage> Left)
{
    /// <summary>Shares pages out to files.</summary>
    /// <param name="pages">The pages.</param>
    /// <param name="directory">The directory's full path.</param>
    public static ImportFiles Of(IReadOnlyList<ImportedPage> pages, string directory)
    {
        List<LeftPage> left = [];
        ImportedPage[] kept = [.. Single(pages.Where(p => p.Kind != PageKind.None), p => (p.PageId, p.Tag), left, keepsOthers: true)];
        return new ImportFiles([.. Single(kept, p => NameOf(directory, p), left, keepsOthers: false).Select(p => (p, NameOf(directory, p)))], left);
    }

    /// <summary>The file of a page; null when it has none.</summary>
    public string? Of(ImportedPage page) => Written.FirstOrDefault(w => ReferenceEquals(w.Page, page)).Name;

    /// <summary>Whether import may have written a schema: it always says from which page.</summary>
    public static bool IsImported(string text) => PageKey().IsMatch(text);

    // Versions of one page, or pages of one name: the latest is the file, as it is for 'update'. Where no dates tell that they are versions, each is one as long as it has a name of its own.
    private static IEnumerable<ImportedPage> Single<TKey>(IEnumerable<ImportedPage> pages, Func<ImportedPage, TKey> key, List<LeftPage> left, bool keepsOthers)
    {
        foreach (IGrouping<TKey, ImportedPage> same in pages.GroupBy(key))
        {
            ImportedPage[] ranked = [.. same.OrderBy(p => p.Kind == PageKind.Page).ThenByDescending(p => p.Date ?? "", StringComparer.Ordinal)];
            yield return ranked[0];
            foreach (LeftPage other in ranked.Skip(1).Select(p => new LeftPage(p, ranked[0])))
            {
                if (keepsOthers && !other.IsHarmless)
                {
                    yield return other.Page;
                }
                else
                {
                    left.Add(other);
                }
            }
        }
    }

    // A directory laid out as the bundled schemas are gets each file in the folder of its kind.
    private static string NameOf(string directory, ImportedPage page)
    {
        string folder = page.Kind switch { PageKind.Tag => "tags", PageKind.Template => "templates", PageKind.Shared => "shared", _ => "pages" };
        return Directory.Exists(Path.Combine(directory, folder)) ? Path.Combine(folder, page.Kind == PageKind.Template ? $"{page.Tag}.ci.yaml" : page.FileName) : page.FileName;
    }

    [GeneratedRegex(@"^page:", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex PageKey();
}

/// <summary>A page that becomes no file, because another one does.</summary>
/// <param name="Page">The page.</param>
/// <param name="Kept">The other one.</param>
internal sealed record LeftPage(ImportedPage Page, ImportedPage Kept)
{
    /// <summary>Whether nothing is lost: the other one is the later version, or says the same. A page without a date may be older or newer.</summary>
    public bool IsHarmless => (Page.Date is { } date && string.CompareOrdinal(date, Kept.Date) < 0) || (Page.TableHash == Kept.TableHash && Page.Http == Kept.Http);

    /// <summary>What is said of it.</summary>
    public string Line => IsHarmless
        ? $"{Page.Source.Path}: not written; the page '{Page.PageId}' is written from {Kept.Source.Path}, which is newer or says the same"
        : $"{Page.Source.Path}(1,1): error {ImportProblem.Defect}: not written; the page '{Page.PageId}' is written from {Kept.Source.Path}, and no dates tell that it is the later: name one of the two, or give one another name";
}

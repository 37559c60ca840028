using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>What a page's file name tells.</summary>
public static partial class PageNames
{
    /// <summary>The page's id: the name without folder, date and extension, in lower case.</summary>
    /// <param name="path">The file.</param>
    public static string IdOf(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path.Replace('\\', '/'));
        name = NotSlug().Replace(Dated().Replace(name, ""), "-").Trim('-').ToLowerInvariant();
        return name.Length == 0 ? "page" : name;
    }

    /// <summary>The date in the file's name, as <c>2023-05-06</c>; null when it has none.</summary>
    /// <param name="path">The file.</param>
    public static string? DateOf(string path)
    {
        Match match = Dated().Match(Path.GetFileNameWithoutExtension(path.Replace('\\', '/')));
        return match.Success && match.Groups["day"].Success ? match.Groups["date"].Value : null;
    }

    [GeneratedRegex(@"[@-](?<date>20\d\d-\d\d(?<day>-\d\d)?)$", RegexOptions.CultureInvariant)]
    private static partial Regex Dated();

    [GeneratedRegex("[^A-Za-z0-9.]+", RegexOptions.CultureInvariant)]
    private static partial Regex NotSlug();
}

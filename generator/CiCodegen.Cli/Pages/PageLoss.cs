using CiCodegen.Import;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Pages;

/// <summary>A page that no longer says what makes its schema one: a login page in its place, or an article that was cut.</summary>
/// <param name="Page">The page.</param>
/// <param name="File">The schema, as it is printed.</param>
/// <param name="What">What the page no longer has.</param>
internal sealed record PageLoss(string Page, string File, string What)
{
    /// <summary>What is said of it.</summary>
    public string Message => $"the page {What}; '{File}' stays as it is. If the page is right, delete the file and import the page anew";

    /// <summary>What a page lost of its schema; null when a schema can be written from it.</summary>
    /// <param name="page">The page.</param>
    /// <param name="file">The schema's path.</param>
    /// <param name="text">The schema as it is; null when there is none.</param>
    public static string? Of(ImportedPage page, string file, string? text)
    {
        if (page.Kind == PageKind.None)
        {
            return "has no table of nodes any more";
        }

        return text is null ? null : SchemaParser.Parse(new SchemaText(file, text), default).Document switch
        {
            TagDocument tag when tag.Tag.Value != page.Tag => $"no longer speaks of the Tag {tag.Tag.Value}",
            TagDocument { Http: not null } or PageDocument { Http: not null } when page.Http is null => "has no line with its HTTP method and path any more",
            _ => null,
        };
    }
}

using System.Text;

namespace CiCodegen.Import.Tests;

/// <summary>Pages for the tests.</summary>
internal static class Page
{
    public static string Text(string name)
    {
        using StreamReader reader = new(typeof(Page).Assembly.GetManifestResourceStream(name)!);
        return reader.ReadToEnd();
    }

    public static ImportedPage Import(string text, string name = "submit-probe.md") => new PageImporter([]).Import(Source(text, name));

    public static PageSource Source(string text, string name) => PageSource.Decode(name, Encoding.UTF8.GetBytes(text));

    /// <summary>A page with one table under <c>Request.Operation</c>.</summary>
    /// <param name="rows">Rows of name, description, type, required, default and constraints.</param>
    public static ImportedPage WithRows(params string[] rows) => Import(
        $"""
        # Probe

        | Node Name (Keyword) | Parent Node | Description | Type | Required |
        | --- | --- | --- | --- | --- |
        | Request | None | Container | Container | Yes |
        | Operation | Request | Rule | Container | Yes |

        `Operation` has the following sub-nodes:

        | Node Name (Keyword) | Parent Node | Description | Type | Required | Default Value | Constraints |
        | --- | --- | --- | --- | --- | --- | --- |
        {string.Join('\n', rows.Select(r => r.Split('|', 2) is [var name, var rest] ? $"| {name} | Request.Operation |{rest} |" : r))}

        """);

    /// <summary>What a page says of one node: its line in the schema.</summary>
    public static string Line(this ImportedPage page, string name)
        => page.ToYaml().Split('\n').Select(l => l.Trim()).First(l => l.StartsWith(name + ":", StringComparison.Ordinal));
}

using System.Globalization;

namespace CiCodegen.Runtime;

/// <summary>Which templates to list. What is null is left to the service.</summary>
public sealed class CiTemplateQuery
{
    /// <summary>Only these templates.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Only templates whose name begins so.</summary>
    public string? NamePrefix { get; init; }

    /// <summary>The service's own templates instead of those of the bucket.</summary>
    public bool IsOfficial { get; init; }

    /// <summary>How many templates a page has, at least 1; the service takes 10.</summary>
    public int? PageSize { get; init; }

    /// <summary>The query's parameters, with the names of the docs.</summary>
    /// <exception cref="ArgumentException">The page size is out of range.</exception>
    internal List<KeyValuePair<string, string?>> ToParameters(string tag, int page)
    {
        if (PageSize is < 1)
        {
            throw new ArgumentException(string.Create(CultureInfo.InvariantCulture, $"'{nameof(PageSize)}' is {PageSize}; allowed is 1 and more."));
        }

        List<KeyValuePair<string, string?>> parameters = [new("tag", tag), new("category", IsOfficial ? "Official" : "Custom")];
        if (Ids.Count > 0)
        {
            parameters.Add(new("ids", string.Join(',', Ids)));
        }

        if (!string.IsNullOrEmpty(NamePrefix))
        {
            parameters.Add(new("name", NamePrefix));
        }

        parameters.Add(new("pageNumber", page.ToString(CultureInfo.InvariantCulture)));
        if (PageSize is { } size)
        {
            parameters.Add(new("pageSize", size.ToString(CultureInfo.InvariantCulture)));
        }

        return parameters;
    }
}

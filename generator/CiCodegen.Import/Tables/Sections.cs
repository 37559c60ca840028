using System.Text.RegularExpressions;

namespace CiCodegen.Import;

/// <summary>What the headings of a page say about the tables below them.</summary>
internal static partial class Sections
{
    public static PageSection? Of(string heading)
        => Headers().IsMatch(heading) ? PageSection.Headers
            : Parameters().IsMatch(heading) ? PageSection.Parameters
            : Callback().IsMatch(heading) ? PageSection.Callback
            : Request().IsMatch(heading) ? PageSection.Request
            : Response().IsMatch(heading) ? PageSection.Response
            : null;

    [GeneratedRegex(@"\bheaders?\b|头部", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Headers();

    [GeneratedRegex(@"\b(request|query|url)\s+parameters?\b|请求参数", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Parameters();

    [GeneratedRegex(@"\bcallback\b|回调", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Callback();

    [GeneratedRegex(@"\brequests?\b|请求", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Request();

    [GeneratedRegex(@"\brespon(se|ses|ding)\b|响应", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Response();
}

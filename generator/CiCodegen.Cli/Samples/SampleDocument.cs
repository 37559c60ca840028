using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CiCodegen.Cli.Documents;
using CiCodegen.Import;

namespace CiCodegen.Cli.Samples;

/// <summary>What a sample of a page is good for.</summary>
internal enum SampleState
{
    /// <summary>It is not well-formed.</summary>
    Malformed,

    /// <summary>It is about something else than a job of one Tag.</summary>
    NoJob,

    /// <summary>Its jobs are of several Tags.</summary>
    SeveralTags,

    /// <summary>No schema has its Tag.</summary>
    UnknownTag,

    /// <summary>It is a job's.</summary>
    Job,

    /// <summary>It is a template's.</summary>
    Template,
}

/// <summary>A sample of a page, as a tree of elements whatever it is written in.</summary>
/// <param name="Page">The page's file.</param>
/// <param name="Sample">The sample.</param>
/// <param name="State">What it is good for.</param>
/// <param name="Tag">Its Tag, of jobs.</param>
/// <param name="Root">Its root; null when it is malformed.</param>
internal sealed record SampleDocument(string Page, PageSample Sample, SampleState State, string? Tag, XElement? Root)
{
    private const string Response = "Response";

    /// <summary>The Tag, and whether it is a template's.</summary>
    public string Name => State == SampleState.Template ? $"{Tag} template" : Tag ?? "";

    /// <summary>What it is read as.</summary>
    public string Kind => Root?.Name.LocalName == "Request" ? DocumentKind.Request : DocumentKind.Response;

    public static SampleDocument Of(string page, PageSample sample, Func<string, bool> isKnown, Func<string, bool> isTemplate)
    {
        if (Parse(sample) is not { } root)
        {
            return new SampleDocument(page, sample, SampleState.Malformed, null, null);
        }

        if (TemplateTag(root) is { } template && isTemplate(template))
        {
            return new SampleDocument(page, sample, SampleState.Template, template, root);
        }

        string[] tags = [.. Tags(root).Distinct(StringComparer.Ordinal)];
        SampleState state = tags switch
        {
            [] => SampleState.NoJob,
            [var tag] => isKnown(tag) ? SampleState.Job : SampleState.UnknownTag,
            _ => SampleState.SeveralTags,
        };
        return new SampleDocument(page, sample, state, tags.Length == 1 ? tags[0] : null, root);
    }

    // A submission names its Tag beside the operation; a template has the one without the other.
    private static IEnumerable<string> Tags(XElement root) => root.Name.LocalName switch
    {
        "Request" when root.Element("Operation") is not null => Words(root.Elements("Tag")),
        Response => Words(root.Elements("JobsDetail").SelectMany(j => j.Elements("Tag").Concat(j.Elements("Operation").Elements("Tag")))),
        _ => [],
    };

    private static string? TemplateTag(XElement root) => root.Name.LocalName switch
    {
        "Request" when root.Element("Operation") is null && root.Element("Name") is not null => root.Element("Tag")?.Value.Trim(),
        Response => root.Element("Template")?.Element("Tag")?.Value.Trim(),
        _ => null,
    };

    private static IEnumerable<string> Words(IEnumerable<XElement> elements) => elements.Select(e => e.Value.Trim()).Where(t => t.Length > 0);

    private static XElement? Parse(PageSample sample)
    {
        try
        {
            if (!sample.IsJson)
            {
                using XmlReader reader = XmlReader.Create(new StringReader(sample.Text), new XmlReaderSettings { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null });
                return XElement.Load(reader);
            }

            using JsonDocument json = JsonDocument.Parse(sample.Text);
            XElement root = new(Response);
            Fill(root, json.RootElement);
            return root.Elements().ToArray() is [{ Name.LocalName: Response } inner] ? inner : root;
        }
        catch (Exception e) when (e is XmlException or JsonException)
        {
            return null;
        }
    }

    private static void Fill(XElement element, JsonElement value)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            element.Value = value.ValueKind switch { JsonValueKind.Null => "", JsonValueKind.String => value.GetString()!, _ => value.GetRawText() };
            return;
        }

        foreach (JsonProperty property in value.EnumerateObject())
        {
            foreach (JsonElement item in property.Value.ValueKind == JsonValueKind.Array ? [.. property.Value.EnumerateArray()] : new[] { property.Value })
            {
                XElement child = new(XmlConvert.EncodeLocalName(property.Name));
                Fill(child, item);
                element.Add(child);
            }
        }
    }
}

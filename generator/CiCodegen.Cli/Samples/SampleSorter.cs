using System.Text.Json;
using System.Xml;
using System.Xml.Linq;
using CiCodegen.Import;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Samples;

/// <summary>Tells what the samples of pages are about.</summary>
/// <param name="set">The schemas.</param>
internal sealed class SampleSorter(SchemaSet set)
{
    private const string Response = "Response";
    private const string Request = "Request";
    private const string JobsDetail = "JobsDetail";

    /// <summary>Sorts the samples of one page.</summary>
    public IReadOnlyList<SampleDocument> Sort(string page, IReadOnlyList<PageSample> samples)
    {
        (PageSample Sample, XElement? Root)[] parsed = [.. samples.Select(s => (s, Parse(s)))];
        string[] pageTags = [.. parsed.Where(p => p.Root is not null).SelectMany(p => Tags(p.Root!)).Distinct(StringComparer.Ordinal)];
        TagModel? ofPage = pageTags is [var only] ? set.Find(only) : null;

        // Answers of several operations look alike: the page's own is the one that its requests are for.
        TagModel[] ofRequests = [.. parsed.Where(p => p.Root is { Name.LocalName: Request } root && TemplateTag(root) is null && !Tags(root).Any()).Select(p => Best(p.Root!, [])).OfType<TagModel>().Distinct()];
        TagModel[] preferred = ofPage is null ? ofRequests : [ofPage, .. ofRequests];
        return [.. parsed.Select(p => Sort(page, p.Sample, p.Root, ofPage, preferred))];
    }

    private SampleDocument Sort(string page, PageSample sample, XElement? root, TagModel? ofPage, TagModel[] preferred)
    {
        if (root is null)
        {
            return new SampleDocument(page, sample, SampleState.Malformed, null, null);
        }

        if (TemplateTag(root) is { Length: > 0 } template)
        {
            TagModel? model = set.Find(template, SchemaUnit.Template);
            return new SampleDocument(page, sample, model is null ? SampleState.NoJob : SampleState.Template, model, root);
        }

        string[] tags = [.. Tags(root).Distinct(StringComparer.Ordinal)];
        bool hasSeveral = tags.Length > 1 || (root.Name.LocalName == Request && root.Elements("Operation").Take(2).Count() > 1);
        if (tags.Length > 0 || hasSeveral)
        {
            TagModel? job = hasSeveral ? null : set.Find(tags[0]);
            SampleState state = hasSeveral ? SampleState.SeveralTags : job is null ? SampleState.UnknownTag : SampleState.Job;
            return new SampleDocument(page, sample, state, job, root);
        }

        // What names no Tag is of the page's one, where that has all of it, or else what most of it is known to.
        TagModel? untagged = ofPage is not null && root.Element(JobsDetail) is not null && Known(root, ofPage) == Size(root) ? ofPage : Best(root, preferred);
        return new SampleDocument(page, sample, untagged switch { null => SampleState.NoJob, { Unit: SchemaUnit.Operation } => SampleState.Operation, _ => SampleState.Job }, untagged, root);
    }

    // Half of it is the least: a document that shares a word or two with an operation is not that operation's.
    private TagModel? Best(XElement root, TagModel[] preferred)
        => set.Operations.Concat(set.Tags)
            .Select((m, i) => (Model: m, Known: Known(root, m), i))
            .Where(c => 2 * c.Known > Size(root) && c.Known > 1)
            .OrderByDescending(c => c.Known).ThenByDescending(c => preferred.Contains(c.Model)).ThenBy(c => c.i)
            .Select(c => c.Model)
            .FirstOrDefault();

    private static int Size(XElement root) => root.DescendantsAndSelf().Count();

    private static int Known(XElement root, TagModel model) => root.Name.LocalName switch
    {
        Request => Known(root, model.Request),
        Response => Known(root, model.Response),
        _ => 0,
    };

    // What comes twice where once is due is known once.
    private static int Known(XElement element, NodeModel node)
        => 1 + element.Elements().GroupBy(e => e.Name.LocalName).Sum(g => node.ChildFor(g.Key) is { } child ? g.Take(child.IsMany ? int.MaxValue : 1).Sum(e => Known(e, child)) : 0);

    // A submission names its Tag beside the operation; a template has the one without the other.
    private static IEnumerable<string> Tags(XElement root) => root.Name.LocalName switch
    {
        Request when root.Element("Operation") is not null => Words(root.Elements("Tag")),
        Response => Words(root.Elements(JobsDetail).SelectMany(j => j.Elements("Tag").Concat(j.Elements("Operation").Elements("Tag")))),
        _ => [],
    };

    private static string? TemplateTag(XElement root) => root.Name.LocalName switch
    {
        Request when root.Element("Operation") is null && root.Element("Name") is not null => root.Element("Tag")?.Value.Trim(),
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
        catch (Exception e) when (e is XmlException or JsonException or ArgumentException)
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
                // A name that is empty can be no element's; the document is then none that a schema has.
                XElement child = new(XmlConvert.EncodeLocalName(property.Name));
                Fill(child, item);
                element.Add(child);
            }
        }
    }
}

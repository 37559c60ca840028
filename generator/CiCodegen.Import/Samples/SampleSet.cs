using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml;

namespace CiCodegen.Import;

/// <summary>One element of a sample.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Line">Its line in the page.</param>
internal sealed record SampleElement(string Name, int Line)
{
    public List<SampleElement> Children { get; } = [];

    public string Text { get; set; } = "";
}

/// <summary>The samples of a page that are well-formed.</summary>
internal sealed partial class SampleSet
{
    /// <summary>No document of the service is that deep.</summary>
    private const int MaxDepth = 64;

    public List<SampleElement> Roots { get; } = [];

    /// <summary>How many samples the page has, well-formed or not.</summary>
    public int Count { get; private set; }

    public static SampleSet Read(PageOutline page, FindingList findings)
    {
        SampleSet samples = new();
        foreach (PageSample sample in PageSamples.Of(page))
        {
            samples.Count++;
            if (sample.IsJson)
            {
                samples.AddJson(sample.Text, sample.Line, findings);
            }
            else
            {
                samples.AddXml(sample.Text, sample.Line, findings);
            }
        }

        return samples;
    }

    /// <summary>A node that a well-formed sample repeats is many, whatever its table says.</summary>
    public void CountRepetitions(PageTree tree, FindingList findings)
    {
        foreach (SampleElement root in Roots)
        {
            if (tree.Root(root.Name) is { } node)
            {
                Count(root, node);
            }
        }

        void Count(SampleElement element, PageNode node)
        {
            foreach (IGrouping<string, SampleElement> same in element.Children.GroupBy(c => c.Name))
            {
                if (node.Child(same.Key) is not { } child)
                {
                    continue;
                }

                // The same value twice is rather a slip of the sample.
                if (!child.IsMany && same.Select(Content).Distinct().Count() > 1)
                {
                    child.IsMany = true;
                    findings.Add(FindingClass.UndeclaredRepetition, same.ElementAt(1).Line, $"the sample repeats {child.Path}, which its table types single", "read as many");
                }

                foreach (SampleElement inner in same)
                {
                    Count(inner, child);
                }
            }
        }
    }

    private static string Content(SampleElement element)
        => element.Children.Count == 0 ? element.Text.Trim() : string.Concat(element.Children.Select(c => $"{c.Name}={Content(c)};"));

    private void AddXml(string text, int line, FindingList findings)
    {
        XmlReaderSettings settings = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true };
        try
        {
            using XmlReader reader = XmlReader.Create(new StringReader(text), settings);
            IXmlLineInfo place = (IXmlLineInfo)reader;
            Stack<SampleElement> open = new();
            SampleElement? root = null;
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    if (reader.Depth > MaxDepth)
                    {
                        findings.Add(FindingClass.MalformedSample, line + place.LineNumber - 1, $"the sample is deeper than {MaxDepth}", "left out");
                        return;
                    }

                    SampleElement element = new(reader.LocalName, line + place.LineNumber - 1);
                    if (open.TryPeek(out SampleElement? parent))
                    {
                        parent.Children.Add(element);
                    }

                    root ??= element;
                    if (!reader.IsEmptyElement)
                    {
                        open.Push(element);
                    }
                }
                else if (reader.NodeType == XmlNodeType.EndElement)
                {
                    open.Pop();
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.CDATA && open.TryPeek(out SampleElement? inside))
                {
                    inside.Text += reader.Value;
                }
            }

            if (root is not null)
            {
                Roots.Add(root);
            }
        }
        catch (XmlException e)
        {
            findings.Add(FindingClass.MalformedSample, line + Math.Max(0, e.LineNumber - 1), $"the sample is not well-formed: {WithoutPlace(e.Message)}", "left out");
        }
    }

    private void AddJson(string text, int line, FindingList findings)
    {
        try
        {
            using JsonDocument document = JsonDocument.Parse(text, new JsonDocumentOptions { MaxDepth = MaxDepth });
            SampleElement root = new("Response", line);
            Fill(root, document.RootElement, line);

            // The root may be there, or may be left out.
            Roots.Add(root.Children is [{ Name: "Response" or "Request" } inner] ? inner : root);
        }
        catch (JsonException e)
        {
            findings.Add(FindingClass.MalformedSample, line + (int)(e.LineNumber ?? 0), "the sample is no JSON", "left out");
        }
    }

    private static void Fill(SampleElement element, JsonElement value, int line)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.Object:
                foreach (JsonProperty property in value.EnumerateObject())
                {
                    IEnumerable<JsonElement> items = property.Value.ValueKind == JsonValueKind.Array ? property.Value.EnumerateArray() : [property.Value];
                    foreach (JsonElement item in items)
                    {
                        SampleElement child = new(property.Name, line);
                        element.Children.Add(child);
                        Fill(child, item, line);
                    }
                }

                break;
            case JsonValueKind.Array or JsonValueKind.Null or JsonValueKind.Undefined:
                break;
            default:
                element.Text = value.ToString();
                break;
        }
    }

    private static string WithoutPlace(string message) => Place().Replace(message, "");

    [GeneratedRegex(@"\s*Line \d+, position \d+\.?", RegexOptions.CultureInvariant)]
    private static partial Regex Place();
}

using System.Globalization;
using System.Xml.Linq;
using CiCodegen.Schema;

namespace CiCodegen.Emulator;

/// <summary>The verbs of templates: make, change, delete, list. They live in memory.</summary>
internal sealed class TemplateVerbs(CiEmulatorOptions options, EmulatedTags tags)
{
    private readonly Ids _ids = new(options.Seed);
    private readonly Lock _lock = new();
    private readonly List<Template> _all = [];

    // Also those that were deleted.
    private readonly HashSet<string> _madeIds = new(StringComparer.Ordinal);
    private long _made;

    public XElement Create(BucketAddress bucket, byte[] body, string requestId)
    {
        (EmulatedTemplate kind, XElement request) = Read(body);
        lock (_lock)
        {
            CheckName(bucket, request, null);
            string now = JobDocument.Time(options.TimeProvider.GetUtcNow());
            Template template = new(_ids.TemplateId(++_made), bucket, kind, request, now, now);
            _all.Add(template);
            _madeIds.Add(template.Id);
            return Answer(template, requestId);
        }
    }

    public XElement Update(string id, BucketAddress bucket, byte[] body, string requestId)
    {
        (EmulatedTemplate kind, XElement request) = Read(body);
        lock (_lock)
        {
            int at = Find(id, bucket);
            if (_all[at].Kind != kind)
            {
                throw ServiceFault.InvalidArgument($"Template '{id}' is of Tag '{_all[at].Kind.Model.Tag}', not '{kind.Model.Tag}'.");
            }

            CheckName(bucket, request, id);
            _all[at] = _all[at] with { Request = request, Updated = JobDocument.Time(options.TimeProvider.GetUtcNow()) };
            return Answer(_all[at], requestId);
        }
    }

    public XElement Delete(string id, BucketAddress bucket, string requestId)
    {
        lock (_lock)
        {
            _all.RemoveAt(Find(id, bucket));
            return new("Response", new XElement("RequestId", requestId), Documents.Text("TemplateId", id));
        }
    }

    public XElement List(CiRequest request, BucketAddress bucket, string requestId)
    {
        (int number, int size) = RequestDocument.Page(request);
        string tag = request.Parameter("tag") ?? "All";
        if (tag != "All" && tags.FindTemplate(tag) is null)
        {
            throw ServiceFault.InvalidArgument($"'tag' is '{tag}'; templates are of {string.Join(", ", tags.TemplateNames)}.");
        }

        string category = request.Parameter("category") ?? "Custom";
        if (category is not ("Custom" or "Official"))
        {
            throw ServiceFault.InvalidArgument($"'category' is '{category}'; allowed are Official, Custom.");
        }

        string[]? ids = request.Parameter("ids")?.Split(',');
        string name = request.Parameter("name") ?? "";
        Template[] found;
        lock (_lock)
        {
            // The emulator has no templates of the service's own.
            found = [.. _all.Where(t => category == "Custom" && t.Bucket == bucket && (tag == "All" || t.Kind.Model.Tag == tag)
                && ids?.Contains(t.Id) != false && t.Name.StartsWith(name, StringComparison.Ordinal))];
        }

        return new(
            "Response",
            new XElement("RequestId", requestId),
            new XElement("TotalCount", found.Length.ToString(CultureInfo.InvariantCulture)),
            new XElement("PageNumber", number.ToString(CultureInfo.InvariantCulture)),
            new XElement("PageSize", size.ToString(CultureInfo.InvariantCulture)),
            RequestDocument.Page(found, number, size).Select(static t => Document(t, "TemplateList")));
    }

    /// <summary>The name of the template that a job asks for.</summary>
    /// <param name="id">The template's id; null for none.</param>
    /// <param name="tag">The job's Tag.</param>
    /// <param name="bucket">The job's bucket.</param>
    /// <returns>Null for one that the emulator has not made: an account has its own, and those of the service.</returns>
    /// <exception cref="ServiceFault">The emulator has made it, and it is deleted, another bucket's, or another Tag's; or it has not, and those of an account are not taken.</exception>
    public string? NameOf(string? id, string tag, BucketAddress bucket)
    {
        lock (_lock)
        {
            if (id is null || (!options.RequireKnownReferences && !_madeIds.Contains(id)))
            {
                return null;
            }

            Template template = _all[Find(id, bucket)];
            return JobTagOf(template.Kind.Model.Tag) == tag
                ? template.Name
                : throw new ServiceFault(404, "TemplateNotFound", $"Template '{id}' is of Tag '{template.Kind.Model.Tag}', not '{tag}'.");
        }
    }

    /// <summary>The Tag of the jobs that a template is for: two Tags have templates only.</summary>
    private static string JobTagOf(string tag) => tag is "HighSpeedHd" or "TranscodePro" ? "Transcode" : tag;

    private (EmulatedTemplate Kind, XElement Request) Read(byte[] body)
    {
        string tag = RequestDocument.Root(body, "Request").Elements().FirstOrDefault(static e => e.Name.LocalName == "Tag")?.Value.Trim()
            ?? throw ServiceFault.InvalidArgument("Request.Tag: the node is missing (required)");
        EmulatedTemplate kind = tags.FindTemplate(tag)
            ?? throw ServiceFault.InvalidArgument($"Tag '{tag}' has no templates; {string.Join(", ", tags.TemplateNames)} have.");
        return (kind, RequestDocument.Normal(() => kind.Binding.ReadRequest(body), kind.Binding.Validate, kind.Binding.Write, DocumentPart.Whole));
    }

    private int Find(string id, BucketAddress bucket)
    {
        int at = _all.FindIndex(t => t.Id == id && t.Bucket == bucket);
        return at >= 0 ? at : throw new ServiceFault(404, "TemplateNotFound", $"There is no template '{id}'.");
    }

    private void CheckName(BucketAddress bucket, XElement request, string? id)
    {
        string name = request.Element("Name")?.Value ?? "";
        if (_all.Any(t => t.Bucket == bucket && t.Name == name && t.Id != id))
        {
            throw new ServiceFault(400, "TemplateNameDuplicate", $"There is a template '{name}' already.");
        }
    }

    private static XElement Answer(Template template, string requestId) => new("Response", new XElement("RequestId", requestId), Document(template, "Template"));

    /// <summary>A template as its schema has it: the parameters stand in a container even where the request has them bare.</summary>
    private static XElement Document(Template template, string name)
    {
        NodeModel model = template.Kind.Model.Response.Child("Template")!;
        XElement element = new(name);
        foreach (NodeModel node in model.Children)
        {
            element.Add(node.Name switch
            {
                "TemplateId" => new XElement(node.Name, template.Id),
                "Name" => new XElement(node.Name, template.Name),
                "State" => new XElement(node.Name, "Normal"),
                "Tag" => new XElement(node.Name, template.Kind.Model.Tag),
                "BucketId" => new XElement(node.Name, template.Bucket.Bucket),
                "Category" => new XElement(node.Name, "Custom"),
                "CreateTime" => new XElement(node.Name, template.Created),
                "UpdateTime" => new XElement(node.Name, template.Updated),
                _ => Parameters(node, template),
            });
        }

        return element;
    }

    /// <summary>A node of the parameters: as the request has it, or around all that the request has bare.</summary>
    private static object? Parameters(NodeModel node, Template template)
    {
        NodeModel request = template.Kind.Model.Request;
        bool Wraps(NodeModel n) => n is { Type: LogicalType.Container, IsRuntime: false } && request.Child(n.Name) is null;
        return Wraps(node) ? new XElement(node.Name, template.Request.Elements().Where(e => e.Name.LocalName is not ("Tag" or "Name")))
            : template.Kind.Model.Response.Child("Template")!.Children.Any(Wraps) ? null
            : template.Request.Elements(node.Name);
    }

    private sealed record Template(string Id, BucketAddress Bucket, EmulatedTemplate Kind, XElement Request, string Created, string Updated)
    {
        public string Name => Request.Element("Name")?.Value ?? "";
    }
}

using System.Globalization;
using System.Xml.Linq;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Emulator;

/// <summary>Writes a job as the Tag's schema has it: in its order, with the request's nodes as they came and results made up.</summary>
internal sealed class JobDocument(CiEmulatorOptions options)
{
    private static readonly TimeSpan s_chinaTime = TimeSpan.FromHours(8);

    /// <summary>The element <c>JobsDetail</c>.</summary>
    public XElement Of(Job job, JobStatus status, bool withProgress)
    {
        bool failed = status.State == CiJobState.Failed;
        NodeModel model = job.Tag.Model.Response.Child("JobsDetail")!;
        XElement element = new(model.Name);
        foreach (NodeModel node in model.Children)
        {
            element.Add(node.Name switch
            {
                "Code" => new XElement(node.Name, failed ? CiEmulator.FailureCode : "Success"),
                "Message" => new XElement(node.Name, failed ? $"Input.Object starts with '{CiEmulator.FailurePrefix}', so the emulator lets the job fail." : ""),
                "JobId" => new XElement(node.Name, job.JobId),
                "Tag" => new XElement(node.Name, job.Tag.Name),
                "State" => new XElement(node.Name, status.State.Text),
                "Progress" when withProgress => new XElement(node.Name, status.Progress.ToString(CultureInfo.InvariantCulture)),
                "CreationTime" => new XElement(node.Name, Time(job.Created)),
                "StartTime" => new XElement(node.Name, Time(status.Started)),
                "EndTime" => new XElement(node.Name, Time(status.Ended)),
                "QueueId" => new XElement(node.Name, job.QueueId),
                "Input" => Input(node, job),
                "Operation" => Operation(node, job, status),
                _ => null,
            });
        }

        return element;
    }

    private static XElement? Input(NodeModel model, Job job)
    {
        if (job.Request.Element(model.Name) is not { } given)
        {
            return null;
        }

        XElement element = new(model.Name);
        foreach (NodeModel node in model.Children)
        {
            element.Add(node.Name switch
            {
                "Region" => new XElement(node.Name, job.Bucket.Region),
                "BucketId" => new XElement(node.Name, job.Bucket.Bucket),
                _ => given.Elements(node.Name),
            });
        }

        return element;
    }

    private XElement Operation(NodeModel model, Job job, JobStatus status)
    {
        XElement given = job.Request.Element(model.Name) ?? new XElement(model.Name);
        NodeModel? asked = job.Tag.Model.Request.Child(model.Name);
        SyntheticResult synthetic = new(options.Seed, job, status.Ended ?? job.Created);
        XElement element = new(model.Name);
        foreach (NodeModel node in model.Children)
        {
            if (asked?.Child(node.Name) is { } same)
            {
                element.Add(given.Elements().Where(child => ReferenceEquals(asked.ChildFor(child.Name.LocalName), same)));
            }
            else if (node.PresentWhen is { } condition && model.Child(condition) is not null)
            {
                // It hangs on another node, not on the outcome: TemplateName stands where TemplateId does.
                element.Add(
                    given.Element(condition) is null ? null
                    : node.Name == "TemplateName" && job.TemplateName is { } name ? new XElement(node.Name, name)
                    : synthetic.Make(node, model));
            }
            else if (status.State == CiJobState.Success)
            {
                element.Add(synthetic.Make(node, model));
            }
        }

        // What the docs do not list in answers is echoed all the same.
        element.Add(given.Elements().Where(child => model.ChildFor(child.Name.LocalName) is null));
        return element;
    }

    /// <summary>A time as the service writes it; <c>-</c> where it has not come.</summary>
    public static string Time(DateTimeOffset? time)
        => time is { } value ? value.ToOffset(s_chinaTime).ToString("yyyy-MM-dd'T'HH:mm:ss'+0800'", CultureInfo.InvariantCulture) : "-";
}

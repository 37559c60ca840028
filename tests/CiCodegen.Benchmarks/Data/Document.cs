using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Xml;

namespace CiCodegen.Benchmarks.Data;

/// <summary>One document with what stands in it.</summary>
/// <param name="content">What stands in it.</param>
/// <param name="isPretty">Whether elements are indented.</param>
internal sealed class Document(Response content, bool isPretty)
{
    /// <summary>What stands in it.</summary>
    public Response Content { get; } = content;

    /// <summary>The document as XML.</summary>
    public byte[] Xml { get; } = ToXml(content, isPretty);

    /// <summary>The document as JSON.</summary>
    public byte[] Json { get; } = JsonSerializer.SerializeToUtf8Bytes(content, new JsonSerializerOptions { WriteIndented = isPretty, Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <summary>A document of about a size; of a pretty one a third is indentation.</summary>
    public static Document Make(int bytes, bool isPretty, bool isChinese) => new(new DetectionData(isChinese).Make(isPretty ? bytes * 2 / 3 : bytes), isPretty);

    private static byte[] ToXml(Response response, bool isPretty)
    {
        using MemoryStream stream = new();
        XmlWriterSettings settings = new() { Encoding = new UTF8Encoding(false), OmitXmlDeclaration = true, Indent = isPretty, NewLineChars = "\n", NewLineHandling = NewLineHandling.None };
        using (XmlWriter writer = XmlWriter.Create(stream, settings))
        {
            writer.WriteStartElement("Response");
            foreach (Job job in response.JobsDetail)
            {
                Write(writer, job);
            }

            writer.WriteElementString("EventName", response.EventName);
            writer.WriteEndElement();
        }

        return stream.ToArray();
    }

    private static void Write(XmlWriter writer, Job job)
    {
        writer.WriteStartElement("JobsDetail");
        Text("Code", job.Code);
        Text("Message", job.Message);
        Text("JobId", job.JobId);
        Text("Tag", job.Tag);
        Text("State", job.State);
        Text("CreationTime", job.CreationTime);
        Text("StartTime", job.StartTime);
        Text("EndTime", job.EndTime);
        Text("QueueId", job.QueueId);
        writer.WriteStartElement("Operation");
        Text("TemplateId", job.Operation!.TemplateId);
        Text("TemplateName", job.Operation.TemplateName);
        writer.WriteStartElement("VideoTargetRecResult");
        foreach (Body body in job.Operation.VideoTargetRecResult!.BodyRecognition)
        {
            Frame("BodyRecognition", body.Time, body.Url, "BodyInfo", body.BodyInfo);
        }

        foreach (Car car in job.Operation.VideoTargetRecResult.CarRecognition)
        {
            Frame("CarRecognition", car.Time, car.Url, "CarInfo", car.CarInfo);
        }

        writer.WriteEndElement();
        Text("UserData", job.Operation.UserData);
        Text("JobLevel", job.Operation.JobLevel);
        writer.WriteEndElement();
        writer.WriteStartElement("Input");
        Text("Region", job.Input!.Region);
        Text("BucketId", job.Input.BucketId);
        Text("Object", job.Input.Object);
        writer.WriteEndElement();
        writer.WriteEndElement();

        void Text(string name, string? value)
        {
            writer.WriteStartElement(name);
            writer.WriteString(value);
            writer.WriteFullEndElement();
        }

        void Number(string name, int value) => Text(name, value.ToString(CultureInfo.InvariantCulture));

        void Frame(string name, string? time, string? url, string infoName, List<Info> infos)
        {
            writer.WriteStartElement(name);
            Text("Time", time);
            Text("Url", url);
            foreach (Info info in infos)
            {
                writer.WriteStartElement(infoName);
                Text("Name", info.Name);
                Number("Score", info.Score);
                writer.WriteStartElement("Location");
                Number("X", info.Location!.X);
                Number("Y", info.Location.Y);
                Number("Height", info.Location.Height);
                Number("Width", info.Location.Width);
                writer.WriteEndElement();
                writer.WriteEndElement();
            }

            writer.WriteEndElement();
        }
    }
}

using System.Text;
using System.Xml.Linq;
using CiCodegen.Cli.Documents;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Samples;

/// <summary>A sample, read and written back.</summary>
/// <param name="Document">The sample.</param>
/// <param name="Comparison">How what is written differs from it.</param>
/// <param name="Error">Why it cannot be read; null when it can.</param>
internal sealed record SampleReading(SampleDocument Document, SampleComparison Comparison, string? Error)
{
    /// <summary>Reads a sample in every lane that there is for its format, and writes it back in both.</summary>
    /// <param name="document">The sample.</param>
    /// <param name="lanes">The lanes of its type.</param>
    public static SampleReading Of(SampleDocument document, DocumentLanes lanes)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(document.Sample.Text);
        XElement root = document.Root!;
        TagModel model = document.Model!;
        try
        {
            object value = document.Sample.IsJson ? lanes.ReadJson(bytes) : lanes.Read(bytes, DocumentLane.Utf8);
            ReadOnlyMemory<byte> written = lanes.Write(value, DocumentLane.Utf8);
            string? difference = null;
            if (!document.Sample.IsJson && !lanes.Write(lanes.Read(bytes, DocumentLane.XmlReader), DocumentLane.Utf8).Span.SequenceEqual(written.Span))
            {
                difference = "the lanes read it differently";
            }
            else if (!lanes.Write(value, DocumentLane.XmlReader).Span.SequenceEqual(written.Span))
            {
                difference = "the lanes write it differently";
            }

            XElement again = XElement.Parse(Encoding.UTF8.GetString(written.Span), LoadOptions.PreserveWhitespace);
            return new SampleReading(document, SampleComparison.Of(root, again, document.IsRequest ? model.Request : model.Response), difference);
        }
        catch (CiFormatException e)
        {
            return new SampleReading(document, SampleComparison.OfUnreadable(root, $"the sample cannot be read ({e.Error})"), $"{e.Error} at {e.Path}: {e.Detail}");
        }
    }
}

using System.Buffers;
using System.Text;
using System.Xml.Linq;
using CiCodegen.Cli.Documents;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Samples;

/// <summary>A sample of a job, read and written back.</summary>
/// <param name="Document">The sample.</param>
/// <param name="Comparison">How what is written differs from it.</param>
/// <param name="Error">Why it cannot be read; null when it can.</param>
internal sealed record SampleReading(SampleDocument Document, SampleComparison Comparison, string? Error)
{
    private static readonly CiReaderOptions s_options = new();

    /// <summary>Reads a sample in every lane that there is for it, and writes it back in both.</summary>
    public static SampleReading Of(SampleDocument document, CiTagBinding binding, TagModel tag)
    {
        bool isRequest = document.Kind == DocumentKind.Request;
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(document.Sample.Text);
        XElement root = document.Root!;
        try
        {
            object value = (document.Sample.IsJson, isRequest) switch
            {
                (true, true) => binding.ReadRequestJson(bytes, s_options),
                (true, false) => binding.ReadResponseJson(bytes, s_options),
                (false, true) => binding.ReadRequest(bytes, s_options),
                (false, false) => binding.ReadResponse(bytes, s_options),
            };
            ReadOnlyMemory<byte> written = DocumentWriter.ToXml(binding, value, DocumentLane.Utf8);
            string? difference = document.Sample.IsJson ? null : DifferenceOfLanes(binding, bytes, isRequest, written);
            difference ??= DocumentWriter.ToXml(binding, value, DocumentLane.XmlReader).Span.SequenceEqual(written.Span) ? null : "the lanes write it differently";
            XElement again = XElement.Parse(Encoding.UTF8.GetString(written.Span), LoadOptions.PreserveWhitespace);
            return new SampleReading(document, SampleComparison.Of(root, again, isRequest ? tag.Request : tag.Response), difference);
        }
        catch (CiFormatException e)
        {
            string error = $"{e.Error} at {e.Path}: {e.Detail}";
            return new SampleReading(document, SampleComparison.OfUnreadable(root, $"the sample cannot be read ({e.Error})"), error);
        }
    }

    /// <summary>Reads a sample of a template, which only comes as XML, and writes it back.</summary>
    public static SampleReading Of(SampleDocument document, CiTemplateBinding binding, TagModel template)
    {
        ReadOnlyMemory<byte> bytes = Encoding.UTF8.GetBytes(document.Sample.Text);
        bool isRequest = document.Kind == DocumentKind.Request;
        try
        {
            object value = isRequest ? binding.ReadRequest(bytes, s_options) : binding.ReadResponse(bytes, s_options);
            ArrayBufferWriter<byte> output = new();
            binding.Write(value, output);
            XElement again = XElement.Parse(Encoding.UTF8.GetString(output.WrittenSpan), LoadOptions.PreserveWhitespace);
            return new SampleReading(document, SampleComparison.Of(document.Root!, again, isRequest ? template.Request : template.Response), null);
        }
        catch (CiFormatException e)
        {
            return new SampleReading(document, SampleComparison.OfUnreadable(document.Root!, $"the sample cannot be read ({e.Error})"), $"{e.Error} at {e.Path}: {e.Detail}");
        }
    }

    private static string? DifferenceOfLanes(CiTagBinding binding, ReadOnlyMemory<byte> bytes, bool isRequest, ReadOnlyMemory<byte> written)
    {
        object value = isRequest ? binding.ReadRequestInterop(bytes, s_options) : binding.ReadResponseInterop(bytes, s_options);
        return DocumentWriter.ToXml(binding, value, DocumentLane.Utf8).Span.SequenceEqual(written.Span) ? null : "the lanes read it differently";
    }
}

using System.Buffers;
using System.Text;
using System.Xml;
using CiCodegen.Consumer.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Consumer.Tests;

/// <summary>What emitted code allocates, to the byte: the objects that it hands out, and nothing beside them.</summary>
public sealed class AllocationTests
{
    // Texts longer than sixteen characters are never shared.
    private const string Job = "<JobsDetail><JobId>v0123456789abcdef01234567</JobId><State>Success</State><CreationTime>2025-11-19T15:23:10+0800</CreationTime>"
        + "<Operation><VideoTargetRecResult><BodyRecognition><Url>https://example.com/frames/1.jpg</Url><BodyInfo><Name>{0}</Name><Score>97</Score>"
        + "<Location><X>12</X><Y>-5</Y><Height>1080</Height><Width>1920</Width></Location></BodyInfo></BodyRecognition></VideoTargetRecResult>"
        + "<UserData>north gate &amp; yard, camera 12</UserData></Operation></JobsDetail>";

    private const string LongName = "a person with an umbrella";

    [Fact]
    public void Utf8Lane_AllocatesTheGraphOnly()
    {
        byte[] document = Document(LongName);
        long graph = Allocated(() => Graph(LongName));
        Allocates(graph, () => CiXml.Read<VideoTargetRecResponse>(document));

        // Pretty and Chinese documents too.
        byte[] pretty = Pretty(document);
        Allocates(graph, () => CiXml.Read<VideoTargetRecResponse>(pretty));
        byte[] chinese = Document("撑伞的行人 & 出租车，左侧");
        Allocates(Allocated(() => Graph("撑伞的行人 & 出租车，左侧")), () => CiXml.Read<VideoTargetRecResponse>(chinese));
    }

    [Fact]
    public void ShortTextsThatRepeat_AreOneString()
    {
        byte[] document = Document("person");
        long graph = Allocated(() => Graph("person"));
        long text = Allocated(() => new string("person".AsSpan()));
        Allocates(graph - text, () => CiXml.Read<VideoTargetRecResponse>(document));
        Assert.Same(
            CiXml.Read<VideoTargetRecResponse>(document).JobsDetail[0].Operation!.VideoTargetRecResult!.BodyRecognition[0].BodyInfo[0].Name,
            CiXml.Read<VideoTargetRecResponse>(document).JobsDetail[0].Operation!.VideoTargetRecResult!.BodyRecognition[0].BodyInfo[0].Name);
    }

    [Fact]
    public void JsonLane_AllocatesTheGraphOnly()
    {
        byte[] document = Encoding.UTF8.GetBytes(CiJson.ToJson(Graph(LongName)));
        Allocates(Allocated(() => Graph(LongName)), () => CiJson.Read<VideoTargetRecResponse>(document));
    }

    [Fact]
    public void XmlReaderLane_AllocatesTheGraphOnly()
    {
        // For a reference this reader makes a string of its own.
        byte[] document = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(Document(LongName)).Replace("&amp;", "+", StringComparison.Ordinal));
        XmlDictionaryReader reader = XmlDictionaryReader.CreateTextReader(document, XmlDictionaryReaderQuotas.Max);
        void Again() => ((IXmlTextReaderInitializer)reader).SetInput(document, 0, document.Length, null, XmlDictionaryReaderQuotas.Max, null);
        Allocates(Allocated(() => Graph(LongName)), () =>
        {
            Again();
            CiXmlInterop.Read<VideoTargetRecResponse>(reader);
        });
    }

    [Fact]
    public void Writers_AllocateNothing()
    {
        VideoTargetRecResponse response = Graph(LongName);
        ArrayBufferWriter<byte> output = new(64 * 1024);
        Allocates(0, () =>
        {
            output.ResetWrittenCount();
            CiXml.Write(response, output);
        });

        using XmlDictionaryWriter writer = XmlDictionaryWriter.CreateTextWriter(new MemoryStream(new byte[64 * 1024]));
        Allocates(0, () =>
        {
            ((IXmlTextWriterInitializer)writer).SetOutput(Stream.Null, Encoding.UTF8, false);
            CiXmlInterop.Write(response, writer);
        });
    }

    private static byte[] Document(string name)
        => Encoding.UTF8.GetBytes("<Response>" + string.Format(null, CompositeFormat.Parse(Job), name.Replace("&", "&amp;", StringComparison.Ordinal)) + "</Response>");

    private static byte[] Pretty(byte[] document) => Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(document).Replace("><", ">\n    <", StringComparison.Ordinal));

    private static VideoTargetRecResponse Graph(string name)
    {
        VideoTargetRecBodyRecognition body = new() { Url = New("https://example.com/frames/1.jpg") };
        body.BodyInfo.Add(new() { Name = New(name), Score = 97, Location = new() { X = 12, Y = -5, Height = 1080, Width = 1920 } });
        VideoTargetRecResult result = new();
        result.BodyRecognition.Add(body);
        VideoTargetRecResponse response = new();
        response.JobsDetail.Add(new()
        {
            JobId = New("v0123456789abcdef01234567"),
            State = CiJobState.Success,
            CreationTime = new DateTimeOffset(2025, 11, 19, 15, 23, 10, TimeSpan.FromHours(8)),
            Operation = new() { VideoTargetRecResult = result, UserData = New("north gate & yard, camera 12") },
        });
        return response;
    }

    private static string New(string text) => new(text.AsSpan());

    /// <summary>Asserts what a run allocates once the framework's code is optimised: until then it may box.</summary>
    private static void Allocates(long expected, Action run)
    {
        long least = Allocated(run);
        for (int i = 0; i < 200 && least != expected; i++)
        {
            Thread.Sleep(100);
            least = Allocated(run);
        }

        Assert.Equal(expected, least);
    }

    private static long Allocated(Action run)
    {
        // The first run fills what each thread keeps.
        long least = long.MaxValue;
        for (int i = 0; i < 50; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }
}

using System.Buffers;
using System.Text;
using CiCodegen.Consumer.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Consumer.Tests;

public sealed class CallbackTests
{
    private const string Xml = """
        <Response><EventName>TaskFinish</EventName><JobsDetail><Operation><VideoTargetRecResult><BodyRecognition><Time>1.5</Time><BodyInfo><Score>86</Score></BodyInfo></BodyRecognition>
        </VideoTargetRecResult></Operation><JobId>j1</JobId><State>Success</State><Tag>VideoTargetRec</Tag></JobsDetail></Response>
        """;

    private const string Json = """
        {"EventName":"TaskFinish","JobsDetail":{"Operation":{"VideoTargetRecResult":{"BodyRecognition":{"Time":"1.5","BodyInfo":[{"Score":"86"}]}}},"JobId":"j1","State":"Success","Tag":"VideoTargetRec"}}
        """;

    private static readonly CiCallbackParser s_parser = new(CiTagCatalog.All);

    [Theory]
    [InlineData(Xml, CiDocumentFormat.Xml)]
    [InlineData(Json, CiDocumentFormat.Json)]
    public void KnownTag_IsReadAsItsOwnType_ThoughTheTagComesLast(string document, CiDocumentFormat format)
    {
        CiCallback callback = s_parser.Parse(Encoding.UTF8.GetBytes(document));
        Assert.Equal((format, "VideoTargetRec", "TaskFinish"), (callback.Format, callback.Tag, callback.EventName));
        Assert.Same(CiTagCatalog.Find("VideoTargetRec"), callback.Binding);
        VideoTargetRecJob job = Assert.IsType<VideoTargetRecJob>(Assert.Single(callback.Jobs));
        Assert.Equal(86, job.Operation!.VideoTargetRecResult!.BodyRecognition[0].BodyInfo[0].Score);
        Assert.IsType<VideoTargetRecResponse>(callback.Response);
        ArrayBufferWriter<byte> output = new();
        callback.WriteJson(output);
        Assert.Equal(
            """{"JobsDetail":[{"JobId":"j1","Tag":"VideoTargetRec","State":"Success","Operation":{"VideoTargetRecResult":{"BodyRecognition":[{"Time":"1.5","BodyInfo":[{"Score":86}]}]}}}],"EventName":"TaskFinish"}""",
            Encoding.UTF8.GetString(output.WrittenSpan));
    }

    [Theory]
    [InlineData(Xml)]
    [InlineData(Json)]
    public void ErrorBelowTheTag_NamesItsPlace(string document)
    {
        CiFormatException e = Assert.Throws<CiFormatException>(() => s_parser.Parse(Encoding.UTF8.GetBytes(document.Replace("86", "high", StringComparison.Ordinal))));
        Assert.Equal((CiFormatError.BadScalar, "Response.JobsDetail[0].Operation.VideoTargetRecResult.BodyRecognition[0].BodyInfo[0].Score"), (e.Error, e.Path));
    }

    [Fact]
    public void JobsOfSeveralTags_AreEnvelopes()
    {
        CiCallback callback = s_parser.Parse(Encoding.UTF8.GetBytes(Xml.Replace("</JobsDetail>", "</JobsDetail><JobsDetail><Tag>Other</Tag></JobsDetail>", StringComparison.Ordinal)));
        Assert.Null(callback.Tag);
        Assert.Equal(["VideoTargetRec", "Other"], callback.Jobs.Select(j => Assert.IsType<CiJobEnvelope>(j).Tag));
    }
}

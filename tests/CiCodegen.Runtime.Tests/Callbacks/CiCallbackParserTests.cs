using System.Buffers;
using System.Text;

namespace CiCodegen.Runtime.Tests;

public sealed class CiCallbackParserTests
{
    private const string Xml =
        "<Response><EventName>TaskFinish</EventName><JobsDetail><Operation><Tag>inner</Tag><X a='1'>é</X></Operation><Code>Success</Code><JobId>j1</JobId><State>Success</State>"
        + "<EndTime>-</EndTime><StartTime>2022-06-27T15:23:11+0800</StartTime><Tag>Unknown</Tag></JobsDetail></Response>";

    private const string Json =
        """{"EventName":"TaskFinish","JobsDetail":{"Operation":{"Tag":"inner","X":["é"]},"Code":"Success","JobId":"j1","State":"Success","EndTime":"-","StartTime":"2022-06-27T15:23:11+0800","Tag":"Unknown"}}""";

    private const string Envelope =
        """{"JobsDetail":[{"Code":"Success","JobId":"j1","Tag":"Unknown","State":"Success","StartTime":"2022-06-27T15:23:11+08:00"}],"EventName":"TaskFinish"}""";

    private static readonly CiCallbackParser s_parser = new([]);

    [Theory]
    [InlineData(Xml, CiDocumentFormat.Xml, "<Operation><Tag>inner</Tag><X a='1'>é</X></Operation>")]
    [InlineData(Json, CiDocumentFormat.Json, """{"Tag":"inner","X":["é"]}""")]
    public void UnknownTag_IsReadAsItsEnvelope_WithTheBytesOfTheOperation(string document, CiDocumentFormat format, string operation)
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] bytes = encoding.GetBytes(document);
            byte[][] forms = [bytes, [.. encoding.GetPreamble(), .. bytes], [.. Encoding.UTF8.GetPreamble(), .. Encoding.UTF8.GetBytes(document)]];
            foreach (byte[] form in forms)
            {
                CiCallback callback = s_parser.Parse(form);
                Assert.Equal(format, callback.Format);
                Assert.Equal(("Unknown", "TaskFinish"), (callback.Tag, callback.EventName));
                Assert.Null(callback.Binding);
                Assert.Null(callback.Response);
                CiJobEnvelope job = Assert.IsType<CiJobEnvelope>(Assert.Single(callback.Jobs));
                Assert.Equal(operation, Encoding.UTF8.GetString(job.RawOperation.Span));
                Assert.Equal(Envelope, WriteJson(callback));
            }
        }
    }

    [Theory]
    [InlineData("", CiDocumentFormat.Json)]
    [InlineData(" \r\n\t<a/>", CiDocumentFormat.Xml)]
    [InlineData(" \r\n\t{}", CiDocumentFormat.Json)]
    [InlineData("<", CiDocumentFormat.Xml)]
    [InlineData("a=b", CiDocumentFormat.Json)]
    public void Format_IsFoundByContent(string document, CiDocumentFormat format)
    {
        foreach (Encoding encoding in new Encoding[] { new UTF8Encoding(false), Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            Assert.Equal(format, CiCallbackParser.DetectFormat(encoding.GetBytes(document)));
            Assert.Equal(format, CiCallbackParser.DetectFormat([.. encoding.GetPreamble(), .. encoding.GetBytes(document)]));
        }
    }

    [Theory]
    [InlineData("<Response><JobsDetail><Tag> A\n</Tag></JobsDetail></Response>", "A")]
    [InlineData("<Response><JobsDetail><Tag/></JobsDetail><JobsDetail><Tag>B</Tag></JobsDetail></Response>", "B")]
    [InlineData("<Response><JobsDetail><Tag>A</Tag></JobsDetail><JobsDetail><Tag>B</Tag></JobsDetail></Response>", null)]
    [InlineData("<Response xmlns:x='u'><JobsDetail><x:Tag>A</x:Tag></JobsDetail></Response>", null)]
    [InlineData("<Response><JobsDetail><Tag>A</Tag></JobsDetail", "A")]
    [InlineData("<Response><EventName>WorkflowFinish</EventName></Response>", null)]
    [InlineData("""{"Response":{"JobsDetail":[{"Operation":{"Tag":"x"},"T\u0061g":"A"}]}}""", "A")]
    [InlineData("""{"x":0,"Response":{"JobsDetail":[{"Tag":"A"}]}}""", null)]
    [InlineData("""{"Response":{"Response":{"JobsDetail":[{"Tag":"A"}]}}}""", null)]
    [InlineData("""{"JobsDetail":["",null,3,[{"Tag":"x"}],{"Tag":"A"}]}""", "A")]
    [InlineData("""{"JobsDetail":{"ANameThatIsLongerThanAny":1,"Tag":"A"},"x":tru""", "A")]
    [InlineData("""{"JobsDetail":{"Tag":{"Tag":"A"}}}""", null)]
    public void Tag_IsFoundWhereverItStands(string document, string? tag) => Assert.Equal(tag, CiCallbackParser.FindTag(Encoding.UTF8.GetBytes(document)));

    [Theory]
    [InlineData("<Response><JobsDetail><JobId>a</JobId><JobId>b</JobId></JobsDetail></Response>", CiFormatError.DuplicateNode, "Response.JobsDetail[0].JobId")]
    [InlineData("<Response><JobsDetail>x</JobsDetail></Response>", CiFormatError.StrayText, "Response.JobsDetail[0]")]
    [InlineData("<Response><JobsDetail><EndTime>now</EndTime></JobsDetail></Response>", CiFormatError.BadScalar, "Response.JobsDetail[0].EndTime")]
    [InlineData("<Request/>", CiFormatError.UnexpectedRoot, "Request")]
    [InlineData("<html><body></html>", CiFormatError.NotWellFormed, null)]
    [InlineData("<Error><Code>c</Code></Error>", CiFormatError.ServiceError, "Error")]
    [InlineData("""{"JobsDetail":[{"JobId":["a"]}]}""", CiFormatError.BadJson, "Response.JobsDetail[0].JobId")]
    [InlineData("""{"JobsDetail":{"JobId":"a"}""", CiFormatError.BadJson, null)]
    [InlineData("null", CiFormatError.BadJson, null)]
    [InlineData("", CiFormatError.BadJson, null)]
    public void BrokenDocument_IsRefused(string document, CiFormatError error, string? path)
    {
        CiFormatException e = Assert.Throws<CiFormatException>(() => s_parser.Parse(Encoding.UTF8.GetBytes(document)));
        Assert.Equal((error, path ?? e.Path), (e.Error, e.Path));
    }

    [Fact]
    public void Limits_HoldInEveryPass()
    {
        byte[] xml = Encoding.UTF8.GetBytes(Xml);
        Assert.Equal(CiFormatError.LimitExceeded, Assert.Throws<CiFormatException>(() => new CiCallbackParser([], new() { MaxDocumentLength = xml.Length - 1 }).Parse(xml)).Error);
        Assert.Equal(CiFormatError.LimitExceeded, Assert.Throws<CiFormatException>(() => new CiCallbackParser([], new() { MaxDepth = 3 }).Parse(xml)).Error);
        Assert.Equal(CiFormatError.LimitExceeded, Assert.Throws<CiFormatException>(() => new CiCallbackParser([], new() { MaxJsonDepth = 3 }).Parse(Encoding.UTF8.GetBytes(Json))).Error);
    }

    [Fact]
    public async Task Stream_IsReadUpToTheLimit()
    {
        foreach (string document in new[] { Xml, Json })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(document);
            using MemoryStream stream = new(bytes);
            CiCallback callback = await s_parser.ParseAsync(stream, TestContext.Current.CancellationToken);
            Assert.Equal(Envelope, WriteJson(callback));
            Assert.NotEqual(0, Assert.IsType<CiJobEnvelope>(Assert.Single(callback.Jobs)).RawOperation.Length);

            stream.Position = 0;
            CiCallbackParser narrow = new([], new() { MaxDocumentLength = bytes.Length - 1 });
            Assert.Equal(CiFormatError.LimitExceeded, (await Assert.ThrowsAsync<CiFormatException>(() => narrow.ParseAsync(stream))).Error);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => s_parser.ParseAsync(stream, new CancellationToken(canceled: true)));
        }
    }

    [Fact]
    public void ABrokenCallback_StillSaysWhichJobItIsAbout()
    {
        foreach (string document in new[] { Xml, Json })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(document);
            int known = Encoding.UTF8.GetByteCount(document[..document.IndexOf("Success", document.IndexOf("j1", StringComparison.Ordinal), StringComparison.Ordinal)]);
            for (int i = 0; i < bytes.Length; i++)
            {
                IReadOnlyList<CiJobEnvelope> jobs = CiJobEnvelope.ReadAll(bytes.AsMemory(0, i));
                Assert.True(i < known || jobs.Single().JobId == "j1", Encoding.UTF8.GetString(bytes, 0, i));
                Assert.Throws<CiFormatException>(() => s_parser.Parse(bytes.AsMemory(0, i)));
            }
        }
    }

    [Fact]
    public void AnyBytes_ThrowNothingButFormatErrors()
    {
        Random random = new(1);
        int refused = 0;
        foreach (string document in new[] { Xml, Json })
        {
            byte[] bytes = Encoding.UTF8.GetBytes(document);
            for (int i = 0; i < 10_000; i++)
            {
                byte[] changed = (byte[])bytes.Clone();
                changed[random.Next(changed.Length)] = (byte)random.Next(256);
                try
                {
                    s_parser.Parse(changed);
                }
                catch (CiFormatException)
                {
                    refused++;
                }
            }
        }

        Assert.InRange(refused, 1000, 19_999);
    }

    private static string WriteJson(CiCallback callback)
    {
        ArrayBufferWriter<byte> output = new();
        callback.WriteJson(output);
        return Encoding.UTF8.GetString(output.WrittenSpan);
    }
}

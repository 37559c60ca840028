using System.Text;

namespace CiCodegen.Runtime.Tests;

public sealed class JsonPolicyTests
{
    private const string Result = "Response.JobsDetail[0].Operation.VideoTargetRecResult";

    [Theory]
    [InlineData("{}", "{}")]
    [InlineData("""{"Response":{"RequestId":"r"}}""", """{"RequestId":"r"}""")]
    [InlineData("""{"Response":{"RequestId":"r"},"RequestId":"outside"}""", """{"RequestId":"r"}""")]
    [InlineData("""{"Response":null,"RequestId":"r"}""", """{"RequestId":"r"}""")]
    [InlineData("""{"JobsDetail":{"JobId":"j"}}""", """{"JobsDetail":[{"JobId":"j"}]}""")]
    [InlineData("""{"JobsDetail":[{"JobId":"j"},null,{}]}""", """{"JobsDetail":[{"JobId":"j"},{}]}""")]
    [InlineData("""{"JobsDetail":[]}""", "{}")]
    [InlineData("""{"JobsDetail":{"Operation":""}}""", """{"JobsDetail":[{"Operation":{}}]}""")]
    [InlineData("""{"JobsDetail":""}""", """{"JobsDetail":[{}]}""")]
    [InlineData("""{"NonExistJobIds":"a"}""", """{"NonExistJobIds":["a"]}""")]
    [InlineData("""{"NonExistJobIds":["a","",1,true]}""", """{"NonExistJobIds":["a","","1","true"]}""")]
    [InlineData("""{"x":[{"RequestId":1},[[]]],"RequestId":null,"NextToken":1.50}""", """{"NextToken":"1.50"}""")]
    [InlineData("""{"requestid":"r"}""", "{}")]
    [InlineData("""{"Request\u0049d":"\"\\\/\b\f\n\r\t\u4e2d\uD83D\uDE00"}""", """{"RequestId":"\"\\/\b\f\n\r\t中😀"}""")]
    [InlineData("""{"JobsDetail":{"State":" Success ","CreationTime":"2022-06-27T15:23:10+0800","EndTime":"-"}}""", """{"JobsDetail":[{"State":"Success","CreationTime":"2022-06-27T15:23:10+08:00"}]}""")]
    [InlineData("""{"JobsDetail":{"Operation":{"JobLevel":-3,"Size":"12","Free":true}}}""", """{"JobsDetail":[{"Operation":{"JobLevel":-3,"Size":12,"Free":true}}]}""")]
    [InlineData("\uFEFF{}", "{}")]
    public void Tolerated_IsRead(string document, string json)
    {
        Outcome outcome = Lanes.Json(document);
        Assert.Null(outcome.Error);

        // The writer escapes what lies beyond the basic plane.
        Assert.Equal(json.Replace("😀", "\\uD83D\\uDE00", StringComparison.Ordinal), outcome.Json);
    }

    [Theory]
    [InlineData("", CiFormatError.BadJson, "Response")]
    [InlineData("null", CiFormatError.BadJson, "Response")]
    [InlineData("[]", CiFormatError.BadJson, "Response")]
    [InlineData("{} x", CiFormatError.BadJson, null)]
    [InlineData("{}{}", CiFormatError.BadJson, null)]
    [InlineData("{\"a\":1,}", CiFormatError.BadJson, null)]
    [InlineData("{\"a\":01}", CiFormatError.BadJson, null)]
    [InlineData("{'a':1}", CiFormatError.BadJson, null)]
    [InlineData("{\"a\":\"\t\"}", CiFormatError.BadJson, null)]
    [InlineData("{\"a\":1 /* c */}", CiFormatError.BadJson, null)]
    [InlineData("<Response/>", CiFormatError.BadJson, null)]
    [InlineData("{\"a\":\"\\uD800\"}", CiFormatError.BadJson, null)]
    [InlineData("{\"a\":\"\\uDC00\\uD800\"}", CiFormatError.BadJson, null)]
    [InlineData("{\"\\uD83Dx\":1}", CiFormatError.BadJson, null)]
    [InlineData("""{"RequestId":"1","RequestId":"2"}""", CiFormatError.DuplicateNode, "Response.RequestId")]
    [InlineData("""{"RequestId":null,"RequestId":"2"}""", CiFormatError.DuplicateNode, "Response.RequestId")]
    [InlineData("""{"NonExistJobIds":"1","NonExistJobIds":["2"]}""", CiFormatError.DuplicateNode, "Response.NonExistJobIds[1]")]
    [InlineData("""{"RequestId":["1"]}""", CiFormatError.BadJson, "Response.RequestId")]
    [InlineData("""{"RequestId":{}}""", CiFormatError.BadJson, "Response.RequestId")]
    [InlineData("""{"NonExistJobIds":[["1"]]}""", CiFormatError.BadJson, "Response.NonExistJobIds[0]")]
    [InlineData("""{"JobsDetail":"x"}""", CiFormatError.BadJson, "Response.JobsDetail[0]")]
    [InlineData("""{"JobsDetail":[{"Operation":{"VideoTargetRecResult":{"BodyRecognition":[{},null,3]}}}]}""", CiFormatError.BadJson, Result + ".BodyRecognition[2]")]
    [InlineData("""{"JobsDetail":{"Operation":{"JobLevel":1.0}}}""", CiFormatError.BadScalar, "Response.JobsDetail[0].Operation.JobLevel")]
    [InlineData("""{"JobsDetail":{"Operation":{"JobLevel":1e0}}}""", CiFormatError.BadScalar, "Response.JobsDetail[0].Operation.JobLevel")]
    [InlineData("""{"JobsDetail":{"Operation":{"JobLevel":true}}}""", CiFormatError.BadScalar, "Response.JobsDetail[0].Operation.JobLevel")]
    [InlineData("""{"JobsDetail":{"Operation":{"Free":1}}}""", CiFormatError.BadScalar, "Response.JobsDetail[0].Operation.Free")]
    [InlineData("""{"RequestId":"1","RequestId":"2"} x""", CiFormatError.BadJson, null)]
    public void Refused_SaysWhy(string document, CiFormatError error, string? path)
    {
        Outcome outcome = Lanes.Json(document);
        Assert.Equal(error, outcome.Error);
        Assert.Equal(path ?? outcome.Path, outcome.Path);
    }

    [Theory]
    [InlineData("{\n  \"RequestId\": [1] }", 2, 16)]
    [InlineData("{\"中😀\":1,\r\n\"RequestId\":\"中\",\"RequestId\":1}", 2, 17)]
    [InlineData("{\"a\":\n  tru}", 2, 6)]
    public void Position_CountsUtf16Units(string document, int line, int column)
    {
        Outcome outcome = Lanes.Json(document);
        Assert.Equal((line, column), (outcome.Line, outcome.Column));
    }

    [Fact]
    public void Error_IsServiceError()
    {
        CiFormatException exception = Assert.Throws<CiFormatException>(
            () => CiJson.Read<SampleResponse>("""{"Error":{"Code":"AccessDenied","Message":"no","RequestId":"r","x":{"Code":"y"}}}"""u8.ToArray()));
        Assert.Equal(CiFormatError.ServiceError, exception.Error);
        Assert.Equal(new CiServiceError("AccessDenied", "no", "r", null, null), exception.ServiceError);
    }

    [Fact]
    public void Utf16AndBadUtf8()
    {
        foreach (Encoding encoding in new Encoding[] { Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            byte[] body = encoding.GetBytes("""{"RequestId":"中"}""");
            Assert.Equal("""{"RequestId":"中"}""", Lanes.Json(body).Json);
            Assert.Equal("""{"RequestId":"中"}""", Lanes.Json((byte[])[.. encoding.GetPreamble(), .. body]).Json);
            Assert.Equal(CiFormatError.BadJson, Lanes.Json(body[..^1]).Error);
        }

        Assert.Equal(CiFormatError.BadJson, Lanes.Json((byte[])[.. "{\"x\":\""u8, 0xC0, 0x80, .. "\"}"u8]).Error);
        Assert.Equal(CiFormatError.BadJson, Lanes.Json((byte[])[.. "{\"x\":\""u8, 0xE4, 0xB8]).Error);
    }

    [Fact]
    public void Limits_AreKept()
    {
        string Nested(int depth) => "{\"x\":" + new string('[', depth) + new string(']', depth) + "}";
        Assert.Null(Lanes.Json(Nested(63)).Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Json(Nested(64)).Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Json("{\"x\":" + new string('[', 1_000_000)).Error);
        CiReaderOptions small = new() { MaxTextLength = 3, MaxDocumentLength = 40 };
        Assert.Null(Lanes.Json("""{"RequestId":"中中中"}""", small).Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Json("""{"RequestId":"\u4e2d中中x"}""", small).Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Json(new string(' ', 40) + "{}", small).Error);
    }

    [Fact]
    public void DamagedBytes_NeverEndInAnotherException()
    {
        byte[] document = Encoding.UTF8.GetBytes("""{"Response":{"JobsDetail":[{"JobId":"j\u4e2d\n","State":"Success","Operation":{"JobLevel":"1","Free":false,"x":[1.5e3,null]}}],"RequestId":"中😀"}}""");
        for (int i = 0; i < document.Length; i++)
        {
            byte original = document[i];
            for (int change = 0; change < 256; change++)
            {
                document[i] = (byte)change;
                Lanes.Json(document);
            }

            document[i] = original;
            Lanes.Json(document.AsMemory(0, i));
        }
    }
}

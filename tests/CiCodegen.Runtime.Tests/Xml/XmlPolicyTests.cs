using System.Text;
using System.Xml;

namespace CiCodegen.Runtime.Tests;

/// <summary>What is tolerated, what is refused, and where the error is said to be; both XML lanes at once.</summary>
public sealed class XmlPolicyTests
{
    private const string Deep = "Response.JobsDetail[0].Operation";

    [Theory]
    [InlineData("<Response><x><RequestId>1</RequestId></x><RequestId>r</RequestId></Response>", """{"RequestId":"r"}""")]
    [InlineData("<Response><RequestId>a<!-- b --><![CDATA[<c>]]><?d?>&amp;e</RequestId></Response>", """{"RequestId":"a<c>&e"}""")]
    [InlineData("<Response><RequestId> a\r\nb\rc&#13; </RequestId></Response>", """{"RequestId":" a\nb\nc\r "}""")]
    [InlineData("<Response><RequestId/></Response>", """{"RequestId":""}""")]
    [InlineData("<Response><requestid>1</requestid></Response>", "{}")]
    [InlineData("<Response xmlns='urn:a'><RequestId>r</RequestId><b:RequestId xmlns:b='urn:b'>x</b:RequestId></Response>", """{"RequestId":"r"}""")]
    [InlineData("<a:Response xmlns:a='urn:a'><RequestId>x</RequestId><a:RequestId>r</a:RequestId></a:Response>", """{"RequestId":"r"}""")]
    [InlineData("<Response><NonExistJobIds>a</NonExistJobIds><NextToken>t</NextToken><NonExistJobIds>b</NonExistJobIds></Response>", """{"NextToken":"t","NonExistJobIds":["a","b"]}""")]
    [InlineData("<Response><JobsDetail/><JobsDetail><State> - </State></JobsDetail></Response>", """{"JobsDetail":[{},{}]}""")]
    [InlineData("<Response><JobsDetail><State>\n New </State></JobsDetail></Response>", """{"JobsDetail":[{"State":"New"}]}""")]
    public void Tolerated_IsRead(string document, string json) => Assert.Equal(json, Lanes.Xml(document).Json);

    [Theory]
    [InlineData("<Response>\n<RequestId>1</RequestId>\n  <RequestId>2</RequestId></Response>", CiFormatError.DuplicateNode, "Response.RequestId", 3, 3)]
    [InlineData("<Response><JobsDetail/><JobsDetail><Operation/>中😀<Operation/></JobsDetail></Response>", CiFormatError.StrayText, "Response.JobsDetail[1]", 1, 48)]
    [InlineData("<Response><JobsDetail><Operation/><Operation/></JobsDetail></Response>", CiFormatError.DuplicateNode, Deep, 1, 35)]
    [InlineData("<Response>\n  stray</Response>", CiFormatError.StrayText, "Response", 1, 11)]
    [InlineData("<Response><!-- x --> <?y?>\n&#x41;</Response>", CiFormatError.StrayText, "Response", 1, 27)]
    [InlineData("<Response> <![CDATA[ x]]></Response>", CiFormatError.StrayText, "Response", 1, 21)]
    [InlineData("<Response>😀<RequestId><b/></RequestId></Response>", CiFormatError.StrayText, "Response", 1, 11)]
    [InlineData("<Response><RequestId>中<b/></RequestId></Response>", CiFormatError.BadScalar, "Response.RequestId", 1, 11)]
    [InlineData("<Response><JobsDetail><Operation><JobLevel>1.0</JobLevel></Operation></JobsDetail></Response>", CiFormatError.BadScalar, Deep + ".JobLevel", 1, 34)]
    [InlineData("\uFEFF<Other/>", CiFormatError.UnexpectedRoot, "Other", 1, 1)]
    [InlineData("<?xml version='1.0'?>\r\n <response/>", CiFormatError.UnexpectedRoot, "response", 2, 2)]
    public void Refused_SaysWhere(string document, CiFormatError error, string path, int line, int column)
    {
        Outcome outcome = Lanes.Xml(document);
        Assert.Equal((error, path, line, column), (outcome.Error, outcome.Path, outcome.Line, outcome.Column));
        Outcome utf16 = Lanes.Xml(Encoding.Unicode.GetBytes(document));
        Assert.Equal((error, path, line, column), (utf16.Error, utf16.Path, utf16.Line, utf16.Column));
    }

    /// <summary>XmlReader counts a line twice that ends inside an end tag where one of its buffers ends.</summary>
    [Theory]
    [InlineData("\uFEFF", 30, 80)]
    [InlineData("", 4040, 4100)]
    public void Place_DoesNotDependOnBuffers(string start, int least, int most)
    {
        for (int length = least; length < most; length++)
        {
            string document = $"{start}<Response><RequestId>{new string('x', length)}</RequestId\n><RequestId/></Response>";
            Outcome outcome = Lanes.Xml(document);
            Assert.Equal((CiFormatError.DuplicateNode, 2, 2), (outcome.Error, outcome.Line, outcome.Column));
        }
    }

    [Theory]
    [InlineData("<Response><RequestId/><RequestId/><a></Response>", CiFormatError.NotWellFormed)]
    [InlineData("<Response><RequestId/><RequestId/>&#0;</Response>", CiFormatError.IllegalCharacter)]
    [InlineData("<Other><a></Other>", CiFormatError.NotWellFormed)]
    [InlineData("<Response><RequestId/><RequestId/><JobsDetail>x</JobsDetail></Response>", CiFormatError.DuplicateNode)]
    public void ErrorsOfTheGrammar_Win(string document, CiFormatError error) => Assert.Equal(error, Lanes.Xml(document).Error);

    [Theory]
    [InlineData("JobLevel", "0", "0")]
    [InlineData("JobLevel", " -007\n", "-7")]
    [InlineData("JobLevel", "-2147483648", "-2147483648")]
    [InlineData("JobLevel", "2147483648", null)]
    [InlineData("JobLevel", "+1", null)]
    [InlineData("JobLevel", "1 2", null)]
    [InlineData("JobLevel", "１", null)]
    [InlineData("JobLevel", "--1", null)]
    [InlineData("JobLevel", "\u00A01", null)]
    [InlineData("JobLevel", "-", "")]
    [InlineData("JobLevel", " \t ", "")]
    [InlineData("Size", "-9223372036854775808", "-9223372036854775808")]
    [InlineData("Size", "9223372036854775807", "9223372036854775807")]
    [InlineData("Size", "9223372036854775808", null)]
    [InlineData("Size", "-9223372036854775809", null)]
    [InlineData("Size", "99999999999999999999999", null)]
    [InlineData("Free", "true", "true")]
    [InlineData("Free", " false ", "false")]
    [InlineData("Free", "True", null)]
    [InlineData("Free", "1", null)]
    [InlineData("Free", "", "")]
    public void Scalar_FollowsThePolicy(string node, string text, string? json)
    {
        string? expected = json is null ? null : "{\"JobsDetail\":[{\"Operation\":{" + (json.Length > 0 ? $"\"{node}\":{json}" : "") + "}}]}";
        Outcome outcome = Lanes.Xml($"<Response><JobsDetail><Operation><{node}>{text}</{node}></Operation></JobsDetail></Response>");
        Assert.Equal(expected, outcome.Json);
        Assert.Equal(expected is null ? CiFormatError.BadScalar : null, outcome.Error);

        // JSON follows the same policy.
        string quoted = System.Text.Json.JsonSerializer.Serialize(text);
        Assert.Equal(expected, Lanes.Json("{\"JobsDetail\":{\"Operation\":{\"" + node + "\":" + quoted + "}}}").Json);
    }

    [Theory]
    [InlineData("1.50", "1.50")]
    [InlineData("-0.0", "0.0")]
    [InlineData("0001", "1")]
    [InlineData("79228162514264337593543950335", "79228162514264337593543950335")]
    [InlineData("79228162514264337593543950336", null)]
    [InlineData("0.0000000000000000000000000001", "0.0000000000000000000000000001")]
    [InlineData("0.00000000000000000000000000001", null)]
    [InlineData("1.", null)]
    [InlineData(".5", null)]
    [InlineData("1,5", null)]
    [InlineData("1e3", null)]
    [InlineData("1.2.3", null)]
    [InlineData("NaN", null)]
    public void Decimal_IsExactOrRefused(string text, string? json)
    {
        Assert.Equal(json is not null, ScalarText.TryDecimal(Encoding.UTF8.GetBytes(text), out decimal value));
        Assert.Equal(json ?? "0", value.ToString(System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("2022-06-27T15:23:10+0800", "2022-06-27T15:23:10+0800")]
    [InlineData("2022-06-27 15:23:10+08:00", "2022-06-27T15:23:10+0800")]
    [InlineData("2022-06-27T15:23:10Z", "2022-06-27T15:23:10+0000")]
    [InlineData("2022-06-27T15:23:10.123456789-0330", "2022-06-27T15:23:10.1234567-0330")]
    [InlineData("2024-02-29T00:00:00.5+1400", "2024-02-29T00:00:00.5+1400")]
    [InlineData("9999-12-31T23:59:59.9999999Z", "9999-12-31T23:59:59.9999999+0000")]
    [InlineData("2022-06-27T15:23:10", null)]
    [InlineData("2022-06-27", null)]
    [InlineData("2023-02-29T00:00:00Z", null)]
    [InlineData("2022-13-01T00:00:00Z", null)]
    [InlineData("2022-06-27T24:00:00Z", null)]
    [InlineData("2022-06-27T15:23:60Z", null)]
    [InlineData("2022-06-27T15:23:10+1401", null)]
    [InlineData("2022-06-27T15:23:10+08", null)]
    [InlineData("2022-06-27T15:23:10+0860", null)]
    [InlineData("2022-06-27T15:23:10.Z", null)]
    [InlineData("2022-06-27t15:23:10z", null)]
    [InlineData("10000-01-01T00:00:00Z", null)]
    [InlineData("0000-01-01T00:00:00Z", null)]
    [InlineData("0001-01-01T00:00:00+0800", null)]
    [InlineData("9999-12-31T23:59:59-0100", null)]
    [InlineData("2022-06-27T15:23:10+0800x", null)]
    public void Time_NeedsAnOffset(string text, string? written)
    {
        Assert.Equal(written is not null, ScalarText.TryTime(Encoding.UTF8.GetBytes(text), out DateTimeOffset time));
        if (written is not null)
        {
            byte[] buffer = new byte[WriteText.MaxTime];
            Assert.Equal(written, Encoding.ASCII.GetString(buffer, 0, WriteText.Time(time, buffer, colon: false)));
        }
    }

    [Fact]
    public void ErrorDocument_IsServiceError()
    {
        const string Document = "<?xml version='1.0'?>\n<Error><Code>NoSuchBucket</Code><Message>it &amp; is not</Message><Resource/><RequestId>r1</RequestId><TraceId>t1</TraceId></Error>";
        Outcome outcome = Lanes.Xml(Document);
        Assert.Equal((CiFormatError.ServiceError, "Error", 2, 1), (outcome.Error, outcome.Path, outcome.Line, outcome.Column));
        Assert.Contains("NoSuchBucket: it & is not", outcome.Detail, StringComparison.Ordinal);
        CiFormatException exception = Assert.Throws<CiFormatException>(() => CiXml.Read<SampleResponse>(Encoding.UTF8.GetBytes(Document)));
        Assert.Equal(new CiServiceError("NoSuchBucket", "it & is not", "r1", "t1", ""), exception.ServiceError);

        Assert.True(CiServiceError.TryRead(Encoding.UTF8.GetBytes(Document[..^30]), out CiServiceError? cut));
        Assert.Equal("NoSuchBucket", cut.Code);
        Assert.False(CiServiceError.TryRead("<html><body>502</body></html>"u8.ToArray(), out _));
        Assert.False(CiServiceError.TryRead(default, out _));
    }

    [Fact]
    public void AnyXmlReader_WillDo()
    {
        const string Document = "<?xml version='1.0' encoding='utf-16'?><Response> <RequestId>a<!-- b -->c</RequestId> </Response>";
        using XmlReader text = XmlReader.Create(new StringReader(Document));
        Assert.Equal("ac", CiXmlInterop.Read<SampleResponse>(text).RequestId);

        System.Xml.Linq.XDocument tree = System.Xml.Linq.XDocument.Parse(Document);
        using XmlReader nodes = tree.CreateReader();
        Assert.Equal("ac", CiXmlInterop.Read<SampleResponse>(nodes).RequestId);

        using XmlDictionaryReader binary = XmlDictionaryReader.CreateTextReader("<Response><RequestId>a&amp;c</RequestId></Response>"u8.ToArray(), XmlDictionaryReaderQuotas.Max);
        Assert.Equal("a&c", CiXmlInterop.Read<SampleResponse>(binary).RequestId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("b<!-- -->")]
    public void PairsOfUnits_AreNotCutByAnyReader(string before)
    {
        // Each on a thread of its own, whose room for texts is what it is at first: it grows by doubling.
        foreach (int length in new[] { 1021, 1022, 1023, 1024, 2045, 2046, 2047, 2048, 4094, 4095 })
        {
            string text = new string('a', length) + "😀tail";
            byte[] document = Encoding.UTF8.GetBytes($"<Response><RequestId>{before}{text}</RequestId></Response>");
            foreach (Func<XmlReader> open in new[] { () => XmlReader.Create(new MemoryStream(document)), () => XmlDictionaryReader.CreateTextReader(document, XmlDictionaryReaderQuotas.Max) })
            {
                Exception? failure = null;
                Thread thread = new(() => failure = Record.Exception(() =>
                {
                    using XmlReader reader = open();
                    Assert.Equal(before.Replace("<!-- -->", "", StringComparison.Ordinal) + text, CiXmlInterop.Read<SampleResponse>(reader).RequestId);
                }));
                thread.Start();
                thread.Join();
                Assert.Null(failure);
            }
        }
    }

    [Fact]
    public void PairsOfUnits_CountTwice()
    {
        CiReaderOptions one = new() { MaxTextLength = 1 };
        Assert.Equal("a", CiXmlInterop.Read<SampleResponse>("<Response><RequestId>a</RequestId></Response>"u8.ToArray(), one).RequestId);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Xml("<Response><RequestId>ab</RequestId></Response>", one).Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Xml("<Response><RequestId>😀</RequestId></Response>", one).Error);
    }
}

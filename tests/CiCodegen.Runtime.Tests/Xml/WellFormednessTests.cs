using System.Text;

namespace CiCodegen.Runtime.Tests;

/// <summary>What is well-formed and what is not; both XML lanes at once.</summary>
public sealed class WellFormednessTests
{
    [Theory]
    [InlineData("<Response/>")]
    [InlineData("<Response></Response>")]
    [InlineData("<Response ></Response >")]
    [InlineData("<Response\n></Response\t>")]
    [InlineData("  \r\n<Response/>  \r\n")]
    [InlineData("\uFEFF<Response/>")]
    [InlineData("\uFEFF<?xml version='1.0'?><Response/>")]
    [InlineData("<?xml version='1.0' encoding='utf-8' standalone='yes' ?><Response/>")]
    [InlineData("<?xml\tversion = \"1.0\"\nencoding = \"UTF-8\"?><Response/>")]
    [InlineData("<?xml-stylesheet href='x'?><Response/>")]
    [InlineData("<?p?><Response/><?q r?>")]
    [InlineData("<!----><!-- - --><Response><!-- < & ]]> --></Response><!-- end -->")]
    [InlineData("<Response a='1' b=\"2\" c = '>' d=']]>' e='&lt;&#x20;'/>")]
    [InlineData("<Response 中='1' é='2'><中文 中.-_·='x'/></Response>")]
    [InlineData("<Response><_a.b-c1/></Response>")]
    [InlineData("<Response xmlns='urn:a' xmlns:b='urn:b' b:c='1' c='2'><b:d/></Response>")]
    [InlineData("<Response xmlns='urn:a'><x xmlns=''/></Response>")]
    [InlineData("<Response xml:lang='zh' xml:space='preserve'/>")]
    [InlineData("<Response xmlns:xml='http://www.w3.org/XML/1998/namespace'/>")]
    [InlineData("<Response><RequestId>&lt;&gt;&amp;&quot;&apos;&#65;&#x0000041;&#x10FFFF;</RequestId></Response>")]
    [InlineData("<Response><RequestId>]] ]> ]]&gt;</RequestId></Response>")]
    [InlineData("<Response><RequestId><![CDATA[]]><![CDATA[]]]]><![CDATA[>]]></RequestId></Response>")]
    [InlineData("<Response><RequestId>\u0085\u007F\uFDD0\uFFFD𝄞</RequestId></Response>")]
    [InlineData("<Response><![CDATA[ \n ]]>&#32;&#x9;</Response>")]
    public void WellFormed_IsRead(string document) => Assert.Null(Lanes.Xml(document).Error);

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("<")]
    [InlineData("text")]
    [InlineData("<Response>")]
    [InlineData("<Response")]
    [InlineData("<Response/")]
    [InlineData("<Response/><Response/>")]
    [InlineData("<Response/>x")]
    [InlineData("x<Response/>")]
    [InlineData("&#32;<Response/>")]
    [InlineData("<Response/><![CDATA[]]>")]
    [InlineData("</Response>")]
    [InlineData("<Response></response>")]
    [InlineData("<Response></Respons>")]
    [InlineData("<Response></Responses>")]
    [InlineData("<Response><a></Response></a>")]
    [InlineData("<Response></Response a='1'>")]
    [InlineData("<Response></ Response>")]
    [InlineData("< Response/>")]
    [InlineData("<Response / >")]
    [InlineData("<1Response/>")]
    [InlineData("<-a/>")]
    [InlineData("<Response><a:b:c xmlns:a='q'/></Response>")]
    [InlineData("<Response><:a/></Response>")]
    [InlineData("<Response><a:/></Response>")]
    [InlineData("<Response><a:b/></Response>")]
    [InlineData("<Response a:b='1'/>")]
    [InlineData("<Response xmlns:a=''/>")]
    [InlineData("<Response xmlns:xml='urn:a'/>")]
    [InlineData("<Response xmlns:xmlns='urn:a'/>")]
    [InlineData("<Response xmlns:a='http://www.w3.org/2000/xmlns/'/>")]
    [InlineData("<Response xmlns='http://www.w3.org/XML/1998/namespace'/>")]
    [InlineData("<Response xmlns:a='q' xmlns:b='q' a:c='1' b:c='2'/>")]
    [InlineData("<Response a='1' a='2'/>")]
    [InlineData("<Response a='1' b='1' c='1' d='1' e='1' f='1' g='1' h='1' i='1' a='2'/>")]
    [InlineData("<Response a/>")]
    [InlineData("<Response a=1/>")]
    [InlineData("<Response a='1/>")]
    [InlineData("<Response a='1'b='2'/>")]
    [InlineData("<Response a='<'/>")]
    [InlineData("<Response a='&'/>")]
    [InlineData("<Response a='&nbsp;'/>")]
    [InlineData("<Response xml:space='other'/>")]
    [InlineData("<Response>&nbsp;</Response>")]
    [InlineData("<Response>&amp</Response>")]
    [InlineData("<Response>& </Response>")]
    [InlineData("<Response>&#;</Response>")]
    [InlineData("<Response>&#x;</Response>")]
    [InlineData("<Response>&#X41;</Response>")]
    [InlineData("<Response>&#6A;</Response>")]
    [InlineData("<Response>&#65</Response>")]
    [InlineData("<Response>&#99999999999;</Response>")]
    [InlineData("<Response><a>]]></a></Response>")]
    [InlineData("<Response><!-- -- --></Response>")]
    [InlineData("<Response><!-- ---></Response>")]
    [InlineData("<Response><!-- </Response>")]
    [InlineData("<Response><![CDATA[ ]] ></Response>")]
    [InlineData("<Response><![cdata[]]></Response>")]
    [InlineData("<Response><?xml version='1.0'?></Response>")]
    [InlineData("<Response><?XML?></Response>")]
    [InlineData("<Response><?a:b?></Response>")]
    [InlineData("<Response><?a</Response>")]
    [InlineData("<Response><? a?></Response>")]
    [InlineData("<Response><!DOCTYPE a></Response>")]
    [InlineData(" <?xml version='1.0'?><Response/>")]
    [InlineData("<?xml?><Response/>")]
    [InlineData("<?xml encoding='utf-8'?><Response/>")]
    [InlineData("<?xml version='1.1'?><Response/>")]
    [InlineData("<?xml version='1.0' standalone='maybe'?><Response/>")]
    [InlineData("<?xml version='1.0' standalone='yes' encoding='utf-8'?><Response/>")]
    [InlineData("<?xml version='1.0'encoding='utf-8'?><Response/>")]
    [InlineData("<?xml version='1.0' ><Response/>")]
    [InlineData("<?xml version='1.0é'?>\n<Response/>")]
    [InlineData("<?xml version='1.0 '?><Response/>")]
    [InlineData("<?xml version='1.0b'?><Response/>")]
    [InlineData("<?xml version='1.01'?><Response/>")]
    [InlineData("<xmlns:a xmlns:b='urn:b'/>")]
    [InlineData("<Response><xmlns:a/></Response>")]
    [InlineData("<\uD835\uDC9C/>")]
    [InlineData("\uFEFF\uFEFF<Response/>")]
    public void NotWellFormed_IsRefused(string document) => Assert.Equal(CiFormatError.NotWellFormed, Lanes.Xml(document).Error);

    [Theory]
    [InlineData("<Response>&#0;</Response>")]
    [InlineData("<Response>&#11;</Response>")]
    [InlineData("<Response>&#xD800;</Response>")]
    [InlineData("<Response>&#xD83D;&#xDE00;</Response>")]
    [InlineData("<Response>&#xFFFE;</Response>")]
    [InlineData("<Response>&#x110000;</Response>")]
    [InlineData("<Response>&#x4010000;</Response>")]
    [InlineData("<Response a='&#1;'/>")]
    [InlineData("<Response>\u0001</Response>")]
    [InlineData("<Response>\uFFFE</Response>")]
    [InlineData("<Response>中\uFFFF</Response>")]
    [InlineData("<Response><!-- \u0002 --></Response>")]
    [InlineData("<Response><![CDATA[\u000C]]></Response>")]
    [InlineData("<Response><?a \u0000?></Response>")]
    [InlineData("<Response a='\u001F'/>")]
    public void IllegalCharacter_IsNamed(string document) => Assert.Equal(CiFormatError.IllegalCharacter, Lanes.Xml(document).Error);

    [Theory]
    [InlineData("C080")]
    [InlineData("E08080")]
    [InlineData("F0808080")]
    [InlineData("EDA080")]
    [InlineData("F8888080AF")]
    [InlineData("F4908080")]
    [InlineData("C3")]
    [InlineData("E4B8")]
    [InlineData("80")]
    [InlineData("FF")]
    public void BytesThatAreNoUtf8_AreIllegal(string hex)
    {
        foreach ((string before, string after) in new[]
        {
            ("<Response><RequestId>a", "b</RequestId></Response>"), ("<Response a='", "'/>"), ("<Response><!--", "--></Response>"),
            ("<Response><![CDATA[", "]]></Response>"), ("<Response", "/>"), ("<Response/>", " "), ("", "<Response/>"), ("\uFEFF", "<Response/>"), ("<Response><?a ", "?></Response>"),
        })
        {
            byte[] document = [.. Encoding.UTF8.GetBytes(before), .. Convert.FromHexString(hex), .. Encoding.UTF8.GetBytes(after)];
            Assert.Equal(CiFormatError.IllegalCharacter, Lanes.Xml(document).Error);
        }
    }

    [Theory]
    [InlineData("<Response>&a\uFFFF;</Response>", "FF")]
    [InlineData("<Response>&amp", "FF3B3C2F526573706F6E73653E")]
    [InlineData("<Response>&quo", "C03B3C2F526573706F6E73653E")]
    [InlineData("<Response>& ", "FF3C2F526573706F6E73653E")]
    [InlineData("<Response><a", "3AFF3E")]
    [InlineData("<?xml version='1.0' x", "FF")]
    [InlineData("text", "FF")]
    [InlineData("<Response></Respons", "FF3E")]
    public void OfTwoErrors_BothLanesNameTheSame(string start, string hex)
    {
        Outcome outcome = Lanes.Xml([.. Encoding.UTF8.GetBytes(start), .. Convert.FromHexString(hex)]);
        Outcome reader = Lanes.Reader((byte[])[.. Encoding.UTF8.GetBytes(start), .. Convert.FromHexString(hex)]);
        Assert.Equal((outcome.Error, outcome.Line, outcome.Column), (reader.Error, reader.Line, reader.Column));
        Assert.NotNull(outcome.Error);
    }

    [Fact]
    public void CutAfterTheRoot_IsRefused() => Assert.Equal(CiFormatError.NotWellFormed, Lanes.Xml([.. "<Response/>"u8, 0xE4, 0xB8]).Error);

    [Theory]
    [InlineData("<!DOCTYPE Response><Response/>")]
    [InlineData("<?xml version='1.0'?><!DOCTYPE Response [<!ENTITY a 'b'>]><Response>&a;</Response>")]
    [InlineData("<!DOCTYPE Response SYSTEM 'http://127.0.0.1:1/x'><Response/>")]
    public void Dtd_IsProhibited(string document) => Assert.Equal(CiFormatError.DtdProhibited, Lanes.Xml(document).Error);

    [Fact]
    public void Utf16_IsReadWithAndWithoutMark()
    {
        foreach (Encoding encoding in new[] { new UnicodeEncoding(false, false), new UnicodeEncoding(true, false) })
        {
            foreach (string declaration in new[] { "", "<?xml version='1.0' encoding='utf-16'?>" })
            {
                byte[] body = encoding.GetBytes(declaration + "<Response><RequestId>中é</RequestId></Response>");
                byte[] mark = encoding.GetBytes("\uFEFF");
                Assert.Equal("""{"RequestId":"中é"}""", Lanes.Xml(body).Json);
                Assert.Equal("""{"RequestId":"中é"}""", Lanes.Xml([.. mark, .. body]).Json);
                Assert.Equal(CiFormatError.IllegalCharacter, Lanes.Xml(body[..^1]).Error);
                Assert.Equal(CiFormatError.UnsupportedEncoding, Lanes.Xml(encoding.GetBytes("<?xml version='1.0' encoding='utf-8'?><Response/>")).Error);
                Assert.Equal(CiFormatError.IllegalCharacter, Lanes.Xml(encoding.GetBytes("<Response>&#x4010000;</Response>")).Error);
                Assert.Equal(CiFormatError.NotWellFormed, Lanes.Xml(encoding.GetBytes("<?xml version='1.0中'?><Response/>")).Error);
                Assert.Equal(CiFormatError.UnsupportedEncoding, Lanes.Xml(encoding.GetBytes("<?xml version='1.0' encoding='utf\uFFFE-16'?><Response>")).Error);
            }
        }

        Assert.Equal(CiFormatError.IllegalCharacter, Lanes.Xml([.. Encoding.Unicode.GetBytes("<Response>"), 0x00, 0xD8, .. Encoding.Unicode.GetBytes("</Response>")]).Error);
    }

    [Theory]
    [InlineData("ISO-8859-1")]
    [InlineData("gbk")]
    [InlineData("utf-16")]
    [InlineData("utf-16le")]
    [InlineData("us-ascii")]
    [InlineData("nonsense")]
    [InlineData("")]
    public void OtherEncodings_AreUnsupported(string name)
        => Assert.Equal(CiFormatError.UnsupportedEncoding, Lanes.Xml($"<?xml version='1.0' encoding='{name}'?><Response/>").Error);

    [Fact]
    public void Utf32_IsUnsupported()
    {
        Assert.Equal(CiFormatError.UnsupportedEncoding, Lanes.Xml(Encoding.UTF32.GetBytes("<Response/>")).Error);
        Assert.Equal(CiFormatError.UnsupportedEncoding, Lanes.Xml([.. Encoding.UTF32.GetPreamble(), .. Encoding.UTF32.GetBytes("<Response/>")]).Error);
        Assert.Equal(CiFormatError.UnsupportedEncoding, Lanes.Xml(new UTF32Encoding(true, false).GetBytes("<Response/>")).Error);
    }

    /// <summary>XmlReader reads all attributes before one can count them, which must not cost what they weigh.</summary>
    [Fact]
    public void FarTooManyAttributes_AreRefusedAtTheLimit()
    {
        byte[] document = Encoding.UTF8.GetBytes($"<Response{string.Concat(Enumerable.Range(0, 200_000).Select(i => $" a{i}=''"))}/>");
        long before = GC.GetAllocatedBytesForCurrentThread();
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Xml(document).Error);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, document.Length);
    }

    /// <summary>What is looked up for each prefixed name must not grow with the number of prefixes that are bound.</summary>
    [Fact]
    public void ManyPrefixes_AreLookedUpInNoTime()
    {
        StringBuilder document = new();
        for (int depth = 0; depth < 100; depth++)
        {
            document.Append("<a");
            for (int i = 0; i < 900; i++)
            {
                document.Append(System.Globalization.CultureInfo.InvariantCulture, $" xmlns:p{depth}_{i}='u'");
            }

            document.Append('>');
        }

        document.Insert(document.Length, "<p0_0:b/>", 50_000).Append("<p0_0:b p0_1:c='' p99_899:c=''/>");
        System.Diagnostics.Stopwatch watch = System.Diagnostics.Stopwatch.StartNew();
        Assert.Equal(CiFormatError.NotWellFormed, Lanes.Xml(document.ToString()).Error);
        Assert.True(watch.Elapsed.TotalSeconds < 20, $"{watch.Elapsed}");
    }

    [Fact]
    public void Prefixes_AreBoundAnewAndComeBack()
    {
        Outcome outcome = Lanes.Xml("<a:Response xmlns:a='urn:a' xmlns:b='urn:b'><c xmlns:a='urn:c' xmlns:b='urn:a'><b:RequestId xmlns:b='urn:d'/></c><b:RequestId>x</b:RequestId><a:RequestId>r</a:RequestId></a:Response>");
        Assert.Equal("""{"RequestId":"r"}""", outcome.Json);
    }

    [Fact]
    public void Limits_AreKept()
    {
        string deep = string.Concat(Enumerable.Repeat("<a>", 255)) + string.Concat(Enumerable.Repeat("</a>", 255));
        Assert.Null(Lanes.Xml($"<Response>{deep}</Response>").Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Xml($"<Response><b>{deep}</b></Response>").Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Xml($"<Response><RequestId/><RequestId/><b>{deep}</b></Response>").Error);

        string attributes = string.Concat(Enumerable.Range(0, 1000).Select(i => $" a{i}='1'"));
        Assert.Null(Lanes.Xml($"<Response{attributes}/>").Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Xml($"<Response{attributes} b='1'/>").Error);

        CiReaderOptions small = new() { MaxTextLength = 4, MaxDocumentLength = 100 };
        Assert.Null(Lanes.Xml("<Response><RequestId>中中😀</RequestId></Response>", small).Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Xml("<Response><RequestId>中中<!-- -->😀x</RequestId></Response>", small).Error);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Xml(new string(' ', 100) + "<Response/>", small).Error);

        // Where such a text is cut off, that is what is wrong.
        Assert.Equal(CiFormatError.NotWellFormed, Lanes.Xml("<Response><RequestId>123456789", small).Error);
    }
}

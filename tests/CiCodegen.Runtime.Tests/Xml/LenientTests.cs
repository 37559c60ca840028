using System.Text;

namespace CiCodegen.Runtime.Tests;

/// <summary>Characters that XML does not allow, read as U+FFFD when the caller asks for it.</summary>
public sealed class LenientTests
{
    private static readonly CiReaderOptions s_lenient = new() { Lenient = true };

    [Theory]
    [InlineData("a\u0001b", "a\uFFFDb")]
    [InlineData("\u000B\u0000", "\uFFFD\uFFFD")]
    [InlineData("中\uFFFE\uFFFF文", "中\uFFFD\uFFFD文")]
    [InlineData("&#0;&#x1F;&#xD800;&#xFFFE;&#x110000;&#x4010000;&#99999999999999999999;", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD")]
    [InlineData("<![CDATA[\u0002&#0;]]>", "\uFFFD&#0;")]
    [InlineData("é中😀\t\r\n", "é中😀\t\n")]
    public async Task IllegalCharacter_IsReplaced(string text, string expected)
    {
        byte[] document = Encoding.UTF8.GetBytes($"<Response a='\u0003&#4;'><!-- \u0005 --><?p \u0006?><JobsDetail><Message>{text}</Message></JobsDetail></Response>");
        foreach (Encoding encoding in new[] { Encoding.UTF8, Encoding.Unicode, Encoding.BigEndianUnicode })
        {
            await AssertReadAsync(expected, Encoding.Convert(Encoding.UTF8, encoding, document));
        }
    }

    [Theory]
    [InlineData("C080", "\uFFFD\uFFFD")]
    [InlineData("E4B8", "\uFFFD")]
    [InlineData("E4B861", "\uFFFDa")]
    [InlineData("F09F98", "\uFFFD")]
    [InlineData("F09F9861E4B8ADFF", "\uFFFDa中\uFFFD")]
    [InlineData("EDA080", "\uFFFD\uFFFD\uFFFD")]
    [InlineData("80", "\uFFFD")]
    public async Task BytesThatAreNoUtf8_AreReplaced(string hex, string expected)
        => await AssertReadAsync(expected, [.. "<Response><JobsDetail><Message>"u8, .. Convert.FromHexString(hex), .. "</Message></JobsDetail></Response>"u8]);

    [Fact]
    public async Task HalfASurrogatePair_IsReplaced()
    {
        byte[] before = Encoding.Unicode.GetBytes("<Response><JobsDetail><Message>");
        byte[] after = Encoding.Unicode.GetBytes("</Message></JobsDetail></Response>");
        await AssertReadAsync("\uFFFD", [.. before, 0x3D, 0xD8, .. after]);
        await AssertReadAsync("\uFFFDa", [.. before, 0x00, 0xDE, 0x61, 0x00, .. after]);
    }

    [Fact]
    public void WhatIsNotWellFormed_IsRefusedAllTheSame()
    {
        // U+FFFD stands for a character, not for markup.
        Assert.Equal((CiFormatError.NotWellFormed, 1, 12), Place(Lanes.Utf8(Encoding.UTF8.GetBytes("<Response><\u0001a/></Response>"), s_lenient)));
        Assert.Equal((CiFormatError.NotWellFormed, 2, 3), Place(Lanes.Utf8(Encoding.UTF8.GetBytes("<Response>\u0001\u0002\n中\u0003</a>"), s_lenient)));
        Assert.Equal((CiFormatError.NotWellFormed, 1, 12), Place(Lanes.Utf8("<Response>"u8.ToArray().Append((byte)0xFF).ToArray(), s_lenient)));
        Assert.Equal((CiFormatError.BadScalar, 1, 23), Place(Lanes.Utf8(Encoding.UTF8.GetBytes("<Response><JobsDetail><CreationTime>\u0001</CreationTime></JobsDetail></Response>"), s_lenient)));
    }

    [Fact]
    public void ByDefault_AndThroughXmlReader_ItIsRefused()
    {
        byte[] document = Encoding.UTF8.GetBytes("<Response><RequestId>\u0001</RequestId></Response>");
        Assert.Equal(CiFormatError.IllegalCharacter, Lanes.Xml(document).Error);
        Assert.Equal(CiFormatError.IllegalCharacter, Lanes.Reader(document, s_lenient).Error);
        Assert.Equal(CiFormatError.IllegalCharacter, Lanes.Check(() => CiXmlInterop.Check(new MemoryStream(document), s_lenient)).Error);
    }

    [Fact]
    public async Task EveryDamage_LeavesNoIllegalCharacter()
    {
        byte[] sound = Encoding.UTF8.GetBytes("<Response><JobsDetail><JobId>é</JobId><Message>中文 😀 &#x41;&amp; <![CDATA[x]]></Message></JobsDetail></Response>");
        for (int i = 0; i < sound.Length; i++)
        {
            for (int value = 0; value < 256; value += 3)
            {
                byte[] document = [.. sound];
                document[i] = (byte)value;
                Outcome whole = Lanes.Utf8(document, s_lenient);
                Assert.NotEqual(CiFormatError.IllegalCharacter, whole.Error);
                Assert.Equal(whole, await Lanes.JobByJobAsync(new PieceStream(document, (i % 5) + 1), s_lenient));
                Outcome check = Lanes.Check(() => CiXml.Check(new PieceStream(document, (i % 7) + 1), s_lenient));
                Assert.Equal(whole.IsAboveWellFormedness ? null : whole.Error, check.Error);
            }
        }
    }

    private static async Task AssertReadAsync(string expected, byte[] document)
    {
        Assert.Equal(expected, CiXml.Read<SampleResponse>(document, s_lenient).JobsDetail[0].Message);
        for (int piece = 1; piece < 6; piece++)
        {
            await foreach (SampleJob job in CiXml.ReadJobsAsync<SampleJob>(new PieceStream(document, piece), s_lenient))
            {
                Assert.Equal(expected, job.Message);
            }

            CiXml.Check(new PieceStream(document, piece), s_lenient);
        }
    }

    private static (CiFormatError?, int, int) Place(Outcome outcome) => (outcome.Error, outcome.Line, outcome.Column);
}

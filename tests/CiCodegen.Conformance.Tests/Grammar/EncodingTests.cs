using System.Text;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests.Grammar;

/// <summary>Marks, declarations and the bytes themselves (XML 1.0, 4.3.3 and appendix F): both lanes agree, and UTF-8 and UTF-16 are all that is read.</summary>
public sealed class EncodingTests
{
    private static readonly Encoding s_le = new UnicodeEncoding(bigEndian: false, byteOrderMark: false);
    private static readonly Encoding s_be = new UnicodeEncoding(bigEndian: true, byteOrderMark: false);

    [Theory]
    [InlineData("<a>\u00E9\u4E2D\U0001F600</a>")]
    [InlineData("<?xml version='1.0'?><a/>")]
    [InlineData("<?xml version='1.0' encoding='UTF-16'?><a/>")]
    [InlineData("<?xml version='1.0' encoding='utf-16' standalone='yes'?>\r\n<\u4E2D>&#65;</\u4E2D>")]
    public void Utf16_IsReadWithAndWithoutMark(string document)
    {
        foreach (Encoding encoding in new[] { s_le, s_be })
        {
            Expect(null, encoding.GetBytes(document));
            Expect(null, encoding.GetBytes("\uFEFF" + document));
        }
    }

    [Theory]
    [InlineData("utf-8", CiFormatError.UnsupportedEncoding)]
    [InlineData("iso-8859-1", CiFormatError.UnsupportedEncoding)]
    [InlineData("x-unknown", CiFormatError.UnsupportedEncoding)]
    [InlineData("", CiFormatError.UnsupportedEncoding)]
    public void Utf16_DeclaredAsAnother_IsUnsupported(string name, CiFormatError due)
    {
        foreach (Encoding encoding in new[] { s_le, s_be })
        {
            Expect(due, encoding.GetBytes($"<?xml version='1.0' encoding='{name}'?><a/>"));
            Expect(due, encoding.GetBytes($"\uFEFF<?xml version='1.0' encoding='{name}'?><a/>"));
        }
    }

    [Fact]
    public void Utf16_DeclaredWithTheOtherEnd_IsUnsupported()
    {
        Expect(null, s_le.GetBytes("<?xml version='1.0' encoding='utf-16le'?><a/>"));
        Expect(null, s_be.GetBytes("<?xml version='1.0' encoding='utf-16be'?><a/>"));
        Expect(CiFormatError.UnsupportedEncoding, s_le.GetBytes("<?xml version='1.0' encoding='utf-16be'?><a/>"));
        Expect(CiFormatError.UnsupportedEncoding, s_be.GetBytes("\uFEFF<?xml version='1.0' encoding='utf-16le'?><a/>"));
    }

    [Fact]
    public void Utf16_CutAnywhere_IsRefused()
    {
        foreach (Encoding encoding in new[] { s_le, s_be })
        {
            byte[] document = encoding.GetBytes("\uFEFF<a>\U0001F600</a>");
            for (int length = 0; length < document.Length; length++)
            {
                Assert.NotNull(Lanes.Xml(document[..length], Form.Any).Error);
            }

            Expect(CiFormatError.IllegalCharacter, [.. document, 0x20]);
            Expect(CiFormatError.IllegalCharacter, document[..^1]);
        }
    }

    [Theory]
    [InlineData("00D8")]
    [InlineData("00DC")]
    [InlineData("00D800D8")]
    [InlineData("00DC00D8")]
    [InlineData("FFFF")]
    [InlineData("FEFF")]
    [InlineData("0000")]
    [InlineData("0B00")]
    public void Utf16_WithoutMeaning_IsIllegal(string unitsLittleEndian)
    {
        byte[] units = Convert.FromHexString(unitsLittleEndian);
        Expect(CiFormatError.IllegalCharacter, [0xFF, 0xFE, .. s_le.GetBytes("<a>"), .. units, .. s_le.GetBytes("</a>")]);
        for (int i = 0; i < units.Length; i += 2)
        {
            (units[i], units[i + 1]) = (units[i + 1], units[i]);
        }

        Expect(CiFormatError.IllegalCharacter, [0xFE, 0xFF, .. s_be.GetBytes("<a>"), .. units, .. s_be.GetBytes("</a>")]);
    }

    [Theory]
    [InlineData("ISO-8859-1")]
    [InlineData("iso-8859-15")]
    [InlineData("US-ASCII")]
    [InlineData("windows-1252")]
    [InlineData("GBK")]
    [InlineData("GB2312")]
    [InlineData("GB18030")]
    [InlineData("Big5")]
    [InlineData("Shift_JIS")]
    [InlineData("EUC-JP")]
    [InlineData("ISO-2022-JP")]
    [InlineData("KOI8-R")]
    [InlineData("UTF-7")]
    [InlineData("UTF-32")]
    [InlineData("UCS-4")]
    [InlineData("ISO-10646-UCS-2")]
    [InlineData("EBCDIC-CP-US")]
    [InlineData("UTF-16")]
    [InlineData("UTF-16BE")]
    [InlineData("a.b-c_d")]
    public void AnotherEncoding_IsUnsupported(string name)
    {
        Expect(CiFormatError.UnsupportedEncoding, Encoding.ASCII.GetBytes($"<?xml version='1.0' encoding='{name}'?><a/>"));
        Expect(CiFormatError.UnsupportedEncoding, Encoding.UTF8.GetBytes($"\uFEFF<?xml version=\"1.0\" encoding=\"{name}\"?><a/>"));
        Expect(CiFormatError.UnsupportedEncoding, Encoding.Latin1.GetBytes($"<?xml version='1.0' encoding='{name}'?><a>\u00E9</a>"));
    }

    [Fact]
    public void BytesOfOtherEncodings_AreRefused()
    {
        Expect(CiFormatError.IllegalCharacter, Encoding.Latin1.GetBytes("<a>\u00E9</a>"));
        Expect(CiFormatError.IllegalCharacter, Encoding.Latin1.GetBytes("<?xml version='1.0' encoding='utf-8'?><a b='\u00E9'/>"));
        Expect(CiFormatError.NotWellFormed, "+ADw-a/+AD4-"u8.ToArray());
        foreach (bool bigEndian in new[] { false, true })
        {
            foreach (string document in new[] { "<a/>", "<?xml version='1.0' encoding='UTF-32'?><a/>", "\uFEFF<a/>" })
            {
                Expect(CiFormatError.UnsupportedEncoding, new UTF32Encoding(bigEndian, byteOrderMark: false).GetBytes(document));
            }
        }

        // '<?xm' in EBCDIC, and the two unusual orders of UCS-4.
        Expect(CiFormatError.UnsupportedEncoding, [0x4C, 0x6F, 0xA7, 0x94, 0x93]);
        Expect(CiFormatError.UnsupportedEncoding, [0x00, 0x00, 0x3C, 0x00, 0x00, 0x00, 0x61, 0x00]);
        Expect(CiFormatError.UnsupportedEncoding, [0x00, 0x3C, 0x00, 0x00, 0x00, 0x61, 0x00, 0x00]);
    }

    [Fact]
    public void Mark_ThatContradictsTheBytes_IsRefused()
    {
        Assert.NotNull(Lanes.Xml([0xFE, 0xFF, .. "<a/>"u8], Form.Any).Error);
        Assert.NotNull(Lanes.Xml([0xFF, 0xFE, .. "<a/>"u8], Form.Any).Error);
        Assert.NotNull(Lanes.Xml([0xEF, 0xBB, 0xBF, .. s_le.GetBytes("<a/>")], Form.Any).Error);
        Assert.NotNull(Lanes.Xml([0xFF, 0xFE, .. s_be.GetBytes("<a/>")], Form.Any).Error);
        Assert.NotNull(Lanes.Xml([0xEF, 0xBB, .. "<a/>"u8], Form.Any).Error);
        Expect(CiFormatError.NotWellFormed, s_le.GetBytes("\uFEFF\uFEFF<a/>"));
    }

    /// <summary>Every document of one or two bytes, and of three that begin as a mark does.</summary>
    [Fact]
    public void ShortDocuments_AreRefusedAlike()
    {
        Assert.NotNull(Lanes.Xml([], Form.Any).Error);
        byte[] edges = [0x00, 0x09, 0x20, 0x26, 0x3C, 0x3E, 0x3F, 0x61, 0x7F, 0x80, 0xBB, 0xBF, 0xC0, 0xC3, 0xE4, 0xEF, 0xF0, 0xFE, 0xFF];
        foreach (byte first in edges)
        {
            Assert.NotNull(Lanes.Xml([first], Form.Any).Error);
            foreach (byte second in edges)
            {
                Assert.NotNull(Lanes.Xml([first, second], Form.Any).Error);
                foreach (byte third in edges)
                {
                    Assert.NotNull(Lanes.Xml([first, second, third], Form.Any).Error);
                }
            }
        }
    }

    /// <summary>Every lead byte with every second byte, in each place where characters stand.</summary>
    [Fact]
    public void Utf8_IsDecodedStrictly()
    {
        (string Before, string After)[] places = [("<a>", "</a>"), ("<a b='", "'/>"), ("<a><!--", "--></a>"), ("<a><![CDATA[", "]]></a>"), ("<a><?p ", "?></a>")];
        string[] tails = ["", "80", "8080", "BF", "BFBF", "BFBE"];
        int read = 0;
        foreach (int lead in Enumerable.Range(0x80, 0x80))
        {
            foreach (byte second in new byte[] { 0x20, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0 })
            {
                foreach (string tail in tails)
                {
                    byte[] sequence = [(byte)lead, second, .. Convert.FromHexString(tail)];
                    (string before, string after) = places[(lead + second + tail.Length) % places.Length];
                    byte[] document = [.. Encoding.ASCII.GetBytes(before), .. sequence, .. Encoding.ASCII.GetBytes(after)];
                    CiFormatError? error = Lanes.Xml(document, Form.Any).Error;
                    bool due = IsStrictUtf8(sequence, out string? text) && text.All(c => c is not ('\uFFFE' or '\uFFFF'));
                    Assert.True(error == (due ? null : CiFormatError.IllegalCharacter), $"{error} for {Lanes.Show(document)}");
                    read += due ? 1 : 0;
                }
            }
        }

        Assert.True(read > 100, $"{read} documents were read.");
    }

    private static bool IsStrictUtf8(byte[] bytes, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? text)
    {
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes);
            return true;
        }
        catch (DecoderFallbackException)
        {
            text = null;
            return false;
        }
    }

    private static void Expect(CiFormatError? due, byte[] document)
    {
        Outcome outcome = Lanes.Xml(document, Form.Any);
        Assert.True(outcome.Error == due, $"{outcome.Error} {outcome.Detail}; due is {due}: {Lanes.Show(document)}");
    }
}

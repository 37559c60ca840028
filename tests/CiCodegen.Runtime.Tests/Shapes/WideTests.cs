using System.Globalization;
using System.Text;

namespace CiCodegen.Runtime.Tests;

/// <summary>Shapes at the edges of what the fast lane compares at once.</summary>
public sealed class WideTests
{
    [Theory]
    [InlineData("<Wide><N69>a</N69><N68>b</N68><N69>c</N69></Wide>", "Wide.N69")]
    [InlineData("<Wide><N69>a</N69><N69>c</N69></Wide>", "Wide.N69")]
    [InlineData("<Wide><N3>a</N3><N2>b</N2><N3>c</N3></Wide>", "Wide.N3")]
    public void ChildThatComesTwice_IsRefusedWhateverItsIndex(string document, string path)
        => Assert.All(Reads(document), read =>
        {
            CiFormatException exception = Assert.Throws<CiFormatException>(read);
            Assert.Equal((CiFormatError.DuplicateNode, path), (exception.Error, exception.Path));
        });

    [Fact]
    public void AnyOrder_IsRead()
    {
        string document = "<Wide>" + string.Concat(Enumerable.Range(0, Wide.Count).Reverse().Select(i => string.Create(CultureInfo.InvariantCulture, $"<N{i}>{i}</N{i}>"))) + "</Wide>";
        Assert.All(Reads(document), read => Assert.Equal(Enumerable.Range(0, Wide.Count).Select(i => i.ToString(CultureInfo.InvariantCulture)), ((Wide)read()).Texts[..Wide.Count]));
    }

    /// <summary>A name that begins as a known one does, up to where the document ends.</summary>
    [Theory]
    [InlineData(0)]
    [InlineData(5000)]
    public void LongName_IsComparedWhole(int before)
    {
        string start = $"<Wide><!--{new string('x', before)}-->";
        for (int length = 15; length <= Wide.LongName.Length; length++)
        {
            string name = Wide.LongName[..length];
            string? expected = length == Wide.LongName.Length ? "1" : null;
            Assert.All(Reads($"{start}<{name}>1</{name}></Wide>"), read => Assert.Equal(expected, ((Wide)read()).Texts[Wide.Count]));
            Assert.All(Reads($"{start}<{name}>1"), read => Assert.Equal(CiFormatError.NotWellFormed, Assert.Throws<CiFormatException>(read).Error));
        }
    }

    [Fact]
    public void LaneThatIsKept_ReadsNothingMore()
    {
        Wide wide = CiXml.Read<Wide>(Encoding.UTF8.GetBytes("<Wide><N1>a</N1></Wide>"));
        Assert.Null(wide.Kept!.ReadString(Wide.Count));
        Assert.False(wide.Kept.Is(1));
    }

    [Theory]
    [InlineData("中文文字比十六字节长", 10)]
    [InlineData("中文文字比十六字节长 &amp; <![CDATA[<]]>", 14)]
    [InlineData("plain and then 中文 &lt;&gt;&quot;&apos;\t]]\n", 26)]
    public void DecodedText_IsHeldToTheLimit(string text, int units)
    {
        string document = $"<Wide><{Wide.LongName}>{text}</{Wide.LongName}><N1>{text}</N1></Wide>";
        Assert.All(Reads(document, units), read => Assert.Equal(units, ((Wide)read()).Texts[1]!.Length));
        Assert.All(Reads(document, units - 1), read => Assert.Equal(CiFormatError.LimitExceeded, Assert.Throws<CiFormatException>(read).Error));
        string lone = $"<Response><RequestId>{text}</RequestId></Response>";
        Assert.Equal(units, CiXml.Read<SampleResponse>(Encoding.UTF8.GetBytes(lone), new() { MaxTextLength = units }).RequestId!.Length);
        Assert.Equal(CiFormatError.LimitExceeded, Lanes.Xml(lone, new() { MaxTextLength = units - 1 }).Error);
    }

    private static Func<object>[] Reads(string document, int maxTextLength = 1000)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(document);
        CiReaderOptions options = new() { MaxTextLength = maxTextLength };
        return [() => CiXml.Read<Wide>(bytes, options), () => CiXmlInterop.Read<Wide>((ReadOnlyMemory<byte>)bytes, options)];
    }
}

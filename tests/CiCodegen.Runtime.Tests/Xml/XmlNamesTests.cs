using System.Text;
using System.Xml;

namespace CiCodegen.Runtime.Tests.Xml;

/// <summary>The runtime's own classes of name characters against the framework's.</summary>
public sealed class XmlNamesTests
{
    [Fact]
    public void EveryUnit_IsWhatXmlConvertSays()
    {
        int starts = 0;
        for (int i = 0; i <= char.MaxValue; i++)
        {
            char unit = (char)i;
            Assert.True(XmlChars.IsNameStart(unit) == XmlConvert.IsStartNCNameChar(unit), $"U+{i:X4} as the first");
            Assert.True(XmlChars.IsName(unit) == XmlConvert.IsNCNameChar(unit), $"U+{i:X4}");
            starts += XmlChars.IsNameStart(unit) ? 1 : 0;
        }

        Assert.InRange(starts, 30_000, 40_000);
    }

    [Fact]
    public void WhatIsBeyondTheBasicPlane_IsNoNameCharacter()
    {
        Assert.True(XmlChars.IsNameStart(new Rune('中')));
        Assert.False(XmlChars.IsNameStart(new Rune(0x20000)));
        Assert.False(XmlChars.IsName(new Rune(0x10000 + '中')));
    }
}

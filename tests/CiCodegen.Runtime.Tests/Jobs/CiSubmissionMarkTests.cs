using System.Text;

namespace CiCodegen.Runtime.Tests.Jobs;

public sealed class CiSubmissionMarkTests
{
    [Fact]
    public void Mark_IsShortPrintableAndNobodyElses()
    {
        string[] marks = [.. Enumerable.Range(0, 1000).Select(_ => CiSubmissionMark.New())];
        Assert.Equal(1000, marks.Distinct().Count());
        Assert.All(marks, mark => Assert.Matches("^~ci\\.[a-z2-7]{26}$", mark));
        Assert.Equal(CiSubmissionMark.Length, marks[0].Length);
    }

    [Theory]
    [InlineData(null, "")]
    [InlineData("", "")]
    [InlineData("mine", "mine")]
    [InlineData("~ci.abcdefghijklmnopqrstuvwxyz", "")]
    [InlineData("mine~ci.abcdefghijklmnopqrstuvwxyz", "mine")]
    [InlineData("mine~ci.ABCDEFGHIJKLMNOPQRSTUVWXYZ", "mine~ci.ABCDEFGHIJKLMNOPQRSTUVWXYZ")]
    [InlineData("mine~ci.abcdefghijklmnopqrstuvwxyz ", "mine~ci.abcdefghijklmnopqrstuvwxyz ")]
    [InlineData("~ci.abcdefghijklmnopqrstuvwxy", "~ci.abcdefghijklmnopqrstuvwxy")]
    public void UserData_IsTextAndMark(string? userData, string text)
    {
        Assert.Equal(text, CiSubmissionMark.TextOf(userData));
        Assert.Equal((userData ?? "") == text ? null : userData![text.Length..], CiSubmissionMark.Find(userData));
    }

    [Theory]
    [InlineData("<Request><Operation><UserData>mine</UserData></Operation></Request>", "<Request><Operation><UserData>mine*</UserData></Operation></Request>")]
    [InlineData("<Request><Operation><UserData>a&amp;b<![CDATA[c]]></UserData><JobLevel>0</JobLevel></Operation></Request>", "<Request><Operation><UserData>a&amp;b<![CDATA[c]]>*</UserData><JobLevel>0</JobLevel></Operation></Request>")]
    [InlineData("<Request><Operation><UserData/></Operation></Request>", "<Request><Operation><UserData>*</UserData></Operation></Request>")]
    [InlineData("<Request><Operation><UserData></UserData></Operation></Request>", "<Request><Operation><UserData>*</UserData></Operation></Request>")]
    [InlineData("<Request><Tag>T</Tag><Operation><JobLevel>0</JobLevel></Operation></Request>", "<Request><Tag>T</Tag><Operation><JobLevel>0</JobLevel><UserData>*</UserData></Operation></Request>")]
    [InlineData("<Request><Operation/></Request>", "<Request><Operation><UserData>*</UserData></Operation></Request>")]
    [InlineData("<?xml version=\"1.0\"?>\n<Request>\n  <!-- c --><Operation >\n    <Other><UserData>x</UserData></Other>\n  </Operation>\n</Request>", "<?xml version=\"1.0\"?>\n<Request>\n  <!-- c --><Operation >\n    <Other><UserData>x</UserData></Other>\n  <UserData>*</UserData></Operation>\n</Request>")]
    [InlineData("<Request><UserData>x</UserData></Request>", null)]
    [InlineData("<Request/>", null)]
    [InlineData("<Request><Operation/><Operation/></Request>", null)]
    [InlineData("<Request><Operation><UserData>a</UserData><UserData>b</UserData></Operation></Request>", null)]
    [InlineData("<Request><Operation", null)]
    [InlineData("no document", null)]
    public void Document_TakesTheMarkWhereItBelongs(string document, string? expected)
    {
        string mark = CiSubmissionMark.New();
        byte[]? marked = MarkedRequest.With(Encoding.UTF8.GetBytes(document), mark);
        Assert.Equal(expected?.Replace("*", mark, StringComparison.Ordinal), marked is null ? null : Encoding.UTF8.GetString(marked));
    }

    [Theory]
    [InlineData(994, true)]
    [InlineData(995, false)]
    [InlineData(1024, false)]
    public void Mark_SharesTheRoomOfUserData(int length, bool fits)
        => Assert.Equal(fits, MarkedRequest.With(Encoding.UTF8.GetBytes($"<Request><Operation><UserData>{new string('x', length)}</UserData></Operation></Request>"), CiSubmissionMark.New()) is not null);
}

using CiCodegen.Consumer.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Consumer.Tests;

/// <summary>Nodes by name patterns: dictionaries by wire name, the same in every lane.</summary>
public sealed class MapTests
{
    private const string Request =
        "<Request><Operation><Output_1><Bucket>b</Bucket></Output_1><Output_zwei><Object>o</Object></Output_zwei><Level_1>1</Level_1><Level_x>-2</Level_x>"
        + "<List_a>x</List_a><List_a>other</List_a><List_b>y</List_b><Page_1><No>1</No></Page_1><Page_1><No>2</No></Page_1><Output_Main><Exact>e</Exact></Output_Main></Operation></Request>";

    private const string Json =
        """{"Operation":{"Output_1":{"Bucket":"b"},"Output_zwei":{"Object":"o"},"Level_1":1,"Level_x":-2,"List_a":["x","other"],"List_b":["y"],"Page_1":[{"No":1},{"No":2}],"Output_Main":{"Exact":"e"}}}""";

    [Fact]
    public void EntriesAreRead_TheSameInEveryLane()
    {
        Assert.Equal(Json, Lanes.Read<LanguageRequest>(Request));
        LanguageOperation operation = CiJson.Read<LanguageRequest>(System.Text.Encoding.UTF8.GetBytes(Json)).Operation!;
        Assert.Equal(["Output_1", "Output_zwei"], operation.Output.Keys);
        Assert.Equal("b", operation.Output["Output_1"].Bucket);
        Assert.Equal([1, -2], operation.Level.Values);
        Assert.Equal(["x", "other"], operation.List["List_a"].Select(v => v.Text));
        Assert.Equal([1, 2], operation.Page["Page_1"].Select(p => p.No));
        Assert.Equal("e", operation.OutputMain!.Exact);
    }

    [Fact]
    public void WhatIsReadIsWritten()
    {
        LanguageRequest request = CiXml.Read<LanguageRequest>(System.Text.Encoding.UTF8.GetBytes(Request));
        Assert.Equal(Request, Lanes.Write(request).Replace("<Tag>Language</Tag>", "", StringComparison.Ordinal));
    }

    [Fact]
    public void ExactNames_ComeBeforePatterns_AndUnknownOnesAreSkipped()
    {
        const string Response = "<Response><JobsDetail><Operation><Result>r</Result><One><Url>u</Url></One><Result2><Url>v</Url></Result2></Operation><Unknown><a/></Unknown></JobsDetail></Response>";
        Assert.Equal("""{"JobsDetail":[{"Operation":{"One":{"Url":"u"},"Result2":{"Url":"v"},"Result":"r"}}]}""", Lanes.Read<LanguageResponse>(Response));
    }

    [Fact]
    public void AByteThatIsInNoText_IsRefusedWhereverItStands()
    {
        // Behind the document is room for guesses: a pattern whose names are not known must not take the byte for one of them.
        byte[] request = System.Text.Encoding.UTF8.GetBytes(Request + new string(' ', 100));
        for (int at = 0; at <= Request.Length; at++)
        {
            byte[] broken = [.. request[..at], 0xFF, .. request[at..]];
            CiFormatException e = Assert.Throws<CiFormatException>(() => CiXml.Read<LanguageRequest>(broken));
            Assert.True(e.Error is CiFormatError.IllegalCharacter or CiFormatError.NotWellFormed or CiFormatError.UnsupportedEncoding, $"{e.Error} at {at}");
            Assert.Equal(e.Error, Assert.Throws<CiFormatException>(() => CiXmlInterop.Read<LanguageRequest>(broken)).Error);
        }
    }

    [Theory]
    [InlineData("<Output_1/><Output_2/><Output_1/>", "Request.Operation.Output_1", 1, 43)]
    [InlineData("<Level_1>1</Level_1>\n<Level_1>2</Level_1>", "Request.Operation.Level_1", 2, 1)]
    public void TheSameNameTwice_IsRefused(string nodes, string path, int line, int column)
    {
        CiFormatException e = Lanes.Refuse<LanguageRequest>($"<Request><Operation>{nodes}</Operation></Request>");
        Assert.Equal((CiFormatError.DuplicateNode, path, line, column), (e.Error, e.Path, e.Line, e.Column));
    }

    [Theory]
    [InlineData("""{"Operation":{"Level_1":1,"Level_1":2}}""", CiFormatError.DuplicateNode, "Request.Operation.Level_1")]
    [InlineData("""{"Operation":{"List_1":["x"],"List_1":["y"]}}""", CiFormatError.DuplicateNode, "Request.Operation.List_1[1]")]
    [InlineData("""{"Operation":{"List_1":["x",{"a":1}]}}""", CiFormatError.BadJson, "Request.Operation.List_1[1]")]
    [InlineData("""{"Operation":{"Level_1":[1]}}""", CiFormatError.BadJson, "Request.Operation.Level_1")]
    [InlineData("""{"Operation":{"Page_1":[{"No":1},{"No":"x"}]}}""", CiFormatError.BadScalar, "Request.Operation.Page_1[1].No")]
    public void BadJson_IsRefusedWithTheEntrysName(string json, CiFormatError error, string path)
    {
        CiFormatException e = Assert.Throws<CiFormatException>(() => CiJson.Read<LanguageRequest>(System.Text.Encoding.UTF8.GetBytes(json)));
        Assert.Equal((error, path), (e.Error, e.Path));
    }

    [Theory]
    [InlineData("<Level_1>x</Level_1>", CiFormatError.BadScalar, "Request.Operation.Level_1")]
    [InlineData("<Page_1/><Page_2/><Page_1><No>x</No></Page_1>", CiFormatError.BadScalar, "Request.Operation.Page_1[1].No")]
    [InlineData("<Output_1>text</Output_1>", CiFormatError.StrayText, "Request.Operation.Output_1")]
    [InlineData("<Output_*></Output_*>", CiFormatError.NotWellFormed, null)]
    public void BadEntry_IsRefusedWithItsName(string nodes, CiFormatError error, string? path)
    {
        CiFormatException e = Lanes.Refuse<LanguageRequest>($"<Request><Operation>{nodes}</Operation></Request>");
        Assert.Equal(error, e.Error);
        Assert.True(path is null || path == e.Path, e.Path);
    }

    [Theory]
    [InlineData("Level x", "cannot be the name of an element")]
    [InlineData("Level_a:b", "cannot be the name of an element")]
    [InlineData("", "cannot be the name of an element")]
    [InlineData("level_1", "does not begin with 'Level_'")]
    public void NameThatCannotBeWritten_IsRefusedInEveryLane(string key, string said)
    {
        LanguageRequest request = new() { Operation = new() { Level = new() { [key] = 1 } } };
        foreach (Action write in new Action[] { () => Lanes.Write(request), () => Lanes.Json(request) })
        {
            CiFormatException e = Assert.Throws<CiFormatException>(write);
            Assert.Equal(CiFormatError.IllegalCharacter, e.Error);
            Assert.Contains(said, e.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ManyNames_AreReadInLinearTime()
    {
        string nodes = string.Concat(Enumerable.Range(0, 100_000).Select(i => $"<Level_{i}>{i % 3}</Level_{i}>"));
        LanguageRequest request = CiXml.Read<LanguageRequest>(System.Text.Encoding.UTF8.GetBytes($"<Request><Operation>{nodes}</Operation></Request>"));
        Assert.Equal(100_000, request.Operation!.Level.Count);
    }
}

using System.Text;
using CiCodegen.Consumer.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Consumer.Tests;

public sealed class RoundTripTests
{
    private const string Request =
        "<Request><Tag>VideoTargetRec</Tag><Input><Object>input/demo.mp4</Object></Input><Operation><TemplateId>t1460606b9752148c4ab182f55163ba7cd</TemplateId>"
        + "<UserData>This is my data.</UserData><JobLevel>0</JobLevel></Operation><CallBack>http://callback.demo.com</CallBack><CallBackFormat>JSON</CallBackFormat></Request>";

    private const string RequestJson =
        """{"Tag":"VideoTargetRec","Operation":{"TemplateId":"t1460606b9752148c4ab182f55163ba7cd","UserData":"This is my data.","JobLevel":"0"},"Input":{"Object":"input/demo.mp4"},"CallBackFormat":"JSON","CallBack":"http://callback.demo.com"}""";

    private const string Response =
        "<Response><JobsDetail><Code>Success</Code><Message/><JobId>j8d121820f5e411ec926ef19d53ba9c6f</JobId><State>Submitted</State><CreationTime>2022-06-27T15:23:10+0800</CreationTime>"
        + "<StartTime>-</StartTime><EndTime>-</EndTime><QueueId>p2242ab62c7c94486915508540933a2c6</QueueId><Tag>VideoTargetRec</Tag><Operation><VideoTargetRec><Body>true</Body><Car>true</Car><Pet>true</Pet></VideoTargetRec>"
        + "<UserData>This is my data.</UserData><JobLevel>0</JobLevel></Operation></JobsDetail></Response>";

    private const string ResponseJson =
        """{"JobsDetail":[{"Code":"Success","Message":"","JobId":"j8d121820f5e411ec926ef19d53ba9c6f","Tag":"VideoTargetRec","State":"Submitted","CreationTime":"2022-06-27T15:23:10+08:00","QueueId":"p2242ab62c7c94486915508540933a2c6","Operation":{"VideoTargetRec":{"Body":true,"Pet":true,"Car":true},"UserData":"This is my data.","JobLevel":"0"}}]}""";

    [Fact]
    public void Request_ReadsInBothLanes() => Assert.Equal(RequestJson, Lanes.Read<VideoTargetRecRequest>(Request));

    [Fact]
    public void Response_ReadsInBothLanes() => Assert.Equal(ResponseJson, Lanes.Read<VideoTargetRecResponse>(Response));

    [Fact]
    public void RequestAsThePagePrintsIt_IsRefusedWithItsPlace()
    {
        CiFormatException e = Lanes.Refuse<VideoTargetRecRequest>(Pretty(Request).Replace("JSON</CallBackFormat>", "JSON<CallBackFormat>", StringComparison.Ordinal));
        Assert.Equal(CiFormatError.NotWellFormed, e.Error);
        Assert.True(e.Line >= 13 && e.Column >= 1, e.Message);
    }

    public static TheoryData<string> Variations => new()
    {
        Pretty(Request),
        "\uFEFF" + Request,
        "<?xml version=\"1.0\" encoding=\"utf-8\"?>\r\n<!-- a --><?pi b?>" + Request + "<!-- c -->\n",
        Request.Replace("This is my data.", "This <!-- x -->is<![CDATA[ my]]> d&#97;ta.", StringComparison.Ordinal),
        Request.Replace("<Input>", "<New><Input>x</Input></New><Input a=\"1\">", StringComparison.Ordinal),
        Request.Replace("<JobLevel>0<", "<JobLevel>\n  0 <", StringComparison.Ordinal),
        "<Request><CallBackFormat>JSON</CallBackFormat><CallBack>http://callback.demo.com</CallBack><Operation><JobLevel>0</JobLevel><UserData>This is my data.</UserData><TemplateId>t1460606b9752148c4ab182f55163ba7cd</TemplateId></Operation><Input><Object>input/demo.mp4</Object></Input><Tag>VideoTargetRec</Tag></Request>",
    };

    [Theory]
    [MemberData(nameof(Variations))]
    public void Variation_ReadsAsTheSame(string document) => Assert.Equal(RequestJson, Lanes.Read<VideoTargetRecRequest>(document));

    [Fact]
    public void Utf16_ReadsAsTheSame()
        => Assert.Equal(RequestJson, Lanes.Read<VideoTargetRecRequest>([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Request)]));

    [Fact]
    public void InterleavedArrays_KeepTheirOrder()
    {
        string Item(string kind, string time, string info) => $"<{kind}Recognition><Time>{time}</Time>{info}</{kind}Recognition>";
        string Info(string kind, int score) => $"<{kind}Info><Name>n</Name><Score>{score}</Score><Location><X>1</X><Y>-2</Y><Height>3</Height><Width>4</Width></Location></{kind}Info>";
        string document = "<Response><JobsDetail><State>Success</State><Operation><VideoTargetRecResult>"
            + Item("Body", "1", Info("Body", 90) + Info("Body", 91)) + Item("Pet", "2", Info("Pet", 80)) + Item("Body", "3", "") + Item("Car", "4", Info("Car", 0)) + Item("Body", "5", "")
            + "</VideoTargetRecResult></Operation></JobsDetail><JobsDetail/></Response>";
        VideoTargetRecResponse response = CiXml.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(document));
        Lanes.Read<VideoTargetRecResponse>(document);
        VideoTargetRecResult result = response.JobsDetail[0].Operation!.VideoTargetRecResult!;
        Assert.Equal(["1", "3", "5"], result.BodyRecognition.Select(b => b.Time));
        Assert.Equal([90, 91], result.BodyRecognition[0].BodyInfo.Select(b => b.Score));
        Assert.Equal((1, -2, 3, 4), (result.CarRecognition[0].CarInfo[0].Location!.X, result.CarRecognition[0].CarInfo[0].Location!.Y, result.CarRecognition[0].CarInfo[0].Location!.Height, result.CarRecognition[0].CarInfo[0].Location!.Width));
        Assert.Equal(2, response.JobsDetail.Count);
        Assert.Equal(CiJobState.Success, response.JobsDetail[0].State);
    }

    [Theory]
    [InlineData(Request, true)]
    [InlineData(Response, false)]
    public void WhatIsRead_WritesAndReadsBackEqual(string document, bool isRequest)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(document);
        if (isRequest)
        {
            Assert.Equal(RequestJson, Lanes.Read<VideoTargetRecRequest>(Lanes.Write(CiXml.Read<VideoTargetRecRequest>(bytes))));
            Assert.Equal(RequestJson, Lanes.Json(CiJson.Read<VideoTargetRecRequest>(Encoding.UTF8.GetBytes(RequestJson))));
        }
        else
        {
            Assert.Equal(ResponseJson, Lanes.Read<VideoTargetRecResponse>(Lanes.Write(CiXml.Read<VideoTargetRecResponse>(bytes))));
            Assert.Equal(ResponseJson, Lanes.Json(CiJson.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(ResponseJson))));
        }
    }

    [Theory]
    [InlineData("<JobsDetail><JobId>a</JobId><JobId>b</JobId></JobsDetail>", CiFormatError.DuplicateNode, "Response.JobsDetail[0].JobId")]
    [InlineData("<JobsDetail/><JobsDetail>text</JobsDetail>", CiFormatError.StrayText, "Response.JobsDetail[1]")]
    [InlineData("<JobsDetail><CreationTime>2022-06-27T15:23:10</CreationTime></JobsDetail>", CiFormatError.BadScalar, "Response.JobsDetail[0].CreationTime")]
    [InlineData("<JobsDetail><JobId><b/></JobId></JobsDetail>", CiFormatError.BadScalar, "Response.JobsDetail[0].JobId")]
    [InlineData("<JobsDetail><Operation><VideoTargetRecResult><BodyRecognition><BodyInfo><Score>9.5</Score></BodyInfo></BodyRecognition></VideoTargetRecResult></Operation></JobsDetail>", CiFormatError.BadScalar, "Response.JobsDetail[0].Operation.VideoTargetRecResult.BodyRecognition[0].BodyInfo[0].Score")]
    public void BrokenRule_NamesTheNode(string inner, CiFormatError error, string path)
    {
        CiFormatException e = Lanes.Refuse<VideoTargetRecResponse>($"<Response>{inner}</Response>");
        Assert.Equal((error, path), (e.Error, e.Path));
    }

    [Fact]
    public void OpenEnum_KeepsWhatItDoesNotKnow()
    {
        VideoTargetRecResponse response = CiXml.Read<VideoTargetRecResponse>("<Response><JobsDetail><State>Dreaming</State></JobsDetail></Response>"u8.ToArray());
        Assert.Equal("Dreaming", response.JobsDetail[0].State?.Text);
        Assert.False(response.JobsDetail[0].State!.Value.IsFinal);
    }

    [Fact]
    public void Collections_CostNothingWhileEmptyAndAreNeverNull()
    {
        VideoTargetRecResult result = new();
        Assert.Empty(result.BodyRecognition);
        Assert.Equal("{}", Lanes.Json(new VideoTargetRecResponse()));
        Assert.Equal("<Request><Tag>VideoTargetRec</Tag></Request>", Lanes.Write(new VideoTargetRecRequest()));
    }

    private static string Pretty(string xml) => xml.Replace("><", ">\n<", StringComparison.Ordinal).Replace("</Input>", "</Input>\n\t", StringComparison.Ordinal);
}

using System.Text;
using System.Xml;
using CiCodegen.Consumer.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Consumer.Tests;

/// <summary>What the schema does not know: kept where it is asked for, and written back.</summary>
public sealed class ExtrasTests
{
    private const string Document = """
        <Response><New>1</New><JobsDetail><JobId>a</JobId><Cost unit="s&#x9;&quot;" y:z="no" xmlns:y="urn:y"> 1&lt;2 <!-- c --><![CDATA[&]]></Cost>
        <Operation><Later><Item>x</Item>
          <Item/><Other><Deep>中</Deep></Other></Later><JobLevel>0</JobLevel></Operation></JobsDetail><New>2</New><JobsDetail/></Response>
        """;

    private const string Written = "<Response><JobsDetail><JobId>a</JobId><Operation><JobLevel>0</JobLevel><Later><Item>x</Item><Item></Item><Other><Deep>中</Deep></Other></Later></Operation>"
        + "<Cost unit=\"s&#x9;&quot;\"> 1&lt;2 &amp;</Cost></JobsDetail><JobsDetail></JobsDetail><New>1</New><New>2</New></Response>";

    private const string WrittenJson = """{"JobsDetail":[{"JobId":"a","Operation":{"JobLevel":"0","Later":{"Item":["x",""],"Other":{"Deep":"中"}}},"Cost":{"@unit":"s\t\"","#text":" 1<2 &"}},{}],"New":["1","2"]}""";

    private static readonly CiReaderOptions s_extras = new() { Extras = true };

    private static readonly XmlWriterSettings s_settings = new() { OmitXmlDeclaration = true, NewLineHandling = NewLineHandling.None };

    [Fact]
    public void EveryLane_KeepsThemAndWritesThemBack()
    {
        byte[] bytes = Encoding.UTF8.GetBytes(Document);
        foreach (VideoTargetRecResponse read in new[]
        {
            CiXml.Read<VideoTargetRecResponse>(bytes, s_extras),
            CiXmlInterop.Read<VideoTargetRecResponse>(bytes, s_extras),
            CiXml.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(Written), s_extras),
            CiXmlInterop.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(Written), s_extras),
            CiJson.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(WrittenJson), s_extras),
        })
        {
            Assert.Equal(["1", "2"], read.Extras.Select(e => e.Text));
            CiExtra cost = Assert.Single(read.JobsDetail[0].Extras);
            Assert.Equal(("Cost", " 1<2 &", null), (cost.Name, cost.Text, cost.Namespace));
            Assert.Equal([new("unit", "s\t\"")], cost.Attributes);
            Assert.Equal(["x", "", ""], Assert.Single(read.JobsDetail[0].Operation!.Extras).Children.Select(e => e.Text));
            Assert.Empty(read.JobsDetail[1].Extras);

            Assert.Equal(Written, CiXml.ToXml(read));
            Assert.Equal(WrittenJson, CiJson.ToJson(read));
            StringBuilder text = new();
            using (XmlWriter writer = XmlWriter.Create(text, s_settings))
            {
                CiXmlInterop.Write(read, writer);
            }

            Assert.Equal(Written, text.ToString());
        }
    }

    [Fact]
    public async Task JobByJob_KeepsEachOnce_WhereItsNameIsThatOfAJob()
    {
        byte[] bytes = "<r:Response xmlns:r='a' xmlns='b'><JobsDetail><N>12</N></JobsDetail></r:Response>"u8.ToArray();
        CiJobSequence<VideoTargetRecJob> jobs = CiXml.ReadJobsAsync<VideoTargetRecJob>(new MemoryStream(bytes), s_extras);
        await foreach (VideoTargetRecJob job in jobs)
        {
            Assert.Fail($"it is of another namespace: {job.JobId}");
        }

        CiExtra whole = Assert.Single(CiXml.Read<VideoTargetRecResponse>(bytes, s_extras).Extras);
        Assert.Equal((whole.Name, "b"), (Assert.Single(((CiContainer)jobs.Response!).Extras).Name, whole.Namespace));
    }

    [Fact]
    public async Task JobByJob_KeepsThemToo()
    {
        CiJobSequence<VideoTargetRecJob> jobs = CiXml.ReadJobsAsync<VideoTargetRecJob>(new MemoryStream(Encoding.UTF8.GetBytes(Document)), s_extras);
        List<int> counts = [];
        await foreach (VideoTargetRecJob job in jobs)
        {
            counts.Add(job.Extras.Count);
        }

        Assert.Equal([1, 0], counts);
        Assert.Equal(["1", "2"], ((VideoTargetRecResponse)jobs.Response!).Extras.Select(e => e.Text));
    }

    [Fact]
    public void ByDefault_NothingIsKept()
    {
        foreach (VideoTargetRecResponse read in new[] { CiXml.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(Document)), CiJson.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(WrittenJson)) })
        {
            Assert.Empty(read.Extras);
            Assert.Empty(read.JobsDetail[0].Extras);
            Assert.DoesNotContain("New", CiXml.ToXml(read), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void OtherNamespaces_AreKeptApart()
    {
        const string Foreign = "<x:Response xmlns:x='urn:a' xmlns:y='urn:b'><x:New/><y:NextToken><y:A/><x:B/><C/></y:NextToken><NextToken>nowhere</NextToken><x:NextToken>r</x:NextToken></x:Response>";
        const string Kept = "<Response><NextToken>r</NextToken><New></New><NextToken xmlns=\"urn:b\"><A></A><B xmlns=\"\"></B><C xmlns=\"\"></C></NextToken></Response>";
        byte[] bytes = Encoding.UTF8.GetBytes(Foreign);
        foreach (VideoTargetRecResponse read in new[] { CiXml.Read<VideoTargetRecResponse>(bytes, s_extras), CiXmlInterop.Read<VideoTargetRecResponse>(bytes, s_extras) })
        {
            Assert.Equal(Kept, CiXml.ToXml(read));
            Assert.Equal("""{"NextToken":"r","New":""}""", CiJson.ToJson(read));
            Assert.Equal(Kept, CiXml.ToXml(CiXml.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(CiXml.ToXml(read)), s_extras)));
        }
    }

    [Fact]
    public void Limits_HoldForThemToo()
    {
        CiReaderOptions small = new() { Extras = true, MaxTextLength = 5, MaxDepth = 4 };
        foreach ((string inside, bool isTooLarge) in new[] { ("12345", false), ("123<!-- -->456", true), ("<A><B/></A>", false), ("<A><B><C/></B></A>", true) })
        {
            byte[] document = Encoding.UTF8.GetBytes($"<Response><New>{inside}</New></Response>");
            foreach (Func<VideoTargetRecResponse> read in new Func<VideoTargetRecResponse>[]
            {
                () => CiXml.Read<VideoTargetRecResponse>(document, small), () => CiXmlInterop.Read<VideoTargetRecResponse>(document, small),
            })
            {
                if (isTooLarge)
                {
                    CiFormatException exception = Assert.Throws<CiFormatException>(read);
                    Assert.Equal(CiFormatError.LimitExceeded, exception.Error);
                }
                else
                {
                    Assert.Single(read().Extras);
                }
            }
        }
    }

    [Theory]
    [InlineData("1a", "")]
    [InlineData("a:b", "")]
    [InlineData("", "")]
    [InlineData("A", "\u0001")]
    public void WhatXmlCannotCarry_IsRefused(string name, string text)
    {
        VideoTargetRecResponse response = new() { Extras = [new CiExtra(name) { Text = text }] };
        CiFormatException exception = Assert.Throws<CiFormatException>(() => CiXml.ToXml(response));
        Assert.Equal(CiFormatError.IllegalCharacter, exception.Error);
        Assert.StartsWith("Response", exception.Path, StringComparison.Ordinal);
        using XmlWriter writer = XmlWriter.Create(new StringBuilder(), s_settings);
        Assert.Equal(exception.Message, Assert.Throws<CiFormatException>(() => CiXmlInterop.Write(response, writer)).Message);
    }
}

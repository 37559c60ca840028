using System.Text;

namespace CiCodegen.Runtime.Tests;

public sealed class CiJobEnvelopeTests
{
    private const string Document = """
        <?xml version="1.0"?><Response><RequestId/><RequestId/><JobsDetail><Code>Success</Code><Operation><JobId>inner</JobId>stray</Operation><JobId>j1</JobId>
        <JobId>second</JobId><State> Success </State><EndTime>yesterday</EndTime><StartTime>2022-06-27T15:23:11+0800</StartTime></JobsDetail>
        <JobsDetail><JobId>j2</JobId><State>-</State><Tag>Any</Tag></JobsDetail></Response>
        """;

    [Fact]
    public void BrokenNodes_DoNotLoseTheJob()
    {
        IReadOnlyList<CiJobEnvelope> jobs = CiJobEnvelope.ReadAll(Encoding.UTF8.GetBytes(Document));
        Assert.Equal(["j1", "j2"], jobs.Select(job => job.JobId));
        Assert.Equal(CiJobState.Success, jobs[0].State);
        Assert.Null(jobs[0].EndTime);
        Assert.Equal(new DateTimeOffset(2022, 6, 27, 15, 23, 11, TimeSpan.FromHours(8)), jobs[0].StartTime);
        Assert.Null(jobs[1].State);
        Assert.Equal("Any", jobs[1].Tag);
    }

    [Fact]
    public void CutAnywhere_WhatCameBeforeCounts()
    {
        byte[] document = Encoding.UTF8.GetBytes(Document);
        int complete = Document.IndexOf("</JobId>\n", StringComparison.Ordinal) + 8;
        for (int i = 0; i <= document.Length; i++)
        {
            IReadOnlyList<CiJobEnvelope> jobs = CiJobEnvelope.ReadAll(document.AsMemory(0, i));
            Assert.True(i < complete || jobs[0].JobId == "j1");
        }
    }

    [Fact]
    public void AnyBytes_ThrowNothing()
    {
        Random random = new(1);
        byte[] document = Encoding.UTF8.GetBytes(Document);
        for (int i = 0; i < 20_000; i++)
        {
            byte[] changed = (byte[])document.Clone();
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            changed[random.Next(changed.Length)] = (byte)random.Next(256);
            CiJobEnvelope.ReadAll(changed);
        }

        Assert.Empty(CiJobEnvelope.ReadAll(default));
        Assert.Empty(CiJobEnvelope.ReadAll("{}"u8.ToArray()));
    }
}

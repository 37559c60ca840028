using System.Text;
using CiCodegen.Consumer.CiJobs;
using CiCodegen.Runtime;

namespace CiCodegen.Consumer.Tests;

public sealed class StreamTests
{
    private const string Document = """
        <Response><RequestId>r</RequestId>
        <JobsDetail><JobId>a</JobId><Operation><VideoTargetRecResult><BodyRecognition><Time>1</Time></BodyRecognition></VideoTargetRecResult></Operation></JobsDetail>
        <Unknown><JobsDetail/></Unknown><NextToken>t</NextToken>
        <JobsDetail><JobId>b</JobId><CreationTime>2022-06-27T15:23:10+0800</CreationTime></JobsDetail>
        </Response>
        """;

    [Fact]
    public async Task JobByJob_IsWhatTheWholeHas()
    {
        VideoTargetRecResponse whole = CiXml.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(Document));
        CiJobSequence<VideoTargetRecJob> jobs = CiXml.ReadJobsAsync<VideoTargetRecJob>(Stream(Document));
        VideoTargetRecResponse again = new();
        await foreach (VideoTargetRecJob job in jobs)
        {
            again.JobsDetail.Add(job);
        }

        Assert.Equal("t", jobs.Response!.NextToken);
        Assert.Equal(2, again.JobsDetail.Count);
        Assert.Equal(CiJson.ToJson(new VideoTargetRecResponse { JobsDetail = whole.JobsDetail }), CiJson.ToJson(again));
    }

    [Fact]
    public async Task JobByJob_FailsAsTheWholeDoes()
    {
        string broken = Document.Replace("2022-06-27T15:23:10+0800", "yesterday", StringComparison.Ordinal);
        CiFormatException whole = Assert.Throws<CiFormatException>(() => CiXml.Read<VideoTargetRecResponse>(Encoding.UTF8.GetBytes(broken)));
        List<string?> ids = [];
        CiFormatException jobByJob = await Assert.ThrowsAsync<CiFormatException>(async () =>
        {
            await foreach (VideoTargetRecJob job in CiXml.ReadJobsAsync<VideoTargetRecJob>(Stream(broken)))
            {
                ids.Add(job.JobId);
            }
        });
        Assert.Equal(["a"], ids);
        Assert.Equal((CiFormatError.BadScalar, "Response.JobsDetail[1].CreationTime", 4, 29), (jobByJob.Error, jobByJob.Path, jobByJob.Line, jobByJob.Column));
        Assert.Equal(whole.Message, jobByJob.Message);
    }

    private static MemoryStream Stream(string document) => new(Encoding.UTF8.GetBytes(document));
}

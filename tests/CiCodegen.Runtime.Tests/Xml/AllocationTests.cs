using System.Buffers;
using System.Text;

namespace CiCodegen.Runtime.Tests;

/// <summary>What reading and writing allocate once warm: the result and nothing else.</summary>
public sealed class AllocationTests
{
    [Fact]
    public void SecondRead_AllocatesOnlyTheResult()
    {
        byte[] xml = Encoding.UTF8.GetBytes(CiXml.ToXml(Large()));
        byte[] json = Encoding.UTF8.GetBytes(CiJson.ToJson(Large()));

        // The same graph from values at hand: objects, lists and strings.
        long graph = Measure(() => Large());
        long utf8 = Measure(() => CiXml.Read<SampleResponse>(xml));
        long callback = Measure(() => CiJson.Read<SampleResponse>(json));
        Assert.InRange(utf8, 1, (long)(graph * 1.02));
        Assert.InRange(callback, 1, (long)(graph * 1.02));
    }

    [Fact]
    public void SecondWrite_AllocatesNothing()
    {
        SampleResponse document = Large();
        ArrayBufferWriter<byte> output = new(4 * 1024 * 1024);
        long xml = Measure(() =>
        {
            output.ResetWrittenCount();
            CiXml.Write(document, output);
        });
        Assert.InRange(xml, 0, 64);
    }

    private static long Measure(Action action)
    {
        for (int i = 0; i < 3; i++)
        {
            action();
        }

        long before = GC.GetAllocatedBytesForCurrentThread();
        action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    private static SampleResponse Large()
    {
        SampleResult result = new();
        for (int i = 0; i < 500; i++)
        {
            SampleRecognition recognition = new() { Time = 1.5m, Url = new string('u', 80) };
            recognition.BodyInfo.Add(new SampleBody { Name = new string('n', 6), Score = i });
            result.BodyRecognition.Add(recognition);
        }

        SampleResponse response = new();
        response.JobsDetail.Add(new SampleJob { JobId = new string('j', 33), State = CiJobState.Success, Operation = new SampleOperation { VideoTargetRecResult = result } });
        return response;
    }
}

using System.Buffers;
using System.IO.Pipelines;
using System.Text;
using System.Xml;

namespace CiCodegen.Runtime.Tests;

/// <summary>Typed reads from streams, pipes and sequences.</summary>
public sealed class StreamTests
{
    private static readonly byte[] s_document = Encoding.UTF8.GetBytes(
        "<Response><RequestId>r</RequestId>\r\n<JobsDetail><JobId>中</JobId></JobsDetail><NextToken>t</NextToken><JobsDetail/></Response>");

    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(1000)]
    public async Task Document_IsReadFromWhateverItComesIn(int piece)
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        string expected = CiJson.ToJson(CiXml.Read<SampleResponse>(s_document));
        Assert.Equal(expected, CiJson.ToJson(await CiXml.ReadAsync<SampleResponse>(new PieceStream(s_document, piece), null, cancellationToken)));
        Assert.Equal(expected, CiJson.ToJson(await CiXml.ReadAsync<SampleResponse>(PipeReader.Create(new PieceStream(s_document, piece)), null, cancellationToken)));
        Assert.Equal(expected, CiJson.ToJson(CiXml.Read<SampleResponse>(Sequence(s_document, piece))));

        CiJobSequence<SampleJob> jobs = CiXml.ReadJobsAsync<SampleJob>(PipeReader.Create(new PieceStream(s_document, piece)), null, cancellationToken);
        List<string?> ids = [];
        await foreach (SampleJob job in jobs)
        {
            ids.Add(job.JobId);
        }

        Assert.Equal(["中", null], ids);
        Assert.Equal("t", jobs.Response!.NextToken);
        Assert.Throws<InvalidOperationException>(() => jobs.GetAsyncEnumerator(cancellationToken));
    }

    [Theory]
    [InlineData("<JobId>1</JobId>")]
    [InlineData("<JobId>1</JobId><Unknown><JobsDetail></JobsDetail></Unknown><Message>m</Message>")]
    [InlineData("<Unknown><JobsDetail><JobsDetail></JobsDetail></JobsDetail></Unknown><JobId>1</JobId>")]
    [InlineData("<JobId>1<!-- </JobsDetail> -->2</JobId>")]
    [InlineData("<JobId><![CDATA[</JobsDetail>]]></JobId>")]
    [InlineData("<?pi </JobsDetail>?><JobId>1</JobId>")]
    [InlineData("<CreationTime>2025-<!--</JobsDetail>-->11-19T15:23:10+0800</CreationTime>")]
    [InlineData("<JobId>1</JobId><JobId/>")]
    [InlineData("<Unknown><JobsDetail></JobsDetail></Unknown><JobId>1</JobId><JobId/>")]
    [InlineData("<JobId>1<JobsDetail></JobsDetail></JobId>")]
    [InlineData("<Unknown a='</JobsDetail>'/>")]
    [InlineData("<Unknown></JobsDetail>")]
    [InlineData("<JobId>1</JobsDetail>")]
    [InlineData("<Unknown><JobsDetail></JobsDetail>")]
    public async Task WhatLooksLikeAJobsEnd_ChangesNothing(string inside)
    {
        // The same before and after, so that what was tried must be forgotten.
        byte[] document = Encoding.UTF8.GetBytes($"<Response><JobsDetail><JobId>0</JobId></JobsDetail> <JobsDetail>{inside}</JobsDetail><JobsDetail><JobId>2</JobId></JobsDetail></Response>");
        string? expected = null;
        CiFormatException? refusal = null;
        try
        {
            expected = string.Join(' ', CiXml.Read<SampleResponse>(document).JobsDetail.Select(job => $"{job.JobId}|{job.Message}"));
        }
        catch (CiFormatException exception)
        {
            refusal = exception;
        }

        foreach (int piece in new[] { 1, 20, 61, 1000 })
        {
            List<string> jobs = [];
            async Task Read()
            {
                await foreach (SampleJob job in CiXml.ReadJobsAsync<SampleJob>(new PieceStream(document, piece)))
                {
                    jobs.Add($"{job.JobId}|{job.Message}");
                }
            }

            if (refusal is null)
            {
                await Read();
                Assert.Equal(expected, string.Join(' ', jobs));
            }
            else
            {
                CiFormatException exception = await Assert.ThrowsAsync<CiFormatException>(Read);
                Assert.Equal((refusal.Error, refusal.Path, refusal.Line, refusal.Column), (exception.Error, exception.Path, exception.Line, exception.Column));
                Assert.Equal("0|", jobs[0]);
            }
        }
    }

    [Fact]
    public async Task EndlessDocument_IsRefusedAsSoonAsTheLimitIsPassed()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        CiReaderOptions options = new() { MaxDocumentLength = 300_000 };
        EndlessStream document = new("<Response>", "<RequestId/>");
        await AssertLimitAsync(() => CiXml.ReadAsync<SampleResponse>(document, options, cancellationToken));
        Assert.Equal(options.MaxDocumentLength + 1, document.Given);

        document = new EndlessStream("<Response>", "<RequestId/>");
        await AssertLimitAsync(() => CiXml.ReadAsync<SampleResponse>(PipeReader.Create(document), options, cancellationToken));
        Assert.InRange(document.Given, options.MaxDocumentLength + 1, options.MaxDocumentLength + 10_000);
        await AssertLimitAsync(() => Task.FromResult(CiXml.Read<SampleResponse>(Sequence(new byte[300_001], 1000), options)));

        foreach (string start in new[] { "<Response>", "<Response><JobsDetail><JobId>1</JobId></JobsDetail><JobsDetail><Message>", "<Response><a>", "<Response><a b='", "<Error><Code>x</Code><Message>" })
        {
            document = new EndlessStream(start, "x ");
            await AssertLimitAsync(() => DrainAsync(CiXml.ReadJobsAsync<SampleJob>(document, options, cancellationToken)));
            Assert.InRange(document.Given, options.MaxDocumentLength, options.MaxDocumentLength + (128 * 1024));
        }
    }

    [Fact]
    public async Task RefusedList_IsNotReadForEver()
    {
        CiReaderOptions options = new() { MaxDocumentLength = 300_000 };
        EndlessStream document = new("<Response><JobsDetail><JobId/><JobId/>", "</JobsDetail><JobsDetail>");
        CiFormatException exception = await Assert.ThrowsAsync<CiFormatException>(() => DrainAsync(CiXml.ReadJobsAsync<SampleJob>(document, options)));
        Assert.Equal((CiFormatError.DuplicateNode, "Response.JobsDetail[0].JobId"), (exception.Error, exception.Path));
        Assert.InRange(document.Given, options.MaxDocumentLength, options.MaxDocumentLength + (128 * 1024));
    }

    [Fact]
    public async Task Job_IsHandedOutBeforeTheNextHasCome()
    {
        CancellationToken cancellationToken = TestContext.Current.CancellationToken;
        Pipe pipe = new();
        await using IAsyncEnumerator<SampleJob> jobs = CiXml.ReadJobsAsync<SampleJob>(pipe.Reader, null, cancellationToken).GetAsyncEnumerator(cancellationToken);
        for (int i = 0; i < 3; i++)
        {
            await pipe.Writer.WriteAsync(Encoding.UTF8.GetBytes($"{(i == 0 ? "<Response>" : "")}<JobsDetail><JobId>{i}</JobId></JobsDetail>"), cancellationToken);
            Assert.True(await jobs.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(30), cancellationToken));
            Assert.Equal($"{i}", jobs.Current.JobId);
        }

        await pipe.Writer.CompleteAsync();
        CiFormatException exception = await Assert.ThrowsAsync<CiFormatException>(async () => await jobs.MoveNextAsync());
        Assert.Equal((CiFormatError.NotWellFormed, 1, 134), (exception.Error, exception.Line, exception.Column));
    }

    [Fact]
    public async Task Cancelled_Stops()
    {
        using CancellationTokenSource source = new();
        Pipe pipe = new();
        Task read = CiXml.ReadAsync<SampleResponse>(pipe.Reader, null, source.Token);
        await source.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => read);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CiXml.ReadAsync<SampleResponse>(new PieceStream(s_document, 1), null, source.Token));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => DrainAsync(CiXml.ReadJobsAsync<SampleJob>(new PieceStream(s_document, 1), null, source.Token)));

        using CancellationTokenSource later = new();
        CiJobSequence<SampleJob> jobs = CiXml.ReadJobsAsync<SampleJob>(new EndlessStream("<Response>", "<JobsDetail><JobId>1</JobId></JobsDetail>"), null, TestContext.Current.CancellationToken);
        int count = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (SampleJob job in jobs.WithCancellation(later.Token))
            {
                if (++count == 10_000)
                {
                    await later.CancelAsync();
                }
            }
        });
        Assert.Equal(10_000, count);
    }

    [Fact]
    public void XmlReader_ReadsJobsOneByOne()
    {
        using XmlReader own = XmlReader.Create(new MemoryStream(s_document));
        Assert.Equal(["中", null], CiXmlInterop.ReadJobs<SampleJob>(own).Select(j => j.JobId));
        Assert.Equal(["中", null], CiXmlInterop.ReadJobs<SampleJob>(new PieceStream(s_document, 3)).Select(j => j.JobId));
        byte[] utf16 = Encoding.Unicode.GetBytes(Encoding.UTF8.GetString(s_document));
        Assert.Equal(["中", null], CiXmlInterop.ReadJobs<SampleJob>(new PieceStream(utf16, 3)).Select(j => j.JobId));

        CiReaderOptions options = new() { MaxDocumentLength = 300_000 };
        EndlessStream document = new("<Response>", "<JobsDetail><JobId>1</JobId></JobsDetail>");
        Assert.Equal(100_000, CiXmlInterop.ReadJobs<SampleJob>(document, options).Take(100_000).Count());
        document = new EndlessStream("<Response><JobsDetail><JobId/><JobId/>", "</JobsDetail><JobsDetail>");
        CiFormatException exception = Assert.Throws<CiFormatException>(() => CiXmlInterop.ReadJobs<SampleJob>(document, options).Count());
        Assert.Equal((CiFormatError.DuplicateNode, "Response.JobsDetail[0].JobId"), (exception.Error, exception.Path));
        document = new EndlessStream("<Response><JobsDetail>", "<Unknown/>");
        exception = Assert.Throws<CiFormatException>(() => CiXmlInterop.ReadJobs<SampleJob>(document, options).Count());
        Assert.Equal(CiFormatError.LimitExceeded, exception.Error);
        Assert.InRange(document.Given, options.MaxDocumentLength, options.MaxDocumentLength + (128 * 1024));
    }

    [Fact]
    public async Task ElementsThatFitAlone_MayBeLongerTogether()
    {
        CiReaderOptions options = new() { MaxDocumentLength = 50_000 };
        string unknown = $"<Unknown a='>'>{new string('>', 40_000)}</Unknown>";
        string job = $"<JobsDetail><Message>{new string('m', 40_000)}</Message></JobsDetail>";
        byte[] document = Encoding.UTF8.GetBytes($"<Response>{string.Concat(Enumerable.Repeat($"{unknown}<!-- {new string('>', 5000)} -->{job}\n", 20))}</Response>");
        Assert.Equal(20, await DrainAsync(CiXml.ReadJobsAsync<SampleJob>(new PieceStream(document, 999), options, TestContext.Current.CancellationToken)));
    }

    [Fact]
    public async Task WhatComesAtOnce_IsNoSinglePart()
    {
        CiReaderOptions options = new() { MaxDocumentLength = 50_000, MaxTextLength = 50_000 };
        byte[] document = Encoding.UTF8.GetBytes($"<Response>{string.Concat(Enumerable.Repeat("<JobsDetail><JobId>1</JobId></JobsDetail>", 20_000))}</Response>");
        ReadOnlySequence<byte> sequence = Sequence(document, 200_000);
        Assert.Equal(20_000, await DrainAsync(CiXml.ReadJobsAsync<SampleJob>(PipeReader.Create(sequence), options)));
        await CiXml.CheckAsync(PipeReader.Create(sequence), options);
        CiXml.Check(sequence, options);
        CiXml.Check(new ReadOnlySequence<byte>(document), options);
        CiFormatException exception = Assert.Throws<CiFormatException>(() => CiXml.Check(Sequence(document[..^1], 100_000), options));
        Assert.Equal((CiFormatError.NotWellFormed, 820_021), (exception.Error, exception.Column));
    }

    private static async Task<int> DrainAsync(CiJobSequence<SampleJob> jobs)
    {
        int count = 0;
        await foreach (SampleJob job in jobs)
        {
            count++;
        }

        return count;
    }

    private static async Task AssertLimitAsync(Func<Task> read)
        => Assert.Equal(CiFormatError.LimitExceeded, (await Assert.ThrowsAsync<CiFormatException>(read)).Error);

    private static ReadOnlySequence<byte> Sequence(byte[] document, int piece)
    {
        Segment first = new(document.AsMemory(0, Math.Min(piece, document.Length)), 0);
        Segment last = first;
        for (int at = piece; at < document.Length; at += piece)
        {
            last = last.Append(document.AsMemory(at, Math.Min(piece, document.Length - at)));
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Segment : ReadOnlySequenceSegment<byte>
    {
        public Segment(ReadOnlyMemory<byte> memory, long index)
        {
            Memory = memory;
            RunningIndex = index;
        }

        public Segment Append(ReadOnlyMemory<byte> memory)
        {
            Segment next = new(memory, RunningIndex + Memory.Length);
            Next = next;
            return next;
        }
    }
}

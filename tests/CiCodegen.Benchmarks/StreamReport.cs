using System.Globalization;
using CiCodegen.Benchmarks.CiJobs;
using CiCodegen.Benchmarks.Data;
using CiCodegen.Benchmarks.Measure;
using CiCodegen.Runtime;
using CiCodegen.Tests;

namespace CiCodegen.Benchmarks;

/// <summary>A list of a gigabyte, read job by job while it comes, beside documents of twenty megabytes and of ten kilobytes read whole.</summary>
internal static class StreamReport
{
    private const long Gigabyte = 1_000_000_000;
    private const int RoundCount = 7;

    /// <summary>Prints a table.</summary>
    /// <param name="output">Where to.</param>
    public static async Task RunAsync(TextWriter output)
    {
        CiReaderOptions options = new() { MaxDocumentLength = 1 << 28 };
        byte[] small = Document.Make(10_000, isPretty: false, isChinese: false).Xml;
        byte[] whole = Document.Make(20_000_000, isPretty: false, isChinese: false).Xml;
        byte[] jobs = Jobs(whole);
        int largest = LargestJob(jobs);

        // Compiled, and the heap as large as it gets.
        Read(small, 40_000_000, options);
        Read(whole, 60_000_000, options);
        await ReadAsync(new RepeatedStream(jobs, 60_000_000)).ConfigureAwait(false);

        double[] smallSpeeds = new double[RoundCount];
        double[] wholeSpeeds = new double[RoundCount];
        double[] streamSpeeds = new double[RoundCount];
        double[] perByte = new double[RoundCount];
        double[] streamed = new double[RoundCount];
        for (int i = 0; i < RoundCount; i++)
        {
            smallSpeeds[i] = Read(small, whole.Length, options);
            wholeSpeeds[i] = Read(whole, whole.Length, options);
            streamSpeeds[i] = (await ReadAsync(new RepeatedStream(jobs, Gigabyte / 10)).ConfigureAwait(false)).Speed;
            perByte[i] = smallSpeeds[i] / wholeSpeeds[i];
            streamed[i] = streamSpeeds[i] / wholeSpeeds[i];
        }

        whole = small = [];
        GC.Collect();
        GC.WaitForPendingFinalizers();
        long before = GC.GetTotalMemory(forceFullCollection: true);
        RepeatedStream stream = new(jobs, Gigabyte) { Peaks = true };
        (int count, double speed) = await ReadAsync(stream).ConfigureAwait(false);

        output.WriteLine("| what | MB/s | ratio |");
        output.WriteLine("| --- | ---: | ---: |");
        output.WriteLine(Text($"| 10 KB, read whole | {Rounds.Median(smallSpeeds):0} | |"));
        output.WriteLine(Text($"| 20 MB, read whole; its time per byte ÷ that of 10 KB | {Rounds.Median(wholeSpeeds):0} | {Rounds.Median(perByte):0.00} |"));
        output.WriteLine(Text($"| 100 MB, job by job; its speed ÷ that of 20 MB read whole | {Rounds.Median(streamSpeeds):0} | {Rounds.Median(streamed):0.00} |"));
        output.WriteLine(Text($"| 1 GB, {count} jobs one by one; the same | {speed:0} | {speed / Rounds.Median(wholeSpeeds):0.00} |"));
        output.WriteLine();
        output.WriteLine(Text($"The gigabyte: the heap rose by {(stream.MostHeap - before) / 1e6:0.0} MB at most, garbage not yet collected included. The largest job has {largest / 1e3:0} KB."));
    }

    private static double Read(byte[] document, long bytes, CiReaderOptions options)
    {
        long done = 0;
        long start = ThreadClock.Now();
        for (; done < bytes; done += document.Length)
        {
            CiXml.Read<VideoTargetRecResponse>(document, options);
        }

        return done * 1e3 / (ThreadClock.Now() - start);
    }

    // The stream answers at once, so that all of it happens on one thread.
    private static async Task<(int Count, double Speed)> ReadAsync(RepeatedStream stream)
    {
        int count = 0;
        long start = ThreadClock.Now();
        await foreach (VideoTargetRecJob job in CiXml.ReadJobsAsync<VideoTargetRecJob>(stream).ConfigureAwait(false))
        {
            count += job.JobId is null ? 0 : 1;
        }

        return (count, stream.Given * 1e3 / (ThreadClock.Now() - start));
    }

    /// <summary>A response without its root and what stands behind its jobs.</summary>
    private static byte[] Jobs(byte[] response)
    {
        int end = response.AsSpan().LastIndexOf("</JobsDetail>"u8) + "</JobsDetail>".Length;
        return response.AsSpan("<Response>".Length..end).ToArray();
    }

    private static int LargestJob(ReadOnlySpan<byte> jobs)
    {
        int largest = 0;
        while (jobs.Length > 0)
        {
            int length = jobs.IndexOf("</JobsDetail>"u8) + "</JobsDetail>".Length;
            largest = Math.Max(largest, length);
            jobs = jobs[length..];
        }

        return largest;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>A list that repeats its jobs until it is long enough.</summary>
    private sealed class RepeatedStream(byte[] jobs, long length) : ForwardStream
    {
        private readonly byte[] _head = "<Response>"u8.ToArray();
        private readonly byte[] _tail = "</Response>"u8.ToArray();
        private byte[] _part = [];
        private int _at;
        private int _stage;

        public long Given { get; private set; }

        /// <summary>Whether to look how much is held.</summary>
        public bool Peaks { get; init; }

        public long MostHeap { get; private set; }

        public override int Read(Span<byte> buffer)
        {
            if (_at == _part.Length)
            {
                if (_stage == 2)
                {
                    return 0;
                }

                if (Peaks)
                {
                    MostHeap = Math.Max(MostHeap, GC.GetTotalMemory(forceFullCollection: false));
                }

                _part = _stage == 0 ? _head : Given < length ? jobs : _tail;
                _stage = _part == _tail ? 2 : 1;
                _at = 0;
            }

            int count = Math.Min(buffer.Length, _part.Length - _at);
            _part.AsSpan(_at, count).CopyTo(buffer);
            _at += count;
            Given += count;
            return count;
        }
    }
}

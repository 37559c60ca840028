namespace CiCodegen.Benchmarks.Measure;

/// <summary>What rounds of one case gave.</summary>
/// <param name="Nanoseconds">The median time of one run.</param>
/// <param name="Ratio">The median of its time over the first case's in the same round.</param>
/// <param name="Allocated">Bytes that one run allocates.</param>
internal readonly record struct Timing(double Nanoseconds, double Ratio, long Allocated);

/// <summary>Times cases side by side: each round runs all of them, and ratios are taken within a round, so that a machine that others load still tells them apart.</summary>
internal static class Rounds
{
    private const long Warming = 400_000_000;
    private const long Batch = 25_000_000;

    /// <summary>Times cases; the first is what the others are compared with.</summary>
    public static Timing[] Measure(IReadOnlyList<Case> cases, int rounds)
    {
        int[] batches = [.. cases.Select(Warm)];
        double[][] times = [.. cases.Select(_ => new double[rounds])];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < cases.Count; i++)
            {
                times[i][round] = Time(cases[i].Run, batches[i]);
            }
        }

        return [.. cases.Select((c, i) => new Timing(
            Median(times[i]),
            Median([.. times[i].Zip(times[0], (own, first) => own / first)]),
            Allocated(c.Run)))];
    }

    /// <summary>The middle of some numbers.</summary>
    public static double Median(double[] values)
    {
        double[] sorted = [.. values.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>Bytes that one run allocates.</summary>
    public static long Allocated(Action run)
    {
        run();
        long least = long.MaxValue;
        for (int i = 0; i < 3; i++)
        {
            long before = GC.GetAllocatedBytesForCurrentThread();
            run();
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        return least;
    }

    private static double Time(Action run, int batch)
    {
        long start = ThreadClock.Now();
        for (int i = 0; i < batch; i++)
        {
            run();
        }

        return (double)(ThreadClock.Now() - start) / batch;
    }

    /// <summary>Runs a case until the compiler has done what it can, and says how many runs make a batch.</summary>
    private static int Warm(Case item)
    {
        // The last tier comes in the background after a while.
        long start = ThreadClock.Now();
        int runs = 0;
        while (runs < 200 || ThreadClock.Now() - start < Warming)
        {
            item.Run();
            runs++;
            if (runs % 64 == 0)
            {
                Thread.Sleep(5);
            }

            if (ThreadClock.Now() - start > 3 * Warming)
            {
                break;
            }
        }

        double once = Time(item.Run, 1);
        return Math.Max(1, (int)(Batch / Math.Max(1, once)));
    }
}

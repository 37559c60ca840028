using System.Diagnostics;
using System.Runtime.InteropServices;

namespace CiCodegen.Benchmarks.Measure;

/// <summary>The CPU time of the current thread, collections included; other programs on the machine do not count. Elsewhere than on Linux, the wall clock.</summary>
internal static partial class ThreadClock
{
    private const int ThreadCpuTime = 3;

    /// <summary>Nanoseconds since some moment.</summary>
    public static long Now()
    {
        if (!OperatingSystem.IsLinux())
        {
            return Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);
        }

        return GetTime(ThreadCpuTime, out TimeSpec time) == 0 ? (time.Seconds * 1_000_000_000) + time.Nanoseconds : throw new InvalidOperationException("The thread's clock cannot be read.");
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime")]
    private static partial int GetTime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}

using System.Globalization;
using CiCodegen.Benchmarks.Cases;
using CiCodegen.Benchmarks.Measure;

namespace CiCodegen.Benchmarks;

/// <summary>All cases side by side in one process, in minutes: ratios by <see cref="Rounds"/>.</summary>
internal static class QuickReport
{
    private const int RoundCount = 15;

    /// <summary>Prints a table per group.</summary>
    /// <param name="names">The groups.</param>
    /// <param name="output">Where to.</param>
    public static void Run(IEnumerable<string> names, TextWriter output)
    {
        foreach (string name in names)
        {
            CaseGroup group = CaseGroup.Get(name);
            Timing[] timings = Rounds.Measure(group.Cases, RoundCount);
            output.WriteLine($"| {name}{(group.Bytes > 0 ? Text($" ({group.Bytes:#,0} bytes)") : "")} | ratio | µs | MB/s | B |");
            output.WriteLine("| --- | ---: | ---: | ---: | ---: |");
            for (int i = 0; i < timings.Length; i++)
            {
                Timing timing = timings[i];
                string speed = group.Bytes > 0 ? Text($"{group.Bytes * 1e3 / timing.Nanoseconds:0}") : "";
                output.WriteLine(Text($"| {group.Cases[i].Name} | {timing.Ratio:0.000} | {timing.Nanoseconds / 1e3:0.00} | {speed} | {timing.Allocated} |"));
            }

            output.WriteLine();
        }
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}

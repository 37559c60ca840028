using System.Diagnostics;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using CiCodegen.Benchmarks;
using CiCodegen.Benchmarks.Cases;
using CiCodegen.Benchmarks.Generators;
using CiCodegen.Benchmarks.Measure;

// dotnet run -c Release --project tests/CiCodegen.Benchmarks -- [--quick | --loop=<case> | --stream | --generator=<Tags> [--il]] [words of a group's name]
const string Loop = "--loop=";
const string Generator = "--generator=";
if (args.FirstOrDefault(a => a.StartsWith(Generator, StringComparison.Ordinal)) is { } option)
{
    GeneratorReport.Run(int.Parse(option[Generator.Length..], System.Globalization.CultureInfo.InvariantCulture), isPrecompiled: !args.Contains("--il") && GeneratorInput.HasPrecompiled, Console.Out);
    return 0;
}

if (args.Contains("--stream"))
{
    await StreamReport.RunAsync(Console.Out).ConfigureAwait(false);
    return 0;
}

bool isQuick = args.Contains("--quick");
string? looped = args.FirstOrDefault(a => a.StartsWith(Loop, StringComparison.Ordinal))?[Loop.Length..];
string wanted = string.Join(' ', args.Where(a => !a.StartsWith('-')));
string[] groups = [.. CaseGroup.Names.Where(n => n == wanted || n.StartsWith(wanted, StringComparison.Ordinal))];
if (groups.Length == 0)
{
    Console.Error.WriteLine($"No group begins with '{wanted}'; there are: {string.Join(", ", CaseGroup.Names)}.");
    return 1;
}

if (looped is not null)
{
    // One case for ten seconds, for a profiler.
    Case profiled = CaseGroup.Get(groups[0]).Cases.Single(c => c.Name == looped);
    for (Stopwatch watch = Stopwatch.StartNew(); watch.Elapsed < TimeSpan.FromSeconds(10);)
    {
        profiled.Run();
    }

    return 0;
}

if (isQuick)
{
    QuickReport.Run(groups, Console.Out);
    return 0;
}

// All in one process: ratios between processes would compare the processes too.
CaseBenchmarks.Groups = groups;
BenchmarkRunner.Run<CaseBenchmarks>(DefaultConfig.Instance.AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromHours(1), logOutput: true))));
return 0;

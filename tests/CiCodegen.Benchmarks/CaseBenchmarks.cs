using BenchmarkDotNet.Attributes;
using CiCodegen.Benchmarks.Cases;

namespace CiCodegen.Benchmarks;

/// <summary>The same cases for BenchmarkDotNet: one benchmark per case, in the order of the table.</summary>
[MemoryDiagnoser]
public class CaseBenchmarks
{
    private Action _run = () => { };

    /// <summary>Group and case.</summary>
    [ParamsSource(nameof(All))]
    public string Case { get; set; } = "";

    /// <summary>Which groups; set before BenchmarkDotNet looks.</summary>
    internal static IReadOnlyList<string> Groups { get; set; } = CaseGroup.Names;

    /// <summary>All cases by name.</summary>
    public static IEnumerable<string> All => Groups.SelectMany(static g => CaseGroup.Get(g).Cases.Select(c => $"{g}: {c.Name}"));

    /// <summary>Makes the data and checks that the group's cases agree.</summary>
    [GlobalSetup]
    public void Setup()
    {
        string[] names = Case.Split(": ");
        _run = CaseGroup.Get(names[0]).Cases.Single(c => c.Name == names[1]).Run;
    }

    /// <summary>Runs the case once.</summary>
    [Benchmark]
    public void Run() => _run();
}

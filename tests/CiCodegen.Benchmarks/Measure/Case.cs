namespace CiCodegen.Benchmarks.Measure;

/// <summary>One thing to time.</summary>
/// <param name="Name">What it is called in tables.</param>
/// <param name="Run">Does it once.</param>
/// <param name="Check">Does it once and says what came out, where that can be compared; null for what builds nothing.</param>
internal sealed record Case(string Name, Action Run, Func<string>? Check = null);

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>How many values each property is tried with.</summary>
internal static class Effort
{
    public static int Iterations { get; } = Environment.GetEnvironmentVariable("CICODEGEN_FULL") == "1" ? 3_000 : 300;
}

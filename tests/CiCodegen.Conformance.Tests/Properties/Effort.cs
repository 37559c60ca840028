namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>How many values each property is tried with.</summary>
internal static class Effort
{
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("CICODEGEN_FULL") == "1";

    public static int Iterations { get; } = IsFull ? 3_000 : 300;
}

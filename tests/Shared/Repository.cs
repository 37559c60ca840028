using System.Runtime.CompilerServices;

namespace CiCodegen.Tests;

/// <summary>Where the repository lies, seen from this file.</summary>
internal static class Repository
{
    public static string Root { get; } = Path.GetFullPath(Path.Combine(Here(), "..", ".."));

    /// <summary>The bundled schema files.</summary>
    public static IEnumerable<string> SchemaFiles
        => Directory.EnumerateFiles(Path.Combine(Root, "schema"), "*.ci.yaml", SearchOption.AllDirectories).Order(StringComparer.Ordinal);

    public static string SchemaFile(string relative) => File.ReadAllText(Path.Combine(Root, "schema", relative));

    /// <summary>The folder of outside test data, or null where there is none.</summary>
    public static string? Shared => Environment.GetEnvironmentVariable("CICODEGEN_SHARED") is { Length: > 0 } path && Directory.Exists(path) ? path : null;

    private static string Here([CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}

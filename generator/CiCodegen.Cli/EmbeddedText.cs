using System.Reflection;

namespace CiCodegen.Cli;

/// <summary>Texts that are compiled in: schemas, help, what files start from.</summary>
internal static class EmbeddedText
{
    private static readonly Assembly s_assembly = typeof(EmbeddedText).Assembly;

    // Resources made on Windows have its separators.
    private static readonly Dictionary<string, string> s_names = s_assembly.GetManifestResourceNames().ToDictionary(n => n.Replace('\\', '/'), StringComparer.Ordinal);

    /// <summary>All names, with '/' between folders.</summary>
    public static IEnumerable<string> Names => s_names.Keys;

    /// <summary>The text with a name.</summary>
    /// <param name="name">One of <see cref="Names"/>.</param>
    public static string Read(string name) => TryRead(name) ?? throw new ArgumentException($"There is no text '{name}'.", nameof(name));

    /// <summary>The text with a name; null when there is none.</summary>
    /// <param name="name">The name.</param>
    public static string? TryRead(string name)
    {
        if (!s_names.TryGetValue(name, out string? resource))
        {
            return null;
        }

        using StreamReader reader = new(s_assembly.GetManifestResourceStream(resource)!);
        return reader.ReadToEnd();
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;
using CiCodegen.Tests;

namespace CiCodegen.Conformance.Tests.Hostile;

/// <summary>One entry of the manifest of hostile documents.</summary>
internal sealed record HostileEntry
{
    [JsonPropertyName("id")]
    public required string Id { get; init; }

    [JsonPropertyName("file")]
    public required string File { get; init; }

    [JsonPropertyName("format")]
    public required string Format { get; init; }

    [JsonPropertyName("level")]
    public required string Level { get; init; }

    [JsonPropertyName("group")]
    public required string Group { get; init; }

    [JsonPropertyName("expect")]
    public required string Expect { get; init; }

    [JsonPropertyName("sweep")]
    public string? Sweep { get; init; }

    [JsonPropertyName("limits")]
    public required HostileLimits Limits { get; init; }

    [JsonPropertyName("values")]
    public Dictionary<string, JsonElement> Values { get; init; } = [];

    [JsonPropertyName("not_values")]
    public Dictionary<string, JsonElement[]> NotValues { get; init; } = [];

    public bool IsJson => Format == "json";

    public override string ToString() => Id;
}

internal sealed record HostileLimits(
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("rss_mb")] double Megabytes);

/// <summary>The hostile documents of the folder of outside test data.</summary>
internal static class HostileManifest
{
    public const string Missing = "CICODEGEN_SHARED names no folder with hostile/xml-json: the outside documents are not here.";

    private static readonly string? s_folder = Repository.Shared is { } shared && Directory.Exists(Path.Combine(shared, "hostile", "xml-json"))
        ? Path.Combine(shared, "hostile", "xml-json") : null;

    public static bool IsHere => s_folder is not null;

    public static IReadOnlyList<HostileEntry> Entries { get; } = s_folder is null ? [] : Load(s_folder);

    public static string FileOf(HostileEntry entry) => Path.Combine(s_folder!, entry.File);

    public static byte[] Read(HostileEntry entry) => File.ReadAllBytes(FileOf(entry));

    private static HostileEntry[] Load(string folder)
    {
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "manifest.json")));
        return manifest.RootElement.GetProperty("tests").Deserialize<HostileEntry[]>()!;
    }
}

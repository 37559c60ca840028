using System.Text.Json.Nodes;

namespace CiCodegen.Cli.Manifests;

/// <summary>One request of a manifest.</summary>
/// <param name="Line">Where it begins in the file, from 1.</param>
/// <param name="Key">What the journal calls it.</param>
/// <param name="Tag">Its Tag; null where only the command says it.</param>
/// <param name="Request">The request as JSON, or what of it stands in the file.</param>
internal sealed record ManifestEntry(int Line, string Key, string? Tag, JsonObject Request);

/// <summary>A manifest that cannot be read.</summary>
/// <param name="line">Where, from 1.</param>
/// <param name="message">What is wrong.</param>
internal sealed class ManifestException(int line, string message) : Exception(message)
{
    public int Line { get; } = line;
}

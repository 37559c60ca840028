using CiCodegen.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Diagnostics;

namespace CiCodegen.Generator;

/// <summary>A schema file and where it comes from: one's own, a bundled one, or a bundled one that nobody asked for.</summary>
internal sealed record SchemaFile(AdditionalText Text, string Origin)
{
    public static SchemaFile Of(AdditionalText text, AnalyzerConfigOptionsProvider options)
        => new(text, options.GetOptions(text).TryGetValue("build_metadata.AdditionalFiles.CiOrigin", out string? origin) ? origin : "own");

    public SchemaText Read(CancellationToken cancellationToken) => new(Text.Path, Text.GetText(cancellationToken)?.ToString() ?? "", Origin != "own");
}

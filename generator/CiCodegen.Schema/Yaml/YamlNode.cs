namespace CiCodegen.Schema.Yaml;

/// <summary>A node of a YAML document; all scalars are text, whatever they look like.</summary>
internal abstract record YamlNode(SourceSpan Span);

internal sealed record YamlScalar(string Text, bool IsQuoted, SourceSpan Span) : YamlNode(Span);

internal sealed record YamlSequence(List<YamlNode> Items, SourceSpan Span) : YamlNode(Span);

internal sealed record YamlMap(List<KeyValuePair<YamlScalar, YamlNode>> Entries, SourceSpan Span) : YamlNode(Span);

namespace CiCodegen.Schema;

/// <summary>A place in a schema file.</summary>
/// <param name="Start">The offset in UTF-16 units, from 0.</param>
/// <param name="Length">The length in UTF-16 units.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The column in UTF-16 units, from 1.</param>
/// <param name="EndLine">The line where it ends, from 1.</param>
/// <param name="EndColumn">The column where it ends, from 1.</param>
public readonly record struct SourceSpan(int Start, int Length, int Line, int Column, int EndLine, int EndColumn);

/// <summary>A value and where it stands.</summary>
/// <typeparam name="T">The value's type.</typeparam>
/// <param name="Value">The value.</param>
/// <param name="Span">Where it stands.</param>
public sealed record Located<T>(T Value, SourceSpan Span)
    where T : IEquatable<T>;

/// <summary>A schema file as the host hands it over.</summary>
/// <param name="Path">The path, as it shall stand in messages.</param>
/// <param name="Text">The whole text.</param>
/// <param name="IsBundled">Whether it came with the package; a file of one's own comes before a bundled one.</param>
public sealed record SchemaText(string Path, string Text, bool IsBundled = false);

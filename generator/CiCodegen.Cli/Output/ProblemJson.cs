using System.Text.Json;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Output;

/// <summary>A schema problem as JSON.</summary>
internal static class ProblemJson
{
    public static void Write(Utf8JsonWriter writer, SchemaProblem problem)
        => Write(
            writer,
            problem.Id,
            problem.Descriptor.Severity switch
            {
                ProblemSeverity.Error => "error",
                ProblemSeverity.Warning => "warning",
                _ => "info",
            },
            new FilePlace(problem.Path, problem.Span.Line, problem.Span.Column),
            problem.Message);

    /// <summary>A problem of a file that is no schema.</summary>
    public static void Write(Utf8JsonWriter writer, string id, string severity, FilePlace place, string message)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("severity", severity);
        writer.WriteString("path", place.Path);
        writer.WriteNumber("line", place.Line);
        writer.WriteNumber("column", place.Column);
        writer.WriteString("message", message);
        writer.WriteEndObject();
    }
}

using System.Text.Json;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Output;

/// <summary>A schema problem as JSON.</summary>
internal static class ProblemJson
{
    public static void Write(Utf8JsonWriter writer, SchemaProblem problem)
    {
        writer.WriteStartObject();
        writer.WriteString("id", problem.Id);
        writer.WriteString("severity", problem.Descriptor.Severity switch
        {
            ProblemSeverity.Error => "error",
            ProblemSeverity.Warning => "warning",
            _ => "info",
        });
        writer.WriteString("path", problem.Path);
        writer.WriteNumber("line", problem.Span.Line);
        writer.WriteNumber("column", problem.Span.Column);
        writer.WriteString("message", problem.Message);
        writer.WriteEndObject();
    }
}

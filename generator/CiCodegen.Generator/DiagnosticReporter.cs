using System.Collections.Concurrent;
using CiCodegen.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.Text;

namespace CiCodegen.Generator;

/// <summary>Problems as diagnostics: one descriptor per row of the problem table.</summary>
internal static class DiagnosticReporter
{
    private static readonly ConcurrentDictionary<string, DiagnosticDescriptor> s_descriptors = new(StringComparer.Ordinal);

    public static void Report(SourceProductionContext context, IEnumerable<SchemaProblem> problems)
    {
        foreach (SchemaProblem problem in problems)
        {
            context.ReportDiagnostic(Diagnostic.Create(Descriptor(problem.Id), Locate(problem), [.. problem.Arguments]));
        }
    }

    private static DiagnosticDescriptor Descriptor(string id) => s_descriptors.GetOrAdd(id, static key =>
    {
        ProblemDescriptor row = ProblemDescriptors.Get(key);
        return new DiagnosticDescriptor(
            row.Id, row.Title, row.Format, "CiCodegen",
            row.Severity switch
            {
                ProblemSeverity.Error => DiagnosticSeverity.Error,
                ProblemSeverity.Warning => DiagnosticSeverity.Warning,
                _ => DiagnosticSeverity.Info,
            },
            isEnabledByDefault: true,

            // A build that passes though a schema has an error would send what the schema forbids.
            customTags: row.Severity == ProblemSeverity.Error ? [WellKnownDiagnosticTags.NotConfigurable] : []);
    });

    private static Location Locate(SchemaProblem problem)
    {
        // No file: a property or item of the project is meant.
        if (problem.Path.Length == 0)
        {
            return Location.None;
        }

        SourceSpan span = problem.Span;
        return Location.Create(
            problem.Path,
            new TextSpan(span.Start, span.Length),
            new LinePositionSpan(Position(span.Line, span.Column), Position(span.EndLine, span.EndColumn)));
    }

    private static LinePosition Position(int line, int column) => new(Math.Max(0, line - 1), Math.Max(0, column - 1));
}

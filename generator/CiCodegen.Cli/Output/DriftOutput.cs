using System.Text.Json;
using CiCodegen.Cli.Pages;
using CiCodegen.Cli.Schemas;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Output;

/// <summary>Changes of pages: as a table, as Markdown, as JSON.</summary>
internal static class DriftOutput
{
    private static readonly string[] s_columns = ["severity", "change", "node", "was", "is", "member"];

    public static void Write(Invocation run, IReadOnlyList<PageDriftReport> reports, bool markdown)
    {
        DriftEvent[] all = [.. reports.SelectMany(r => r.Events)];
        string summary = $"{Plural.Of(reports.Count, "page")} compared: {Plural.Of(all.Length, "change")}, {all.Count(e => e.Severity == DriftSeverity.Breaking)} breaking\n";
        if (run.IsJson)
        {
            run.WriteJson(w => WriteJson(w, reports));
            if (all.Length > 0)
            {
                run.Error.Write(summary);
            }

            return;
        }

        foreach (PageDriftReport report in reports.Where(r => r.Events.Count > 0))
        {
            if (markdown)
            {
                WriteMarkdown(run.Out, report);
                continue;
            }

            run.Out.Write($"{report.Page} against {report.Against}\n");
            TextTable.Write(run.Host, s_columns, [.. report.Events.Select(Cells)]);
            run.Out.Write("\n");
        }

        run.Out.Write(markdown ? "\n" + summary : summary);
    }

    /// <summary>The word for a severity.</summary>
    public static string Word(DriftSeverity severity) => severity.ToString().ToLowerInvariant();

    private static string[] Cells(DriftEvent e) => [Word(e.Severity), e.Kind, e.Path, e.Old ?? "", e.New ?? "", e.Member ?? ""];

    private static void WriteMarkdown(TextWriter output, PageDriftReport report)
    {
        output.Write($"### {Path.GetFileNameWithoutExtension(report.Page)}\n\n| {string.Join(" | ", s_columns)} |\n|{string.Concat(Enumerable.Repeat(" --- |", s_columns.Length))}\n");
        foreach (DriftEvent e in report.Events)
        {
            output.Write($"| {string.Join(" | ", Cells(e).Select((c, i) => c.Length > 0 && i > 1 ? $"`{c.Replace("|", "\\|")}`" : c))} |\n");
        }

        output.Write('\n');
    }

    private static void WriteJson(Utf8JsonWriter writer, IReadOnlyList<PageDriftReport> reports)
    {
        writer.WriteStartObject();
        writer.WriteStartArray("events");
        foreach ((PageDriftReport report, DriftEvent e) in reports.SelectMany(r => r.Events.Select(e => (r, e))))
        {
            writer.WriteStartObject();
            writer.WriteString("kind", e.Kind);
            writer.WriteString("path", e.Path);
            writer.WriteString("writtenPath", e.WrittenPath);
            writer.WriteString("severity", Word(e.Severity));
            writer.WriteString("old", e.Old);
            writer.WriteString("new", e.New);
            writer.WriteString("member", e.Member);
            writer.WriteString("page", report.Page);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
        writer.WriteEndObject();
    }
}

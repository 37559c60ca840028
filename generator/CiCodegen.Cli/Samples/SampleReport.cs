using System.Globalization;
using System.Text.Json;
using System.Xml.Linq;

namespace CiCodegen.Cli.Samples;

/// <summary>What became of the samples of pages: counts, what could not be read, what is lost and why. No words of a page.</summary>
/// <param name="Pages">How many pages there are.</param>
/// <param name="Documents">Their samples.</param>
/// <param name="Readings">Those that a schema has, read.</param>
/// <param name="Wire">Nodes of requests that structures seen on the wire have otherwise; null when there are no structures.</param>
internal sealed record SampleReport(int Pages, IReadOnlyList<SampleDocument> Documents, IReadOnlyList<SampleReading> Readings, IReadOnlyList<WireFinding>? Wire)
{
    private sealed record Loss(string Tag, string Kind, string Path, string Reason, int Count);

    private SampleReading[] Errors => [.. Readings.Where(r => r.Error is not null)];

    private int Elements => Readings.Sum(r => r.Comparison.Elements);

    private int Blank => Readings.Sum(r => r.Comparison.Blank);

    private int Lost => Readings.Sum(LostOf);

    /// <summary>Whether nothing is lost, all is read, and no node is unknown on the wire that is on no page.</summary>
    public bool IsClean => Errors.Length == 0 && Lost == 0 && Wire?.Any(f => f.PageId is null) != true;

    /// <summary>Writes the report as Markdown.</summary>
    public void WriteMarkdown(TextWriter output)
    {
        output.Write("# Samples report\n\nWhat `cicodegen samples` finds in the samples of pages of the docs: each document of a job, a template or an operation is read in every lane, written back in both and held against itself.\n\n");
        Table(output, ["pages", "samples", "not well-formed", "of nothing that a schema has", "of several Tags", "of a Tag without schema", "of jobs", "of templates", "of operations", "not read"],
            [[Number(Pages), Number(Documents.Count), .. Enum.GetValues<SampleState>().Select(s => Number(Documents.Count(d => d.State == s))), Number(Errors.Length)]]);
        Table(output, ["elements", "without a value", "lost", "share"], [[Number(Elements), Number(Blank), Number(Lost), Share(Lost, Elements)]]);
        output.Write("An element without a value is absent, empty or `-` where the node is no text: these are one ([schema language](../../schema/README.md)).\n\n");
        Section(output, "Not read", Errors.Select(r => $"- `{FileName(r.Document)}` line {r.Document.Sample.Line}, {r.Document.Name}: {r.Error}\n"));
        Section(output, "Of nothing that a schema has", Documents.Where(d => d.State == SampleState.NoJob).Select(d => $"- `{Path.GetFileName(d.Page)}` line {d.Sample.Line}: `{Outline(d.Root!)}`\n"));
        output.Write("## Lost\n\n");
        Table(output, ["Tag or operation", "document", "element", "elements", "reason"], Losses().Select(l => (string[])[l.Tag, l.Kind, $"`{l.Path}`", Number(l.Count), l.Reason]));
        output.Write("## What was read\n\n");
        Table(output, ["Tag or operation", "requests", "responses", "JSON", "elements", "lost"], Readings.GroupBy(r => r.Document.Name).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => (string[])
            [
                g.Key, Number(g.Count(r => r.Document.Kind == "request")), Number(g.Count(r => r.Document.Kind != "request" && !r.Document.Sample.IsJson)), Number(g.Count(r => r.Document.Sample.IsJson)),
                Number(g.Sum(r => r.Comparison.Elements)), Number(g.Sum(LostOf)),
            ]));
        if (Wire is not null)
        {
            output.Write("## Requests against structures seen on the wire\n\nNodes that a request can have and the structures do not, or not in that shape; the page that has them, or none.\n\n");
            Table(output, ["Tag", "page", "node", "there"], Wire.Select(f => (string[])[f.Tag, f.PageId ?? "-", $"`{f.Path}`", f.What]));
        }
    }

    /// <summary>Writes the report as JSON.</summary>
    public void WriteJson(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteNumber("pages", Pages);
        writer.WriteNumber("samples", Documents.Count);
        foreach (SampleState state in Enum.GetValues<SampleState>())
        {
            writer.WriteNumber(JsonNamingPolicy.CamelCase.ConvertName(state.ToString()), Documents.Count(d => d.State == state));
        }

        writer.WriteNumber("elements", Elements);
        writer.WriteNumber("blank", Blank);
        writer.WriteNumber("lost", Lost);
        WriteArray(writer, "errors", Errors, r =>
        {
            writer.WriteString("page", r.Document.Page);
            writer.WriteNumber("line", r.Document.Sample.Line);
            writer.WriteString("tag", r.Document.Model!.Tag);
            writer.WriteString("as", r.Document.Kind);
            writer.WriteString("message", r.Error);
        });
        WriteArray(writer, "losses", Losses(), l =>
        {
            writer.WriteString("tag", l.Tag);
            writer.WriteString("as", l.Kind);
            writer.WriteString("path", l.Path);
            writer.WriteNumber("count", l.Count);
            writer.WriteString("reason", l.Reason);
        });
        WriteArray(writer, "wire", Wire ?? [], f =>
        {
            writer.WriteString("tag", f.Tag);
            writer.WriteString("path", f.Path);
            writer.WriteString("what", f.What);
            writer.WriteString("page", f.PageId);
        });
        writer.WriteEndObject();
    }

    private IEnumerable<Loss> Losses()
        => Readings.SelectMany(r => r.Comparison.Losses.Select(l => (Tag: r.Document.Name, r.Document.Kind, l.Path, l.Reason, l.Count)))
            .GroupBy(l => (l.Tag, l.Kind, l.Path, l.Reason))
            .Select(g => new Loss(g.Key.Tag, g.Key.Kind, g.Key.Path, g.Key.Reason, g.Sum(l => l.Count)))
            .OrderBy(l => l.Tag, StringComparer.Ordinal).ThenBy(l => l.Kind, StringComparer.Ordinal).ThenBy(l => l.Path, StringComparer.Ordinal).ThenBy(l => l.Reason, StringComparer.Ordinal);

    // What a document is, by the names of the nodes at its top.
    private static string Outline(XElement root)
        => $"{root.Name.LocalName} {{ {string.Join(", ", root.Elements().Select(e => e.Name.LocalName).Distinct(StringComparer.Ordinal).Take(4))} }}";

    private static int LostOf(SampleReading reading) => reading.Comparison.Losses.Sum(l => l.Count);

    private static string FileName(SampleDocument document) => Path.GetFileName(document.Page);

    private static void WriteArray<T>(Utf8JsonWriter writer, string name, IEnumerable<T> items, Action<T> write)
    {
        writer.WriteStartArray(name);
        foreach (T item in items)
        {
            writer.WriteStartObject();
            write(item);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void Section(TextWriter output, string title, IEnumerable<string> lines)
    {
        output.Write($"## {title}\n\n");
        string text = string.Concat(lines);
        output.Write(text.Length > 0 ? text + "\n" : "Nothing.\n\n");
    }

    private static void Table(TextWriter output, string[] headings, IEnumerable<string[]> rows)
    {
        string[][] all = [.. rows];
        if (all.Length == 0)
        {
            output.Write("Nothing.\n\n");
            return;
        }

        output.Write($"| {string.Join(" | ", headings)} |\n|{string.Concat(Enumerable.Repeat(" --- |", headings.Length))}\n");
        foreach (string[] row in all)
        {
            output.Write($"| {string.Join(" | ", row)} |\n");
        }

        output.Write('\n');
    }

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Share(int part, int whole) => whole == 0 ? "-" : ((double)part / whole).ToString("P2", CultureInfo.InvariantCulture);
}

using System.Globalization;
using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>Doc comments from what a schema says.</summary>
internal static class Docs
{
    public static DocText Class(Shape shape)
    {
        NodeModel node = shape.Node;
        string what = node.IsShared ? $"Structure `{node.Shape}`" : shape.Root is not null ? $"Document `{node.Name}`" : $"Node `{node.Name}`";
        return DocText.WithCode(Sentence(what, node.Summary));
    }

    public static DocText Member(NodeModel node) => DocText.WithCode(Sentence($"Node `{node.Name}`", node.Summary));

    public static DocText? Remarks(NodeModel node)
    {
        List<string> facts = [];
        Add(facts, node.IsRequired, "Required.");
        Add(facts, node.RequiredWhen is not null, $"Required when `{node.RequiredWhen}`.");
        Add(facts, node.ValidWhen is not null, $"Only when `{node.ValidWhen}`.");
        Add(facts, node.Const is not null, $"Always `{node.Const}`.");
        Add(facts, node.Enum is not null, $"{(node.Enum?.IsOpen == true ? "Known" : "Allowed")}: {string.Join(", ", node.Enum?.Values.Select(v => $"`{v.Text}`") ?? [])}.");
        facts.AddRange(node.EnumWhen.Select(c => $"When `{c.When}`: {string.Join(", ", c.Then.Select(v => $"`{v}`"))}."));
        facts.AddRange(node.Special.Select(s => $"Also `{s.Text}`{(s.Meaning is null ? "" : $": {s.Meaning}")}."));
        Add(facts, node.Default is not null, $"Default: `{node.Default}`.");
        Add(facts, node.DefaultText is not null, $"Default: {node.DefaultText}.");
        facts.AddRange(node.DefaultWhen.Select(c => $"Default when `{c.When}`: `{c.Then}`."));
        Add(facts, node.Range is not null, $"Range: {node.Range?.Text}.");
        facts.AddRange(node.RangeWhen.Select(c => $"Range when `{c.When}`: {c.Then.Text}."));
        Add(facts, node.MultipleOf is not null, $"A multiple of {node.MultipleOf}.");
        Add(facts, node.Unit is not null, $"Unit: {node.Unit}.");
        Add(facts, node.MinLength is not null, $"At least {Text(node.MinLength)} characters.");
        Add(facts, node.MaxLength is not null, $"At most {Text(node.MaxLength)} characters.");
        facts.AddRange(node.LengthWhen.Select(c => $"At most {Text(c.Then)} characters when `{c.When}`."));
        Add(facts, node.Charset == TextRules.PrintableAscii, "Printable ASCII only.");
        Add(facts, node.Charset is not null && node.Charset != TextRules.PrintableAscii, $"Of the characters `{node.Charset}` only.");
        Add(facts, node.Pattern is not null, $"Matches `{node.Pattern}`.");
        Add(facts, node.FileExt.Count > 0, $"Ends in {string.Join(", ", node.FileExt.Select(e => $"`.{e}`"))}.");
        Add(facts, node.Wildcards.Count > 0, $"The service replaces {string.Join(", ", node.Wildcards.Select(w => $"`{w}`"))}.");
        Add(facts, node.MinItems is not null, $"At least {Text(node.MinItems)}.");
        Add(facts, node.MaxItems is not null, $"At most {Text(node.MaxItems)}.");
        Add(facts, node.MeaningfulWhen is not null, $"Meaningful only when `{node.MeaningfulWhen}`.");
        Add(facts, node.EffectiveWhen is not null, $"Heeded only when `{node.EffectiveWhen}`.");
        Add(facts, node.IneffectiveWhen is not null, $"Not heeded when `{node.IneffectiveWhen}`.");
        Add(facts, node.UnsupportedWhen is not null, $"Not supported when `{node.UnsupportedWhen}`.");
        Add(facts, node.PresentWhen is not null, $"There only when `{node.PresentWhen}`.");
        Add(facts, node.Overrides is not null, $"Comes before {node.Overrides}.");
        return facts.Count == 0 ? null : DocText.WithCode(string.Join(" ", facts));
    }

    private static string Text(int? number) => number?.ToString(CultureInfo.InvariantCulture) ?? "";

    private static string Sentence(string what, string? summary) => summary is null ? what + "." : $"{what}: {summary}";

    private static void Add(List<string> facts, bool holds, string fact)
    {
        if (holds)
        {
            facts.Add(fact);
        }
    }
}

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
        Add(facts, node.Const is not null, $"Always `{node.Const}`.");
        Add(facts, node.Enum is not null, $"{(node.Enum?.IsOpen == true ? "Known" : "Allowed")}: {string.Join(", ", node.Enum?.Values.Select(v => $"`{v.Text}`") ?? [])}.");
        Add(facts, node.Default is not null, $"Default: `{node.Default}`.");
        Add(facts, node.Range is not null, $"Range: {node.Range?.Text}.");
        Add(facts, node.Unit is not null, $"Unit: {node.Unit}.");
        Add(facts, node.MinLength is not null, $"At least {Text(node.MinLength)} characters.");
        Add(facts, node.MaxLength is not null, $"At most {Text(node.MaxLength)} characters.");
        Add(facts, node.Charset == "printable-ascii", "Printable ASCII only.");
        Add(facts, node.MinItems is not null, $"At least {Text(node.MinItems)}.");
        Add(facts, node.MaxItems is not null, $"At most {Text(node.MaxItems)}.");
        Add(facts, node.MeaningfulWhen is not null, $"Meaningful only when `{node.MeaningfulWhen}`.");
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

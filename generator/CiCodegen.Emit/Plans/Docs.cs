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

        // Most of it is said of few nodes, so a text is put together only where there is something to say.
        void Say(string before, string? what, string after)
        {
            if (what is not null)
            {
                facts.Add(before + what + after);
            }
        }

        Say("Required", node.IsRequired ? "" : null, ".");
        Say("Required when `", node.RequiredWhen?.ToString(), "`.");
        Say("Only when `", node.ValidWhen?.ToString(), "`.");
        Say("Always `", node.Const, "`.");
        if (node.Enum is { } values)
        {
            facts.Add($"{(values.IsOpen ? "Known" : "Allowed")}: {Codes(values.Values.Map(static v => v.Text))}.");
        }

        foreach (ClauseModel<EquatableArray<string>> clause in node.EnumWhen)
        {
            facts.Add($"When `{clause.When}`: {Codes(clause.Then)}.");
        }

        foreach (SpecialModel special in node.Special)
        {
            facts.Add($"Also `{special.Text}`{(special.Meaning is null ? "" : $": {special.Meaning}")}.");
        }

        Say("Default: `", node.Default, "`.");
        Say("Default: ", node.DefaultText, ".");
        foreach (ClauseModel<string> clause in node.DefaultWhen)
        {
            facts.Add($"Default when `{clause.When}`: `{clause.Then}`.");
        }

        Say("Range: ", node.Range?.Text, ".");
        foreach (ClauseModel<RangeModel> clause in node.RangeWhen)
        {
            facts.Add($"Range when `{clause.When}`: {clause.Then.Text}.");
        }

        Say("A multiple of ", node.MultipleOf, ".");
        Say("Unit: ", node.Unit, ".");
        Say("At least ", Text(node.MinLength), " characters.");
        Say("At most ", Text(node.MaxLength), " characters.");
        foreach (ClauseModel<int> clause in node.LengthWhen)
        {
            facts.Add($"At most {Text(clause.Then)} characters when `{clause.When}`.");
        }

        bool isAscii = node.Charset == TextRules.PrintableAscii;
        Say("Printable ASCII only", isAscii ? "" : null, ".");
        Say("Of the characters `", isAscii ? null : node.Charset, "` only.");
        Say("Matches `", node.Pattern, "`.");
        Say("Ends in ", node.FileExt.Count == 0 ? null : Codes(node.FileExt.Map(static e => "." + e)), ".");
        Say("The service replaces ", node.Wildcards.Count == 0 ? null : Codes(node.Wildcards), ".");
        Say("At least ", Text(node.MinItems), ".");
        Say("At most ", Text(node.MaxItems), ".");
        Say("Meaningful only when `", node.MeaningfulWhen, "`.");
        Say("Heeded only when `", node.EffectiveWhen, "`.");
        Say("Not heeded when `", node.IneffectiveWhen, "`.");
        Say("Not supported when `", node.UnsupportedWhen, "`.");
        Say("There only when `", node.PresentWhen, "`.");
        Say("Comes before ", node.Overrides, ".");
        return facts.Count == 0 ? null : DocText.WithCode(string.Join(" ", facts));
    }

    private static string Codes(EquatableArray<string> texts) => string.Join(", ", texts.Map(static t => $"`{t}`"));

    private static string? Text(int? number) => number?.ToString(CultureInfo.InvariantCulture);

    private static string Sentence(string what, string? summary) => summary is null ? what + "." : $"{what}: {summary}";
}

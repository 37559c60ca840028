using System.Globalization;
using CiCodegen.Schema;

namespace CiCodegen.Import;

/// <summary>Decides the logical type of each node, and takes away facts that cannot stand beside it: what is written passes <c>check</c>.</summary>
internal sealed class LogicalTypes(FindingList findings)
{
    // Widths and rates are whole; a bit rate or a factor may have a fraction, and a decimal holds every whole number too.
    private static readonly HashSet<string> s_wholeUnits = new(StringComparer.Ordinal) { "px", "Hz", "byte" };

    public void Decide(PageTree tree)
    {
        foreach (PageNode node in tree.All())
        {
            FitLimits(node);
            if (node.IsContainer)
            {
                DecideContainer(node);
            }
            else
            {
                DecideScalar(node);
            }
        }
    }

    private void DecideContainer(PageNode node)
    {
        foreach (string key in (string[])["enum", "default", "range", "const", "unit", "maxLength", "charset", "pattern", "special", "wildcards", "fileExt", "multipleOf", "enumWhen", "defaultWhen", "rangeWhen", "lengthWhen", "open"])
        {
            Drop(node, key, "a container has no value");
        }

        if (node.Children.Count == 0 && !node.Facts.Has("sameAs") && !node.Facts.Has("use"))
        {
            node.Facts.Set("type", "container");
        }

        node.Facts.Remove("hint:integer");
        node.Facts.Remove("hint:wide");
        node.Facts.Remove("hint:decimal");
        DropItems(node);
    }

    private void DecideScalar(PageNode node)
    {
        string wire = node.Wire ?? "String";
        bool whole = node.Facts.Has("hint:integer") || node.Facts.Has("multipleOf");
        if (node.Facts.Text("type") == "bool")
        {
            foreach (string key in (string[])["range", "unit", "enumWhen"])
            {
                Drop(node, key, "true and false have none");
            }

            SetWire(node, wire, "String");
        }
        else if (node.Facts.Has("enum"))
        {
            foreach (string key in (string[])["range", "multipleOf", "rangeWhen", "maxLength", "charset", "pattern", "lengthWhen"])
            {
                Drop(node, key, "its values are listed");
            }

            SetWire(node, wire, "String");
        }
        else if (wire == "Int" || (wire == "String" && whole && node.IsRequest && IsNumeric(node)))
        {
            node.Facts.Set("type", Whole(node));
            SetWire(node, wire, "Int");
        }
        else if (wire is "Float" or "Double")
        {
            node.Facts.Set("type", "decimal");
            SetWire(node, wire, "Float");
        }
        else if (wire == "Bool")
        {
            node.Facts.Set("type", "bool");
            node.Facts.Set("wire", wire);
        }
        else if (node.IsRequest && IsNumeric(node))
        {
            // What a caller sets is a number; what the service answers as text stays text, so that no reader refuses it.
            node.Facts.Set("type", IsWhole(node) ? Whole(node) : "decimal");
            node.Facts.Set("wire", wire);
        }
        else if (node.Facts.Has("hint:time"))
        {
            node.Facts.Set("type", "time");
        }

        node.Facts.Remove("hint:integer");
        node.Facts.Remove("hint:wide");
        node.Facts.Remove("hint:decimal");
        node.Facts.Remove("hint:time");
        node.Facts.Remove("hint:separated");
        DropItems(node);
        FitType(node);
        FitText(node);
        FitCases(node);
        FitValue(node, "default");
        FitValue(node, "const");
        FitDefaults(node);
    }

    // A type word of 64 bits, or a limit or value that 32 bits do not hold.
    private static string Whole(PageNode node)
        => node.Facts.Has("hint:wide") || Ends(node.Facts.Text("range")).Concat((node.Facts["rangeWhen"]?.Cases ?? []).SelectMany(c => Ends(c.Value.Text)))
            .Append(node.Facts.Text("default")).Append(node.Facts.Text("const")).Any(IsWide) ? "long" : "int";

    private static IEnumerable<string?> Ends(string? range) => range is { Length: > 2 } ? range[1..^1].Split(',') : [];

    private static bool IsWide(string? text)
        => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture, out decimal number) && number is < int.MinValue or > int.MaxValue;

    private static void SetWire(PageNode node, string wire, string follows)
    {
        if (wire != follows)
        {
            node.Facts.Set("wire", wire);
        }
    }

    // A text with a numeric range is a number, unless a word may stand in its place.
    private static bool IsNumeric(PageNode node)
        => (node.Facts.Has("range") || node.Facts.Has("rangeWhen") || node.Facts.Has("hint:decimal") || node.Facts.Has("multipleOf"))
            && (node.Facts["special"]?.List ?? []).All(IsNumber) && !IsWord(node.Facts.Text("default")) && !IsWord(node.Facts.Text("const"));

    private static bool IsWord(string? text) => text is not null && text[0] != '(' && !IsNumber(text);

    private static bool IsNumber(string text) => decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _);

    private static bool IsWhole(PageNode node)
        => !node.Facts.Has("hint:decimal") && node.Facts.Text("unit") is { } unit && s_wholeUnits.Contains(unit)
            && (node.Facts.Text("range") is not { } range || !range.Contains('.'));

    private void DropItems(PageNode node)
    {
        if (!node.IsMany)
        {
            Drop(node, "maxItems", "it does not repeat");
        }
    }

    private void FitType(PageNode node)
    {
        if (node.Facts.Text("type") is "bool" or "time")
        {
            foreach (string key in (string[])["range", "rangeWhen", "multipleOf", "special"])
            {
                Drop(node, key, "its type has none");
            }

            foreach (string key in node.Facts.Text("type") == "time" ? (string[])["const", "enumWhen"] : [])
            {
                Drop(node, key, "a time has no list of values");
            }
        }
        else if (node.Facts.Text("type") is "int" or "long" or "decimal" && node.Facts["special"]?.List?.All(IsNumber) == false)
        {
            Drop(node, "special", "a number is no word");
        }
    }

    private void FitText(PageNode node)
    {
        bool isText = !node.Facts.Has("enum") && node.Facts.Text("type") is null or "string";
        foreach (string key in (string[])["maxLength", "charset", "pattern", "fileExt", "lengthWhen"])
        {
            if (!isText)
            {
                Drop(node, key, "it is no text");
            }
        }

        // A word in the place of a number: the range is checked for numbers only.
        if (isText && node.IsRequest && !node.Facts.Has("special"))
        {
            Drop(node, "range", "it is no number");
            Drop(node, "multipleOf", "it is no number");
        }
    }

    private void FitCases(PageNode node)
    {
        if (node.Facts.Has("enumWhen") && node.Facts.Text("type") is "int" or "long" or "decimal" or "bool" or "time")
        {
            Drop(node, "enumWhen", "it is no enum");
        }

        if (node.IsRequest && node.Facts.Has("rangeWhen") && node.Facts.Text("type") is not ("int" or "long" or "decimal"))
        {
            Drop(node, "rangeWhen", "it is no number");
        }

        // Values under conditions that the node's own list does not have.
        if (node.Facts["enum"]?.List is { } all && node.Facts["enumWhen"]?.Cases is { } cases)
        {
            foreach (string extra in cases.SelectMany(c => c.Value.List ?? []).Where(v => !all.Contains(v)).Distinct())
            {
                findings.Add(FindingClass.ValueContradiction, node.Line, $"{node.Path} may be {extra} under a condition, and its values are {string.Join(", ", all)}", "left out of the condition");
            }

            node.Facts.Replace("enumWhen", new FactValue(null, Cases: [.. cases.Select(c => c with { Value = new FactValue(null, [.. (c.Value.List ?? []).Where(all.Contains)]) }).Where(c => c.Value.List!.Count > 0)]));
            if (node.Facts["enumWhen"]!.Cases!.Count == 0)
            {
                node.Facts.Remove("enumWhen");
            }
        }
    }

    private void FitValue(PageNode node, string key)
    {
        if (node.Facts.Text(key) is not { } text || text[0] == '(')
        {
            return;
        }

        if (key == "default" && text == "none" && node.Facts["enum"]?.List?.Contains(text) != true)
        {
            node.Facts.Remove(key);
            return;
        }

        if (WhyNot(node, text) is not { } wrong)
        {
            return;
        }

        if (node.Facts["enum"]?.List?.FirstOrDefault(v => v.Equals(text, StringComparison.OrdinalIgnoreCase)) is { } spelled)
        {
            node.Facts.Replace(key, new FactValue(spelled));
            return;
        }

        findings.Add(FindingClass.ValueContradiction, node.Line, $"the {key} of {node.Path} is {text}: {wrong}", "left out");
        node.Facts.Remove(key);
    }

    private void FitDefaults(PageNode node)
    {
        foreach (FactCase wrong in (node.Facts["defaultWhen"]?.Cases ?? []).Where(c => WhyNot(node, c.Value.Text!) is not null).ToArray())
        {
            findings.Add(FindingClass.ValueContradiction, node.Line, $"the default of {node.Path} under a condition is {wrong.Value.Text}: {WhyNot(node, wrong.Value.Text!)}", "left out");
            FactCase[] kept = [.. node.Facts["defaultWhen"]!.Cases!.Where(c => c != wrong)];
            node.Facts.Remove("defaultWhen");
            foreach (FactCase other in kept)
            {
                node.Facts.AddCase("defaultWhen", other);
            }
        }
    }

    // Why a text is no value of a node; null when it is one.
    private static string? WhyNot(PageNode node, string text) => node.Facts.Text("type") switch
    {
        _ when node.Facts["enum"]?.List is { } values => values.Contains(text) || node.Facts.Has("open") ? null : $"none of {string.Join(", ", values)}",
        "int" when !int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "no whole number",
        "long" when !long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => "no whole number",
        "decimal" when !IsNumber(text) => "no number",
        "bool" when text is not ("true" or "false") => "neither true nor false",
        "bool" or "time" => null,
        _ when node.Facts.Text("range") is { } range && IsNumber(text) && !Contains(range, decimal.Parse(text, CultureInfo.InvariantCulture)) => $"outside {range}",
        _ => null,
    };

    // Limits that no value meets, or that no schema can say.
    private void FitLimits(PageNode node)
    {
        bool isWhole = node.Wire == "Int" || node.Facts.Has("hint:integer");
        if (node.Facts.Text("range") is { } range && RangeParser.Parse(range, isWhole) is null)
        {
            Impossible("range", $"the range {range}, which holds no number that can be told");
        }

        foreach (string key in (string[])["maxLength", "maxItems", "multipleOf"])
        {
            if (node.Facts.Text(key) is { } number && !IsCount(number))
            {
                Impossible(key, $"the {key} {number}, which is no number that counts");
            }
        }

        if (node.Facts["fileExt"]?.List?.FirstOrDefault(e => !e.All(char.IsAsciiLetterOrDigit)) is { } ending)
        {
            Impossible("fileExt", $"the ending {ending}, which is more than letters and digits");
        }

        foreach (string key in (string[])["rangeWhen", "lengthWhen", "enumWhen"])
        {
            if (node.Facts[key]?.Cases is not { } cases)
            {
                continue;
            }

            FactCase[] possible = [.. cases.Where(c => c.Value.List is { Count: > 0 } || (c.Value.Text is { } text && (key == "rangeWhen" ? RangeParser.Parse(text, isWhole) is not null : IsCount(text))))];
            if (possible.Length < cases.Count)
            {
                Impossible(key, $"{key} with a limit that is none");
                foreach (FactCase kept in possible)
                {
                    node.Facts.AddCase(key, kept);
                }
            }
        }

        void Impossible(string key, string what)
        {
            findings.Add(FindingClass.ValueContradiction, node.Line, $"{node.Path} has {what}", "left out");
            node.Facts.Remove(key);
        }
    }

    private static bool IsCount(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count) && count > 0;

    internal static bool Contains(string range, decimal value)
    {
        string[] ends = range[1..^1].Split(',');
        return !(decimal.TryParse(ends[0], CultureInfo.InvariantCulture, out decimal min) && (value < min || (value == min && range[0] == '(')))
            && !(decimal.TryParse(ends[1], CultureInfo.InvariantCulture, out decimal max) && (value > max || (value == max && range[^1] == ')')));
    }

    private void Drop(PageNode node, string key, string why)
    {
        if (node.Facts.Has(key))
        {
            findings.Add(FindingClass.TypeContradiction, node.Line, $"{node.Path} has the fact {key}, and {why}", "left out");
            node.Facts.Remove(key);
        }
    }
}

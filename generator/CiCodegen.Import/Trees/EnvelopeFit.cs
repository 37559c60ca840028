using System.Globalization;

namespace CiCodegen.Import;

/// <summary>Fits a page's nodes to the envelope around them: where the page contradicts what the runtime's types have, it is reported, and the schema stays usable.</summary>
internal static class EnvelopeFit
{
    private static readonly string[] s_ofEnums = ["enum", "open"];
    private static readonly string[] s_ofNumbers = ["range", "rangeWhen", "multipleOf"];
    private static readonly string[] s_ofTexts = ["maxLength", "charset", "pattern", "fileExt", "wildcards", "lengthWhen", "special"];
    private static readonly string[] s_ofValues = [.. s_ofEnums, .. s_ofNumbers, .. s_ofTexts, "type", "wire", "const", "default", "enumWhen", "defaultWhen", "unit"];

    /// <summary>Fits the nodes of a page that becomes a Tag or its templates.</summary>
    public static void Fit(ImportedPage page)
    {
        foreach (EnvelopeNode needed in EnvelopeNode.Around(page.Kind))
        {
            // A list of the one Tag says what is so anyway.
            if (page.Tree.Find(needed.Path) is { } node && !(needed.Path == "Request.Tag" && node.Facts["enum"]?.List?.Contains(page.Tag!) == true))
            {
                Fit(node, needed, page.FindingList);
            }
        }

        // The envelope requires it for a value that the page does not list.
        if (page.Kind == PageKind.Tag && page.Tree.Find("Request.CallBackKafkaConfig") is { Required: not true, RequiredWhen: null } kafka && page.Tree.Find("Request.CallBackType")?.Facts["enum"]?.List?.Contains("Kafka") != true)
        {
            kafka.RequiredWhen = "false";
        }
    }

    private static void Fit(PageNode node, EnvelopeNode needed, FindingList findings)
    {
        string typed = node.TypeCell ?? node.Wire ?? "String";
        if (needed.IsMany is { } many && node.IsMany != many)
        {
            Report($"{node.Path} {(many ? "stands once, and several are" : "repeats, and one is")} due in each {Around(needed)}", many ? "read as many" : "read as one");
            node.IsMany = many;
            node.Leave("maxItems");
        }

        if (needed.Kind == "container")
        {
            if (!node.IsContainer)
            {
                Report($"{node.Path} is typed {typed}, and each {Around(needed)} has a container there", "read as a container");
                Leave(s_ofValues);
                node.Wire = "Container";
            }

            return;
        }

        if (node.IsContainer)
        {
            Report($"{node.Path} is typed {typed}, and each {Around(needed)} has a value there", node.Children.Count == 0 ? "read as a text" : $"read as a text, its {node.Children.Count} children left out");
            node.Empty();
            if (needed.Values.Count == 0)
            {
                node.Facts.Set("type", needed.Kind is "text" or "value" ? "string" : needed.Kind);
                node.Facts.Replace("wire", new FactValue("Container"));
            }
        }

        switch (needed.Kind)
        {
            case "text":
                Contradicting(s_ofEnums);
                Contradicting(node.IsRequest ? s_ofNumbers : []);
                Type("string", "a text");
                break;
            case "time":
                Contradicting([.. s_ofEnums, .. s_ofNumbers, .. s_ofTexts]);
                Type("time", "a time");
                break;
            case "int":
                Contradicting([.. s_ofEnums, .. s_ofTexts, "rangeWhen"]);
                Type("int", "a whole number");
                Contradicting([.. new[] { "default", "const" }.Where(k => !int.TryParse(node.Facts.Text(k), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _))]);
                break;
            case "state":
                Contradicting([.. s_ofNumbers, .. s_ofTexts]);
                Type(null, "a state");
                State();
                break;
            case "enum":
                Contradicting([.. s_ofNumbers, .. s_ofTexts]);
                Type(null, "one of some values");
                Values();
                break;
        }

        void Report(string message, string action) => findings.Add(FindingClass.TypeContradiction, node.Line, message, action);

        void Leave(IEnumerable<string> keys)
        {
            foreach (string key in keys)
            {
                node.Leave(key);
            }
        }

        void Contradicting(IReadOnlyList<string> keys)
        {
            foreach (string key in keys.Where(k => node.Facts.Has(k) && k != "open"))
            {
                Report($"{node.Path} has the fact {key}, which the {needed.Name} of each {Around(needed)} has not", "left out");
            }

            Leave(keys);
        }

        // The page's own word stays, as the wire type.
        void Type(string? type, string what)
        {
            string? said = node.Facts.Text("type");
            string wire = node.Facts.Text("wire") ?? node.Wire ?? "String";
            if (said == type || (said is null && wire == "String"))
            {
                return;
            }

            if (said is not (null or "string") || wire != "String")
            {
                Report($"{node.Path} is typed {typed}, and each {Around(needed)} has {what} there", $"read as {what}");
            }

            node.Facts.Remove("type");
            if (wire != "String")
            {
                node.Facts.Set("wire", wire);
            }

            if (type is not null)
            {
                node.Facts.Set("type", type);
            }
        }

        // The runtime's states take any text, so that no job is lost: what the page lists is told, and left to them.
        void State()
        {
            if (node.Facts["enum"]?.List is not { } values || values.SequenceEqual(needed.Values))
            {
                return;
            }

            string[] missing = [.. needed.Values.Except(values)];
            string[] more = [.. values.Except(needed.Values)];
            if (missing.Length + more.Length > 0)
            {
                string[] said = [.. new[] { missing.Length == 0 ? "" : $"without {string.Join(", ", missing)}", more.Length == 0 ? "" : $"with {string.Join(", ", more)}" }.Where(s => s.Length > 0)];
                findings.Add(FindingClass.ValueContradiction, node.Line, $"{node.Path} is listed {string.Join(" and ", said)}", "left to the runtime, which takes any state");
            }

            Leave(s_ofEnums);
        }

        // The envelope has values, a default and conditions: those of the page come before them, and have to fit one another.
        void Values()
        {
            IReadOnlyList<string> values = node.Facts["enum"]?.List ?? needed.Values;
            if (node.Facts.Text("default") is { } own && own[0] != '(' && !values.Contains(own) && !node.Facts.Has("open"))
            {
                findings.Add(FindingClass.ValueContradiction, node.Line, $"the default of {node.Path} is {own}: none of {string.Join(", ", values)}", "left out");
                node.Leave("default");
            }

            if (needed.Asked.FirstOrDefault(a => !values.Contains(a)) is { } missing && !node.Facts.Has("open"))
            {
                findings.Add(FindingClass.ValueContradiction, node.Line, $"{node.Path} is one of {string.Join(", ", values)}, and each {Around(needed)} may be {missing}", "read as open");
                node.Facts.Set("open", "true");
            }
        }
    }

    private static string Around(EnvelopeNode node) => node.Parent switch
    {
        "Request" or "Request.Input" or "Request.Operation" => "request",
        "Response.JobsDetail" => "job",
        "Response.Template" => "template",
        _ => "response",
    };
}

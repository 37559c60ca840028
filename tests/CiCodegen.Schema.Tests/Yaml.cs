using CiCodegen.Tests;

namespace CiCodegen.Schema.Tests;

/// <summary>Short schemas for tests.</summary>
internal static class Yaml
{
    /// <summary>A Tag whose request's Operation has some nodes, written with an indentation of none.</summary>
    public static string Tag(string operationNodes, string name = "Probe", string rules = "")
        => $"kind: tag\ntag: {name}\nrequest:\n  nodes:\n    Operation:\n      nodes:\n{Indent(operationNodes, 8)}{(rules.Length == 0 ? "" : $"      rules:\n{Indent(rules, 8)}")}";

    public static string Indent(string text, int spaces)
        => string.Concat(text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => new string(' ', spaces) + line + "\n"));

    /// <summary>Binds some files together with the bundled shared ones.</summary>
    public static SchemaSet Load(params (string Path, string Text)[] files)
        => SchemaSet.Load(
            files.Select(f => new SchemaText(f.Path, f.Text))
                .Append(new SchemaText("shared/Envelope.ci.yaml", Repository.SchemaFile("shared/Envelope.ci.yaml"), IsBundled: true))
                .Append(new SchemaText("shared/JobStructures.ci.yaml", Repository.SchemaFile("shared/JobStructures.ci.yaml"), IsBundled: true)),
            CancellationToken.None);

    /// <summary>Binds one Tag that has no problem.</summary>
    public static TagModel Bind(string text)
    {
        SchemaSet set = Load(("probe.ci.yaml", text));
        Assert.Empty(set.Problems);
        return Assert.Single(set.Tags);
    }

    /// <summary>The only problem of a file.</summary>
    public static SchemaProblem Problem(string text) => Assert.Single(Load(("probe.ci.yaml", text)).Problems);

    public static NodeModel Node(this TagModel tag, string path)
    {
        string[] segments = path.Split('.');
        NodeModel node = segments[0] == "Request" ? tag.Request : tag.Response;
        return segments.Skip(1).Aggregate(node, (n, s) => n.Child(s) ?? throw new InvalidOperationException($"'{path}' has no '{s}'."));
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using CiCodegen.Schema.Yaml;
using CiCodegen.Tests;

namespace CiCodegen.Schema.Tests;

/// <summary>YAML from outside: the official cases and hostile ones. A subset may refuse; it refuses what is invalid, never fails, and reads what it accepts right.</summary>
public sealed class OutsideYamlTests
{
    private static readonly TimeSpan s_limit = TimeSpan.FromSeconds(10);

    [Theory]
    [InlineData("yaml", 90, 0)]
    [InlineData("yaml-suite", 400, 120)]
    public void EveryFile_IsRefusedWithAPlaceOrReadRight(string folder, int leastFiles, int leastRead)
    {
        List<string> wrong = [];
        int files = 0;
        int read = 0;
        foreach ((string file, string text, JsonElement test) in Cases(folder))
        {
            files++;
            Stopwatch watch = Stopwatch.StartNew();
            ProblemList problems = new(file);
            YamlNode? root = YamlReader.Read(text, problems, CancellationToken.None);
            SchemaProblem[] found = [.. problems.ToArray()];
            if (watch.Elapsed > s_limit)
            {
                wrong.Add($"{file}: took {watch.Elapsed}");
            }

            if (root is null || found.Length > 0)
            {
                wrong.AddRange(found.Length == 0 || found.Any(p => p.Span.Line < 1 || p.Span.Column < 1) ? [$"{file}: refused without a place"] : []);
            }
            else if (test.GetProperty("generic").GetString() == "reject")
            {
                wrong.Add($"{file}: is no YAML and was read");
            }
            else if (test.TryGetProperty("documents", out JsonElement documents) && documents.ValueKind == JsonValueKind.Array)
            {
                read++;
                wrong.AddRange(documents.GetArrayLength() == 1 && Equal(documents[0], root) ? [] : [$"{file}: was read as something else"]);
            }
        }

        Assert.True(wrong.Count == 0, string.Join("\n", wrong));
        Assert.True(files >= leastFiles && read >= leastRead, $"{files} files, of which {read} were compared");
    }

    [Theory]
    [InlineData("yaml")]
    [InlineData("yaml-suite")]
    public void WhatMustNotBeASchema_IsADiagnostic(string folder)
    {
        List<string> wrong = [];
        foreach ((string file, string text, JsonElement test) in Cases(folder))
        {
            ParseResult result = SchemaParser.Parse(new SchemaText(file, text), CancellationToken.None);
            bool mustRefuse = test.GetProperty("expect").GetString() == "diagnostic" || test.GetProperty("generic").GetString() == "reject";
            if (mustRefuse && !result.Problems.Any(p => p.Descriptor.Severity == ProblemSeverity.Error && p.Span.Line >= 1))
            {
                wrong.Add(file);
            }
        }

        Assert.Empty(wrong);
    }

    /// <summary>The outside files speak a language of rows; what they try is tried in ours.</summary>
    [Fact]
    public void WhatLooksLikeAnotherType_StaysText()
    {
        int count = 0;
        foreach ((string file, string _, JsonElement test) in Cases("yaml").Where(c => c.Test.GetProperty("group").GetString() == "norway"))
        {
            string raw = test.GetProperty("raw").GetString()!;
            SchemaSet set = Yaml.Load((file, Yaml.Tag($"A: {{ default: {raw}, unit: {raw}, summary: {raw}, enum: [{raw}, other] }}\nB: {{ const: {raw} }}")));
            Assert.Empty(set.Problems);
            NodeModel node = set.Tags.Single().Node("Request.Operation.A");
            Assert.Equal((raw, raw, raw, raw), (node.Default, node.Unit, node.Summary, node.Enum!.Values[0].Text));
            Assert.Equal(raw, set.Tags.Single().Node("Request.Operation.B").Const);
            count++;
        }

        Assert.True(count >= 16, $"only {count} cases were found");
    }

    /// <summary>A case of the group <c>semantic</c>, in our language.</summary>
    [Theory]
    [InlineData("sem-parent-self", "A: { sameAs: Request.Operation.A }")]
    [InlineData("sem-duplicate-row-types", "A: {}\nA: { type: int }")]
    [InlineData("sem-type-missing", "A: { type: }")]
    [InlineData("sem-name-missing", "'': { type: string }")]
    [InlineData("sem-default-not-in-enum", "A: { enum: [a, b], default: c }")]
    public void WhatMakesNoSense_IsADiagnostic(string id, string nodes)
    {
        SchemaSet set = Yaml.Load(("probe.ci.yaml", Yaml.Tag(nodes)));
        Assert.NotEmpty(set.Problems);
        Assert.All(set.Problems, p => Assert.True(p.Span.Line >= 7, $"{id}: {p}"));
    }

    private static IEnumerable<(string File, string Text, JsonElement Test)> Cases(string folder)
    {
        Assert.SkipWhen(Repository.Shared is null, "CICODEGEN_SHARED names no folder: the outside YAML cases are not here.");
        string root = Path.Combine(Repository.Shared!, "hostile", folder);
        using JsonDocument manifest = JsonDocument.Parse(File.ReadAllText(Path.Combine(root, "manifest.json")));
        foreach (JsonElement test in manifest.RootElement.GetProperty("tests").EnumerateArray())
        {
            string file = test.GetProperty("file").GetString()!;
            yield return (file, File.ReadAllText(Path.Combine(root, file)), test);
        }
    }

    private static bool Equal(JsonElement expected, YamlNode node) => (expected.ValueKind, node) switch
    {
        (JsonValueKind.Object, YamlMap map) => expected.EnumerateObject().Count() == map.Entries.Count
            && map.Entries.All(e => expected.TryGetProperty(e.Key.Text, out JsonElement value) && Equal(value, e.Value)),
        (JsonValueKind.Array, YamlSequence list) => expected.GetArrayLength() == list.Items.Count
            && list.Items.Zip(expected.EnumerateArray(), (item, value) => Equal(value, item)).All(e => e),
        (JsonValueKind.String, YamlScalar text) => expected.GetString() == text.Text,
        (JsonValueKind.Null, YamlScalar { IsQuoted: false } text) => text.Text is "" or "~" or "null" or "Null" or "NULL",
        (JsonValueKind.True or JsonValueKind.False, YamlScalar { IsQuoted: false } text) => text.Text.Equals(expected.GetRawText(), StringComparison.OrdinalIgnoreCase),
        (JsonValueKind.Number, YamlScalar { IsQuoted: false } text) => SameNumber(expected.GetDouble(), text.Text),
        _ => false,
    };

    private static bool SameNumber(double expected, string text)
    {
        double value = text.StartsWith("0x", StringComparison.Ordinal) ? long.Parse(text[2..], NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture)
            : text.StartsWith("0o", StringComparison.Ordinal) ? Convert.ToInt64(text[2..], 8)
            : double.Parse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Float, CultureInfo.InvariantCulture);
        return value == expected;
    }
}

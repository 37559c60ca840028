using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using CiCodegen.Schema.Yaml;
using CiCodegen.Tests;
using NJsonSchema;
using NJsonSchema.Validation;

namespace CiCodegen.Schema.Tests;

public sealed class JsonSchemaTests
{
    private static readonly string s_text = Repository.SchemaFile("ci-schema.json");

    [Fact]
    public async Task EveryBundledFile_SatisfiesTheJsonSchema()
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(s_text);
        int count = 0;
        foreach (string file in Repository.SchemaFiles)
        {
            ICollection<ValidationError> errors = schema.Validate(ToJson(File.ReadAllText(file)).ToJsonString());
            Assert.True(errors.Count == 0, $"{file}: {string.Join("; ", errors)}");
            count++;
        }

        Assert.True(count >= 4);
    }

    [Theory]
    [InlineData("kind: tga\ntag: A\n")]
    [InlineData("kind: tag\n")]
    [InlineData("kind: tag\ntag: A\nfamilly: media\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: { tpye: int } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: { type: Sting } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { '9b': {} } }\n")]
    [InlineData("kind: correction\ntag: A\ncorrections: [{ remove: Request.A, source: s }]\n")]
    public async Task WhatTheParserRefuses_TheJsonSchemaRefusesToo(string text)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(s_text);
        Assert.NotEmpty(schema.Validate(ToJson(text).ToJsonString()));
        Assert.NotEmpty(SchemaParser.Parse(new SchemaText("p.ci.yaml", text), CancellationToken.None).Problems);
    }

    [Fact]
    public void JsonSchema_KnowsTheKeysAndRulesOfTheLanguage()
    {
        using JsonDocument schema = JsonDocument.Parse(s_text);
        JsonElement definitions = schema.RootElement.GetProperty("definitions");
        Assert.Equal(
            FactKeys.All.Select(k => k.Key).Append("nodes").Append("rules"),
            definitions.GetProperty("node").GetProperty("properties").EnumerateObject().Select(p => p.Name));
        Assert.Equal(FactKeys.RuleKinds, definitions.GetProperty("rules").GetProperty("items").GetProperty("properties").EnumerateObject().Select(p => p.Name).Except(["when"]));
        Assert.Equal(FactKeys.Types, definitions.GetProperty("node").GetProperty("properties").GetProperty("type").GetProperty("enum").EnumerateArray().Select(v => v.GetString()!));
    }

    [Fact]
    public void SchemaReadme_HasALineForEveryKeyAndRule()
    {
        string readme = Repository.SchemaFile("README.md");
        Assert.All(FactKeys.All.Select(k => k.Key).Concat(FactKeys.RuleKinds), key => Assert.Contains($"| `{key}` |", readme, StringComparison.Ordinal));
    }

    /// <summary>YAML as an editor sees it: plain scalars that look like numbers or booleans are such.</summary>
    private static JsonNode ToJson(string text)
    {
        ProblemList problems = new("p.ci.yaml");
        YamlNode root = YamlReader.Read(text, problems, CancellationToken.None)!;
        Assert.Empty(problems.ToArray());
        return Convert(root)!;
    }

    private static JsonNode? Convert(YamlNode node) => node switch
    {
        YamlMap map => new JsonObject(map.Entries.Select(e => KeyValuePair.Create(e.Key.Text, Convert(e.Value)))),
        YamlSequence sequence => new JsonArray([.. sequence.Items.Select(Convert)]),
        YamlScalar { IsQuoted: true } quoted => JsonValue.Create(quoted.Text),
        YamlScalar { Text: "" } => null,
        YamlScalar { Text: "true" or "false" } flag => JsonValue.Create(flag.Text == "true"),
        YamlScalar number when long.TryParse(number.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) => JsonValue.Create(value),
        YamlScalar plain => JsonValue.Create(plain.Text),
        _ => throw new InvalidOperationException(node.ToString()),
    };
}

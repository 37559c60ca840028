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
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { enumWhen: x } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { enumWhen: [] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { enumWhen: [{ when: B }] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { enumWhen: [{ when: B, enum: [x], then: y }] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { defaultWhen: [{ value: x }] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { rangeWhen: [{ when: B, range: 5 }] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { lengthWhen: [{ when: B, maxLength: x }] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { special: [] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { type: int, multipleOf: 0 } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { fileExt: [.mp4] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { fileExt: { mp4: x } } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { wildcards: [] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { except: {} } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { written: [x] } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { charset: '' } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { member: small } } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, 'A*B': {} } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, '**': {} } }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, A: { validWhen: [B] } } }\n")]
    [InlineData("kind: shared\nsummaries: [A]\n")]
    [InlineData("kind: shared\nsummaries: { A: [x] }\n")]
    [InlineData("kind: shared\nsummaries: { A..B: x }\n")]
    [InlineData("kind: page\n")]
    [InlineData("kind: page\npage: { id: p }\nenvelope: jobs\n")]
    [InlineData("kind: page\npage: p\n")]
    [InlineData("kind: page\npage: { id: p }\nhttp: template\n")]
    [InlineData("kind: tag\ntag: A\nsource: air\n")]
    [InlineData("kind: correction\ncorrections: []\n")]
    [InlineData("kind: correction\ntag: A\npage: p\ncorrections: []\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, C: {} }, rules: [{ requires: [B] }] }\n")]
    [InlineData("kind: tag\ntag: A\nrequest: { nodes: { B: {}, C: {} }, rules: [{ requires: [B, C], where: x }] }\n")]
    [InlineData("kind: correction\ntag: A\ncorrections: [{ remove: Request.A, source: s }]\n")]
    public async Task WhatTheParserRefuses_TheJsonSchemaRefusesToo(string text)
    {
        JsonSchema schema = await JsonSchema.FromJsonAsync(s_text);
        Assert.NotEmpty(schema.Validate(ToJson(text).ToJsonString()));
        Assert.NotEmpty(Yaml.Load(("p.ci.yaml", text)).Problems);
    }

    [Fact]
    public async Task EveryKeyOfTheLanguage_SatisfiesTheJsonSchema_AsItDoesTheParser()
    {
        string tag = Yaml.Tag(
            """
            A: { type: enum, wire: String, required: B || !C, enum: [x, 1, true], enumName: AnEnum, enumWhen: [{ when: B, enum: [x] }, { when: 'C > 1', enum: x }], special: { -1: none }, open: true, default: (it depends) }
            B: { const: 5, type: int, range: '[1, 5)', rangeWhen: [{ when: C, range: '(0, end]' }], multipleOf: 0.5, unit: px, member: Bee, defaultWhen: [{ when: C, value: 5 }] }
            C: { type: decimal, special: [auto, 1], many: false }
            D: { many: true, minLength: 1, maxLength: 5, lengthWhen: [{ when: B, maxLength: 3 }], charset: 'a-z', pattern: '[a-z]+', fileExt: mp4, wildcards: '${x}', minItems: 1, maxItems: 2 }
            E: { summary: 5, meaningfulWhen: A, effectiveWhen: A, ineffectiveWhen: A, unsupportedWhen: A, presentWhen: A, overrides: x, validWhen: D, written: Request.E, refersTo: x }
            F: { use: CallBackMqConfig, except: [MqMode], shape: TheF }
            G: { sameAs: Request.Operation.F, nodes: { More: } }
            H_*: { nodes: { '*': {} } }
            """.Replace("special: [auto, 1]", "special: [2, 1]", StringComparison.Ordinal),
            rules: "- requires: [A, B]\n  when: C\n- atLeastOne: [A, H_*]\n- prefer: [A, B, D]");
        const string Page = "kind: page\npage: { id: p, date: 2020-01-01 }\ntag: Probe\noperation: CreateTemplate\nhttp: DELETE /template\nparameters: { nodes: { ids: {} } }\nrequest: { nodes: { A: { sameAs: 'q#Request.Operation' } } }\nresponse: {}\n";
        const string Shared = "kind: shared\npage: { id: s }\nshapes: { S: { nodes: { A: {} } } }\nsummaries: { S: x, A.X-b: y, Operation.*: z }\n";
        const string Correction = "kind: correction\npage: p\ncorrections:\n  - remove: Request.A\n    rules: [{ exclusive: [X, Y], when: Z }]\n    reason: r\n    source: s\n";
        JsonSchema schema = await JsonSchema.FromJsonAsync(s_text);
        foreach (string text in new[] { tag, Page, Shared, Correction, "kind: tag\ntag: A\nsource: wire\n" })
        {
            ICollection<ValidationError> errors = schema.Validate(ToJson(text).ToJsonString());
            Assert.True(errors.Count == 0, $"{text}: {string.Join("; ", errors)}");
            Assert.Empty(SchemaParser.Parse(new SchemaText("p.ci.yaml", text), CancellationToken.None).Problems);
        }

        Assert.All(FactKeys.All.Where(k => k.Key is not (FactKeys.Runtime or FactKeys.OptIn)), k => Assert.Contains(k.Key + ":", tag, StringComparison.Ordinal));
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
        YamlScalar number when decimal.TryParse(number.Text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal value) => JsonValue.Create(value),
        YamlScalar plain => JsonValue.Create(plain.Text),
        _ => throw new InvalidOperationException(node.ToString()),
    };
}

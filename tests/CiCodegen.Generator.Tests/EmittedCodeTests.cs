using CiCodegen.Tests;

namespace CiCodegen.Generator.Tests;

public sealed class EmittedCodeTests
{
    [Fact]
    public void BundledTags_CompileWithoutAWarning()
        => GeneratorRun.Of([.. Repository.SchemaFiles.Where(f => Path.GetFileName(f) is not ("Envelope.ci.yaml" or "JobStructures.ci.yaml")).Select(f => ("bundled/" + Path.GetFileName(Path.GetDirectoryName(f)) + "/" + Path.GetFileName(f), File.ReadAllText(f)))]).IsClean();

    [Theory]
    [InlineData("scalar", "A: { type: int, range: '[1, 5)', default: 2, unit: px }\nB: { type: long }\nC: { type: decimal, range: '(0, 1.5]' }\nD: { type: bool, required: true }\nE: { type: time }\nF: { const: x }\nG: { maxLength: 5, minLength: 1, charset: printable-ascii }")]
    [InlineData("enum", "A: { enum: [low, h.264, '2'], default: low }\nB: { enum: [x], open: true }\nC: { enum: [x, y], many: true, minItems: 1, maxItems: 3 }")]
    [InlineData("many", "A: { many: true, maxItems: 2 }\nB: { type: int, many: true, range: '[0, 9]' }\nC: { type: bool, many: true }\nP: { many: true, nodes: { Q: { many: true, nodes: { X: {} } } } }")]
    [InlineData("condition", "A: { enum: [x, y], default: x }\nB: { required: A == y }\nC: { required: 'A != x && D || !B' }\nD: { type: bool }\nP: { nodes: { N: { type: int } } }\nE: { required: P.N == 3 }")]
    [InlineData("when", "Codec: { enum: [aac, mp3], special: [copy] }\nA: { enumWhen: [{ when: Codec == aac, enum: [x, y] }, { when: B, enum: [z] }], defaultWhen: [{ when: Codec == aac, value: x }] }\nB: { validWhen: A == x }\nC: { type: int, range: '[0, 9]', special: { -99: none }, rangeWhen: [{ when: 'Codec in aac, mp3', range: '[1, 2]' }], multipleOf: 2 }\nD: { special: [auto], range: '[1, 9]' }\nE: { lengthWhen: [{ when: C >= 3, maxLength: 4 }], pattern: '[a-z]+', charset: 'a-z_', fileExt: [mp4], wildcards: ['${Ext}'] }")]
    [InlineData("above", "Codec: {}\nP: { nodes: { A: { required: Codec == x }, Q: { many: true, nodes: { C: {}, B: { enumWhen: [{ when: Codec == y && A, enum: [z] }] } }, rules: [{ exclusive: [B, C], when: A }] } } }")]
    [InlineData("map", "T_*: { nodes: { A: {} } }\nL_*: { many: true, nodes: { A: {} } }\nI_*: { type: int, range: '[1, 3]' }\nE_*: { enum: [x, y], many: true }\n'*': {}")]
    [InlineData("names", "class: {}\nstring: { type: int }\nsentence_list: {}\nX-SheetPics: {}\nRead: {}\nProbeOperation: {}")]
    public void Feature_MatchesItsSnapshot(string name, string nodes)
    {
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenNamespace"] = "Probe" }, ("probe.ci.yaml", Tag(nodes))).IsClean();
        foreach (string part in new[] { "Models", "Methods" })
        {
            Snapshot.Match(run.Source($"Probe.{part}.g.cs"), $"{name}.{part}");
        }
    }

    [Fact]
    public void Rules_MatchTheirSnapshot()
    {
        string rules = "      rules:\n        - atLeastOne: [A, B]\n        - exactlyOne: [A, B]\n        - exclusive: [A, B]\n        - notAllFalse: [C, D]\n        - prefer: [A, B]\n        - requires: [A, B]\n          when: C == true\n";
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenNamespace"] = "Probe" }, ("probe.ci.yaml", Tag("A: {}\nB: { many: true }\nC: { type: bool, default: true }\nD: { type: bool }") + rules)).IsClean();
        Snapshot.Match(run.Source("Probe.Methods.g.cs"), "rules");
    }

    [Theory]
    [InlineData("\"; System.Environment.Exit(1); //")]
    [InlineData("*/ class Evil { } /*")]
    [InlineData("</summary><inheritdoc cref=\"x\"/>")]
    [InlineData("<![CDATA[")]
    [InlineData("a & b < c")]
    [InlineData("{{ date.now }} {0} {System.Environment.Exit(1)}")]
    [InlineData("one\ntwo\u2028three")]
    [InlineData("`code` and `half")]
    [InlineData("\\u0022; Evil(); //")]
    [InlineData("#if false")]
    public void HostileText_StaysText(string text)
    {
        string quoted = "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal).Replace("\u2028", "\\L", StringComparison.Ordinal) + "\"";
        GeneratorRun run = GeneratorRun.Of(("probe.ci.yaml", Tag($"A: {{ summary: {quoted}, unit: {quoted}, default: {quoted}, const: {quoted}, overrides: {quoted}, meaningfulWhen: {quoted} }}\nB: {{ enum: [{quoted}] }}"))).IsClean();
        Assert.Contains(new[] { "Probe.Models.g.cs" }, h => run.Source(h).Contains("Node <c>A</c>", StringComparison.Ordinal));
        Assert.DoesNotContain(run.Output.GetSymbolsWithName("Evil"), _ => true);
    }

    /// <summary>The outside files speak a language of rows; what they smuggle in is tried in every place of ours.</summary>
    [Fact]
    public void OutsideInjections_StayText()
    {
        Assert.SkipWhen(Repository.Shared is null, "CICODEGEN_SHARED names no folder: the outside cases are not here.");
        using System.Text.Json.JsonDocument manifest = System.Text.Json.JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Shared!, "hostile", "yaml", "manifest.json")));
        string[] payloads = [.. manifest.RootElement.GetProperty("tests").EnumerateArray().Where(t => t.TryGetProperty("payload", out _)).Select(t => t.GetProperty("payload").GetString()!).Distinct()];
        Assert.True(payloads.Length >= 20, $"only {payloads.Length} were found");
        foreach (string payload in payloads)
        {
            string quoted = System.Text.Json.JsonSerializer.Serialize(payload);
            foreach (string nodes in new[]
            {
                $"{quoted}: {{}}",
                $"A: {{ summary: {quoted}, unit: {quoted}, default: {quoted}, overrides: {quoted}, written: {quoted}, presentWhen: {quoted}, special: {{ x: {quoted} }} }}",
                $"A: {{ enum: [{quoted}] }}\nB: {{ const: {quoted}, enumWhen: [{{ when: A, enum: [{quoted}] }}], wildcards: [{quoted}] }}",
                $"A: {{ pattern: {quoted} }}",
                $"A: {{ charset: {quoted} }}",
                $"A: {{ shape: {quoted}, member: {quoted}, nodes: {{ B: {{}} }} }}",
                $"A: {{}}\nB: {{ required: {System.Text.Json.JsonSerializer.Serialize("A == '" + payload.Replace("'", "''", StringComparison.Ordinal) + "'")} }}",
            })
            {
                GeneratorRun run = GeneratorRun.Of(("probe.ci.yaml", Tag(nodes)));
                Assert.All(run.Diagnostics, d => Assert.StartsWith("CICG", d.Id, StringComparison.Ordinal));
                Assert.DoesNotContain(run.Diagnostics, d => d.Id == "CICG0001");
                run.Compiles();
                Assert.DoesNotContain(run.Output.GetSymbolsWithName("Evil"), _ => true);
            }
        }
    }

    [Fact]
    public void SharedStructureWithAnEnum_IsEmittedOnceForAllTags()
    {
        const string Shapes = "kind: shared\nshapes:\n  S: { nodes: { Mode: { enum: [x, y], required: Kind == a }, Many: { many: true, nodes: { Kind: { enum: [p] } } }, Kind: {} } }\n";
        GeneratorRun run = GeneratorRun.Of(("a.ci.yaml", Tag("P: { use: S }", "One")), ("b.ci.yaml", Tag("Q: { use: S, nodes: { More: { enum: [z] } } }\nR: { use: S }", "Two")), ("s.ci.yaml", Shapes)).IsClean();
        Assert.Contains("record struct SMode", run.Source("_Shared.Models.g.cs"), StringComparison.Ordinal);
        Assert.Contains("record struct SManyKind", run.Source("_Shared.Models.g.cs"), StringComparison.Ordinal);
    }

    [Fact]
    public void TextOfEveryPlane_ReachesTheDocs()
        => Assert.Contains("A \U0001F600 face.", GeneratorRun.Of(("probe.ci.yaml", Tag("A: { summary: \"A \U0001F600 face.\" }"))).IsClean().Source("Probe.Models.g.cs"), StringComparison.Ordinal);

    [Theory]
    [InlineData("A: { enum: [Low, Text, Known, Equals, GetHashCode, '0', '-1'], enumName: Low }")]
    [InlineData("A: { enum: [clone, copy, deconstruct, PrintMembers] }\nB: { enum: { 1: op_Implicit, 2: get_Text, 3: op_Equality, 4: get_Known, 5: EqualityContract } }")]
    [InlineData("A: { shape: System, nodes: { B: { many: true } } }\nC: { shape: CiCodegen, nodes: { B: { enum: [x] } } }")]
    [InlineData("URL: { many: true }\nUrl: { many: true }\n_1x: { many: true }\na.b: { many: true }")]
    [InlineData("A: { type: long, range: '[-9223372036854775808, 9223372036854775807]' }\nB: { type: decimal, range: '(-0.000001, 99999999999999999999)' }\nC: { type: int, range: '[0, 4294967296]' }\nD: { type: int, range: '[0.5, 2.5]' }")]
    [InlineData("A: { required: B == 1.50 }\nB: { type: decimal, default: 1 }\nC: { required: D == 5 }\nD: { type: long }\nE: { required: F }\nF: { type: bool }\nG: { required: F == true || H }\nH: { many: true, nodes: { X: {} } }")]
    [InlineData("A: { type: int, const: 5 }\nB: { type: bool, const: true }\nC: { enum: [x], const: x }\nD: { many: true, const: x }\nE: { many: true, minLength: 1, charset: printable-ascii }\nF: { type: bool, many: true, required: true }")]
    [InlineData("A: { type: int, special: [-1, 0, 5], range: '[0, 4294967296]', multipleOf: 3, enumWhen: [{ when: B == 1.5, enum: [1, '01', 2] }] }\nB: { type: decimal, multipleOf: 0.5, const: 1.50, enumWhen: [{ when: A > 4294967296, enum: [1.0, 1] }] }\nC: { type: long, many: true, const: 1, multipleOf: 9223372036854775807, special: [-99] }")]
    [InlineData("A: { type: bool, const: true, enumWhen: [{ when: B, enum: ['true'] }] }\nB: { type: bool, many: true, enumWhen: [{ when: A == true, enum: ['true'] }] }\nC: { enum: [x], many: true, special: [y], enumWhen: [{ when: A == true, enum: [x] }] }\nD: { special: [x, y], rangeWhen: [{ when: A == true, range: '[0, video duration]' }] }\nE: { special: ['1'], range: '(0, end)', multipleOf: 0.1, many: true }")]
    [InlineData("A: { defaultWhen: [{ when: B == x, value: y }] }\nB: { defaultWhen: [{ when: A == y, value: x }], required: A == y }\nC: { type: int, defaultWhen: [{ when: A, value: 3 }] }\nD: { required: C > 2 && (B == x || !A) }\nE: { type: bool, defaultWhen: [{ when: A, value: true }], validWhen: 'C < 5' }\nF: { required: E == true }")]
    [InlineData("'*': { many: true, type: time }\nA_*: { type: bool, many: true, const: false }\nA_B_*: { many: true, enum: [x] }\nA_B: { member: Ab }\nC_*: { use: CallBackMqConfig }\nD_*: { nodes: { '*': { nodes: { '*': {} } } } }\nE_*: { many: true, pattern: 'a|b', required: A_B == x, minItems: 1, maxItems: 2 }")]
    [InlineData("A: { pattern: '\"[^\"]\\d{1,3}$|^x', charset: '\\[\\]\\\\\\^a-z\u4e00-\u9fa5', fileExt: [mp4] }")]
    [InlineData("A: {}\nP_*: { many: true, nodes: { B: { required: A }, C_*: { type: int, rangeWhen: [{ when: A && B, range: '[1, 2]' }] }, D: { many: true, enumWhen: [{ when: A == x, enum: [y] }] }, Q: { nodes: { F: {}, E_*: { many: true, lengthWhen: [{ when: A, maxLength: 1 }] } }, rules: [{ requires: [E_*, F], when: B }] } } }")]
    [InlineData("object: {}\nint: {}\nvalue: {}\nreader: {}\nwriter: {}\ncontext: {}\nchild: {}\nitem: { many: true, maxLength: 2 }\nt0: { enum: [x] }")]
    public void OddButLegalSchema_CompilesWithoutAWarning(string nodes)
        => GeneratorRun.Of(("probe.ci.yaml", Tag(nodes))).IsClean();

    [Fact]
    public void Output_IsTheSameUnderEveryCultureAndOrder()
    {
        string Emit(string culture, bool reversed)
        {
            System.Globalization.CultureInfo old = System.Globalization.CultureInfo.CurrentCulture;
            try
            {
                System.Globalization.CultureInfo.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo(culture);
                if (culture == "tr-TR")
                {
                    Assert.Equal("ı", "I".ToLower(System.Globalization.CultureInfo.CurrentCulture));
                }

                (string, string)[] files = [("i.ci.yaml", Tag("Id: { type: decimal, range: '[-1.5, 2]' }", "Ident")), ("p.ci.yaml", Tag("A: { enum: [iI, x] }"))];
                GeneratorRun run = GeneratorRun.Of(reversed ? [.. files.Reverse()] : files).Compiles();
                return string.Join("\n", run.Result.GeneratedSources.OrderBy(s => s.HintName, StringComparer.Ordinal).Select(s => s.HintName + "\n" + s.SourceText));
            }
            finally
            {
                System.Globalization.CultureInfo.CurrentCulture = old;
            }
        }

        string expected = Emit("", reversed: false);
        Assert.Equal(expected, Emit("tr-TR", reversed: true));
        Assert.Equal(expected, Emit("fi-FI", reversed: false));
        Assert.DoesNotContain('\r', expected);
    }

    [Fact]
    public void HintNames_AreShortAsciiAndUnique()
    {
        GeneratorRun run = GeneratorRun.Of(("p.ci.yaml", Tag("A: {}", "Shared")));
        string[] names = [.. run.Result.GeneratedSources.Select(s => s.HintName)];
        Assert.All(names, n => Assert.True(n.Length <= 80 && n.All(char.IsAscii), n));
        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    private static string Tag(string nodes, string name = "Probe")
        => $"kind: tag\ntag: {name}\nrequest:\n  nodes:\n    Operation:\n      nodes:\n" + string.Concat(nodes.Split('\n').Select(l => "        " + l + "\n"));
}

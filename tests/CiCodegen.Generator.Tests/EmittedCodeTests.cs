using CiCodegen.Tests;

namespace CiCodegen.Generator.Tests;

public sealed class EmittedCodeTests
{
    [Fact]
    public void BundledTags_CompileWithoutAWarning()
        => GeneratorRun.Of([.. Repository.SchemaFiles.Where(f => !f.Contains("shared", StringComparison.Ordinal)).Select(f => ("bundled/" + Path.GetFileName(Path.GetDirectoryName(f)) + "/" + Path.GetFileName(f), File.ReadAllText(f)))]).IsClean();

    [Theory]
    [InlineData("scalar", "A: { type: int, range: '[1, 5)', default: 2, unit: px }\nB: { type: long }\nC: { type: decimal, range: '(0, 1.5]' }\nD: { type: bool, required: true }\nE: { type: time }\nF: { const: x }\nG: { maxLength: 5, minLength: 1, charset: printable-ascii }")]
    [InlineData("enum", "A: { enum: [low, h.264, '2'], default: low }\nB: { enum: [x], open: true }\nC: { enum: [x, y], many: true, minItems: 1, maxItems: 3 }")]
    [InlineData("many", "A: { many: true, maxItems: 2 }\nB: { type: int, many: true, range: '[0, 9]' }\nC: { type: bool, many: true }\nP: { many: true, nodes: { Q: { many: true, nodes: { X: {} } } } }")]
    [InlineData("condition", "A: { enum: [x, y], default: x }\nB: { required: A == y }\nC: { required: 'A != x && D || !B' }\nD: { type: bool }\nP: { nodes: { N: { type: int } } }\nE: { required: P.N == 3 }")]
    [InlineData("names", "class: {}\nstring: { type: int }\nsentence_list: {}\nX-SheetPics: {}\nRead: {}\nProbeOperation: {}")]
    public void Feature_MatchesItsSnapshot(string name, string nodes)
    {
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenNamespace"] = "Probe" }, ("probe.ci.yaml", Tag(nodes))).IsClean();
        foreach (string part in new[] { "Models", "Reader", "Writer", "Validator" })
        {
            Snapshot.Match(run.Source($"Probe.{part}.g.cs"), $"{name}.{part}");
        }
    }

    [Fact]
    public void Rules_MatchTheirSnapshot()
    {
        string rules = "      rules:\n        - atLeastOne: [A, B]\n        - exactlyOne: [A, B]\n        - exclusive: [A, B]\n        - notAllFalse: [C, D]\n        - prefer: [A, B]\n";
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenNamespace"] = "Probe" }, ("probe.ci.yaml", Tag("A: {}\nB: { many: true }\nC: { type: bool }\nD: { type: bool }") + rules)).IsClean();
        Snapshot.Match(run.Source("Probe.Validator.g.cs"), "rules");
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

    [Theory]
    [InlineData("A: { enum: [Low, Text, Known, Equals, GetHashCode, '0', '-1'], enumName: Low }")]
    [InlineData("A: { shape: System, nodes: { B: { many: true } } }\nC: { shape: CiCodegen, nodes: { B: { enum: [x] } } }")]
    [InlineData("URL: { many: true }\nUrl: { many: true }\n_1x: { many: true }\na.b: { many: true }")]
    [InlineData("A: { type: long, range: '[-9223372036854775808, 9223372036854775807]' }\nB: { type: decimal, range: '(-0.000001, 99999999999999999999)' }\nC: { type: int, range: '[0, 4294967296]' }\nD: { type: int, range: '[0.5, 2.5]' }")]
    [InlineData("A: { required: B == 1.50 }\nB: { type: decimal, default: 1 }\nC: { required: D == 5 }\nD: { type: long }\nE: { required: F }\nF: { type: bool }\nG: { required: F == true || H }\nH: { many: true, nodes: { X: {} } }")]
    [InlineData("A: { type: int, const: 5 }\nB: { type: bool, const: true }\nC: { enum: [x], const: x }\nD: { many: true, const: x }\nE: { many: true, minLength: 1, charset: printable-ascii }\nF: { type: bool, many: true, required: true }")]
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

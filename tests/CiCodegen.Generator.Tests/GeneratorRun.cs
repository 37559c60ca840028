using System.Collections;
using System.Collections.Immutable;
using System.Reflection;
using System.Text;
using Basic.Reference.Assemblies;
using CiCodegen.Runtime;
using CiCodegen.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Diagnostics;
using Microsoft.CodeAnalysis.Text;

namespace CiCodegen.Generator.Tests;

/// <summary>The one helper behind all generator tests: tests state schema texts and what they expect.</summary>
internal sealed class GeneratorRun
{
    /// <summary>The text of a file that fails when it is read.</summary>
    public const string Unreadable = "\0";

    private static readonly CSharpParseOptions s_parse = new(LanguageVersion.CSharp12, DocumentationMode.Diagnose);

    private readonly GeneratorDriver _driver;
    private readonly ImmutableArray<AdditionalText> _texts;

    private GeneratorRun(GeneratorDriver driver, Compilation compilation, ImmutableArray<AdditionalText> texts)
    {
        _texts = texts;
        _driver = driver.RunGeneratorsAndUpdateCompilation(compilation, out Compilation output, out _);
        Input = compilation;
        Output = output;
    }

    public Compilation Input { get; }

    public Compilation Output { get; }

    public GeneratorRunResult Result => _driver.GetRunResult().Results.Single();

    public ImmutableArray<Diagnostic> Diagnostics => Result.Diagnostics;

    public string Source(string hintName) => Result.GeneratedSources.Single(s => s.HintName == hintName).SourceText.ToString();

    /// <summary>The bundled shared files with some of one's own.</summary>
    public static GeneratorRun Of(params (string Path, string Text)[] files) => With([], files);

    public static GeneratorRun With(Dictionary<string, string> properties, params (string Path, string Text)[] files)
    {
        ImmutableArray<AdditionalText> texts =
        [
            .. files.Select(f => new MemoryText(f.Path, f.Text)),
            .. new[] { "shared/Envelope.ci.yaml", "shared/JobStructures.ci.yaml" }.Select(p => new MemoryText("bundled/" + p, Repository.SchemaFile(p))),
        ];
        CSharpCompilation compilation = CSharpCompilation.Create(
            "Probe", [CSharpSyntaxTree.ParseText("namespace Probe; internal static class Program;", s_parse, "Program.cs")],
            [.. Net100.References.All, MetadataReference.CreateFromFile(typeof(CiTag).Assembly.Location)],
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable, generalDiagnosticOption: ReportDiagnostic.Error));
        GeneratorDriver driver = CSharpGeneratorDriver.Create(
            [new CiGenerator().AsSourceGenerator()], texts, s_parse, new Options(properties),
            new GeneratorDriverOptions(IncrementalGeneratorOutputKind.None, trackIncrementalGeneratorSteps: true));
        return new GeneratorRun(driver, compilation, texts).SecondRunIsCached();
    }

    /// <summary>A second run over the same input has nothing to do, in any step; every test passes through here.</summary>
    private GeneratorRun SecondRunIsCached()
    {
        GeneratorRun second = Again();
        foreach (string step in TrackingNames.All.Where(second.Result.TrackedSteps.ContainsKey))
        {
            string reasons = second.Reasons(step);
            Assert.False(reasons.Contains("New", StringComparison.Ordinal) || reasons.Contains("Modified", StringComparison.Ordinal), $"{step}: {reasons}");
        }

        return this;
    }

    /// <summary>Runs again after a change of one file.</summary>
    public GeneratorRun Edit(string path, Func<string, string> edit)
    {
        AdditionalText old = _texts.Single(t => t.Path == path);
        MemoryText changed = new(path, edit(old.GetText()!.ToString()));
        return new GeneratorRun(_driver.ReplaceAdditionalText(old, changed), Input, _texts.Replace(old, changed));
    }

    /// <summary>Runs again without one file.</summary>
    public GeneratorRun Remove(string path)
    {
        AdditionalText old = _texts.Single(t => t.Path == path);
        return new GeneratorRun(_driver.RemoveAdditionalTexts([old]), Input, _texts.Remove(old));
    }

    /// <summary>Runs again with one file more.</summary>
    public GeneratorRun Add(string path, string text)
    {
        MemoryText added = new(path, text);
        return new GeneratorRun(_driver.AddAdditionalTexts([added]), Input, _texts.Add(added));
    }

    /// <summary>Runs again after a change of C#.</summary>
    public GeneratorRun EditCode()
        => new(_driver, Input.AddSyntaxTrees(CSharpSyntaxTree.ParseText("namespace Probe; internal static class Other;", s_parse, "Other.cs")), _texts);

    /// <summary>Runs again with nothing changed.</summary>
    public GeneratorRun Again() => new(_driver, Input, _texts);

    /// <summary>What became of a step's outputs, as counts: <c>2 Cached, 1 Modified</c>.</summary>
    public string Reasons(string step)
    {
        Assert.True(Result.TrackedSteps.TryGetValue(step, out ImmutableArray<IncrementalGeneratorRunStep> runs), $"The step '{step}' never ran.");
        return string.Join(", ", runs.SelectMany(r => r.Outputs).GroupBy(o => o.Reason).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));
    }

    /// <summary>How many files a step's only output holds.</summary>
    public int Count(string step) => Result.TrackedSteps[step].SelectMany(r => r.Outputs).Select(o => o.Value).OfType<IEnumerable<CiCodegen.Schema.SchemaDocument>>().Single().Count();

    /// <summary>What became of the emitted sources.</summary>
    public string OutputReasons()
        => string.Join(", ", Result.TrackedOutputSteps.SelectMany(p => p.Value).SelectMany(r => r.Outputs).GroupBy(o => o.Reason).OrderBy(g => g.Key.ToString(), StringComparer.Ordinal).Select(g => $"{g.Count()} {g.Key}"));

    /// <summary>Nothing to report, every step ran and keeps nothing it must not, and what was emitted compiles without a warning.</summary>
    public GeneratorRun IsClean()
    {
        Assert.Empty(Diagnostics);
        Compiles();
        HoldsNoRoslyn();
        foreach (string step in TrackingNames.All)
        {
            Assert.NotEmpty(Reasons(step));
        }

        return this;
    }

    public GeneratorRun Compiles()
    {
        Assert.Empty(Output.GetDiagnostics().Where(d => d.Severity != DiagnosticSeverity.Hidden).Select(d => d.ToString()));
        return this;
    }

    /// <summary>What the compiler says of emitted code with code that uses it: its errors and warnings, for the namespace <c>Probe.CiJobs</c>.</summary>
    public IEnumerable<string> ErrorsOf(string statements)
        => Output.AddSyntaxTrees(CSharpSyntaxTree.ParseText($"internal static class Use {{ public static void Run() {{ {statements} }} }}", s_parse, "Use.cs"))
            .GetDiagnostics().Where(d => d.Severity != DiagnosticSeverity.Hidden).Select(d => d.ToString());

    /// <summary>Walks the values of every step: a compilation, symbol, syntax node or location in one would never compare equal.</summary>
    private void HoldsNoRoslyn()
    {
        HashSet<object> met = new(ReferenceEqualityComparer.Instance);
        foreach (string step in TrackingNames.All)
        {
            foreach ((object value, _) in Result.TrackedSteps[step].SelectMany(r => r.Outputs))
            {
                Walk(step, value, met);
            }
        }
    }

    private static void Walk(string step, object? value, HashSet<object> met)
    {
        if (value is null || !met.Add(value))
        {
            return;
        }

        Assert.False(value is Compilation or ISymbol or SyntaxNode or SyntaxTree or Location or SourceText or AdditionalText or Diagnostic, $"The step '{step}' holds a {value.GetType()}.");
        Type type = value.GetType();
        if (type.IsPrimitive || type.IsEnum || value is string)
        {
            return;
        }

        if (value is IEnumerable items)
        {
            foreach (object? item in items)
            {
                Walk(step, item, met);
            }

            return;
        }

        foreach (FieldInfo field in type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic))
        {
            Walk(step, field.GetValue(value), met);
        }
    }

    private sealed class MemoryText(string path, string text) : AdditionalText
    {
        public override string Path => path;

        public override SourceText GetText(CancellationToken cancellationToken = default)
            => text == Unreadable ? throw new IOException("The disk is gone.") : SourceText.From(text, Encoding.UTF8);
    }

    private sealed class Options(Dictionary<string, string> properties) : AnalyzerConfigOptionsProvider
    {
        public override AnalyzerConfigOptions GlobalOptions { get; } = new Values(properties.ToDictionary(p => "build_property." + p.Key, p => p.Value));

        public override AnalyzerConfigOptions GetOptions(SyntaxTree tree) => new Values([]);

        public override AnalyzerConfigOptions GetOptions(AdditionalText textFile)
            => new Values(textFile.Path.Split("/") is [("bundled" or "reference") and string origin, ..] ? new() { ["build_metadata.AdditionalFiles.CiOrigin"] = origin } : []);
    }

    private sealed class Values(Dictionary<string, string> values) : AnalyzerConfigOptions
    {
        public override bool TryGetValue(string key, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out string? value) => values.TryGetValue(key, out value);
    }
}

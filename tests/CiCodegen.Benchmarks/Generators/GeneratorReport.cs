using System.Collections.Immutable;
using System.Globalization;
using System.Runtime;
using CiCodegen.Benchmarks.Measure;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CiCodegen.Benchmarks.Generators;

/// <summary>What the generator costs in the compiler, beside System.Text.Json's over the same models.</summary>
internal static class GeneratorReport
{
    private const int RoundCount = 9;

    /// <summary>Prints a table.</summary>
    /// <param name="count">How many Tags; a process of its own for each number, since the first run is what it is once.</param>
    /// <param name="isPrecompiled">The generator as the package has it for this platform, or as IL alone.</param>
    /// <param name="output">Where to.</param>
    public static void Run(int count, bool isPrecompiled, TextWriter output)
    {
        // The compiler comes compiled; as a package it does not.
        CSharpCompilation empty = GeneratorInput.Compilation("namespace Consumer; internal static class Program;");
        GeneratorInput.Driver(new Nothing().AsSourceGenerator(), []).RunGeneratorsAndUpdateCompilation(empty, out Compilation warmed, out _);
        warmed.Emit(Stream.Null);

        string[] tags = [.. GeneratorInput.Tags.Take(count)];
        ImmutableArray<AdditionalText> texts = GeneratorInput.Texts(tags);
        ISourceGenerator generator = GeneratorInput.Load(isPrecompiled ? "PrecompiledGenerator" : "Generator", "CiCodegen.Generator.CiGenerator");
        GeneratorDriver driver = GeneratorInput.Driver(generator, texts);
        output.WriteLine(Text($"| {tags.Length} Tags, the generator {(isPrecompiled ? "precompiled" : "as IL")} | ms of CPU |"));
        output.WriteLine("| --- | ---: |");
        Row("first run", Time(() => driver = driver.RunGenerators(empty)));
        GeneratorRunResult result = driver.GetRunResult().Results.Single();
        if (result.Exception is not null || result.Diagnostics.Any(d => d.Severity == DiagnosticSeverity.Error) || result.GeneratedSources.Length < tags.Length)
        {
            throw new InvalidOperationException($"The generator failed: {result.Exception} {string.Join('\n', result.Diagnostics)}");
        }

        Row("a new driver, warm", Median(() => GeneratorInput.Driver(generator, texts).RunGenerators(empty)));
        int edits = 0;
        void EditCode() => driver = driver.RunGenerators(empty.AddSyntaxTrees(Source($"internal static class Edit{edits++};")));
        Row("after an edit of C#", Median(EditCode));
        AdditionalText tag = texts.Single(t => t.Path == "bundled/tags/VideoTargetRec.ci.yaml");
        Row("after an edit of one Tag", Median(() => driver = Edit(driver, ref tag, "range: '[0, 100]'", "range: '[0, 99]'").RunGenerators(empty)));
        AdditionalText shared = texts.Single(t => t.Path == "bundled/shared/Envelope.ci.yaml");
        Row("after a comment in the envelope", Median(() => driver = Edit(driver, ref shared, "# ", "#  ").RunGenerators(empty)));

        // All that runs after an edit of C# is the compiler's own pipeline, which as a package comes uncompiled: the time depends on how far the runtime is with it.
        Settle(EditCode);
        Row("after an edit of C#, as soon as no more is compiled", Median(EditCode));

        ImmutableArray<GeneratedSourceResult> sources = driver.GetRunResult().Results.Single().GeneratedSources;
        string[] models = [.. sources.Where(s => s.HintName.EndsWith(".Models.g.cs", StringComparison.Ordinal)).Select(s => s.SourceText.ToString())];
        string context = Context(models);
        CSharpCompilation plain = GeneratorInput.Compilation([context, .. models]);
        ISourceGenerator json = GeneratorInput.Load("JsonGenerator", "System.Text.Json.SourceGeneration.JsonSourceGenerator");
        GeneratorDriver jsonDriver = GeneratorInput.Driver(json, []);
        Row("System.Text.Json's generator over the same models: first run", Time(() => jsonDriver = jsonDriver.RunGenerators(plain)));
        Row("its new driver, warm", Median(() => GeneratorInput.Driver(json, []).RunGenerators(plain)));
        Row("after an edit of C#", Median(() => jsonDriver = jsonDriver.RunGenerators(plain.AddSyntaxTrees(Source($"internal static class Edit{edits++};")))));
        string[] jsonSources = [.. jsonDriver.GetRunResult().Results.Single().GeneratedSources.Select(s => s.SourceText.ToString())];

        Row("compiling what is emitted", Median(() => Compile([.. sources.Select(s => s.SourceText.ToString())])));
        Row("compiling the models and what System.Text.Json's emits for them", Median(() => Compile([context, .. models, .. jsonSources])));
        Row("compiling the models alone", Median(() => Compile(models)));
        Sizes(sources, models, jsonSources, output);

        void Row(string name, double milliseconds) => output.WriteLine(Text($"| {name} | {milliseconds:0.00} |"));
    }

    private static void Sizes(ImmutableArray<GeneratedSourceResult> sources, string[] models, string[] jsonSources, TextWriter output)
    {
        int fields = models.Sum(m => Code(m).Count(l => l.Contains("{ get", StringComparison.Ordinal)));
        output.WriteLine();
        output.WriteLine(Text($"| part | characters without doc comments | per field ({fields} fields) |"));
        output.WriteLine("| --- | ---: | ---: |");
        foreach (IGrouping<string, GeneratedSourceResult> part in sources.GroupBy(s => s.HintName.Split('.') is [_, var name, "g", ..] ? name : "Catalog"))
        {
            Row(part.Key, part.Sum(s => Length(s.SourceText.ToString())));
        }

        Row("all", sources.Sum(s => Length(s.SourceText.ToString())));
        Row("System.Text.Json's, without the models", jsonSources.Sum(Length));

        void Row(string name, int characters) => output.WriteLine(Text($"| {name} | {characters:#,0} | {(double)characters / fields:0} |"));
    }

    private static int Length(string source) => Code(source).Sum(l => l.Length + 1);

    private static IEnumerable<string> Code(string source) => source.Split('\n').Where(l => !l.TrimStart().StartsWith("///", StringComparison.Ordinal));

    /// <summary>A context for the roots of all Tags.</summary>
    private static string Context(string[] models)
    {
        IEnumerable<string> roots = models.SelectMany(m => m.Split('\n')).Where(l => l.StartsWith("public sealed partial class ", StringComparison.Ordinal)).Select(l => l.Split(' ')[4])
            .Where(n => n.EndsWith("Request", StringComparison.Ordinal) || n.EndsWith("Response", StringComparison.Ordinal));
        return $"namespace Consumer.CiJobs;\n{string.Concat(roots.Select(r => $"[System.Text.Json.Serialization.JsonSerializable(typeof({r}))]\n"))}internal sealed partial class Context : System.Text.Json.Serialization.JsonSerializerContext;";
    }

    private static GeneratorDriver Edit(GeneratorDriver driver, ref AdditionalText text, string from, string to)
    {
        string old = text.GetText()!.ToString();
        string changed = old.Contains(to, StringComparison.Ordinal) ? old.Replace(to, from, StringComparison.Ordinal) : old.Replace(from, to, StringComparison.Ordinal);
        GeneratorInput.MemoryText edited = new(text.Path, changed);
        GeneratorDriver replaced = driver.ReplaceAdditionalText(text, edited);
        text = edited;
        return replaced;
    }

    private static SyntaxTree Source(string text) => CSharpSyntaxTree.ParseText(text, GeneratorInput.Parse);

    private static void Compile(string[] sources)
    {
        using MemoryStream stream = new();
        if (GeneratorInput.Compilation(sources).Emit(stream) is { Success: false } failed)
        {
            throw new InvalidOperationException($"What was emitted does not compile: {failed.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error)}");
        }
    }

    /// <summary>Runs until the runtime has nothing to compile better any more; it does so in the background, a while after methods have become busy.</summary>
    private static void Settle(Action run)
    {
        for (int batch = 0, before = -1; batch < 20 && before != (int)JitInfo.GetCompiledMethodCount(); batch++)
        {
            before = (int)JitInfo.GetCompiledMethodCount();
            for (int i = 0; i < 200; i++)
            {
                run();
                Thread.Sleep(1);
            }
        }
    }

    private static double Median(Action run)
    {
        run();
        return Rounds.Median([.. Enumerable.Range(0, RoundCount).Select(_ => Time(run))]);
    }

    private static double Time(Action run)
    {
        long start = ThreadClock.Now();
        run();
        return (ThreadClock.Now() - start) / 1e6;
    }

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    /// <summary>Emits nothing.</summary>
    private sealed class Nothing : IIncrementalGenerator
    {
        public void Initialize(IncrementalGeneratorInitializationContext context)
            => context.RegisterSourceOutput(context.AdditionalTextsProvider, static (_, _) => { });
    }
}

using System.Text.RegularExpressions;
using CiCodegen.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CiCodegen.Generator.Tests;

/// <summary>Each bundled Tag and operation as a project gets it that asks for this one alone.</summary>
public sealed partial class BundledTagTests
{
    private static readonly string[] s_helped = ["shared/Envelope.ci.yaml", "shared/JobStructures.ci.yaml"];

    public static TheoryData<string> Tags => [.. Repository.SchemaFiles.Where(f => Folder(f) == "tags").Select(Name).Order(StringComparer.Ordinal)];

    [Fact]
    public void EveryJobTag_IsBundled() => Assert.Equal(43, Tags.Count);

    [Theory]
    [MemberData(nameof(Tags))]
    public void Alone_CompilesWithoutAWarning_AndBringsNothingOfOthers(string tag)
    {
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenNamespace"] = "Probe" }, [.. Files(tag)]);
        Assert.Empty(run.Diagnostics);
        run.Compiles();
        Assert.All(run.Result.GeneratedSources, s => Assert.Matches($@"^({Regex.Escape(tag)}|_Shared|CiTagCatalog)\.", s.HintName));

        // Of the shared types those that the Tag's own code names, or that are named by such.
        Dictionary<string, HashSet<string>> shared = run.Result.GeneratedSources.Where(s => s.HintName.StartsWith("_Shared.", StringComparison.Ordinal))
            .SelectMany(s => s.SyntaxTree.GetRoot().DescendantNodes().OfType<TypeDeclarationSyntax>().Where(t => t.Parent is BaseNamespaceDeclarationSyntax))
            .GroupBy(t => t.Identifier.Text).ToDictionary(g => g.Key, g => g.SelectMany(Names).ToHashSet());
        Queue<string> toFollow = new(run.Result.GeneratedSources.Where(s => s.HintName.StartsWith(tag + ".", StringComparison.Ordinal)).SelectMany(s => Names(s.SyntaxTree.GetRoot())).Where(shared.ContainsKey).Distinct());
        HashSet<string> used = [.. toFollow];
        while (toFollow.TryDequeue(out string? name))
        {
            foreach (string next in shared[name].Where(n => shared.ContainsKey(n) && used.Add(n)))
            {
                toFollow.Enqueue(next);
            }
        }

        Assert.Empty(shared.Keys.Except(used));
    }

    public static TheoryData<string> Operations => [.. Repository.SchemaFiles.Where(f => Folder(f) == "operations").Select(Name).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Operations))]
    public void AnOperationAlone_CompilesWithoutAWarning(string operation)
    {
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenNamespace"] = "Probe" }, [.. Files((folder, name) => folder == "operations" && name == operation)]);
        Assert.Empty(run.Diagnostics);
        run.Compiles();
        Assert.Contains($"sealed partial class {operation} :", run.Source($"{operation}.Call.Models.g.cs"), StringComparison.Ordinal);
        Assert.All(run.Result.GeneratedSources, s => Assert.Matches($@"^({Regex.Escape(operation)}\.Call|_Shared)\.", s.HintName));
    }

    [Fact]
    public void EveryTagTemplateAndOperation_CompileTogetherWithoutAWarning()
    {
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenNamespace"] = "Probe" }, [.. Files((folder, _) => folder is "tags" or "templates" or "operations" or "corrections")]);
        Assert.Empty(run.Diagnostics);
        run.Compiles();
        Assert.Equal(Operations.Count, run.Result.GeneratedSources.Count(s => s.HintName.EndsWith(".Call.Models.g.cs", StringComparison.Ordinal)));
    }

    private static IEnumerable<(string Path, string Text)> Files(string tag) => Files((folder, name) => folder is "tags" or "corrections" && name == tag);

    // As the package's targets hand them to the compiler.
    private static IEnumerable<(string Path, string Text)> Files(Func<string, string, bool> isChosen)
    {
        foreach (string file in Repository.SchemaFiles)
        {
            string relative = Path.GetRelativePath(Path.Combine(Repository.Root, "schema"), file).Replace('\\', '/');
            string origin = Folder(file) switch
            {
                "shared" => "bundled",
                var folder when isChosen(folder, Name(file)) => "bundled",
                _ => "reference",
            };
            if (!s_helped.Contains(relative))
            {
                yield return ($"{origin}/{relative}", File.ReadAllText(file));
            }
        }
    }

    private static IEnumerable<string> Names(SyntaxNode node) => node.DescendantTokens().Where(t => t.IsKind(SyntaxKind.IdentifierToken)).Select(t => t.Text);

    private static string Folder(string file) => Path.GetFileName(Path.GetDirectoryName(file))!;

    private static string Name(string file) => Extension().Replace(Path.GetFileName(file), "");

    [GeneratedRegex(@"\.ci\.yaml$")]
    private static partial Regex Extension();
}

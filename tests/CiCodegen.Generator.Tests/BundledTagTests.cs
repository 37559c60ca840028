using System.Text.RegularExpressions;
using CiCodegen.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace CiCodegen.Generator.Tests;

/// <summary>Each bundled Tag as a project gets it that asks for this one alone.</summary>
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

    // As the package's targets hand them to the compiler.
    private static IEnumerable<(string Path, string Text)> Files(string tag)
    {
        foreach (string file in Repository.SchemaFiles)
        {
            string relative = Path.GetRelativePath(Path.Combine(Repository.Root, "schema"), file).Replace('\\', '/');
            string origin = Folder(file) switch
            {
                "shared" => "bundled",
                "tags" or "corrections" when Name(file) == tag => "bundled",
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

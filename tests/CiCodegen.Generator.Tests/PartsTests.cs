using CiCodegen.Tests;
using Microsoft.CodeAnalysis;

namespace CiCodegen.Generator.Tests;

/// <summary>The properties CiCodegenAccess and CiCodegenParts: any choice compiles, and has what was chosen.</summary>
public sealed class PartsTests
{
    private static readonly string[] s_parts = ["readers", "writers", "json", "validators", "client"];

    private static readonly (string Path, string Text)[] s_files = [("bundled/tags/VideoTargetRec.ci.yaml", Repository.SchemaFile("tags/VideoTargetRec.ci.yaml")), ("own.ci.yaml", Own)];

    private const string Own = "kind: tag\ntag: Own\nrequest:\n  nodes:\n    Operation:\n      nodes:\n        A: { shape: Mine, many: true, nodes: { B: { type: int, range: '[1, 3]' }, C: { enum: [x, y] } } }\n        M_*: { nodes: { B: { required: true } } }\n";

    public static TheoryData<string> Choices => [.. Enumerable.Range(0, 32).Select(n => string.Join(',', s_parts.Where((_, i) => (n >> i & 1) == 1).Prepend("models")))];

    [Theory]
    [MemberData(nameof(Choices))]
    public void AnyChoice_CompilesAndHasWhatWasChosen(string choice)
    {
        string[] parts = choice.Split(',');
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenRequestedParts"] = choice, ["CiCodegenNamespace"] = "N" }, s_files).Compiles();
        Assert.Empty(run.Diagnostics);
        bool client = parts.Contains("client");
        bool json = parts.Contains("json");
        bool readers = client || json || parts.Contains("readers");
        bool writers = client || json || parts.Contains("writers");
        bool validators = client || parts.Contains("validators");
        INamedTypeSymbol request = run.Output.GetTypeByMetadataName("N.VideoTargetRecRequest")!;
        bool Does(string name) => request.AllInterfaces.Any(i => i.Name == name);
        Assert.Equal(
            (readers, writers, validators, client, readers && writers),
            (Does("ICiReadable"), Does("ICiWritable"), Does("ICiValidatable"), Does("ICiJobRequest"), Does("ICiDocument")));
        Assert.Equal((json, json, readers), (Has(request, "ToJson"), Has(request, "FromJson"), Has(request, "Read")));
        Assert.Equal(client, run.Output.GetTypeByMetadataName("N.CiTagCatalog") is not null);
        Assert.Equal(choice == "models", run.Result.GeneratedSources.All(s => s.HintName.EndsWith(".Models.g.cs", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("internal", Accessibility.Internal)]
    [InlineData("Public", Accessibility.Public)]
    [InlineData("", Accessibility.Public)]
    public void Access_IsThatOfEveryType(string access, Accessibility expected)
    {
        GeneratorRun run = GeneratorRun.With(new() { ["CiCodegenAccess"] = access, ["CiCodegenNamespace"] = "N" }, s_files).IsClean();
        INamespaceSymbol emitted = run.Output.GlobalNamespace.GetNamespaceMembers().Single(n => n.Name == "N");
        Assert.True(emitted.GetTypeMembers().Length > 30);
        Assert.All(emitted.GetTypeMembers(), t => Assert.Equal((t.Name, expected), (t.Name, t.DeclaredAccessibility)));
    }

    [Theory]
    [InlineData("CiCodegenAccess", "interal", "The property CiCodegenAccess has the value 'interal'; known values are public, internal. Did you mean 'internal'?")]
    [InlineData("CiCodegenRequestedParts", "models,reader", "The property CiCodegenParts has the value 'reader'; known values are models, readers, writers, json, validators, client. Did you mean 'readers'?")]
    public void UnknownWord_IsAnErrorWithTheNearest(string property, string value, string message)
    {
        GeneratorRun run = GeneratorRun.With(new() { [property] = value }, s_files);
        Diagnostic diagnostic = Assert.Single(run.Diagnostics);
        Assert.Equal(("CICG3005", message), (diagnostic.Id, diagnostic.GetMessage(System.Globalization.CultureInfo.InvariantCulture)));
        Assert.Empty(run.Result.GeneratedSources);
    }

    private static bool Has(INamedTypeSymbol type, string member) => type.GetMembers(member).Length > 0;
}

using Basic.Reference.Assemblies;
using CiCodegen.Runtime;
using CiCodegen.Tests;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Testing;
using Microsoft.CodeAnalysis.Testing;

namespace CiCodegen.Generator.Tests;

/// <summary>Exact spans in additional files, these sources and no others.</summary>
internal sealed class CiGeneratorTest : CSharpSourceGeneratorTest<CiGenerator, DefaultVerifier>
{
    public CiGeneratorTest(params (string Path, string Text)[] files)
    {
        // Empty, with references added by hand: the ready-made sets download a package while the test runs.
        ReferenceAssemblies = new ReferenceAssemblies("net10.0");
        TestState.AdditionalReferences.AddRange(Net100.References.All);
        TestState.AdditionalReferences.Add(MetadataReference.CreateFromFile(typeof(CiTag).Assembly.Location));
        TestState.Sources.Add("namespace Probe; internal static class Program;");
        foreach (string name in new[] { "shared/Envelope.ci.yaml", "shared/JobStructures.ci.yaml" })
        {
            TestState.AdditionalFiles.Add(("bundled/" + name, Repository.SchemaFile(name)));
        }

        foreach ((string path, string text) in files)
        {
            TestState.AdditionalFiles.Add((path, text));
        }
    }

    protected override ParseOptions CreateParseOptions() => new CSharpParseOptions(LanguageVersion.CSharp12, DocumentationMode.Diagnose);
}

using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using System.Runtime.Loader;

namespace CiCodegen.Packaging.Tests;

public sealed class PackageContentTests(PackedFeed feed)
{
    // Anything that is not named here fails: a reference that a host does not have takes the whole generator away.
    private static readonly Dictionary<string, string[]> s_allowed = new()
    {
        ["CiCodegen.Generator.dll"] = ["netstandard", "Microsoft.CodeAnalysis", "Microsoft.CodeAnalysis.CSharp", "System.Collections.Immutable", "CiCodegen.Schema", "CiCodegen.Emit"],
        ["CiCodegen.Schema.dll"] = ["netstandard", "CiCodegen.YamlDotNet"],
        ["CiCodegen.Emit.dll"] = ["netstandard", "CiCodegen.Schema", "CiCodegen.Scriban"],
        ["CiCodegen.YamlDotNet.dll"] = ["netstandard"],

        // The last three are only reached by built-ins that our contexts do not have; the test below proves it.
        ["CiCodegen.Scriban.dll"] = ["netstandard", "System.Threading.Tasks.Extensions", "System.Text.Json", "Microsoft.CSharp"],
    };

    [Fact]
    public void AnalyzerFolder_HoldsTheseFilesAndTheirReferencesAreAllowed()
    {
        string folder = Path.Combine(feed.Package, "analyzers", "dotnet", "cs");
        Assert.Equal(s_allowed.Keys.Order(StringComparer.Ordinal), Directory.GetFiles(folder).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal));
        foreach ((string file, string[] allowed) in s_allowed)
        {
            using PEReader reader = new(File.OpenRead(Path.Combine(folder, file)));
            MetadataReader metadata = reader.GetMetadataReader();
            foreach (AssemblyReference reference in metadata.AssemblyReferences.Select(metadata.GetAssemblyReference))
            {
                string name = metadata.GetString(reference.Name);
                Assert.True(allowed.Contains(name), $"{file} refers to {name} {reference.Version}");
                Assert.False(name == "Microsoft.CodeAnalysis" && reference.Version > new Version(4, 8, 0, 0), $"{file} refers to {name} {reference.Version}: above the floor");
                Assert.False(name == "System.Collections.Immutable" && reference.Version > new Version(7, 0, 0, 0), $"{file} refers to {name} {reference.Version}: above the floor");
            }
        }
    }

    [Fact]
    public void Package_HasSchemasPropsAndNotices()
    {
        foreach (string file in new[] { "schema/tags/VideoTargetRec.ci.yaml", "schema/shared/Envelope.ci.yaml", "schema/ci-schema.json", "buildTransitive/CiCodegen.targets", "build/CiCodegen.props", "README.md", "THIRD-PARTY-NOTICES.txt" })
        {
            Assert.True(File.Exists(Path.Combine(feed.Package, file)), file);
        }
    }

    [Theory]
    [InlineData(PackedFeed.Analyzers)]
    [InlineData(PackedFeed.Precompiled)]
    public void Templates_RenderWhereSystemTextJsonCannotBeLoaded(string where)
    {
        if (where == PackedFeed.Precompiled)
        {
            PackedFeed.SkipUnlessPrecompiled();
        }

        string folder = Path.Combine(feed.Package, where);
        DenyingContext context = new(folder);
        Assembly schema = context.LoadFromAssemblyPath(Path.Combine(folder, "CiCodegen.Schema.dll"));
        Assembly emit = context.LoadFromAssemblyPath(Path.Combine(folder, "CiCodegen.Emit.dll"));
        Type text = schema.GetType("CiCodegen.Schema.SchemaText", throwOnError: true)!;
        string[] files = Directory.GetFiles(Path.Combine(feed.Package, "schema"), "*.ci.yaml", SearchOption.AllDirectories);
        Array texts = Array.CreateInstance(text, files.Length);
        for (int i = 0; i < files.Length; i++)
        {
            texts.SetValue(Activator.CreateInstance(text, files[i], File.ReadAllText(files[i]), true), i);
        }

        object set = schema.GetType("CiCodegen.Schema.SchemaSet", throwOnError: true)!.GetMethod("Load")!.Invoke(null, [texts, CancellationToken.None])!;
        object tag = ((System.Collections.IEnumerable)set.GetType().GetProperty("Tags")!.GetValue(set)!).Cast<object>().First();
        object options = Activator.CreateInstance(emit.GetType("CiCodegen.Emit.EmitOptions", throwOnError: true)!, "Probe")!;
        object emitter = Activator.CreateInstance(emit.GetType("CiCodegen.Emit.SourceEmitter", throwOnError: true)!, options)!;
        object[] emitted = ((System.Collections.IEnumerable)emitter.GetType().GetMethod("EmitTag")!.Invoke(emitter, [tag, CancellationToken.None])!).Cast<object>().ToArray();
        Assert.Equal(2, emitted.Length);
        string code = string.Concat(emitted.Select(f => f.GetType().GetProperty("Text")!.GetValue(f)));
        Assert.All(["sealed partial class ", " Read<TReader>(", " Write<TWriter>(", " Validate(ref ", " ToJson()", " JobTag "], part => Assert.Contains(part, code, StringComparison.Ordinal));
        Assert.Empty(context.Denied);
    }

    private sealed class DenyingContext(string folder) : AssemblyLoadContext("denying")
    {
        public List<string> Denied { get; } = [];

        protected override Assembly? Load(AssemblyName assemblyName)
        {
            if (assemblyName.Name is "System.Text.Json" or "Microsoft.CSharp")
            {
                Denied.Add(assemblyName.Name);
                throw new FileNotFoundException($"{assemblyName.Name} is refused here.");
            }

            string beside = Path.Combine(folder, assemblyName.Name + ".dll");
            return File.Exists(beside) ? LoadFromAssemblyPath(beside) : null;
        }
    }
}

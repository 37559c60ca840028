using System.Reflection;
using CiCodegen.Emit;
using CiCodegen.Runtime;
using CiCodegen.Schema;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace CiCodegen.Cli.Schemas;

/// <summary>Emitted code, compiled.</summary>
/// <param name="Tags">The bindings of Tags.</param>
/// <param name="Templates">The bindings of their templates.</param>
/// <param name="Operation">Finds the class of an operation by its name.</param>
internal sealed record CompiledSchemas(IReadOnlyList<CiTagBinding> Tags, IReadOnlyList<CiTemplateBinding> Templates, Func<string, Type> Operation);

/// <summary>Compiles emitted code in memory: the same text that a consumer's compiler gets.</summary>
internal static class MemoryCompiler
{
    private const string Namespace = "CiCodegen.Compiled";

    private static readonly Lazy<IReadOnlyList<MetadataReference>> s_references = new(() =>
    [
        .. ((string?)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES") ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(IsNeeded)
            .Select(p => MetadataReference.CreateFromFile(p)),
    ]);

    /// <summary>The bindings of some Tags.</summary>
    /// <exception cref="CliException">The emitted code does not compile.</exception>
    public static IReadOnlyList<CiTagBinding> Compile(IReadOnlyList<TagModel> tags, CancellationToken cancellationToken)
        => CompileAll(tags, cancellationToken).Tags;

    /// <summary>What is emitted for some Tags, templates and operations.</summary>
    /// <exception cref="CliException">The emitted code does not compile.</exception>
    public static CompiledSchemas CompileAll(IReadOnlyList<TagModel> tags, CancellationToken cancellationToken)
    {
        CSharpParseOptions parse = new(LanguageVersion.CSharp12, DocumentationMode.None);
        CSharpCompilation compilation = CSharpCompilation.Create(
            $"CiCodegen.Compiled.{Guid.NewGuid():N}",
            Emission.Emit(tags, Namespace, TemplateStore.Embedded, cancellationToken)
                .Select(f => CSharpSyntaxTree.ParseText(f.Text, parse, f.HintName, System.Text.Encoding.UTF8, cancellationToken)),
            s_references.Value,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        using MemoryStream image = new();
        Microsoft.CodeAnalysis.Emit.EmitResult result = compilation.Emit(image, cancellationToken: cancellationToken);
        if (!result.Success)
        {
            string first = result.Diagnostics.First(d => d.Severity == DiagnosticSeverity.Error).ToString();
            throw new CliException(CliException.BadSchema, $"The code emitted for {string.Join(", ", tags.Select(t => t.Name))} does not compile, which is a bug in CiCodegen: {first}");
        }

        Assembly assembly = Assembly.Load(image.ToArray());
        return new CompiledSchemas(Catalog<CiTagBinding>(assembly, "All"), Catalog<CiTemplateBinding>(assembly, "Templates"), name => assembly.GetType($"{Namespace}.{name}", throwOnError: true)!);
    }

    // Operations alone have no catalog.
    private static IReadOnlyList<T> Catalog<T>(Assembly assembly, string property)
        => assembly.GetType($"{Namespace}.CiTagCatalog") is { } catalog ? (IReadOnlyList<T>)catalog.GetProperty(property)!.GetValue(null)! : [];

    // Emitted code uses the base libraries and the runtime only; reading the rest of the list costs time.
    private static bool IsNeeded(string path)
    {
        string name = Path.GetFileNameWithoutExtension(path);
        return name == "CiCodegen.Runtime" || name == "netstandard" || name.StartsWith("System.", StringComparison.Ordinal);
    }
}

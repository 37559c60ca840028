using CiCodegen.Cli.Schemas;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Samples;

/// <summary>The types that samples are read as. Templates and operations are not compiled in: only those are compiled that there are samples of.</summary>
internal sealed class SampleTypes
{
    private readonly BindingSource _bindings;
    private readonly CompiledSchemas? _compiled;

    private SampleTypes(BindingSource bindings, CompiledSchemas? compiled)
    {
        _bindings = bindings;
        _compiled = compiled;
    }

    /// <summary>The types for some samples.</summary>
    /// <exception cref="CliException">A schema has an error, or its code does not compile.</exception>
    public static SampleTypes Load(Invocation run, string? schema, IEnumerable<SampleDocument> documents)
    {
        TagModel[] others = [.. documents.Where(d => d.State is SampleState.Template or SampleState.Operation).Select(d => d.Model!).Distinct()];
        return new SampleTypes(BindingSource.Load(run, schema), others.Length == 0 ? null : MemoryCompiler.CompileAll(others, run.Cancellation));
    }

    /// <summary>The lanes of a sample's type.</summary>
    public DocumentLanes LanesOf(SampleDocument document, CancellationToken cancellationToken)
    {
        string name = document.Model!.Tag;
        return document.State switch
        {
            SampleState.Operation => DocumentLanes.Of(TypeOf(_compiled!.Operation(name), document.IsRequest)),
            SampleState.Template => DocumentLanes.Of(OfBinding(_compiled!.Templates.First(t => t.Tag == name), document.IsRequest)),
            _ => DocumentLanes.Of(OfBinding(_bindings.Find(name, cancellationToken), document.IsRequest)),
        };
    }

    // A binding is generic in the request and in the response.
    private static Type OfBinding(object binding, bool isRequest) => binding.GetType().GenericTypeArguments[isRequest ? 0 : 1];

    private static Type TypeOf(Type operation, bool isRequest)
        => isRequest
            ? operation.GetProperty("Request")!.PropertyType
            : operation.GetInterfaces().First(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICiOperation<>)).GenericTypeArguments[0];
}

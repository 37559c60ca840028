using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>What the catalog needs of a Tag or of its templates.</summary>
/// <remarks>Pipeline value: compared by value; changes only when a Tag or one of its types is renamed.</remarks>
/// <param name="Unit">Whether it is about jobs or templates.</param>
/// <param name="Tag">The Tag.</param>
/// <param name="Request">The request's C# type.</param>
/// <param name="Response">The response's C# type.</param>
/// <param name="Item">The C# type of the job or template.</param>
public sealed record CatalogEntry(SchemaUnit Unit, string Tag, string Request, string Response, string Item)
{
    /// <summary>The entry of a Tag or of its templates; null for an operation, which nobody looks for by name.</summary>
    /// <param name="unit">The unit.</param>
    public static CatalogEntry? Of(TagModel unit) => unit.Unit == SchemaUnit.Operation
        ? null
        : new(unit.Unit, unit.Tag, unit.Request.Shape!, unit.Response.Shape!, OperationPlanner.ItemOf(unit).Shape!);
}

/// <summary>The shared types that a Tag uses; they are emitted once, however many Tags use them.</summary>
/// <remarks>Pipeline value: compared by value.</remarks>
/// <param name="Containers">The containers.</param>
/// <param name="Enums">The enums.</param>
public sealed record SharedTypes(EquatableArray<NodeModel> Containers, EquatableArray<EnumModel> Enums)
{
    /// <summary>The shared types of a Tag.</summary>
    /// <param name="tag">The Tag.</param>
    public static SharedTypes Of(TagModel tag)
    {
        List<Shape> shared = ShapeList.SharedShapes(tag);
        IEnumerable<EnumModel> enums = ShapeList.Enums(ShapeList.OwnShapes(tag), isShared: true).Concat(ShapeList.Enums(shared, isShared: true));
        return Normal(shared.Select(s => s.Node), enums);
    }

    /// <summary>The shared types of several Tags.</summary>
    /// <param name="parts">Those of each.</param>
    public static SharedTypes Union(IEnumerable<SharedTypes> parts)
    {
        SharedTypes[] all = parts.ToArray();
        return Normal(all.SelectMany(p => p.Containers), all.SelectMany(p => p.Enums));
    }

    // How a Tag names or requires the node that holds a shared container is the Tag's own affair.
    private static SharedTypes Normal(IEnumerable<NodeModel> containers, IEnumerable<EnumModel> enums) => new(
        containers
            .GroupBy(c => c.Shape!, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => Bare(g.First().Within(0))).ToEquatableArray(),
        enums.GroupBy(e => e.Name, StringComparer.Ordinal).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => g.First()).ToEquatableArray());

    private static NodeModel Bare(NodeModel container)
        => new(container.Shape!, container.Shape!, container.Type, container.WireType, IsMany: false) { Shape = container.Shape, IsShared = true, Children = container.Children, Rules = container.Rules };
}

/// <summary>Emits C#: the same text for the compiler and the command line.</summary>
public sealed class SourceEmitter
{
    private readonly TemplateRenderer _renderer;
    private readonly NamespaceName _namespace;
    private readonly EmitOptions _options;

    /// <summary>Makes an emitter with the embedded templates.</summary>
    /// <param name="options">What the host decides.</param>
    public SourceEmitter(EmitOptions options)
        : this(options, TemplateStore.Embedded)
    {
    }

    /// <summary>Makes an emitter.</summary>
    /// <param name="options">What the host decides.</param>
    /// <param name="templates">The templates.</param>
    public SourceEmitter(EmitOptions options, TemplateStore templates)
    {
        _renderer = new TemplateRenderer(templates);
        _namespace = new NamespaceName(options.Namespace);
        _options = options;
    }

    /// <summary>Emits a Tag, its templates or an operation: the types in a file for people, what these do in a second one.</summary>
    /// <remarks>No file per part: after each edit of C# the compiler compares the name of every emitted file with those of all others.</remarks>
    /// <param name="tag">The Tag.</param>
    /// <param name="cancellationToken">Stops the emission.</param>
    /// <exception cref="OperationCanceledException">The emission was stopped.</exception>
    /// <exception cref="TemplateException">A template failed.</exception>
    public EquatableArray<EmittedFile> EmitTag(TagModel tag, CancellationToken cancellationToken)
    {
        List<Shape> shapes = ShapeList.OwnShapes(tag);
        List<string> models = [Models(shapes, ShapeList.Enums(shapes, isShared: false), cancellationToken)];
        List<string> methods = Methods(shapes, cancellationToken);
        if (_options.Has(EmitParts.Json) && tag.Unit != SchemaUnit.Operation)
        {
            methods.Add(_renderer.Render(TemplateName.Json, OperationPlanner.Plan(_namespace, tag), cancellationToken));
        }

        if (_options.Has(EmitParts.Client))
        {
            // An operation is a class that people use; the wiring of jobs and templates is none.
            (tag.Unit == SchemaUnit.Operation ? models : methods).Add(Wiring(tag, cancellationToken));
        }

        return Files(FileName(tag), models, methods, cancellationToken);
    }

    /// <summary>What a unit's files begin with: a Tag, its templates and an operation may be of one name.</summary>
    private static string FileName(TagModel tag) => tag.Unit switch { SchemaUnit.Template => tag.Tag + ".Template", SchemaUnit.Operation => tag.Tag + ".Call", _ => tag.Tag };

    private string Wiring(TagModel tag, CancellationToken cancellationToken) => tag.Unit switch
    {
        SchemaUnit.Operation => _renderer.Render(TemplateName.Call, OperationPlanner.Call(_namespace, _options.IsInternal, tag), cancellationToken),
        SchemaUnit.Template => _renderer.Render(TemplateName.Template, OperationPlanner.Plan(_namespace, tag), cancellationToken),
        _ => _renderer.Render(TemplateName.Operation, OperationPlanner.Plan(_namespace, tag), cancellationToken),
    };

    /// <summary>Emits the shared types.</summary>
    /// <param name="types">The types.</param>
    /// <param name="cancellationToken">Stops the emission.</param>
    /// <exception cref="OperationCanceledException">The emission was stopped.</exception>
    /// <exception cref="TemplateException">A template failed.</exception>
    public EquatableArray<EmittedFile> EmitShared(SharedTypes types, CancellationToken cancellationToken)
    {
        if (types.Containers.Count == 0 && types.Enums.Count == 0)
        {
            return default;
        }

        List<Shape> shapes = types.Containers.Select(c => new Shape(c, null, IsRequest: true)).ToList();
        return Files("_Shared", [Models(shapes, types.Enums.ToList(), cancellationToken)], Methods(shapes, cancellationToken), cancellationToken);
    }

    /// <summary>Emits the catalog of all Tags.</summary>
    /// <param name="entries">The Tags.</param>
    /// <param name="cancellationToken">Stops the emission.</param>
    /// <exception cref="OperationCanceledException">The emission was stopped.</exception>
    /// <exception cref="TemplateException">A template failed.</exception>
    public EmittedFile EmitCatalog(EquatableArray<CatalogEntry> entries, CancellationToken cancellationToken)
        => new("CiTagCatalog.g.cs", _renderer.Render(TemplateName.Catalog, OperationPlanner.Catalog(_namespace, _options.IsInternal, entries), cancellationToken));

    private string Models(IReadOnlyList<Shape> shapes, IReadOnlyList<EnumModel> enums, CancellationToken cancellationToken)
        => _renderer.Render(TemplateName.Model, ModelPlanner.Plan(_namespace, _options.IsInternal, shapes, enums), cancellationToken);

    private List<string> Methods(IReadOnlyList<Shape> shapes, CancellationToken cancellationToken)
    {
        List<string> parts = [];
        if (_options.Parts != EmitParts.Models)
        {
            // The node tables, which the others go by too.
            parts.Add(_renderer.Render(TemplateName.Reader, ReadPlanner.Plan(_namespace, _options.Parts, shapes), cancellationToken));
        }

        if (_options.Has(EmitParts.Writers))
        {
            parts.Add(_renderer.Render(TemplateName.Writer, WritePlanner.Plan(_namespace, shapes), cancellationToken));
        }

        if (_options.Has(EmitParts.Validators))
        {
            parts.Add(_renderer.Render(TemplateName.Validator, ValidationPlanner.Plan(_namespace, shapes), cancellationToken));
        }

        return parts;
    }

    private EquatableArray<EmittedFile> Files(string name, List<string> models, List<string> methods, CancellationToken cancellationToken)
    {
        List<EmittedFile> files = [File(name + ".Models", models, cancellationToken)];
        if (methods.Exists(m => m.Length > 0))
        {
            files.Add(File(name + ".Methods", methods, cancellationToken));
        }

        return files.ToEquatableArray();
    }

    private EmittedFile File(string name, List<string> parts, CancellationToken cancellationToken)
        => new(name + ".g.cs", string.Concat([_renderer.Render(TemplateName.File, new FilePlan(_namespace), cancellationToken), .. parts]));
}

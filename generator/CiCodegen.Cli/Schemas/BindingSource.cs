using CiCodegen.Cli.CiJobs;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Schemas;

/// <summary>The bindings of a run: those compiled in, and, for schemas of the user's own, those compiled on the spot.</summary>
internal sealed class BindingSource
{
    private readonly Dictionary<string, CiTagBinding> _ready = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TagModel> _pending = new(StringComparer.Ordinal);
    private readonly List<TagModel> _templates = [];
    private readonly string? _directory;

    private BindingSource(string? directory) => _directory = directory;

    /// <summary>The bundled Tags.</summary>
    public static IEnumerable<string> BundledTags => CiTagCatalog.All.Select(b => b.Tag.Name);

    /// <summary>The bindings of a run.</summary>
    /// <exception cref="CliException">A schema has an error; all problems have been printed.</exception>
    public static BindingSource Load(Invocation run, string? directory)
    {
        BindingSource source = new(directory);
        if (directory is null)
        {
            foreach (CiTagBinding binding in CiTagCatalog.All)
            {
                source._ready.Add(binding.Tag.Name, binding);
            }

            return source;
        }

        SchemaSet bundled = SchemaLoader.Bundled(run.Cancellation);
        SchemaSet set = SchemaLoader.Load(run, directory);
        HashSet<string> ownTemplates = [.. OwnSchemas.Below(run.Host, directory).Templates];
        source._templates.AddRange(set.Templates.Where(t => ownTemplates.Contains(t.Tag) || t != bundled.Find(t.Tag, SchemaUnit.Template)));
        foreach (TagModel tag in set.Tags)
        {
            // An equal model gives the same text, so what is compiled in will do.
            if (tag == bundled.Find(tag.Tag) && CiTagCatalog.Find(tag.Tag) is { } binding)
            {
                source._ready.Add(tag.Tag, binding);
            }
            else
            {
                source._pending.Add(tag.Tag, tag);
            }
        }

        return source;
    }

    /// <summary>The binding of a Tag.</summary>
    /// <exception cref="CliException">No schema has the Tag.</exception>
    public CiTagBinding Find(string tag, CancellationToken cancellationToken)
        => TryFind(tag, cancellationToken) ?? throw SchemaLoader.Unknown(tag, _ready.Keys.Concat(_pending.Keys).Order(StringComparer.Ordinal), _directory);

    /// <summary>The binding of a Tag; null when no schema has it.</summary>
    public CiTagBinding? TryFind(string tag, CancellationToken cancellationToken)
    {
        if (_pending.TryGetValue(tag, out TagModel? model))
        {
            Compile([model], cancellationToken);
        }

        return _ready.GetValueOrDefault(tag);
    }

    /// <summary>All bindings, by Tag.</summary>
    public IReadOnlyList<CiTagBinding> All(CancellationToken cancellationToken)
    {
        Compile([.. _pending.Values], cancellationToken);
        return [.. _ready.Values.OrderBy(b => b.Tag.Name, StringComparer.Ordinal)];
    }

    /// <summary>The bindings of templates of the user's own.</summary>
    public IReadOnlyList<CiTemplateBinding> OwnTemplates(CancellationToken cancellationToken)
        => _templates.Count == 0 ? [] : MemoryCompiler.CompileAll(_templates, cancellationToken).Templates;

    private void Compile(IReadOnlyList<TagModel> tags, CancellationToken cancellationToken)
    {
        if (tags.Count == 0)
        {
            return;
        }

        foreach (CiTagBinding binding in MemoryCompiler.Compile(tags, cancellationToken))
        {
            _ready.Add(binding.Tag.Name, binding);
            _pending.Remove(binding.Tag.Name);
        }
    }
}

using System.Reflection;
using System.Text;
using CiCodegen.Emulator.CiJobs;
using CiCodegen.Runtime;
using CiCodegen.Schema;

namespace CiCodegen.Emulator;

/// <summary>A Tag that the emulator knows: its trees for results, its emitted code for requests.</summary>
internal sealed record EmulatedTag(TagModel Model, CiTagBinding Binding)
{
    public string Name => Model.Tag;

    public string Path => Binding.Tag.Path;
}

/// <summary>A Tag's templates that the emulator knows.</summary>
internal sealed record EmulatedTemplate(TagModel Model, CiTemplateBinding Binding);

/// <summary>The Tags that the emulator knows.</summary>
internal sealed class EmulatedTags
{
    /// <summary>Every family's jobs can be submitted, asked for and cancelled here, beside the path of its own.</summary>
    public const string CommonPath = "/jobs";

    private readonly Dictionary<string, EmulatedTag> _tags;
    private readonly Dictionary<string, EmulatedTemplate> _templates;
    private readonly HashSet<string> _paths;

    private EmulatedTags(Dictionary<string, EmulatedTag> tags, Dictionary<string, EmulatedTemplate> templates)
    {
        _tags = tags;
        _templates = templates;
        _paths = new(tags.Values.Select(static tag => tag.Path), StringComparer.Ordinal) { CommonPath };
    }

    public IEnumerable<string> Names => _tags.Keys.Order(StringComparer.Ordinal);

    public EmulatedTag? Find(string name) => _tags.GetValueOrDefault(name);

    public IEnumerable<string> TemplateNames => _templates.Keys.Order(StringComparer.Ordinal);

    public EmulatedTemplate? FindTemplate(string tag) => _templates.GetValueOrDefault(tag);

    /// <summary>Whether jobs live below a path.</summary>
    public bool HasPath(string path) => _paths.Contains(path);

    /// <exception cref="ArgumentException">A schema has an error, or a schema or binding stands alone.</exception>
    public static EmulatedTags Load(CiEmulatorOptions options, CancellationToken cancellationToken)
    {
        SchemaSet schemas = SchemaSet.Load([.. Bundled(), .. options.Schemas], cancellationToken);
        if (schemas.HasErrors)
        {
            throw new ArgumentException("The schemas have errors:" + string.Concat(schemas.Problems.Select(static p => $"\n  {p}")));
        }

        HashSet<(SchemaUnit, string)> own = [.. options.Schemas.Select(text => SchemaParser.Parse(text, cancellationToken).Document).OfType<TagDocument>().Select(static tag => (tag.Unit, tag.Tag.Value))];
        Dictionary<string, EmulatedTag> tags = new(StringComparer.Ordinal);
        foreach (TagModel model in schemas.Tags)
        {
            CiTagBinding? given = options.Bindings.FirstOrDefault(b => b.Tag.Name == model.Tag);

            // A schema that shadows a bundled one is of other nodes than the bundled binding.
            CiTagBinding? binding = given ?? (own.Contains((SchemaUnit.Job, model.Tag)) ? null : CiTagCatalog.Find(model.Tag));
            tags.Add(model.Tag, new(model, binding ?? throw new ArgumentException(
                $"Tag '{model.Tag}' has a schema among '{nameof(CiEmulatorOptions.Schemas)}' and no binding among '{nameof(CiEmulatorOptions.Bindings)}'.")));
        }

        foreach (CiTagBinding binding in options.Bindings)
        {
            if (!tags.ContainsKey(binding.Tag.Name))
            {
                throw new ArgumentException(
                    $"Tag '{binding.Tag.Name}' has a binding among '{nameof(CiEmulatorOptions.Bindings)}' and no schema among '{nameof(CiEmulatorOptions.Schemas)}'.");
            }
        }

        return new(tags, Templates(options, schemas, own));
    }

    private static Dictionary<string, EmulatedTemplate> Templates(CiEmulatorOptions options, SchemaSet schemas, HashSet<(SchemaUnit, string)> own)
    {
        Dictionary<string, EmulatedTemplate> templates = new(StringComparer.Ordinal);
        foreach (TagModel model in schemas.Templates)
        {
            CiTemplateBinding? binding = options.TemplateBindings.FirstOrDefault(b => b.Tag == model.Tag)
                ?? (own.Contains((SchemaUnit.Template, model.Tag)) ? null : CiTagCatalog.Templates.FirstOrDefault(b => b.Tag == model.Tag));
            templates.Add(model.Tag, new(model, binding ?? throw new ArgumentException(
                $"The templates of Tag '{model.Tag}' have a schema among '{nameof(CiEmulatorOptions.Schemas)}' and no binding among '{nameof(CiEmulatorOptions.TemplateBindings)}'.")));
        }

        return templates;
    }

    private static IEnumerable<SchemaText> Bundled()
    {
        Assembly assembly = typeof(EmulatedTags).Assembly;
        foreach (string name in assembly.GetManifestResourceNames())
        {
            if (name.EndsWith(".ci.yaml", StringComparison.Ordinal))
            {
                using StreamReader reader = new(assembly.GetManifestResourceStream(name)!, Encoding.UTF8);

                // The build names them with the separator of its platform.
                yield return new(name.Replace('\\', '/'), reader.ReadToEnd(), IsBundled: true);
            }
        }
    }
}

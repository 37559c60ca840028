using CiCodegen.Schema;

namespace CiCodegen.Cli.Schemas;

/// <summary>Schema files that the user names, and what is bundled beside them.</summary>
/// <param name="texts">The user's files.</param>
internal sealed class OwnSchemas(IReadOnlyList<SchemaText> texts)
{
    private const string Pattern = "*.ci.yaml";

    // A link to a directory above would never end.
    private static readonly EnumerationOptions s_below = new() { RecurseSubdirectories = true, AttributesToSkip = 0, MaxRecursionDepth = 64 };

    private readonly SchemaDocument[] _documents = [.. texts.Select(t => SchemaParser.Parse(t, default).Document).OfType<SchemaDocument>()];

    /// <summary>The user's files.</summary>
    public IReadOnlyList<SchemaText> Texts => texts;

    /// <summary>The Tags of the user's files.</summary>
    public IReadOnlyList<string> Tags => Of(SchemaUnit.Job);

    /// <summary>The Tags of which the user's files have templates.</summary>
    public IReadOnlyList<string> Templates => Of(SchemaUnit.Template);

    private string[] Of(SchemaUnit unit) => [.. _documents.OfType<TagDocument>().Where(t => t.Unit == unit).Select(t => t.Tag.Value)];

    /// <summary>All schema files below a directory.</summary>
    /// <exception cref="CliException">There is no such directory.</exception>
    public static OwnSchemas Below(CliHost host, string directory)
        => Directory.Exists(host.FullPath(directory))
            ? new OwnSchemas([.. Files(host, directory).Select(f => Read(host, f))])
            : throw new CliException(CliException.FileAccess, $"There is no directory '{directory}'; --schema takes one with *.ci.yaml files.");

    /// <summary>Schema files and all those below directories.</summary>
    /// <exception cref="CliException">There is no such file or directory.</exception>
    public static OwnSchemas Of(CliHost host, IEnumerable<string> paths)
    {
        List<string> files = [];
        foreach (string path in paths)
        {
            if (Directory.Exists(host.FullPath(path)))
            {
                files.AddRange(Files(host, path));
            }
            else if (File.Exists(host.FullPath(path)))
            {
                files.Add(path);
            }
            else
            {
                throw new CliException(CliException.FileAccess, $"There is no file or directory '{path}'.");
            }
        }

        return new OwnSchemas([.. files.Distinct(StringComparer.Ordinal).Select(f => Read(host, f))]);
    }

    /// <summary>The user's files over all bundled ones: a Tag of one's own takes the place of the bundled one, which stays there for bundled files that refer to it.</summary>
    public IEnumerable<SchemaText> OverBundled() => texts.Concat(BundledSchemas.All);

    private static IEnumerable<string> Files(CliHost host, string directory)
        => Directory.EnumerateFiles(host.FullPath(directory), Pattern, s_below)
            .Select(f => Path.Combine(directory, Path.GetRelativePath(host.FullPath(directory), f)))
            .OrderBy(f => f, StringComparer.Ordinal);

    private static SchemaText Read(CliHost host, string path) => new(path, File.ReadAllText(host.FullPath(path)));
}

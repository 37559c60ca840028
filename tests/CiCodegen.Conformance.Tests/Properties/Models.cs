using CiCodegen.Conformance.CiJobs;
using CiCodegen.Runtime;
using CiCodegen.Schema;
using CiCodegen.Tests;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>A Tag as its schema says it and as it was compiled: what the properties hold against one another.</summary>
/// <param name="Model">What the schema means.</param>
/// <param name="Binding">What was emitted for it.</param>
public sealed record BoundTag(TagModel Model, CiTagBinding Binding)
{
    public override string ToString() => Model.Tag;
}

/// <summary>The Tags whose code was compiled into these tests: a bundled one, and those that exist to use every type and every rule.</summary>
internal static class Models
{
    public static IReadOnlyList<BoundTag> All { get; } = Load();

    /// <summary>Every bundled Tag, as the command line has it compiled in.</summary>
    public static IReadOnlyList<BoundTag> Bundled { get; } = Bind([], Cli.CiJobs.CiTagCatalog.All);

    public static BoundTag Find(string tag) => All.Single(t => t.Model.Tag == tag);

    /// <summary>The node that a child's own name belongs to: an exact name first, then the longest beginning.</summary>
    public static NodeModel? Named(this NodeModel container, string name)
        => container.Child(name) ?? container.Children.Where(c => c.IsMap && name.StartsWith(c.Name[..^1], StringComparison.Ordinal)).MaxBy(c => c.Name.Length);

    private static BoundTag[] Load()
        => Bind(Directory.EnumerateFiles(Path.Combine(Repository.Root, "tests", "CiCodegen.Conformance.Tests", "Schemas"), "*.ci.yaml"), CiTagCatalog.All);

    private static BoundTag[] Bind(IEnumerable<string> own, IEnumerable<CiTagBinding> bindings)
    {
        SchemaSet set = SchemaSet.Load(
            Repository.SchemaFiles.Select(f => new SchemaText(f, File.ReadAllText(f), IsBundled: true)).Concat(own.Select(f => new SchemaText(f, File.ReadAllText(f)))),
            CancellationToken.None);
        return [.. bindings.Select(b => new BoundTag(set.Find(b.Tag.Name)!, b))];
    }
}

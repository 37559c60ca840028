using System.Text.Json;
using CiCodegen.Cli.Output;
using CiCodegen.Schema;

namespace CiCodegen.Cli.Samples;

/// <summary>A node of a request that structures seen on the wire do not have as the schema has it.</summary>
/// <param name="Tag">The Tag.</param>
/// <param name="Path">The node's path.</param>
/// <param name="What">How it differs.</param>
/// <param name="PageId">The page that has the node; null for a Tag without one.</param>
internal sealed record WireFinding(string Tag, string Path, string What, string? PageId);

/// <summary>Structures seen on the wire, by name: what an SDK sends and reads.</summary>
internal sealed class WireStructures
{
    private readonly Dictionary<string, Dictionary<string, WireField>> _structures = new(StringComparer.Ordinal);
    private readonly List<string> _requests = [];

    private sealed record WireField(string Type, bool IsMany);

    /// <summary>Reads a file of the form <c>{"Name":{"fields":[{"root"} or {"node","type","many"}…]}…}</c>.</summary>
    /// <exception cref="CliException">It is no such file.</exception>
    public static WireStructures Load(CliHost host, string path)
    {
        WireStructures structures = new();
        try
        {
            using JsonDocument json = JsonDocument.Parse(File.ReadAllText(host.FullPath(path)));
            foreach (JsonProperty structure in json.RootElement.EnumerateObject())
            {
                structures.Add(structure.Name, structure.Value.GetProperty("fields"));
            }
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            throw new CliException("BadStructures", $"'{path}' is no file of structures: {e.Message}");
        }

        return structures;
    }

    /// <summary>Checks that a request can have no node that they do not know, in a shape that they can hold.</summary>
    public IEnumerable<WireFinding> Check(TagModel tag)
    {
        // The request that knows most of what the Tag asks for is the one that it is sent by.
        string? request = _requests.OrderByDescending(r => Known(r, tag.Request)).ThenBy(r => r, StringComparer.Ordinal).FirstOrDefault();
        return request is null ? [] : Check(tag.Request, "Request", _structures[request]).Select(f => new WireFinding(tag.Tag, f.Path, f.What, tag.PageId));
    }

    private void Add(string name, JsonElement fields)
    {
        Dictionary<string, WireField> known = new(StringComparer.Ordinal);
        foreach (JsonElement field in fields.EnumerateArray())
        {
            if (field.TryGetProperty("node", out JsonElement node))
            {
                known.TryAdd(node.GetString()!, new WireField(field.GetProperty("type").GetString()!, field.GetProperty("many").GetBoolean()));
            }
            else if (field.TryGetProperty("root", out JsonElement root) && root.GetString() == "Request")
            {
                _requests.Add(name);
            }
        }

        _structures.Add(name, known);
    }

    private int Known(string request, NodeModel node)
    {
        Dictionary<string, WireField> fields = _structures[request];
        Dictionary<string, WireField>? operation = fields.TryGetValue("Operation", out WireField? field) ? _structures.GetValueOrDefault(field.Type) : null;
        return operation is null ? -1 : node.Children.Count(c => fields.ContainsKey(c.Name)) + (node.Child("Operation")?.Children.Count(c => operation.ContainsKey(c.Name)) ?? 0);
    }

    private IEnumerable<(string Path, string What)> Check(NodeModel node, string path, Dictionary<string, WireField> fields)
    {
        foreach (NodeModel child in node.Children)
        {
            string at = $"{path}.{child.Name}";
            if (!fields.TryGetValue(child.Name, out WireField? field))
            {
                yield return (at, "not known");
                continue;
            }

            if (child.IsMany && !field.IsMany)
            {
                yield return (at, "repeats, and is single there");
            }

            Dictionary<string, WireField>? inner = _structures.GetValueOrDefault(field.Type);
            bool isAnything = inner is null && field.Type.Contains("interface", StringComparison.Ordinal);
            bool isContainer = child.Type == LogicalType.Container;

            // A structure that the file does not have itself cannot be looked into.
            bool isScalar = inner is null && (field.Type.Length == 0 || char.IsLower(field.Type[0]));
            if (!isAnything && (isContainer ? isScalar : inner is not null))
            {
                yield return (at, isContainer ? $"has children, and is {field.Type} there" : $"is {NodeText.Type(child)}, and has children there");
            }
            else if (isContainer && inner is not null)
            {
                foreach ((string, string) finding in Check(child, at, inner))
                {
                    yield return finding;
                }
            }
        }
    }
}

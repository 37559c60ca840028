using System.Text.Json;
using System.Text.Json.Nodes;
using CiCodegen.Schema;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>Writes a value as JSON in one of the many ways that services write it: scalars as texts, what repeats as an array or bare, any order of keys, keys that nobody knows.</summary>
internal sealed class JsonLayout(int seed)
{
    private readonly Random _random = new(seed);

    public static string Of(NodeModel root, JsonObject value, int seed)
    {
        JsonLayout layout = new(seed);
        JsonObject laid = layout.Container(root, value);

        // The root may stand around its children, unless one of them has its name.
        return (layout._random.Next(2) == 0 && root.Named(root.Name) is null ? new JsonObject { [root.Name] = laid } : laid).ToJsonString();
    }

    private JsonObject Container(NodeModel node, JsonObject value)
    {
        List<KeyValuePair<string, JsonNode?>> members = [];
        foreach ((string name, JsonNode? member) in value)
        {
            NodeModel child = node.Named(name)!;
            JsonNode?[] items = [.. (member is JsonArray array ? array.AsEnumerable() : [member]).Select(m => Node(child, m!))];
            bool isBare = !child.IsMany || (items.Length == 1 && _random.Next(2) == 0);
            members.Add(new(name, isBare ? items[0] : new JsonArray(items)));
        }

        foreach (NodeModel absent in node.Children.Where(c => !c.IsMap && !value.ContainsKey(c.Name)))
        {
            if (_random.Next(5) == 0)
            {
                members.Add(new(absent.Name, Absent(absent)));
            }
        }

        if (node.Named("Unheard") is null && _random.Next(2) == 0)
        {
            members.Add(new("Unheard", JsonNode.Parse(_random.Next(2) == 0 ? "[[{\"Text\":null}],1e5,\"x\"]" : "{\"JobsDetail\":{\"JobId\":[]}}")));
        }

        return new JsonObject(members.OrderBy(_ => _random.Next()));
    }

    private JsonNode Node(NodeModel node, JsonNode value)
    {
        if (node.Type == LogicalType.Container)
        {
            JsonObject inner = Container(node, value.AsObject());
            return inner.Count == 0 && _random.Next(3) == 0 ? JsonValue.Create("")! : inner;
        }

        // A text may come as a number where it looks like one in JSON too; that the lane takes it as it stands is tested elsewhere.
        return value.GetValueKind() == JsonValueKind.String || _random.Next(2) == 0 ? value.DeepClone() : JsonValue.Create($"{Space()}{value.ToJsonString()}{Space()}")!;
    }

    private JsonNode? Absent(NodeModel node)
        => node.IsMany ? (_random.Next(2) == 0 ? new JsonArray() : null)
            : node.Type is LogicalType.String or LogicalType.Container ? null
            : _random.Next(3) switch { 0 => null, 1 => JsonValue.Create(""), _ => JsonValue.Create(" - ") };

    private string Space() => _random.Next(3) == 0 ? " \t" : "";
}

using System.Text.Json.Nodes;
using CiCodegen.Schema;
using CsCheck;

namespace CiCodegen.Conformance.Tests.Properties;

/// <summary>Makes a value valid, rule by rule.</summary>
internal static class Repair
{
    /// <summary>A valid value near another one; null when none was found.</summary>
    public static JsonObject? Of(NodeModel root, JsonObject value, Random random)
    {
        JsonObject repaired = (JsonObject)value.DeepClone();
        for (int step = 0; step < 400; step++)
        {
            List<Broken> broken = ReferenceRules.Check(root, repaired);
            if (broken.Count == 0)
            {
                return repaired;
            }

            Mend(broken[random.Next(broken.Count)], random);
        }

        return null;
    }

    private static void Mend(Broken broken, Random random)
    {
        if (broken.Node is { } node)
        {
            switch (broken.Rule)
            {
                case "validWhen":
                    Remove(broken, node);
                    break;
                case "required" or "requiredWhen":
                    Put(broken, node, node.IsMap ? Values.Keys(broken.Shape, node).First() : node.Name, random);
                    break;
                default:
                    // Another value, or none at all where that is allowed.
                    if (random.Next(3) == 0 && !node.IsRequired)
                    {
                        broken.Container.Remove(broken.Key!);
                    }
                    else
                    {
                        Put(broken, node, broken.Key!, random);
                    }

                    break;
            }

            return;
        }

        NodeModel[] nodes = [.. broken.Across!.Nodes.Select(n => broken.Shape.Child(n)!)];
        NodeModel one = nodes[random.Next(nodes.Length)];
        switch (broken.Rule)
        {
            case "notAllFalse":
                Set(broken, one.Name, JsonValue.Create(true));
                break;
            case "exclusive" or "exactlyOne":
                foreach (NodeModel other in nodes.Where(n => n != one))
                {
                    Remove(broken, other);
                }

                Put(broken, one, one.Name, random);
                break;
            case "requires" when random.Next(2) == 0:
                Remove(broken, nodes[0]);
                break;
            case "requires":
                foreach (NodeModel each in nodes.Where(n => !ReferenceRules.IsThere(broken.Shape, n, broken.Container)))
                {
                    Put(broken, each, each.IsMap ? Values.Keys(broken.Shape, each).First() : each.Name, random);
                }

                break;
            default:
                Put(broken, one, one.Name, random);
                break;
        }
    }

    private static void Remove(Broken broken, NodeModel node)
    {
        foreach (string key in broken.Container.Select(m => m.Key).Where(k => broken.Shape.Named(k) == node).ToArray())
        {
            broken.Container.Remove(key);
        }
    }

    private static void Put(Broken broken, NodeModel node, string key, Random random)
    {
        JsonNode? member;
        do
        {
            member = Values.Member(node).Next(random);
        }
        while (member is null);
        Set(broken, key, member);
    }

    /// <summary>Sets a member in its place: the members of a value stand in schema order.</summary>
    private static void Set(Broken broken, string key, JsonNode member)
    {
        Dictionary<string, JsonNode?> members = broken.Container.ToDictionary(m => m.Key, m => m.Value);
        members[key] = member;
        broken.Container.Clear();
        foreach (string name in broken.Shape.Children.SelectMany(c => members.Keys.Where(k => broken.Shape.Named(k) == c)))
        {
            broken.Container.Add(name, members[name]);
        }
    }

    /// <summary>A value of a generator, from a random source of the test's own.</summary>
    private static T Next<T>(this Gen<T> gen, Random random) => gen.Generate(new PCG((uint)random.Next(), (ulong)random.NextInt64()), null!, out _);
}

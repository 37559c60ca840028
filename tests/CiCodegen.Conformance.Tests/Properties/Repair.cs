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
                    broken.Container.Remove(node.Name);
                    break;
                case "required" or "requiredWhen":
                    Put(broken, node, random);
                    break;
                default:
                    // Another value, or none at all where that is allowed.
                    if (random.Next(3) == 0 && !node.IsRequired)
                    {
                        broken.Container.Remove(node.Name);
                    }
                    else
                    {
                        Put(broken, node, random);
                    }

                    break;
            }

            return;
        }

        string[] names = [.. broken.Across!.Nodes];
        string one = names[random.Next(names.Length)];
        switch (broken.Rule)
        {
            case "notAllFalse":
                Set(broken, broken.Shape.Child(one)!, JsonValue.Create(true));
                break;
            case "exclusive" or "exactlyOne":
                foreach (string other in names.Where(n => n != one))
                {
                    broken.Container.Remove(other);
                }

                Put(broken, broken.Shape.Child(one)!, random);
                break;
            case "requires" when random.Next(2) == 0:
                broken.Container.Remove(names[0]);
                break;
            case "requires":
                foreach (string each in names.Where(n => !ReferenceRules.IsThere(broken.Shape.Child(n)!, broken.Container[n])))
                {
                    Put(broken, broken.Shape.Child(each)!, random);
                }

                break;
            default:
                Put(broken, broken.Shape.Child(one)!, random);
                break;
        }
    }

    private static void Put(Broken broken, NodeModel node, Random random)
    {
        JsonNode? member;
        do
        {
            member = Values.Member(node).Next(random);
        }
        while (member is null);
        Set(broken, node, member);
    }

    /// <summary>Sets a member in its place: the members of a value stand in schema order.</summary>
    private static void Set(Broken broken, NodeModel node, JsonNode member)
    {
        Dictionary<string, JsonNode?> members = broken.Container.ToDictionary(m => m.Key, m => m.Value);
        members[node.Name] = member;
        broken.Container.Clear();
        foreach (NodeModel child in broken.Shape.Children.Where(c => members.ContainsKey(c.Name)))
        {
            broken.Container.Add(child.Name, members[child.Name]);
        }
    }

    /// <summary>A value of a generator, from a random source of the test's own.</summary>
    private static T Next<T>(this Gen<T> gen, Random random) => gen.Generate(new PCG((uint)random.Next(), (ulong)random.NextInt64()), null!, out _);
}

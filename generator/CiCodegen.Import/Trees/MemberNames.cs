using CiCodegen.Schema;

namespace CiCodegen.Import;

/// <summary>Names for C# where two wire names, or two values, would be one member.</summary>
internal static class MemberNames
{
    /// <summary>Gives a node a member of its own where another has the one that follows from its name.</summary>
    public static void Part(ImportedPage page)
    {
        ILookup<string, string> around = EnvelopeNode.Around(page.Kind).ToLookup(n => n.Parent, n => n.Name);
        foreach (PageNode node in page.Tree.All().Where(n => n.Children.Count > 0))
        {
            Dictionary<string, string> taken = new(StringComparer.Ordinal);
            foreach (string name in around[node.Path])
            {
                taken.TryAdd(MemberOf(name), name);
            }

            foreach (PageNode child in node.Children)
            {
                string member = MemberOf(child.Name);
                if (taken.TryGetValue(member, out string? twin) && twin != child.Name)
                {
                    member = Free(member, taken.ContainsKey);
                    child.Member = member;
                    page.FindingList.Add(FindingClass.DuplicateNode, child.Line, $"{child.Path} and {twin} differ in signs or case only", $"named {member} in C#");
                }

                taken[member] = child.Name;
            }
        }
    }

    /// <summary>Values with a name each, where two of them would be one member; null where none are.</summary>
    public static IReadOnlyList<(string Value, string Name)>? Of(IReadOnlyList<string> values)
    {
        if (values.Select(ValueMember).Distinct(StringComparer.Ordinal).Count() == values.Count)
        {
            return null;
        }

        HashSet<string> taken = new(StringComparer.Ordinal);
        List<(string, string)> named = [];
        foreach (string value in values)
        {
            string member = ValueMember(value);
            member = taken.Contains(member) ? Free(member, taken.Contains) : member;
            taken.Add(member);
            named.Add((value, member));
        }

        return named;
    }

    private static string Free(string member, Func<string, bool> isTaken)
    {
        string stem = member[0] == '_' ? "Value" : member;
        int number = 2;
        while (isTaken($"{stem}{number}"))
        {
            number++;
        }

        return $"{stem}{number}";
    }

    private static string MemberOf(string name) => name == "*" ? "Items" : Names.ToMember(name);

    private static string ValueMember(string value) => Names.ToMember(value) is ['_', ..] sign ? "Value" + sign[1..] : Names.ToMember(value);
}

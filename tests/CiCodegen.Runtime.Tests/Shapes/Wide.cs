using System.Globalization;

namespace CiCodegen.Runtime.Tests;

/// <summary>A hand-written shape of more children than a word has bits; each is asked for by itself, and one has a name longer than what is compared at once.</summary>
public sealed class Wide : ICiReadable<Wide>, ICiRooted
{
    public const int Count = 70;
    public const string LongName = "AAAAAAAAAAAAAAABBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB";

    private static readonly CiNodeTable s_nodes = new([.. Enumerable.Range(0, Count).Select(i => CiNode.One("N" + i.ToString(CultureInfo.InvariantCulture))), CiNode.One(LongName)]);

    public static CiNode Root { get; } = CiNode.One("Wide");

    public string?[] Texts { get; } = new string?[Count + 1];

    /// <summary>The lane, kept beyond the reading.</summary>
    public ICiReader? Kept { get; private set; }

    public static Wide Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        Wide value = new() { Kept = reader };
        reader.Enter(s_nodes);
        do
        {
            for (int i = 0; i < Count; i++)
            {
                if (reader.Is(i)) { value.Texts[i] = reader.ReadString(); }
            }

            value.Texts[Count] ??= reader.ReadString(Count);
        }
        while (reader.More(null));

        return value;
    }
}

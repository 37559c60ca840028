namespace CiCodegen.Runtime;

/// <summary>What beside its jobs an untyped answer says.</summary>
internal sealed class RawPage : ICiDocument<RawPage>
{
    private static readonly CiNodeTable s_nodes = new(CiNode.One("NextToken"), CiNode.Many("NonExistJobIds"));

    public static CiNode Root { get; } = CiNode.One("Response");

    public string? NextToken { get; private set; }

    public List<string> NonExistJobIds { get; } = [];

    public static RawPage Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        RawPage page = new();
        reader.Enter(s_nodes);
        do
        {
            page.NextToken ??= reader.ReadString(0);
            while (reader.Is(1))
            {
                page.NonExistJobIds.Add(reader.ReadString());
            }
        }
        while (reader.More(null));

        return page;
    }

    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
    {
        writer.WriteString(s_nodes[0], NextToken);
        CiShapeWriter.Many(ref writer, s_nodes[1], NonExistJobIds);
        writer.End();
    }
}

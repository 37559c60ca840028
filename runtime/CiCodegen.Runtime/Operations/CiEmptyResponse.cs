namespace CiCodegen.Runtime;

/// <summary>The answer of an operation whose schema has no response: what the service says is read past.</summary>
public sealed class CiEmptyResponse : ICiDocument<CiEmptyResponse>
{
    private static readonly CiNodeTable s_nodes = new();

    /// <inheritdoc/>
    public static CiNode Root { get; } = CiNode.One("Response");

    /// <inheritdoc/>
    public static CiEmptyResponse Read<TReader>(TReader reader)
        where TReader : struct, ICiReader
    {
        reader.Enter(s_nodes);
        while (reader.More(null))
        {
        }

        return new();
    }

    /// <inheritdoc/>
    public void Write<TWriter>(ref TWriter writer)
        where TWriter : struct, ICiWriter
        => writer.End();
}

namespace CiCodegen.Runtime;

/// <summary>The loops that emitted writers share.</summary>
public static class CiShapeWriter
{
    /// <summary>Opens each item of a repeated container in turn, for a loop that has it write itself: no call is virtual there.</summary>
    /// <typeparam name="TWriter">The lane.</typeparam>
    /// <typeparam name="TShape">The items' shape.</typeparam>
    /// <param name="writer">The lane.</param>
    /// <param name="node">The items' node.</param>
    /// <param name="values">The items; null and empty open nothing.</param>
    public static CiWriteItems<TWriter, TShape> Each<TWriter, TShape>(ref TWriter writer, CiNode node, List<TShape>? values)
        where TWriter : struct, ICiWriter
        where TShape : class
        => new(ref writer, node, values);

    /// <summary>Writes a map of containers by their wire names; null and empty write nothing.</summary>
    /// <typeparam name="TWriter">The lane.</typeparam>
    /// <typeparam name="TShape">The children's shape.</typeparam>
    /// <param name="writer">The lane.</param>
    /// <param name="node">The node that stands for the names.</param>
    /// <param name="values">The children.</param>
    public static void Map<TWriter, TShape>(ref TWriter writer, CiNode node, Dictionary<string, TShape>? values)
        where TWriter : struct, ICiWriter
        where TShape : class, ICiWritable
    {
        if (values is not null)
        {
            foreach ((string key, TShape value) in values)
            {
                writer.Begin(writer.Key(node, key), value)?.Write(ref writer);
            }
        }
    }

    /// <summary>Writes a map of repeated containers by their wire names; null and empty write nothing.</summary>
    /// <typeparam name="TWriter">The lane.</typeparam>
    /// <typeparam name="TShape">The children's shape.</typeparam>
    /// <param name="writer">The lane.</param>
    /// <param name="node">The node that stands for the names.</param>
    /// <param name="values">The children.</param>
    public static void Map<TWriter, TShape>(ref TWriter writer, CiNode node, Dictionary<string, List<TShape>>? values)
        where TWriter : struct, ICiWriter
        where TShape : class, ICiWritable
    {
        if (values is not null)
        {
            foreach ((string key, List<TShape> items) in values)
            {
                foreach (TShape item in Each(ref writer, writer.Key(node, key), items))
                {
                    item.Write(ref writer);
                }
            }
        }
    }

    /// <summary>Writes a repeated text; null and empty write nothing.</summary>
    /// <typeparam name="TWriter">The lane.</typeparam>
    /// <param name="writer">The lane.</param>
    /// <param name="node">The children's node.</param>
    /// <param name="values">The texts.</param>
    public static void Many<TWriter>(ref TWriter writer, CiNode node, List<string>? values)
        where TWriter : struct, ICiWriter
    {
        if (values is not { Count: > 0 })
        {
            return;
        }

        writer.BeginMany(node);
        foreach (string value in values)
        {
            writer.WriteString(node, value);
        }

        writer.EndMany(node);
    }
}

namespace CiCodegen.Runtime;

/// <summary>The loops that emitted writers share.</summary>
public static class CiShapeWriter
{
    /// <summary>Writes a child container; null writes nothing.</summary>
    /// <typeparam name="TWriter">The lane.</typeparam>
    /// <typeparam name="TShape">The child's shape.</typeparam>
    /// <param name="writer">The lane.</param>
    /// <param name="node">The child's node.</param>
    /// <param name="value">The child.</param>
    public static void One<TWriter, TShape>(ref TWriter writer, CiNode node, TShape? value)
        where TWriter : struct, ICiWriter
        where TShape : class, ICiWritable
    {
        if (value is not null)
        {
            writer.Begin(node);
            value.Write(ref writer);
            writer.End(node);
        }
    }

    /// <summary>Writes a repeated container; null and empty write nothing.</summary>
    /// <typeparam name="TWriter">The lane.</typeparam>
    /// <typeparam name="TShape">The children's shape.</typeparam>
    /// <param name="writer">The lane.</param>
    /// <param name="node">The children's node.</param>
    /// <param name="values">The children.</param>
    public static void Many<TWriter, TShape>(ref TWriter writer, CiNode node, List<TShape>? values)
        where TWriter : struct, ICiWriter
        where TShape : class, ICiWritable
    {
        if (values is not { Count: > 0 })
        {
            return;
        }

        writer.BeginMany(node);
        foreach (TShape value in values)
        {
            writer.Begin(node);
            value.Write(ref writer);
            writer.End(node);
        }

        writer.EndMany(node);
    }

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
                One(ref writer, writer.Key(node, key), value);
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
            foreach ((string key, List<TShape> value) in values)
            {
                Many(ref writer, writer.Key(node, key), value);
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

using System.Globalization;
using System.Text;
using System.Xml;

namespace CiCodegen.Runtime;

/// <summary>The lane over <see cref="XmlWriter"/>.</summary>
internal readonly struct XmlWriterCiWriter(XmlWriterWriteState state) : ICiWriter
{
    public void Begin(CiNode node)
    {
        state.Stack.Begin(node);
        state.Writer.WriteStartElement(node.Name);
    }

    public void End(CiNode node)
    {
        state.Stack.End();
        state.Writer.WriteFullEndElement();
    }

    public void BeginMany(CiNode node) => state.Stack.BeginMany(node);

    public void EndMany(CiNode node) => state.Stack.EndMany();

    public CiNode Key(CiNode map, string key) => state.Stack.Key(map, key);

    public void WriteString(CiNode node, string? value)
    {
        if (value is null)
        {
            return;
        }

        int index = state.Stack.Step(node);
        int bad = WriteText.FirstIllegal(value);
        if (bad >= 0)
        {
            throw WriteText.Illegal(state.Stack.Path(node, index), value[bad]);
        }

        XmlWriter writer = state.Writer;
        writer.WriteStartElement(node.Name);
        int from = 0;
        int stop;
        while ((stop = value.IndexOf('\r', from)) >= 0)
        {
            // Literal, it would be read back as a line feed.
            writer.WriteString(value[from..stop]);
            writer.WriteCharEntity('\r');
            from = stop + 1;
        }

        writer.WriteString(from == 0 ? value : value[from..]);
        writer.WriteFullEndElement();
    }

    public void WriteInt32(CiNode node, int? value) => Write(node, value?.ToString(CultureInfo.InvariantCulture));

    public void WriteInt64(CiNode node, long? value) => Write(node, value?.ToString(CultureInfo.InvariantCulture));

    public void WriteDecimal(CiNode node, decimal? value) => Write(node, value?.ToString(CultureInfo.InvariantCulture));

    public void WriteBoolean(CiNode node, bool? value) => Write(node, value is null ? null : value.Value ? "true" : "false");

    public void WriteTime(CiNode node, DateTimeOffset? value)
    {
        if (value is DateTimeOffset time)
        {
            Span<byte> text = stackalloc byte[WriteText.MaxTime];
            Write(node, Encoding.ASCII.GetString(text[..WriteText.Time(time, text, colon: false)]));
        }
    }

    private void Write(CiNode node, string? text)
    {
        if (text is not null)
        {
            state.Writer.WriteStartElement(node.Name);
            state.Writer.WriteString(text);
            state.Writer.WriteFullEndElement();
        }
    }
}

/// <summary>What the lane over <see cref="XmlWriter"/> keeps.</summary>
internal sealed class XmlWriterWriteState
{
    public readonly XmlWriter Writer;

    public CiWriteStack Stack;

    public XmlWriterWriteState(XmlWriter writer)
    {
        Writer = writer;
        Stack.Reset();
    }
}

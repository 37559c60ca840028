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

    public void WriteExtras(CiContainer container)
    {
        if (container.ExtrasOrNull is { Count: > 0 } extras)
        {
            state.WriteExtras(extras);
        }
    }

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

        state.Writer.WriteStartElement(node.Name);
        state.WriteText(value, "\r");
        state.Writer.WriteFullEndElement();
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

    /// <summary>Writes a text, some of its characters as references.</summary>
    public void WriteText(string text, string references)
    {
        // Literal, a carriage return would be read back as a line feed.
        int from = 0;
        for (int length; (length = text.AsSpan(from).IndexOfAny(references)) >= 0; from += length + 1)
        {
            Writer.WriteString(text.Substring(from, length));
            Writer.WriteCharEntity(text[from + length]);
        }

        Writer.WriteString(from == 0 ? text : text[from..]);
    }

    public void WriteExtras(List<CiExtra> extras)
    {
        foreach (CiExtra extra in extras)
        {
            ExtraWriter.CheckName(in Stack, extra.Name);
            ExtraWriter.CheckText(in Stack, extra.Name, extra.Text);
            Writer.WriteStartElement(null, extra.Name, extra.Namespace);
            foreach ((string name, string value) in extra.Attributes)
            {
                ExtraWriter.CheckName(in Stack, name);
                ExtraWriter.CheckText(in Stack, name, value);
                Writer.WriteStartAttribute(name);
                WriteText(value, "\t\n\r");
                Writer.WriteEndAttribute();
            }

            WriteText(extra.Text, "\r");
            WriteExtras(extra.Children);
            Writer.WriteFullEndElement();
        }
    }
}

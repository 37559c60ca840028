using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Text;
using System.Xml;

namespace CiCodegen.Runtime;

/// <summary>The lane over <see cref="XmlWriter"/>.</summary>
internal readonly struct XmlWriterCiWriter(XmlWriterWriteState state) : ICiWriter
{
    [return: NotNullIfNotNull(nameof(value))]
    public TShape? Begin<TShape>(CiNode node, TShape? value)
        where TShape : class
    {
        if (value is not null)
        {
            state.Stack.Begin(node);
            state.Writer.WriteStartElement(node.Name);
        }

        return value;
    }

    public void End(CiContainer? container)
    {
        if (container?.ExtrasOrNull is { Count: > 0 } extras)
        {
            state.WriteExtras(extras);
        }

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
        if (WriteText.IsPlain(value))
        {
            state.WritePlain(node, value);
            return;
        }

        int bad = WriteText.FirstIllegal(value);
        if (bad >= 0)
        {
            throw WriteText.Illegal(state.Stack.Path(node, index), value[bad]);
        }

        state.Writer.WriteStartElement(node.Name);
        state.WriteText(value, "\r");
        state.Writer.WriteEndElement();
    }

    public void WriteInt32(CiNode node, int? value) => Format(node, value);

    public void WriteInt64(CiNode node, long? value) => Format(node, value);

    public void WriteDecimal(CiNode node, decimal? value) => Format(node, value);

    public void WriteBoolean(CiNode node, bool? value)
    {
        if (value is bool flag)
        {
            state.WritePlain(node, flag ? "true" : "false");
        }
    }

    public void WriteTime(CiNode node, DateTimeOffset? value)
    {
        if (value is DateTimeOffset time)
        {
            Span<byte> text = stackalloc byte[WriteText.MaxTime];
            int length = WriteText.Time(time, text, colon: false);
            Ascii.ToUtf16(text[..length], state.Chars, out _);
            state.WriteChars(node, length);
        }
    }

    private void Format<T>(CiNode node, T? value)
        where T : struct, ISpanFormattable
    {
        if (value.HasValue)
        {
            value.GetValueOrDefault().TryFormat(state.Chars, out int length, default, CultureInfo.InvariantCulture);
            state.WriteChars(node, length);
        }
    }
}

/// <summary>What the lane over <see cref="XmlWriter"/> keeps; one per thread is kept for the next document.</summary>
internal sealed class XmlWriterWriteState
{
    [ThreadStatic]
    private static XmlWriterWriteState? t_spare;

    private XmlWriter? _writer;

    public CiWriteStack Stack;

    public XmlWriter Writer => _writer!;

    /// <summary>Room for a number or a time.</summary>
    public char[] Chars { get; } = new char[64];

    public static XmlWriterWriteState Rent(XmlWriter writer)
    {
        XmlWriterWriteState state = t_spare ?? new XmlWriterWriteState();
        t_spare = null;
        state._writer = writer;
        state.Stack.Reset();
        return state;
    }

    public static void Return(XmlWriterWriteState state)
    {
        state._writer = null;
        t_spare = state;
    }

    /// <summary>Writes a scalar that stands in <see cref="Chars"/>.</summary>
    public void WriteChars(CiNode node, int length)
    {
        Writer.WriteStartElement(node.Name);
        Writer.WriteChars(Chars, 0, length);
        Writer.WriteEndElement();
    }

    /// <summary>Writes a text that has nothing to check or to escape but markup.</summary>
    public void WritePlain(CiNode node, string text)
    {
        Writer.WriteStartElement(node.Name);
        Writer.WriteString(text);

        // Behind content both write a whole end tag, and this costs the dictionary writer less.
        if (text.Length > 0)
        {
            Writer.WriteEndElement();
        }
        else
        {
            Writer.WriteFullEndElement();
        }
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

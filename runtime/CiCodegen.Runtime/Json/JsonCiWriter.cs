using System.Buffers;
using System.Diagnostics.CodeAnalysis;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace CiCodegen.Runtime;

/// <summary>The JSON lane.</summary>
internal readonly struct JsonCiWriter(JsonWriteState state) : ICiWriter
{
    [return: NotNullIfNotNull(nameof(value))]
    public TShape? Begin<TShape>(CiNode node, TShape? value)
        where TShape : class
    {
        if (value is null)
        {
            return null;
        }

        if (state.Stack.AtRoot || state.Stack.InMany)
        {
            state.Writer.WriteStartObject();
        }
        else
        {
            state.Writer.WriteStartObject(node.JsonName);
        }

        state.Stack.Begin(node);
        return value;
    }

    public void End(CiContainer? container)
    {
        if (container?.ExtrasOrNull is { Count: > 0 } extras)
        {
            state.WriteExtras(extras);
        }

        state.Stack.End();
        state.Writer.WriteEndObject();
    }

    public void BeginMany(CiNode node)
    {
        state.Writer.WriteStartArray(node.JsonName);
        state.Stack.BeginMany(node);
    }

    public void EndMany(CiNode node)
    {
        state.Stack.EndMany();
        state.Writer.WriteEndArray();
    }

    public CiNode Key(CiNode map, string key) => state.Stack.Key(map, key);

    public void WriteString(CiNode node, string? value)
    {
        if (value is null)
        {
            return;
        }

        int index = state.Stack.Step(node);
        int bad = CiEncoding.FirstLoneSurrogate(value);
        if (bad >= 0)
        {
            throw WriteText.Illegal(state.Stack.Path(node, index), value[bad]);
        }

        Name(node);
        state.Writer.WriteStringValue(value);
    }

    public void WriteInt32(CiNode node, int? value) => WriteInt64(node, value);

    public void WriteInt64(CiNode node, long? value)
    {
        if (value is long number)
        {
            Name(node);
            state.Writer.WriteNumberValue(number);
        }
    }

    public void WriteDecimal(CiNode node, decimal? value)
    {
        if (value is decimal number)
        {
            Name(node);
            state.Writer.WriteNumberValue(number);
        }
    }

    public void WriteBoolean(CiNode node, bool? value)
    {
        if (value is bool flag)
        {
            Name(node);
            state.Writer.WriteBooleanValue(flag);
        }
    }

    public void WriteTime(CiNode node, DateTimeOffset? value)
    {
        if (value is DateTimeOffset time)
        {
            Span<byte> text = stackalloc byte[WriteText.MaxTime];
            Name(node);
            state.Writer.WriteStringValue(text[..WriteText.Time(time, text, colon: true)]);
        }
    }

    private void Name(CiNode node)
    {
        if (!state.Stack.InMany)
        {
            state.Writer.WritePropertyName(node.JsonName);
        }
    }
}

/// <summary>What the JSON lane keeps; one per thread is kept for the next document.</summary>
internal sealed class JsonWriteState
{
    // Relaxed: the output is data for programs and people, never pasted into HTML, and Chinese stays readable.
    private static readonly JsonWriterOptions s_options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, SkipValidation = true };

    [ThreadStatic]
    private static JsonWriteState? t_spare;

    private readonly ArrayBufferWriter<byte> _nowhere = new(1);

    public readonly Utf8JsonWriter Writer;

    public CiWriteStack Stack;

    private JsonWriteState() => Writer = new Utf8JsonWriter(_nowhere, s_options);

    public static JsonWriteState Rent(IBufferWriter<byte> output)
    {
        JsonWriteState state = t_spare ?? new JsonWriteState();
        t_spare = null;
        state.Writer.Reset(output);
        state.Stack.Reset();
        return state;
    }

    public static void Return(JsonWriteState state)
    {
        state.Writer.Reset(state._nowhere);
        t_spare = state;
    }

    /// <summary>Writes unknown elements: those of one name that repeat as an array, where the first of them stands.</summary>
    public void WriteExtras(List<CiExtra> extras)
    {
        foreach (IGrouping<string, CiExtra> group in extras.Where(e => e.Namespace is null).GroupBy(e => e.Name, StringComparer.Ordinal))
        {
            Writer.WritePropertyName(group.Key);
            bool isMany = group.Skip(1).Any();
            if (isMany)
            {
                Writer.WriteStartArray();
            }

            foreach (CiExtra extra in group)
            {
                WriteExtra(extra);
            }

            if (isMany)
            {
                Writer.WriteEndArray();
            }
        }
    }

    private void WriteExtra(CiExtra extra)
    {
        if (extra.IsText)
        {
            WriteText(extra.Name, extra.Text);
            return;
        }

        Writer.WriteStartObject();
        foreach ((string name, string value) in extra.Attributes)
        {
            Writer.WritePropertyName("@" + name);
            WriteText(name, value);
        }

        if (extra.Text.Length > 0)
        {
            Writer.WritePropertyName("#text");
            WriteText(extra.Name, extra.Text);
        }

        WriteExtras(extra.Children);
        Writer.WriteEndObject();
    }

    private void WriteText(string name, string text)
    {
        int bad = CiEncoding.FirstLoneSurrogate(text);
        Writer.WriteStringValue(bad < 0 ? text : throw Runtime.WriteText.Illegal($"{Stack.Path()}.{name}", text[bad]));
    }
}

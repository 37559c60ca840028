using System.Buffers;
using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text.Unicode;

namespace CiCodegen.Runtime;

/// <summary>The direct UTF-8 lane.</summary>
internal readonly struct Utf8CiWriter(Utf8WriteState state) : ICiWriter
{
    [return: NotNullIfNotNull(nameof(value))]
    public TShape? Begin<TShape>(CiNode node, TShape? value)
        where TShape : class
    {
        if (value is not null)
        {
            state.Stack.Begin(node);
            state.AppendStart(node);
        }

        return value;
    }

    public void End(CiContainer? container)
    {
        if (container?.ExtrasOrNull is { Count: > 0 } extras)
        {
            state.AppendExtras(extras);
        }

        state.AppendEnd(state.Stack.End());
    }

    public void BeginMany(CiNode node) => state.Stack.BeginMany(node);

    public void EndMany(CiNode node) => state.Stack.EndMany();

    public CiNode Key(CiNode map, string key) => state.Stack.Key(map, key);

    public void WriteString(CiNode node, string? value)
    {
        if (value is not null)
        {
            int index = state.Stack.Step(node);
            state.AppendStart(node);
            if (!state.TryAscii(value))
            {
                state.AppendText(node, index, value);
            }

            state.AppendEnd(node);
        }
    }

    public void WriteInt32(CiNode node, int? value)
    {
        if (!value.HasValue || !state.TrySmall(node, value.GetValueOrDefault()))
        {
            Format(node, value);
        }
    }

    public void WriteInt64(CiNode node, long? value)
    {
        if (!value.HasValue || !state.TrySmall(node, value.GetValueOrDefault()))
        {
            Format(node, value);
        }
    }

    public void WriteDecimal(CiNode node, decimal? value) => Format(node, value);

    public void WriteBoolean(CiNode node, bool? value)
    {
        if (value is bool flag)
        {
            state.AppendStart(node);
            state.Append(flag ? "true"u8 : "false"u8);
            state.AppendEnd(node);
        }
    }

    public void WriteTime(CiNode node, DateTimeOffset? value)
    {
        if (value is DateTimeOffset time)
        {
            state.AppendStart(node);
            state.Advance(WriteText.Time(time, state.Reserve(WriteText.MaxTime), colon: false));
            state.AppendEnd(node);
        }
    }

    private void Format<T>(CiNode node, T? value)
        where T : struct, IUtf8SpanFormattable
    {
        if (value.HasValue)
        {
            state.AppendStart(node);
            value.GetValueOrDefault().TryFormat(state.Reserve(64), out int written, default, System.Globalization.CultureInfo.InvariantCulture);
            state.Advance(written);
            state.AppendEnd(node);
        }
    }
}

/// <summary>What the direct UTF-8 lane keeps; one per thread is kept for the next document.</summary>
internal sealed class Utf8WriteState
{
    private const int Size = 16 * 1024;

    /// <summary>The most that is reserved at once.</summary>
    private const int Slack = 256;

    [ThreadStatic]
    private static Utf8WriteState? t_spare;

    private readonly byte[] _buffer = new byte[Size];
    private IBufferWriter<byte>? _output;
    private int _used;

    public CiWriteStack Stack;

    public static Utf8WriteState Rent(IBufferWriter<byte> output)
    {
        Utf8WriteState state = t_spare ?? new Utf8WriteState();
        t_spare = null;
        state._output = output;
        state._used = 0;
        state.Stack.Reset();
        return state;
    }

    public static void Return(Utf8WriteState state)
    {
        state._output = null;
        t_spare = state;
    }

    public void Flush()
    {
        _output!.Write(_buffer.AsSpan(0, _used));
        _used = 0;
    }

    public void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > Size - _used)
        {
            Flush();
            if (bytes.Length > Size)
            {
                _output!.Write(bytes);
                return;
            }
        }

        bytes.CopyTo(_buffer.AsSpan(_used));
        _used += bytes.Length;
    }

    /// <summary>Appends a start tag.</summary>
    public void AppendStart(CiNode node) => AppendTag(node.StartHead, node.StartTag);

    /// <summary>Appends an end tag.</summary>
    public void AppendEnd(CiNode node) => AppendTag(node.EndHead, node.EndTag);

    /// <summary>Room behind what is written.</summary>
    /// <param name="count">How much, at most <see cref="Slack"/>.</param>
    public Span<byte> Reserve(int count)
    {
        if (Size - _used < count)
        {
            Flush();
        }

        return _buffer.AsSpan(_used);
    }

    /// <summary>Takes what was written into the room.</summary>
    public void Advance(int count) => _used += count;

    /// <summary>Appends a text that is short and ASCII without anything to escape.</summary>
    /// <returns>Whether it was; nothing is appended otherwise.</returns>
    public bool TryAscii(string text)
    {
        if (text.Length > Slack || Size - _used < Slack)
        {
            return text.Length == 0;
        }

        // By eights; the last eight overlap those before them.
        ref ushort from = ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text.AsSpan()));
        ref byte to = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(_buffer), _used);
        int length = text.Length;
        if (length < 8)
        {
            for (int i = 0; i < length; i++)
            {
                ushort unit = Unsafe.Add(ref from, i);
                if (unit is < ' ' or > 0x7F or '&' or '<' or '>')
                {
                    return false;
                }

                Unsafe.Add(ref to, i) = (byte)unit;
            }

            _used += length;
            return true;
        }

        Vector128<ushort> stops = default;
        for (int i = 0; i < length; i += 8)
        {
            int at = Math.Min(i, length - 8);
            Vector128<ushort> units = Vector128.LoadUnsafe(ref from, (nuint)at);
            stops |= Vector128.GreaterThan(units - Vector128.Create((ushort)' '), Vector128.Create((ushort)(0x7F - ' ')))
                | Vector128.Equals(units, Vector128.Create((ushort)'&')) | Vector128.Equals(units, Vector128.Create((ushort)'<')) | Vector128.Equals(units, Vector128.Create((ushort)'>'));
            Unsafe.WriteUnaligned(ref Unsafe.Add(ref to, at), Vector128.Narrow(units, units).AsUInt64().ToScalar());
        }

        if (stops != default)
        {
            return false;
        }

        _used += length;
        return true;
    }

    /// <summary>Appends an integer of up to four digits with its tags: most are, as scores, sizes and places in a picture.</summary>
    /// <returns>Whether it was one, and its tags were short; nothing is appended otherwise.</returns>
    public bool TrySmall(CiNode node, long value)
    {
        int start = node.StartTag.Length;
        int end = node.EndTag.Length;
        if ((ulong)value > 9999 || end > Vector128<byte>.Count || Size - _used < 3 * Vector128<byte>.Count)
        {
            return false;
        }

        ref byte to = ref MemoryMarshal.GetArrayDataReference(_buffer);
        nuint at = (nuint)_used;
        node.StartHead.StoreUnsafe(ref to, at);
        at += (uint)start;

        // Four digits at once: hundreds and the rest in two halves, then tens and ones in each.
        uint number = (uint)value;
        uint hundreds = number / 100;
        uint halves = hundreds | ((number - (hundreds * 100)) << 16);
        uint tens = ((halves * 103) >> 10) & 0x000F_000F;
        uint digits = (tens | ((halves - (tens * 10)) << 8)) + 0x3030_3030;
        int zeros = (number < 10 ? 1 : 0) + (number < 100 ? 1 : 0) + (number < 1000 ? 1 : 0);
        BinaryPrimitives.WriteUInt32LittleEndian(MemoryMarshal.CreateSpan(ref Unsafe.Add(ref to, at), sizeof(uint)), digits >> (8 * zeros));
        at += (uint)(sizeof(uint) - zeros);

        node.EndHead.StoreUnsafe(ref to, at);
        _used = (int)at + end;
        return true;
    }

    private void AppendTag(Vector128<byte> head, byte[] tag)
    {
        if (tag.Length <= Vector128<byte>.Count && Size - _used >= Vector128<byte>.Count)
        {
            head.StoreUnsafe(ref MemoryMarshal.GetArrayDataReference(_buffer), (nuint)_used);
            _used += tag.Length;
        }
        else
        {
            Append(tag);
        }
    }

    public void AppendExtras(List<CiExtra> extras)
    {
        foreach (CiExtra extra in extras)
        {
            ExtraWriter.CheckName(in Stack, extra.Name);
            ExtraWriter.CheckText(in Stack, extra.Name, extra.Text);
            CiNode node = CiNode.One(extra.Name);
            Append(node.StartTag.AsSpan()[..^1]);
            if (extra.Namespace is { } ns)
            {
                AppendAttribute(node, "xmlns", ns);
            }

            foreach ((string name, string value) in extra.Attributes)
            {
                ExtraWriter.CheckName(in Stack, name);
                AppendAttribute(node, name, value);
            }

            Append(">"u8);
            AppendText(node, -1, extra.Text);
            AppendExtras(extra.Children);
            Append(node.EndTag);
        }
    }

    private void AppendAttribute(CiNode node, string name, string value)
    {
        ExtraWriter.CheckText(in Stack, name, value);
        Append(" "u8);
        AppendText(node, -1, name);
        Append("=\""u8);
        ReadOnlySpan<char> rest = value;
        for (int stop; (stop = rest.IndexOfAny(ExtraWriter.AttributeStops)) >= 0; rest = rest[(stop + 1)..])
        {
            AppendText(node, -1, rest[..stop]);
            Append(rest[stop] switch
            {
                '"' => "&quot;"u8,
                '\t' => "&#x9;"u8,
                _ => "&#xA;"u8,
            });
        }

        AppendText(node, -1, rest);
        Append("\""u8);
    }

    public void AppendText(CiNode node, int index, ReadOnlySpan<char> text)
    {
        while (true)
        {
            int stop = text.IndexOfAny(XmlChars.WriteStops);
            AppendPlain(node, index, stop < 0 ? text : text[..stop]);
            if (stop < 0)
            {
                return;
            }

            Append(text[stop] switch
            {
                '&' => "&amp;"u8,
                '<' => "&lt;"u8,
                '>' => "&gt;"u8,
                // Literal, it would be read back as a line feed.
                '\r' => "&#xD;"u8,
                _ => throw WriteText.Illegal(Stack.Path(node, index), text[stop]),
            });
            text = text[(stop + 1)..];
        }
    }

    private void AppendPlain(CiNode node, int index, ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            OperationStatus status = Utf8.FromUtf16(text, _buffer.AsSpan(_used), out int read, out int written, replaceInvalidSequences: false);
            if (written != read && text[..read].IndexOfAny('\uFFFE', '\uFFFF') is int bad and >= 0)
            {
                throw WriteText.Illegal(Stack.Path(node, index), text[bad]);
            }

            _used += written;
            text = text[read..];
            if (status == OperationStatus.DestinationTooSmall)
            {
                Flush();
            }
            else if (status != OperationStatus.Done)
            {
                throw WriteText.Illegal(Stack.Path(node, index), text[0]);
            }
        }
    }
}

using System.Text;

namespace CiCodegen.Runtime;

/// <summary>The JSON lane.</summary>
internal readonly struct JsonCiReader(JsonReadState state) : ICiReader
{
    public void Enter(CiNodeTable nodes) => state.Enter(nodes);

    public bool Is(int child) => state.Is(child);

    public bool More(CiContainer? into) => state.More(into);

    public string? ReadString(int child) => Is(child) ? ReadString() : null;

    public string? ReadToken(int child, CiTokenTable known) => Is(child) ? ReadToken(known) : null;

    public int? ReadInt32(int child) => Is(child) ? ReadInt32() : null;

    public long? ReadInt64(int child) => Is(child) ? ReadInt64() : null;

    public decimal? ReadDecimal(int child) => Is(child) ? ReadDecimal() : null;

    public bool? ReadBoolean(int child) => Is(child) ? ReadBoolean() : null;

    public DateTimeOffset? ReadTime(int child) => Is(child) ? ReadTime() : null;

    public string ReadKey() => state.Key;

    public string ReadString() => state.ReadString();

    public string? ReadToken(CiTokenTable known)
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(state.ReadText());
        return ScalarText.IsAbsent(text) ? null : known.Find(text) ?? Encoding.UTF8.GetString(text);
    }

    public int? ReadInt32()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(state.ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryInt32(text, out int value) ? value : throw state.BadScalar(text, ScalarText.Int32Form);
    }

    public long? ReadInt64()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(state.ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryInt64(text, out long value) ? value : throw state.BadScalar(text, ScalarText.Int64Form);
    }

    public decimal? ReadDecimal()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(state.ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryDecimal(text, out decimal value) ? value : throw state.BadScalar(text, ScalarText.DecimalForm);
    }

    public bool? ReadBoolean()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(state.ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryBoolean(text, out bool value) ? value : throw state.BadScalar(text, ScalarText.BooleanForm);
    }

    public DateTimeOffset? ReadTime()
    {
        ReadOnlySpan<byte> text = ScalarText.Trim(state.ReadText());
        return ScalarText.IsAbsent(text) ? null
            : ScalarText.TryTime(text, out DateTimeOffset value) ? value : throw state.BadScalar(text, ScalarText.TimeForm);
    }
}

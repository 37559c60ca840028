using CiCodegen.Schema;

namespace CiCodegen.Emit;

/// <summary>How one logical type is read, written and spelled in C#.</summary>
/// <param name="CSharpType">The C# type, without '?'.</param>
/// <param name="ReadMethod">The reader's method.</param>
/// <param name="WriteMethod">The writer's method.</param>
internal sealed record WireTypeRow(TypeName CSharpType, Identifier ReadMethod, Identifier WriteMethod);

/// <summary>One row per logical type of a scalar; a new one is a row here and a method in the lanes.</summary>
internal static class WireTypeTable
{
    private static readonly WireTypeRow s_string = new(TypeName.Keyword("string"), new("ReadString"), new("WriteString"));
    private static readonly WireTypeRow s_int32 = new(TypeName.Keyword("int"), new("ReadInt32"), new("WriteInt32"));
    private static readonly WireTypeRow s_int64 = new(TypeName.Keyword("long"), new("ReadInt64"), new("WriteInt64"));
    private static readonly WireTypeRow s_decimal = new(TypeName.Keyword("decimal"), new("ReadDecimal"), new("WriteDecimal"));
    private static readonly WireTypeRow s_boolean = new(TypeName.Keyword("bool"), new("ReadBoolean"), new("WriteBoolean"));
    private static readonly WireTypeRow s_time = new(TypeName.System("DateTimeOffset"), new("ReadTime"), new("WriteTime"));

    public static WireTypeRow Get(LogicalType type) => type switch
    {
        LogicalType.String => s_string,
        LogicalType.Int32 => s_int32,
        LogicalType.Int64 => s_int64,
        LogicalType.Decimal => s_decimal,
        LogicalType.Boolean => s_boolean,
        LogicalType.Time => s_time,
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Enums and containers have no row: their types are emitted."),
    };
}

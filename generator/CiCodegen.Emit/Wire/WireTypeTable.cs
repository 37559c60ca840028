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
    public static WireTypeRow Get(LogicalType type) => type switch
    {
        LogicalType.String => new(TypeName.Keyword("string"), new("ReadString"), new("WriteString")),
        LogicalType.Int32 => new(TypeName.Keyword("int"), new("ReadInt32"), new("WriteInt32")),
        LogicalType.Int64 => new(TypeName.Keyword("long"), new("ReadInt64"), new("WriteInt64")),
        LogicalType.Decimal => new(TypeName.Keyword("decimal"), new("ReadDecimal"), new("WriteDecimal")),
        LogicalType.Boolean => new(TypeName.Keyword("bool"), new("ReadBoolean"), new("WriteBoolean")),
        LogicalType.Time => new(TypeName.System("DateTimeOffset"), new("ReadTime"), new("WriteTime")),
        _ => throw new ArgumentOutOfRangeException(nameof(type), type, "Enums and containers have no row: their types are emitted."),
    };
}

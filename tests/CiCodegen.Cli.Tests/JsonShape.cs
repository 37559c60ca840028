using System.Text.Json;

namespace CiCodegen.Cli.Tests;

/// <summary>What of JSON output is a contract: names, their order and the kinds of values; of an array its first item.</summary>
internal static class JsonShape
{
    public static string Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Object => $"{{{string.Join(',', value.EnumerateObject().Select(p => $"{p.Name}:{(p.Name == "ok" ? p.Value.GetRawText() : Of(p.Value))}"))}}}",
        JsonValueKind.Array => $"[{(value.GetArrayLength() > 0 ? Of(value[0]) : "")}]",
        JsonValueKind.String => "text",
        JsonValueKind.Number => "number",
        JsonValueKind.True or JsonValueKind.False => "bool",
        _ => "null",
    };
}

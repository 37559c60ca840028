using System.Text.Json;
using System.Text.Json.Serialization;
using CiCodegen.Benchmarks.Data;

namespace CiCodegen.Benchmarks.Peers;

/// <summary>The plain classes for System.Text.Json's own source generator.</summary>
[JsonSerializable(typeof(Response))]
internal sealed partial class PlainJson : JsonSerializerContext
{
    /// <summary>A response as one line of text, to compare.</summary>
    public static string Line(Response response) => JsonSerializer.Serialize(response, Default.Response);
}

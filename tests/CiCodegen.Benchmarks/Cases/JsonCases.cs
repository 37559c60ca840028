using System.Text.Json;
using CiCodegen.Benchmarks.CiJobs;
using CiCodegen.Benchmarks.Data;
using CiCodegen.Benchmarks.Measure;
using CiCodegen.Benchmarks.Peers;
using CiCodegen.Runtime;

namespace CiCodegen.Benchmarks.Cases;

/// <summary>What reads a callback from JSON.</summary>
internal static class JsonCases
{
    /// <summary>The cases over a document; the first is the reference.</summary>
    public static IReadOnlyList<Case> Of(Document document)
    {
        byte[] json = document.Json;
        Response Plain() => JsonSerializer.Deserialize(json, PlainJson.Default.Response)!;
        VideoTargetRecResponse Emitted() => CiJson.Read<VideoTargetRecResponse>(json);
        void Tokens()
        {
            Utf8JsonReader reader = new(json);
            while (reader.Read())
            {
            }
        }

        return
        [
            new Case("System.Text.Json, generated", () => Plain(), () => PlainJson.Line(Plain())),
            new Case("emitted, JSON", () => Emitted(), () => PlainJson.Line(Graph.Plain(Emitted()))),
            new Case("bare Utf8JsonReader", Tokens),
        ];
    }
}

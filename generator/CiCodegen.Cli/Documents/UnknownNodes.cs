using System.Text.Json;
using CiCodegen.Runtime;

namespace CiCodegen.Cli.Documents;

/// <summary>What stands in a request and is in no schema: reading passes over it, so that it is not sent either.</summary>
internal static class UnknownNodes
{
    private static readonly JsonDocumentOptions s_deep = new() { MaxDepth = 1000 };

    /// <summary>The paths of what is not known, without what is inside.</summary>
    /// <param name="binding">The Tag's binding.</param>
    /// <param name="request">The request, read with <see cref="CiReaderOptions.Extras"/>.</param>
    public static IReadOnlyList<string> Of(CiTagBinding binding, object request)
    {
        ReadOnlyMemory<byte> all = DocumentWriter.ToJson(new ReadDocument(binding, request));
        object known = binding.ReadRequestJson(all, new CiReaderOptions { MaxJsonDepth = s_deep.MaxDepth });
        using JsonDocument left = JsonDocument.Parse(all, s_deep);
        using JsonDocument right = JsonDocument.Parse(DocumentWriter.ToJson(new ReadDocument(binding, known)), s_deep);
        List<string> paths = [];
        Add(left.RootElement, right.RootElement, "Request", paths);
        return paths;
    }

    private static void Add(JsonElement all, JsonElement known, string path, List<string> to)
    {
        if (all.ValueKind == JsonValueKind.Array && known.ValueKind == JsonValueKind.Array)
        {
            int index = 0;
            foreach ((JsonElement item, JsonElement same) in all.EnumerateArray().Zip(known.EnumerateArray()))
            {
                Add(item, same, $"{path}[{index++}]", to);
            }
        }
        else if (all.ValueKind == JsonValueKind.Object && known.ValueKind == JsonValueKind.Object)
        {
            foreach (JsonProperty property in all.EnumerateObject())
            {
                if (known.TryGetProperty(property.Name, out JsonElement same))
                {
                    Add(property.Value, same, $"{path}.{property.Name}", to);
                }
                else
                {
                    to.Add($"{path}.{property.Name}");
                }
            }
        }
    }
}

using System.Text;
using System.Text.Json;
using CiCodegen.Cli;
using CiCodegen.Runtime;

namespace CiCodegen.Conformance.Tests;

/// <summary><c>read --batch</c> in this process.</summary>
internal static class CliBatch
{
    public static async Task<JsonElement[]> ReadAsync(IEnumerable<(string File, string As, string Lane)> documents)
    {
        StringBuilder lines = new();
        foreach ((string file, string kind, string lane) in documents)
        {
            lines.Append(JsonSerializer.Serialize(new Dictionary<string, string> { ["file"] = file, ["as"] = kind, ["lane"] = lane })).Append('\n');
        }

        StringWriter output = new();
        StringWriter error = new();
        CliHost host = new()
        {
            Out = output,
            Error = error,
            Input = new MemoryStream(Encoding.UTF8.GetBytes(lines.ToString())),
            Environment = _ => null,
            CurrentDirectory = Path.GetTempPath(),
        };
        int exit = await CliApplication.RunAsync(["read", "--batch", "--tag", "VideoTargetRec"], host, TestContext.Current.CancellationToken);
        Assert.True(exit == 0 && error.ToString().Length == 0, $"exit {exit}: {error}");
        return [.. output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement)];
    }

    /// <summary>An answer as the lanes would give it.</summary>
    public static Outcome Outcome(JsonElement answer)
    {
        if (answer.GetProperty("ok").GetBoolean())
        {
            return new Outcome(answer.TryGetProperty("value", out JsonElement value) ? value.GetRawText() : null, null, "", 0, 0, "", null);
        }

        JsonElement error = answer.GetProperty("error");
        return new Outcome(
            null,
            Enum.Parse<CiFormatError>(error.GetProperty("code").GetString()!),
            error.GetProperty("path").GetString()!,
            Number(error, "line"),
            Number(error, "column"),
            error.GetProperty("message").GetString()!,
            null);
    }

    private static int Number(JsonElement error, string name)
        => error.GetProperty(name) is { ValueKind: JsonValueKind.Number } number ? number.GetInt32() : 0;
}
